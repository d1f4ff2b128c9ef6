/** How long the result of a write is available to those who repeat it, in milliseconds. */
export const RESULT_TTL_MS = 1_000;
/** How long a lock is held without being renewed, in milliseconds: the time that a lost instance blocks the others. */
export const LOCK_MS = 3_000;

/** What an instance is about to write. */
export interface WriteRequest {
  readonly userGuid: string;
  /** Names the writes of the user that exclude each other. */
  readonly subject: string;
  /** Equal for equal values. It must not reveal them: it is stored. */
  readonly digest: string;
}

/** What the instance is to do. */
export type WriteLockResult =
  /** Write, then call `complete` with the token, and `renew` every second until then. */
  | { readonly kind: 'granted'; readonly token: string }
  /** Ask again in a moment, with the token: another instance is writing to the subject. */
  | { readonly kind: 'pending'; readonly token: string }
  /** Use this result: another instance has just written the same values. */
  | { readonly kind: 'done'; readonly result: string }
  /** Fail: the write of the same values that this instance has waited for has failed. */
  | { readonly kind: 'failed'; readonly failure: string };

/** How a write ended. `null` means that those who wait for it must write themselves. */
export type WriteOutcome = { readonly result: string } | { readonly failure: string } | null;

/**
 * Locks on writes: they let many instances together send a write once that they receive repeatedly. All methods reject
 * if the locks are unreachable.
 */
export interface WriteLocks {
  /** `waitedFor` is the token of the write that this instance has waited for; null if there is none. */
  acquire(request: WriteRequest, waitedFor: string | null): Promise<WriteLockResult>;
  renew(request: WriteRequest, token: string): Promise<void>;
  complete(request: WriteRequest, token: string, outcome: WriteOutcome): Promise<void>;
}
