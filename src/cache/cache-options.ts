import type { ReadContext } from './entry.js';
import type { EntryStoreOptions } from './entry-store.js';
import type { Sharing } from './leases.js';

/** A value, or a promise of it. Cached values come without a promise, which saves a turn of the event loop per field. */
export type MaybePromise<T> = T | Promise<T>;

/** Default of `CacheOptions.serveStaleAfterMs`. */
export const SERVE_STALE_AFTER_MS = 2_000;

/** A value that was just read, and the bytes that `decode` can make it from again. */
export interface Loaded<V> {
  readonly value: V;
  readonly bytes: Uint8Array;
}

/** How a read was served: from the cache, by joining a read in flight, by an own read, or by a stale value. */
export type ReadResult = 'hit' | 'deduplicated' | 'miss' | 'stale';

export interface CacheOptions<V> extends EntryStoreOptions<V> {
  /** Reads the value of a key upstream. */
  readonly read: (key: string, context: ReadContext) => Promise<Loaded<V>>;
  /** How long a value is fresh, in milliseconds from the start of its read. 0 deduplicates concurrent reads only. */
  readonly ttlMs: number;
  /** How old a value may be, in milliseconds, to be served while the upstream fails or hangs. 0: never. */
  readonly staleIfErrorMs: number;
  /** How long a read may take, in milliseconds, before a stale value is served instead. Defaults to 2,000. */
  readonly serveStaleAfterMs?: number;
  /** How long a stale value is served after a failed read before the next one. Defaults to `ttlMs`. */
  readonly staleBackoffMs?: number;
  /** False for errors that are an answer, such as "not found": they are never replaced by a stale value. */
  readonly canServeStale: (error: unknown) => boolean;
  /**
   * How long an error is cached, in milliseconds from the start of the read, if there is no stale value. Defaults to
   * 0: the next caller reads again.
   */
  readonly errorTtlMs?: (error: unknown) => number;
  /** Shares reads with other instances; null or omitted if there are none. */
  readonly sharing?: Sharing | null;
  /** Called for each read with how it was served. */
  readonly onRead?: (result: ReadResult) => void;
}
