import type { UserResolvers } from '../../generated/resolvers-types.js';
import type { UserRef } from '../loaders.js';
import { isActionRequired } from '../../status/status.js';
import { assertMemberGuid, encodeNodeId } from '../node-id.js';
import { readMember } from './query.js';
import type { Resolved } from './resolved.js';

/** MX answers a create with 405 for a user who has this many members, manual ones included. */
const MAX_CONNECTED_MEMBERS = 25;

export const User: Resolved<UserResolvers, UserRef> = {
  id: ({ guid }) => encodeNodeId({ type: 'User', userGuid: guid }),

  async members({ guid }, { requiringAction }, { loaders }) {
    const members = [...(await loaders.members(guid)).values()];
    if (typeof requiringAction !== 'boolean') return members;
    return members.filter(({ view }) => isActionRequired(view) === requiringAction);
  },

  async canConnectMore({ guid }, _, { loaders }) {
    const members = await loaders.members(guid);
    if (members.size >= MAX_CONNECTED_MEMBERS) return false;
    return members.isWhole ? true : null;
  },

  member(user, { guid }, context) {
    assertMemberGuid(guid);
    return readMember({ userGuid: user.guid, memberGuid: guid }, context);
  },
};
