import { LRUCache } from 'lru-cache';

/** The error of a failed read. */
export interface Failure {
  readonly error: unknown;
  /** Until when the read is not repeated, on the clock of the cache. */
  readonly until: number;
}

const MAX_FAILURES = 5_000;

/** Failures of the latest reads by key, for as long as the reads are not repeated. */
export class Failures {
  readonly #failures = new LRUCache<string, Failure>({ maxSize: MAX_FAILURES, sizeCalculation: () => 1 });

  /** The failure that is cached at that time. */
  get(key: string, now: number): Failure | undefined {
    const failure = this.#failures.get(key);
    return failure && now < failure.until ? failure : undefined;
  }

  set(key: string, failure: Failure): void {
    this.#failures.set(key, failure);
  }

  delete(key: string): void {
    this.#failures.delete(key);
  }
}
