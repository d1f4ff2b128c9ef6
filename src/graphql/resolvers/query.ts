import { mayView } from '../../auth.js';
import type { Context } from '../context.js';
import { accountNotFound, ApiError, memberNotFound } from '../../errors/api-error.js';
import type { QueryResolvers } from '../../generated/resolvers-types.js';
import type { MemberKey, UserRef } from '../loaders.js';
import type { MxAccount } from '../../mx/types.js';
import type { ObservedMember } from '../../status/observed-member.js';
import { STATUS_TABLE } from '../../status/status.js';
import { viewerGuid } from '../context.js';
import { assertPageLength, encodeRowCursor, rowAfter, toConnection } from '../connection.js';
import { memberKeyOf } from '../member-by.js';
import { assertInstitutionCode, assertUserGuid, decodeNodeId } from '../node-id.js';
import type { NodeObject, NodeRef } from '../node-id.js';

async function readUser(guid: string, context: Context): Promise<UserRef> {
  if (!mayView(context.viewer, guid)) {
    throw new ApiError('FORBIDDEN', 'Reading another user requires the support scope.');
  }
  // Members are requested only to check that the user exists; `members` then reuses the result.
  await context.loaders.members(guid);
  return { guid };
}

/** Loads a member. Rejects with NOT_FOUND if it does not exist or the viewer may not see it. */
export async function readMember(key: MemberKey, context: Context): Promise<ObservedMember> {
  const member = await context.loaders.member(key);
  if (member) return member;
  throw memberNotFound();
}

/** Loads an account. Rejects with NOT_FOUND if its member does not exist or the viewer may not see it. */
async function readAccount(userGuid: string, guid: string, { loaders }: Context): Promise<MxAccount> {
  const account = await loaders.account(userGuid, guid);
  const memberGuid = account?.member_guid ?? null;
  const member = memberGuid === null ? null : await loaders.member({ userGuid, memberGuid });
  if (account && member) return account;
  throw accountNotFound();
}

/** Loads the object of a reference. Rejects with NOT_FOUND or FORBIDDEN. */
export async function readRef(ref: NodeRef, context: Context): Promise<NodeObject> {
  switch (ref.type) {
    case 'User':
      return readUser(ref.userGuid, context);
    case 'Member':
      return readMember(ref, context);
    case 'Account':
      return readAccount(ref.userGuid, ref.accountGuid, context);
    case 'Institution':
      return context.loaders.institution(ref.code);
  }
}

export const Query: QueryResolvers = {
  viewer: (_, __, context) => ({ guid: viewerGuid(context) }),

  user(_, { guid }, context) {
    assertUserGuid(guid);
    return readUser(guid, context);
  },

  member: (_, { by }, context) => readMember(memberKeyOf(by, context), context),

  node: (_, { id }, context) => readRef(decodeNodeId(id), context),

  institution(_, { code }, context) {
    assertInstitutionCode(code);
    return context.loaders.institution(code);
  },

  async institutions(_, { search, first, after }, { loaders }) {
    const length = first ?? 25;
    assertPageLength(length);
    const start = rowAfter(after ?? null);
    const { rows, total } = await loaders.institutionLists.slice({ search }, { start, length });
    const nodes = rows.map(({ institution }) => institution);
    // Counted with the rows that cannot be read.
    const indexOf = (at: number) => rows[at]?.index ?? start;
    const end = rows.length === 0 ? total : indexOf(rows.length - 1) + 1;
    return toConnection(nodes, { start, end, total, cursorOf: (_, at) => encodeRowCursor(indexOf(at)) });
  },

  async favoriteInstitutions(_, { first }, { loaders }) {
    const length = first ?? 25;
    assertPageLength(length);
    const { rows } = await loaders.institutionLists.slice('favorites', { start: 0, length });
    return rows.map(({ institution }) => institution);
  },

  connectionStatuses: () => STATUS_TABLE,

  locales: (_, __, { services }) => services.messages.locales,
};
