import { isMxError } from '../mx/errors.js';
import type { ObservedMember } from '../status/observed-member.js';
import type { UserError } from './mutation.js';

/** MX's error types (all with HTTP 400) for an institution that is unavailable or accepts no new connections. */
const INSTITUTION_BLOCKED: ReadonlySet<string | undefined> = new Set([
  'institution_maintenance_error',
  'institution_unavailable_error',
  'institution_prevented_error',
  'institution_prevent_new_error',
  'institution_prevent_verification_error',
]);

export function institutionUnavailable(error: unknown, path: readonly string[]): UserError | null {
  if (!isMxError(error, 'invalid') || !INSTITUTION_BLOCKED.has(error.details.type)) return null;
  return {
    code: 'INSTITUTION_UNAVAILABLE',
    message: 'MX cannot connect to this institution at present, or takes no new connections to it.',
    path,
  };
}

export function memberExists(existingMemberGuid: string | null, path: readonly string[]): UserError {
  const message = 'The user has a member with this institution and these credentials.';
  return { code: 'MEMBER_EXISTS', message, path, existingMemberGuid };
}

export function tooManyMembers(): UserError {
  return { code: 'TOO_MANY_MEMBERS', message: 'The user has as many members as MX allows.', path: ['input'] };
}

export function otherJobRunning(): UserError {
  return {
    code: 'OTHER_JOB_RUNNING',
    message: 'A job of another kind runs for this member: wait until it has ended.',
    path: ['input', 'memberGuid'],
  };
}

export function challengeNotPending(): UserError {
  return {
    code: 'CHALLENGE_NOT_PENDING',
    message: 'The member has no challenge to answer, or no longer: read it again.',
    path: ['input', 'memberGuid'],
  };
}

export function jobNotStarted(): UserError {
  return {
    code: 'JOB_NOT_STARTED',
    message: 'MX starts no job for a member that stands as this one does: see its `requiredAction`.',
    path: ['input', 'memberGuid'],
  };
}

export function oauthRequired(): UserError {
  return {
    code: 'OAUTH_REQUIRED',
    message: 'This institution asks for no credentials: connect through its own pages, with `oauth`.',
    path: ['input', 'credentials'],
  };
}

export function aggregationThrottled(member: ObservedMember, retryAt: Date): UserError {
  const when = member.member.successfully_aggregated_at;
  return {
    code: 'AGGREGATION_THROTTLED',
    message: `MX started no job: the last success${when === null ? '' : `, of ${when},`} is too recent.`,
    path: ['input', 'memberGuid'],
    retryAt,
  };
}

export function oauthNotSupported(path: readonly string[]): UserError {
  const message = 'This does not authenticate through the institution’s own pages.';
  return { code: 'OAUTH_NOT_SUPPORTED', message, path };
}
