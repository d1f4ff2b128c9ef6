import type { UserMembersArgs, UserResolvers } from '../../generated/resolvers-types.js';
import { unreadableMember } from '../../errors/api-error.js';
import type { ObservedMember } from '../../status/observed-member.js';
import { addItemError } from '../field-errors.js';
import type { UserRef } from '../loaders.js';
import { assertMemberGuid, encodeNodeId } from '../node-id.js';
import { readMember } from './query.js';
import type { Resolved } from './resolved.js';

/** True if the member has one of the wanted values of each filter. A filter that is not given, or null, wants all. */
function fits({ waitingOn, phase }: ObservedMember, wanted: UserMembersArgs): boolean {
  return (wanted.waitingOn?.includes(waitingOn) ?? true) && (wanted.phase?.includes(phase) ?? true);
}
/** MX answers a create with 405 for a user who has this many members, manual ones included. */
const MAX_CONNECTED_MEMBERS = 25;

export const User: Resolved<UserResolvers, UserRef> = {
  id: ({ guid }) => encodeNodeId({ type: 'User', userGuid: guid }),

  async members(...[{ guid }, wanted, context, info]) {
    const members = await context.loaders.members(guid);
    // Whatever is wanted: such a row may be a member that fits.
    for (const index of members.unreadableRows)
      addItemError(context, { info, index, error: unreadableMember() });
    const all = [...members.values()];
    return wanted.waitingOn || wanted.phase ? all.filter((member) => fits(member, wanted)) : all;
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
