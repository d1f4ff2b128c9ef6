import { ApiError, memberNotFound } from '../errors/api-error.js';
import type { MemberBy } from '../generated/resolvers-types.js';
import { viewerGuid } from './context.js';
import type { Context } from './context.js';
import type { MemberKey } from './loaders.js';
import { assertMemberGuid, decodeNodeId } from './node-id.js';

/** The key of the member that a client names. A guid is looked up among the viewer's own. Throws BAD_USER_INPUT. */
export function memberKeyOf({ id, guid }: MemberBy, context: Context): MemberKey {
  if (guid !== undefined) {
    assertMemberGuid(guid);
    return { userGuid: viewerGuid(context), memberGuid: guid };
  }
  const ref = decodeNodeId(id);
  if (ref.type === 'Member') return ref;
  throw new ApiError('BAD_USER_INPUT', `Expected the "id" of a Member; got the "id" of a ${ref.type}.`);
}

/**
 * MX's guid for the member on which a mutation acts. An `id` says whose member it is, so another user's is refused with
 * NOT_FOUND before anything is read, whether or not it exists. Throws BAD_USER_INPUT like `memberKeyOf`.
 */
export function ownMemberGuid(by: MemberBy, context: Context): string {
  const { userGuid, memberGuid } = memberKeyOf(by, context);
  if (userGuid === viewerGuid(context)) return memberGuid;
  throw memberNotFound();
}
