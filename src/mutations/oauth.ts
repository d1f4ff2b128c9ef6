import { isMxError } from '../mx/errors.js';
import type { MxOauthOptions } from '../mx/types.js';
import { succeeded, requireMember, failed } from './mutation.js';
import type { MutationScope, MutationResult, UserError } from './mutation.js';
import { institutionUnavailable, oauthNotSupported } from './user-errors.js';

export interface OauthWindowOutcome extends MutationResult {
  readonly oauthWindowUrl: string | null;
}

/** What the end user came back with, as the redirect or the window message of MX's last page says it. */
export interface OauthReturn {
  readonly memberGuid: string;
  readonly returnedMemberGuid: string | null;
  readonly isSuccess: boolean;
  readonly errorReason: string | null;
}

/** Makes an address for one visit. Rejects with NOT_FOUND where the user has no such member. */
export async function createOauthWindowUrl(
  scope: MutationScope,
  memberGuid: string,
  options: MxOauthOptions,
): Promise<OauthWindowOutcome> {
  const { client, cache, userGuid } = scope;
  const member = requireMember(await cache.members(userGuid), memberGuid);
  const refuse = (error: UserError) => ({ ...failed(member, error), oauthWindowUrl: null });
  if (!member.member.is_oauth) return refuse(oauthNotSupported(['input', 'memberGuid']));
  try {
    const oauthWindowUrl = await client.readOauthWindowUrl(userGuid, memberGuid, options);
    return { ...succeeded(member), oauthWindowUrl };
  } catch (error) {
    const unavailable = institutionUnavailable(error, ['input', 'memberGuid']);
    if (unavailable) return refuse(unavailable);
    if (isMxError(error, 'invalid') && error.details.status === 400)
      return refuse(oauthNotSupported(['input', 'memberGuid']));
    throw error;
  }
}

/** What MX's pages say of a failure, in words of ours: the reason comes from outside and is not passed through. */
const REASONS: ReadonlyMap<string, string> = new Map([
  ['DENIED', 'The institution could not authenticate the end user.'],
  ['IMPEDED', 'The end user must first do something at the institution’s own website.'],
  ['PROVIDER_ERROR', 'The institution failed.'],
  ['SERVER_ERROR', 'MX failed.'],
  ['SESSION_ERROR', 'The visit took too long, or its address was used before.'],
]);

function oauthError(reason: string | null): UserError {
  const path = ['input', 'errorReason'];
  if (reason === 'CANCELLED') {
    return {
      code: 'OAUTH_CANCELLED',
      message: 'The end user left without authorising the connection.',
      path,
    };
  }
  const message = REASONS.get(reason ?? '') ?? 'The institution’s pages ended without an authorisation.';
  return { code: 'OAUTH_FAILED', message, path };
}

/**
 * Takes note of an end user's return and reads the member afresh. MX leaves the status as it was when the end user
 * cancels, so that the return is the only sign of it. A user who had linked the institution before comes back under
 * the guid of that older member: that one is followed. Rejects with NOT_FOUND where neither is the user's.
 */
export async function completeOauth(scope: MutationScope, back: OauthReturn): Promise<MutationResult> {
  const members = await scope.cache.membersNow(scope.userGuid);
  const member = requireMember(members, back.returnedMemberGuid ?? back.memberGuid);
  return back.isSuccess ? succeeded(member) : failed(member, oauthError(back.errorReason));
}
