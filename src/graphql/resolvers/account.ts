import { wallNow } from '../../clock.js';
import type { AccountResolvers } from '../../generated/resolvers-types.js';
import type { MxAccount } from '../../mx/types.js';
import { pastTime } from '../../status/freshness.js';
import { encodeNodeId } from '../node-id.js';
import type { Resolved } from './resolved.js';

export const Account: Resolved<AccountResolvers, MxAccount> = {
  id: ({ user_guid, guid }) => encodeNodeId({ type: 'Account', userGuid: user_guid, accountGuid: guid }),
  lastFour: (account) => account.last_four,
  currency: (account) => account.currency_code,
  updatedAt: ({ updated_at }) => (pastTime(updated_at, wallNow()) === null ? null : updated_at),
  isManual: (account) => account.is_manual,
  isHidden: (account) => account.is_hidden,
  member: ({ user_guid, member_guid }, _, { loaders }) =>
    member_guid === null ? null : loaders.member({ userGuid: user_guid, memberGuid: member_guid }),
};
