import type { CallCounter } from '../mx/transport.js';
import type { DataNews } from '../status/data-news.js';
import type { MemberState } from '../status/member-state.js';

/** States of a user's members, by guid. */
export type MemberStates = ReadonlyMap<string, MemberState | null>;

/** A member whose challenges are to be read. */
export interface DueChallenges {
  readonly memberGuid: string;
  /** Only a read that starts later will do, on the clock of reads. -Infinity if any will. */
  readonly after: number;
}

/** Reads members from MX for the watcher. */
export interface MemberReader {
  /** Reads the members, or returns those read within the TTL. Rejects while MX fails. Requests are counted. */
  poll(userGuid: string, counter: CallCounter): Promise<MemberStates>;
  /**
   * Reads the members later than `after` (on the clock of `now`). If that is not allowed yet, resolves to the time
   * (on the steady clock) from which it is.
   */
  pollAfter(
    userGuid: string,
    hint: { readonly after: number; readonly counter: CallCounter },
  ): Promise<MemberStates | { readonly retryAt: number }>;
  /**
   * Reads the challenges of a CHALLENGED member, later than `after` unless that is -Infinity, so that they are compared
   * with those known. Resolves as `pollAfter` does if that is not allowed yet.
   */
  readChallenges(
    userGuid: string,
    read: DueChallenges & { readonly counter: CallCounter },
  ): Promise<{ readonly retryAt: number } | null>;
  /** Resolves to true while the data that a webhook told of has not been observed. */
  isPending(
    userGuid: string,
    told: { readonly memberGuid: string; readonly news: DataNews },
  ): Promise<boolean>;
  /**
   * Compares the age of the data that was observed last with the clock, without a read of MX. Resolves to when it
   * changes next, in milliseconds since 1970 by the wall clock.
   */
  compareAges(userGuid: string): Promise<number>;
  /** Resolves to the time, in milliseconds since 1970, of the clock used for read timestamps. */
  now(): Promise<number>;
}
