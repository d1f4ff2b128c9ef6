import { newGuid } from '../guid.js';
import type { AccountFields } from '../model/account-types.js';
import type { Account } from '../model/accounts.js';
import { requireInstitution, assertMemberLimit } from './member-rules.js';
import type { Member, User } from '../model/state.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from './sandbox-context.js';

/** The institution of the member that MX keeps all manual accounts of a user in. */
export const MANUAL_INSTITUTION = 'manual_institution';

export type NewAccount = Partial<AccountFields> & Pick<AccountFields, 'guid' | 'name' | 'type'>;

/** Adds a manual account to a member. */
export function addManualAccount(context: SandboxContext, member: Member, account: NewAccount): Account {
  const now = context.now();
  const added: AccountFields = {
    subtype: null,
    balance: 0,
    currency: 'USD',
    number: null,
    isHidden: false,
    metadata: null,
    createdAt: now,
    updatedAt: now,
    ...account,
    isManual: true,
  };
  member.manualAccounts.push(added);
  return { ...added, member };
}

/** The member that holds the manual accounts of a user. As at MX, it is created with the first of them. */
export function manualMemberOf(context: SandboxContext, user: User): Member {
  const isManual = (one: Member) => one.isManual && one.institutionCode === MANUAL_INSTITUTION;
  const known = [...user.members.values()].find(isManual);
  if (known) return known;
  assertMemberLimit(user);
  const member = context.store.addMember({
    guid: newGuid('MBR'),
    user,
    institutionCode: MANUAL_INSTITUTION,
    name: requireInstitution(MANUAL_INSTITUTION).name,
    isManual: true,
    createdAt: context.now(),
  });
  context.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}
