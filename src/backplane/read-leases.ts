/** What may be asked before a key is read upstream. */
export interface LeaseRequest {
  /** The version of the value that this instance has; null for none. */
  readonly known: string | null;
  /**
   * Set by a hint: only what was asked for later than this (milliseconds since 1970, on the clock of `begin`) will do,
   * and at most one read per window is begun for such reasons. Null: whatever is within the window will do.
   */
  readonly after: number | null;
  /** True for a caller that wants a read of its own now, whatever is known: it ends the window. */
  readonly isForced: boolean;
}

/** What to do about a key. */
export type LeaseResult =
  /** What this instance has is what all have, and within the window. */
  | { readonly kind: 'unchanged' }
  /** Another instance has read it within the window. */
  | { readonly kind: 'hit'; readonly version: string; readonly text: string; readonly begunAt: number }
  /** Upstream failed within the window, with this kind of failure, and is left alone for its rest. */
  | { readonly kind: 'failed'; readonly failure: string }
  /** Read it, and `end` what was begun. */
  | { readonly kind: 'granted'; readonly version: string; readonly begunAt: number }
  /** Another instance is reading it: ask again in a moment. */
  | { readonly kind: 'pending' }
  /** The window has had its read for a hint: ask again at that time. */
  | { readonly kind: 'deferred'; readonly retryAt: number };

/** How a read ended. */
export type ReadOutcome =
  | { readonly version: string; readonly begunAt: number; readonly text: string }
  | { readonly version: string; readonly begunAt: number; readonly failure: string };

/** What an instance has written at MX, for those whose lists have not heard of it. */
export interface SharedWrite {
  readonly memberGuid: string;
  /** The member as JSON in MX's form; null for one that was deleted. */
  readonly member: string | null;
  /** When it was answered, in milliseconds since 1970, on the clock of `begin`. */
  readonly at: number;
}

/**
 * Freshness windows that instances share: promise 1 across instances. A key is `USR-…` or `USR-…/…`: what is before
 * the slash is the user that it belongs to. All methods reject when the windows cannot be reached.
 */
export interface ReadLeases {
  /** `writes`: what was written at MX for the key's user so recently that its lists may not have heard of it. */
  acquire(
    key: string,
    ask: LeaseRequest,
  ): Promise<{ readonly result: LeaseResult; readonly writes: readonly SharedWrite[] }>;
  /** Resolves to false where the window was ended meanwhile: what was read may then be old news. */
  complete(key: string, landing: ReadOutcome): Promise<boolean>;
  /** Ends the window: what is asked from now on is answered by a read that begins from now on. */
  expire(key: string): Promise<void>;
  /** Notes a write, ends the window of the user and of the member, and resolves to when that was. */
  noteWrite(userGuid: string, write: Omit<SharedWrite, 'at'>): Promise<number>;
  /** Resolves to the time on the clock of `begin`, in milliseconds since 1970. */
  now(): Promise<number>;
}
