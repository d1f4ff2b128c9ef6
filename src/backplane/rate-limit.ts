import { LRUCache } from 'lru-cache';

/** What viewers have asked of all instances together. */
export interface SharedRateLimit {
  /** Tells of operations that were run; resolves to how long the viewer is to wait before the next, in milliseconds. */
  consume(viewerId: string, operations: number): Promise<number>;
}

interface Account {
  /** How many operations may still be run, as of `at`. */
  left: number;
  at: number;
  /** Nothing may be run before, by what the other instances have told. */
  notBefore: number;
  /** What the others have not been told of yet. */
  untold: number;
}

export interface RateLimiterOptions {
  readonly perMinute: number;
  /** Null for an instance that is alone. */
  readonly shared: SharedRateLimit | null;
}

const MINUTE_MS = 60_000;
/** Whoever has not been seen for longer than so many others begins anew. */
const MAX_VIEWERS = 50_000;
/** The others are told of each twentieth of the budget: so far it can be exceeded per instance, for one call in twenty. */
const PARTS = 20;

/**
 * How many operations a viewer may ask for: so many a minute, all at once if need be. It never waits for another
 * instance, nor for Redis: what all have spent together is heard a moment later, and without Redis each counts alone.
 */
export class RateLimiter {
  readonly #accounts = new LRUCache<string, Account>({ max: MAX_VIEWERS });
  readonly #perMinute: number;
  readonly #batch: number;
  readonly #shared: SharedRateLimit | null;

  constructor({ perMinute, shared }: RateLimiterOptions) {
    this.#perMinute = perMinute;
    this.#batch = Math.ceil(perMinute / PARTS);
    this.#shared = shared;
  }

  /** Takes leave for one operation: 0 where it may run, or else how long to wait, in milliseconds. */
  consume(viewerId: string): number {
    const now = performance.now();
    const account = this.#accountOf(viewerId, now);
    const perMs = this.#perMinute / MINUTE_MS;
    account.left = Math.min(this.#perMinute, account.left + (now - account.at) * perMs);
    account.at = now;
    if (account.notBefore > now) return account.notBefore - now;
    if (account.left < 1) return (1 - account.left) / perMs;
    account.left -= 1;
    if (this.#shared) this.#tell(viewerId, account, this.#shared);
    return 0;
  }

  #accountOf(viewerId: string, now: number): Account {
    const known = this.#accounts.get(viewerId);
    if (known) return known;
    const account = { left: this.#perMinute, at: now, notBefore: 0, untold: 0 };
    this.#accounts.set(viewerId, account);
    return account;
  }

  #tell(viewerId: string, account: Account, shared: SharedRateLimit): void {
    account.untold += 1;
    if (account.untold < this.#batch) return;
    const operations = account.untold;
    account.untold = 0;
    shared.consume(viewerId, operations).then(
      (waitMs) => (account.notBefore = performance.now() + waitMs),
      // While the others cannot be heard, nobody is refused on their account.
      () => undefined,
    );
  }
}
