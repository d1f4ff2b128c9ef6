import { LRUCache } from 'lru-cache';

/** The operations of each viewer on all instances together. */
export interface SharedRateLimit {
  /** Adds operations that were run. Resolves to the time until the viewer may run the next one, in milliseconds. */
  consume(viewerId: string, operations: number): Promise<number>;
}

/** Token bucket of one viewer. */
interface Bucket {
  /** Remaining operations at `updatedAt`. */
  remaining: number;
  updatedAt: number;
  /** No operation may run before this time, because of those on other instances. */
  blockedUntil: number;
  /** Operations that have not been reported to the shared limit yet. */
  unreported: number;
}

/** Options of `RateLimiter`. */
export interface RateLimiterOptions {
  /** Operations per viewer and minute. All of them may be used at once. */
  readonly perMinute: number;
  /** The limit shared by all instances; null for a single instance. */
  readonly shared: SharedRateLimit | null;
}

const MINUTE_MS = 60_000;
/** Maximum number of viewers that are tracked. Beyond it, the least recently active one starts with a full bucket. */
const MAX_VIEWERS = 50_000;
/** An instance reports its operations in batches of a twentieth of the limit. It may exceed the limit by one batch. */
const BATCHES_PER_LIMIT = 20;

/**
 * Token bucket per viewer. It is synchronous and never waits for Redis or another instance: the operations on other
 * instances count a moment later, and while Redis is unavailable each instance enforces the limit alone.
 */
export class RateLimiter {
  readonly #buckets = new LRUCache<string, Bucket>({ max: MAX_VIEWERS });
  readonly #perMinute: number;
  readonly #batch: number;
  readonly #shared: SharedRateLimit | null;

  constructor({ perMinute, shared }: RateLimiterOptions) {
    this.#perMinute = perMinute;
    this.#batch = Math.ceil(perMinute / BATCHES_PER_LIMIT);
    this.#shared = shared;
  }

  /** Consumes one operation. Returns 0 if it may run, else the time to wait, in milliseconds. */
  consume(viewerId: string): number {
    const now = performance.now();
    const bucket = this.#bucketOf(viewerId, now);
    const perMs = this.#perMinute / MINUTE_MS;
    bucket.remaining = Math.min(this.#perMinute, bucket.remaining + (now - bucket.updatedAt) * perMs);
    bucket.updatedAt = now;
    if (bucket.blockedUntil > now) return bucket.blockedUntil - now;
    if (bucket.remaining < 1) return (1 - bucket.remaining) / perMs;
    bucket.remaining -= 1;
    if (this.#shared) this.#report(viewerId, bucket, this.#shared);
    return 0;
  }

  #bucketOf(viewerId: string, now: number): Bucket {
    const existing = this.#buckets.get(viewerId);
    if (existing) return existing;
    const bucket = { remaining: this.#perMinute, updatedAt: now, blockedUntil: 0, unreported: 0 };
    this.#buckets.set(viewerId, bucket);
    return bucket;
  }

  #report(viewerId: string, bucket: Bucket, shared: SharedRateLimit): void {
    bucket.unreported += 1;
    if (bucket.unreported < this.#batch) return;
    const operations = bucket.unreported;
    bucket.unreported = 0;
    shared.consume(viewerId, operations).then(
      (waitMs) => (bucket.blockedUntil = performance.now() + waitMs),
      // While the shared limit is unavailable, only this instance's own count applies.
      () => undefined,
    );
  }
}
