import { isMxError } from '../mx/errors.js';
import type { MxProduct } from '../mx/products.js';
import { isInstitutionBlocked } from '../status/can-connect.js';
import type { ObservedMember } from '../status/observed-member.js';
import type { UserError } from './mutation.js';

/** Converts MX's error to a user error if the institution is unavailable; null for any other error. */
export function institutionUnavailable(error: unknown, path: readonly string[]): UserError | null {
  if (!isMxError(error, 'invalid') || !isInstitutionBlocked(error.details.type)) return null;
  return {
    code: 'INSTITUTION_UNAVAILABLE',
    message: 'MX currently cannot connect to this institution, or accepts no new connections to it.',
    path,
  };
}

/** The user already has a member with this institution and these credentials. */
export function memberExists(existingMemberGuid: string | null, path: readonly string[]): UserError {
  const message = 'The user already has a member with this institution and these credentials.';
  return { code: 'MEMBER_EXISTS', message, path, existingMemberGuid };
}

/** The user has reached the maximum number of members at MX. */
export function tooManyMembers(): UserError {
  const message = 'The user has reached MX’s maximum number of members.';
  return { code: 'TOO_MANY_MEMBERS', message, path: ['input'] };
}

/** A job of another kind is running for the member. */
export function otherJobRunning(): UserError {
  return {
    code: 'OTHER_JOB_RUNNING',
    message: 'MX is running another job for this member. Wait until it has finished.',
    path: ['input', 'member'],
  };
}

/** The member has no pending challenge, or not any more. */
export function challengeNotPending(): UserError {
  return {
    code: 'CHALLENGE_NOT_PENDING',
    message: 'The member has no pending challenge. Read the member again.',
    path: ['input', 'member'],
  };
}

/** MX starts no job for a member in this state. */
export function jobNotStarted(): UserError {
  return {
    code: 'JOB_NOT_STARTED',
    message: 'MX does not start jobs for a member in this state. See its `requiredAction`.',
    path: ['input', 'member'],
  };
}

/** The institution uses OAuth and has no credentials to enter. */
export function oauthRequired(path: readonly string[]): UserError {
  const message = 'This institution accepts no credentials. Connect through OAuth.';
  return { code: 'OAUTH_REQUIRED', message, path };
}

/** MX started no job because the last successful one is too recent. */
export function aggregationThrottled(member: ObservedMember, retryAt: Date): UserError {
  const when = member.member.successfully_aggregated_at;
  return {
    code: 'AGGREGATION_THROTTLED',
    message: `MX did not start a job: the last success${when === null ? '' : ` (${when})`} is too recent.`,
    path: ['input', 'member'],
    retryAt,
  };
}

/** The institution does not support a product. */
export function productNotSupported(product: MxProduct, path: readonly string[]): UserError {
  const message = `The institution does not support ${product.toUpperCase()}. See its \`supportedProducts\`.`;
  return { code: 'PRODUCT_NOT_SUPPORTED', message, path };
}

/** The institution or the member does not use OAuth. */
export function oauthNotSupported(path: readonly string[]): UserError {
  const message = 'The institution or member does not support OAuth.';
  return { code: 'OAUTH_NOT_SUPPORTED', message, path };
}
