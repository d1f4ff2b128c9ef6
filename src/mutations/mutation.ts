import { findMember } from '../cache/member-list.js';
import type { MxCache } from '../cache/mx-cache.js';
import type { MxProduct } from '../mx/products.js';
import type { CallCounter } from '../mx/transport.js';
import { memberNotFound } from '../errors/api-error.js';
import type { MxAccount, MxChallengeAnswer } from '../mx/types.js';
import type { MxClient } from '../mx/client.js';
import type { ObservedMember, ObservedMembers } from '../status/observed-member.js';
import type { CreateOutcomes } from './create-outcomes.js';

/** The reads that mutations need. Their MX requests are counted for the operation. */
export interface MutationReads extends Pick<
  MxCache,
  'members' | 'membersNow' | 'record' | 'recordDeleted' | 'recordAccount'
> {
  readonly challenges: Pick<MxCache['challenges'], 'readNow'>;
  readonly accounts: Pick<MxCache['accounts'], 'readNow'>;
  readonly institutions: Pick<MxCache['institutions'], 'read' | 'credentials' | 'noteCreate'>;
}

/** Binds the reads to the counter of one mutation. Queries, being far more frequent, pass the counter themselves. */
export function withCallCount(cache: MxCache, count: CallCounter): MutationReads {
  return {
    members: (userGuid) => cache.members(userGuid, count),
    membersNow: (userGuid) => cache.membersNow(userGuid, count),
    challenges: {
      readNow: (userGuid, memberGuid) => cache.challenges.readNow(userGuid, memberGuid, count),
    },
    accounts: { readNow: (userGuid) => cache.accounts.readNow(userGuid, count) },
    record: (userGuid, member) => cache.record(userGuid, member),
    recordDeleted: (userGuid, memberGuid) => cache.recordDeleted(userGuid, memberGuid),
    recordAccount: (userGuid) => cache.recordAccount(userGuid),
    institutions: {
      read: (code) => cache.institutions.read(code, count),
      credentials: (code) => cache.institutions.credentials(code, count),
      noteCreate: (code, errorType) => cache.institutions.noteCreate(code, errorType),
    },
  };
}

/** A mutation with the values that the end user entered. */
export interface ValuesMutation {
  readonly name: 'answerChallenges' | 'updateMemberCredentials';
  readonly userGuid: string;
  readonly memberGuid: string;
  readonly values: readonly MxChallengeAnswer[];
}

/** An attempt to create an account that a client may repeat. */
export interface AccountAttempt {
  readonly userGuid: string;
  /** Equal for repetitions only. It reveals nothing of the input. */
  readonly id: string;
}

/** Result of `createManualAccount`. */
export interface AccountResult {
  readonly account: MxAccount | null;
  readonly userErrors: readonly UserError[];
}

/** Sends a mutation once that a client sends twice. */
export interface Deduplicator {
  /** Returns the result of `work`, or that of the same mutation if it is in flight or has just succeeded. */
  run(mutation: ValuesMutation, work: () => Promise<MutationResult>): Promise<MutationResult>;
  /** Returns the result of `work`, or that of the same attempt if it is in flight. */
  runAttempt(attempt: AccountAttempt, work: () => Promise<AccountResult>): Promise<AccountResult>;
}

/** What a mutation works with: the user, the client and the cache. */
export interface MutationScope {
  /** The viewer. Mutations act on the viewer's own members only. */
  readonly userGuid: string;
  readonly client: MxClient;
  readonly cache: MutationReads;
  readonly deduplicator: Deduplicator;
  readonly createOutcomes: CreateOutcomes;
  /** The products to request of new members whose input has none. */
  readonly defaultProducts: readonly MxProduct[];
}

/** What all expected failures of a mutation have. */
interface UserErrorBase {
  /** Contains nothing that the end user entered. */
  readonly message: string;
  /** Path of the argument that caused the error. */
  readonly path: readonly string[];
}

/** The user already has such a member. */
export interface MemberExistsError extends UserErrorBase {
  readonly code: 'MEMBER_EXISTS';
  /** Null if MX does not report it. */
  readonly existingMemberGuid: string | null;
}

/** MX starts no job yet. */
export interface AggregationThrottledError extends UserErrorBase {
  readonly code: 'AGGREGATION_THROTTLED';
  readonly retryAt: Date | null;
}

/** A failure that its code tells in full. */
export interface PlainUserError extends UserErrorBase {
  readonly code: Exclude<UserErrorCode, 'MEMBER_EXISTS' | 'AGGREGATION_THROTTLED'>;
}

/** An expected failure of a mutation, the `UserError` of the schema. */
export type UserError = MemberExistsError | AggregationThrottledError | PlainUserError;

/** Codes of user errors, as in the schema's enum of the same name. */
export type UserErrorCode =
  | 'MEMBER_EXISTS'
  | 'TOO_MANY_MEMBERS'
  | 'CREDENTIALS_MISSING'
  | 'CREDENTIALS_UNKNOWN'
  | 'CHALLENGE_NOT_PENDING'
  | 'ANSWERS_MISSING'
  | 'CHALLENGE_UNKNOWN'
  | 'OTHER_JOB_RUNNING'
  | 'AGGREGATION_THROTTLED'
  | 'JOB_NOT_STARTED'
  | 'OAUTH_REQUIRED'
  | 'INSTITUTION_UNAVAILABLE'
  | 'PRODUCT_NOT_SUPPORTED'
  | 'OAUTH_NOT_SUPPORTED'
  | 'OAUTH_CANCELLED'
  | 'OAUTH_FAILED';

/** Result of a mutation: the current member, and the errors if it failed. */
export interface MutationResult {
  readonly member: ObservedMember | null;
  readonly userErrors: readonly UserError[];
  /** True if MX's response was lost and a read has shown that the mutation took effect. Defaults to false. */
  readonly isVerified?: boolean;
}

/** Creates the result of a successful mutation. */
export function succeeded(member: ObservedMember | null): MutationResult {
  return { member, userErrors: [] };
}

/** Creates the result of a failed mutation. */
export function failed(member: ObservedMember | null, ...userErrors: readonly UserError[]): MutationResult {
  return { member, userErrors };
}

/**
 * Returns the member. Throws NOT_FOUND if it is not among the user's, whether or not another user has it, and an MxError
 * if MX's list was not whole, so that it may be.
 */
export function requireMember(members: ObservedMembers, memberGuid: string): ObservedMember {
  const member = findMember(members, memberGuid);
  if (member) return member;
  throw memberNotFound();
}

/** Reads the member from MX. Rejects with NOT_FOUND like `requireMember`, and while MX fails. */
export async function fetchMember(
  { cache, userGuid }: MutationScope,
  memberGuid: string,
): Promise<ObservedMember> {
  return requireMember(await cache.membersNow(userGuid), memberGuid);
}
