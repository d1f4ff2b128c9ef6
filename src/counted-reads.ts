import type { CallCount } from './mx/transport.js';
import type { Reads } from './cache/mx-cache.js';

/** The reads that a mutation needs, with the calls that they take counted for it. */
export interface CountedReads extends Pick<
  Reads,
  'members' | 'membersNow' | 'challengesNow' | 'record' | 'recordDeleted'
> {
  readonly institutions: Pick<Reads['institutions'], 'read' | 'credentials'>;
}

/** Queries hand the count along themselves: they are many, and this makes a handful of functions. */
export function countReads(reads: Reads, count: CallCount): CountedReads {
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
