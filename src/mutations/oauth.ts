import { isMxError } from '../mx/errors.js';
import type { MxOauthOptions } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { isOauthOnly, readFields } from './institution-fields.js';
import { succeeded, requireMember, failed } from './mutation.js';
import type { MutationScope, MutationResult, UserError } from './mutation.js';
import { institutionUnavailable, oauthNotSupported } from './user-errors.js';

/** Result of `createOauthWindowUrl`. */
export interface OauthWindowResult extends MutationResult {
  readonly oauthWindowUrl: string | null;
}

/** The outcome of an OAuth visit, as MX reports it in the redirect or in the window message. */
export interface OauthReturn {
  readonly memberGuid: string;
  readonly returnedMemberGuid: string | null;
  readonly isSuccess: boolean;
  readonly errorReason: string | null;
}

/** True for an OAuth member, and for one with credentials whose institution has moved to OAuth since. */
async function canUseOauth(scope: MutationScope, { member }: ObservedMember): Promise<boolean> {
  if (member.is_oauth) return true;
  if (member.is_manual || member.institution_code === null) return false;
  return isOauthOnly(await readFields(scope, member.institution_code).catch(() => null));
}

/** Creates an OAuth URL for a single visit. Rejects with NOT_FOUND if the user has no such member. */
export async function createOauthWindowUrl(
  scope: MutationScope,
  memberGuid: string,
  options: MxOauthOptions,
): Promise<OauthWindowResult> {
  const { client, cache, userGuid } = scope;
  const member = requireMember(await cache.members(userGuid), memberGuid);
  const fail = (error: UserError) => ({ ...failed(member, error), oauthWindowUrl: null });
  if (!(await canUseOauth(scope, member))) return fail(oauthNotSupported(['input', 'member']));
  try {
    const oauthWindowUrl = await client.readOauthWindowUrl(userGuid, memberGuid, options);
    return { ...succeeded(member), oauthWindowUrl };
  } catch (error) {
    const unavailable = institutionUnavailable(error, ['input', 'member']);
    if (unavailable) return fail(unavailable);
    if (isMxError(error, 'invalid') && error.details.status === 400)
      return fail(oauthNotSupported(['input', 'member']));
    throw error;
  }
}

/** Messages for MX's error reasons. The reason itself comes from outside and is not passed through. */
const ERROR_MESSAGES: ReadonlyMap<string, string> = new Map([
  ['DENIED', 'The institution could not authenticate the end user.'],
  ['IMPEDED', 'The end user must first resolve an issue on the institution’s website.'],
  ['PROVIDER_ERROR', 'The institution returned an error.'],
  ['SERVER_ERROR', 'MX returned an error.'],
  ['SESSION_ERROR', 'The OAuth session expired, or its URL was already used.'],
]);

function oauthError(reason: string | null): UserError {
  const path = ['input', 'errorReason'];
  if (reason === 'CANCELLED') {
    return { code: 'OAUTH_CANCELLED', message: 'The end user cancelled the authorization.', path };
  }
  const message = ERROR_MESSAGES.get(reason ?? '') ?? 'The institution did not grant the authorization.';
  return { code: 'OAUTH_FAILED', message, path };
}

/**
 * Handles the return from an OAuth visit and reads the member again. If the end user cancelled, MX leaves the status
 * unchanged, so the return is the only sign of it. If the user was already connected to the institution, MX returns the
 * guid of that older member, which is then the result. Rejects with NOT_FOUND if the member is not the user's.
 */
export async function completeOauth(scope: MutationScope, oauthReturn: OauthReturn): Promise<MutationResult> {
  const members = await scope.cache.membersNow(scope.userGuid);
  const member = requireMember(members, oauthReturn.returnedMemberGuid ?? oauthReturn.memberGuid);
  return oauthReturn.isSuccess ? succeeded(member) : failed(member, oauthError(oauthReturn.errorReason));
}
