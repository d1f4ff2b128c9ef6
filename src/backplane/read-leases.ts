/** What an instance asks for before it reads a key upstream. */
export interface LeaseRequest {
  /** The version of the value that this instance has; null if it has none. */
  readonly known: string | null;
  /**
   * Set for a hint: only a value whose read started after this instant will do (milliseconds since 1970, on the clock
   * of `acquire`), and at most one read per TTL is granted for hints. Null: any fresh value will do.
   */
  readonly after: number | null;
  /** True for a caller that needs a new read, whatever is fresh: it invalidates the value. */
  readonly isForced: boolean;
}

/** What the instance is to do. */
export type LeaseResult =
  /** Use its own value: it is the one that all instances have, and fresh. */
  | { readonly kind: 'unchanged' }
  /** Use this fresh value, which another instance has read. */
  | ({ readonly kind: 'hit' } & SharedValue)
  /** Fail: the last read failed within the TTL, with this failure, and the upstream is not asked again yet. */
  | { readonly kind: 'failed'; readonly failure: string }
  /** Read the key upstream, then call `complete`. */
  | { readonly kind: 'granted'; readonly version: string; readonly startedAt: number }
  /** Ask again in a moment: another instance is reading the key. */
  | { readonly kind: 'pending' }
  /** Ask again at that time on the clock of `acquire`: a read for a hint has been granted within the TTL. */
  | { readonly kind: 'deferred'; readonly retryAt: number };

/** A value as instances share it. */
export interface SharedValue {
  readonly version: string;
  /** When its read started, in milliseconds since 1970, on the clock of `acquire`. */
  readonly startedAt: number;
  readonly text: string;
}

/** How a read that was granted ended. */
export type ReadOutcome =
  | SharedValue
  | {
      readonly version: string;
      readonly startedAt: number;
      readonly failure: string;
      /** True for a failure that is an answer, such as "not found": the last value is deleted. */
      readonly isAnswer: boolean;
    };

/** A write at MX, for the other instances, whose lists may not show it yet. */
export interface SharedWrite {
  readonly memberGuid: string;
  /** The member as JSON in MX's form; null if it was deleted. */
  readonly member: string | null;
  /** When MX answered, in milliseconds since 1970, on the clock of `acquire`. */
  readonly at: number;
}

/** The reply to a request for a lease. */
export interface Acquired {
  readonly result: LeaseResult;
  /** The writes of the key's user that MX's lists may not show yet. */
  readonly writes: readonly SharedWrite[];
}

/**
 * Leases on reads: they let many instances together read each key once per TTL (promise 1). A key is `USR-…` or
 * `USR-…/…`; the part before the slash is the user that it belongs to. All methods reject if the leases are
 * unreachable.
 */
export interface ReadLeases {
  acquire(key: string, request: LeaseRequest): Promise<Acquired>;
  /** Resolves to the value that was read last, however old, unless it was invalidated; null if there is none. */
  latest(key: string): Promise<SharedValue | null>;
  /** Resolves to false if the key was invalidated during the read: its value may then be outdated. */
  complete(key: string, outcome: ReadOutcome): Promise<boolean>;
  /** Invalidates the key: later callers get a value whose read starts later. */
  expire(key: string): Promise<void>;
  /** Records a write, invalidates the user's and the member's keys, and resolves to the time of the write. */
  noteWrite(userGuid: string, write: Omit<SharedWrite, 'at'>): Promise<number>;
  /** Resolves to the time on the clock of `acquire`, in milliseconds since 1970. */
  now(): Promise<number>;
  /** That time as this instance knows it from the last reply, so that its own times can be compared with others. */
  localNow(): number;
}
