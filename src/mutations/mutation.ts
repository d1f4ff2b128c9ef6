import type { MxCache } from '../cache/mx-cache.js';
import type { CallCounter } from '../mx/transport.js';
import { memberNotFound } from '../errors/api-error.js';
import type { MxClient } from '../mx/client.js';
import type { ObservedMember, ObservedMembers } from '../status/observed-member.js';

/** The reads that a mutation needs, with the calls that they take counted for it. */
export interface MutationReads extends Pick<
  MxCache,
  'members' | 'membersNow' | 'challengesNow' | 'record' | 'recordDeleted'
> {
  readonly institutions: Pick<MxCache['institutions'], 'read' | 'credentials'>;
}

/** Queries hand the count along themselves: they are many, and this makes a handful of functions. */
export function withCallCount(reads: MxCache, count: CallCounter): MutationReads {
  return {
    members: (userGuid) => reads.members(userGuid, count),
    membersNow: (userGuid) => reads.membersNow(userGuid, count),
    challengesNow: (userGuid, memberGuid) => reads.challengesNow(userGuid, memberGuid, count),
    record: (userGuid, member) => reads.record(userGuid, member),
    recordDeleted: (userGuid, memberGuid) => reads.recordDeleted(userGuid, memberGuid),
    institutions: {
      read: (code) => reads.institutions.read(code, count),
      credentials: (code) => reads.institutions.credentials(code, count),
    },
  };
}

/** What an action works with: on whose behalf, and by what means. */
export interface MutationScope {
  /** The viewer: nobody acts for another. */
  readonly userGuid: string;
  readonly client: MxClient;
  readonly cache: MutationReads;
}

/** Something expected that stood in the way; the codes are those of `UserErrorCode` in the schema. */
export interface UserError {
  readonly code: UserErrorCode;
  /** Repeats nothing that an end user entered. */
  readonly message: string;
  /** Into the arguments of the mutation. */
  readonly path: readonly string[];
  readonly existingMemberGuid?: string | null;
  readonly retryAt?: Date | null;
}

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
  | 'OAUTH_NOT_SUPPORTED'
  | 'OAUTH_CANCELLED'
  | 'OAUTH_FAILED';

/** What came of an action: the member as it stands, and what stood in the way. */
export interface MutationResult {
  readonly member: ObservedMember | null;
  readonly userErrors: readonly UserError[];
}

export function succeeded(member: ObservedMember | null): MutationResult {
  return { member, userErrors: [] };
}

export function failed(member: ObservedMember | null, ...userErrors: readonly UserError[]): MutationResult {
  return { member, userErrors };
}

/** The member among the user's; throws NOT_FOUND, alike for one that is absent and one of somebody else's. */
export function requireMember(members: ObservedMembers, memberGuid: string): ObservedMember {
  const member = members.get(memberGuid);
  if (member) return member;
  throw memberNotFound();
}

/** The member as MX has it now; rejects with NOT_FOUND as `memberAmong` does, and while MX fails. */
export async function fetchMember(
  { cache, userGuid }: MutationScope,
  memberGuid: string,
): Promise<ObservedMember> {
  return requireMember(await cache.membersNow(userGuid), memberGuid);
}
