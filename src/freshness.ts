import { LRUCache } from 'lru-cache';

export interface FreshnessOptions<V> {
  /** Asks upstream; `begunAt` (milliseconds since 1970) is the latest instant that the answer can speak of. */
  readonly read: (key: string, begunAt: number) => Promise<V>;
  /** For so long after the asking began, everybody is served what it gave. */
  readonly freshnessMs: number;
  /** For so long a value may still be served when upstream fails. */
  readonly lastKnownMs: number;
  /** False for failures that are themselves the answer, such as "there is no such thing". */
  readonly mayServeLastKnown: (error: unknown) => boolean;
  readonly maxSize: number;
  readonly sizeOf: (value: V) => number;
}

interface Entry<V> {
  readonly value: V;
  readonly begunAt: number;
  freshUntil: number;
}

/**
 * Values by key, asked of upstream at most once per freshness window: promise 1 within one process.
 *
 * Two things are subtle. The window opens when the asking *begins*, for a slow answer is as old as its question. And
 * a read that was under way when the window was ended may not satisfy those who ask afterwards: it is left to its
 * first callers, and what it brings counts as old news.
 */
export class Freshness<V extends object> {
  readonly #options: FreshnessOptions<V>;
  readonly #entries: LRUCache<string, Entry<V>>;
  readonly #flights = new Map<string, Promise<V>>();

  constructor(options: FreshnessOptions<V>) {
    this.#options = options;
    this.#entries = new LRUCache<string, Entry<V>>({
      maxSize: options.maxSize,
      sizeCalculation: (entry) => Math.max(1, options.sizeOf(entry.value)),
    });
  }

  /** The value at once when it is fresh; else a promise, shared by all who ask for the key meanwhile. */
  get(key: string): V | Promise<V> {
    const entry = this.#entries.get(key);
    if (entry && Date.now() < entry.freshUntil) return entry.value;
    return this.#flights.get(key) ?? this.#takeOff(key);
  }

  /** Asks upstream now, whatever is known; rejects where upstream fails, for the last known will not do here. */
  refresh(key: string): Promise<V> {
    this.expire(key);
    return this.#takeOff(key, (error) => {
      throw error;
    });
  }

  /** Changes what is known, where anything is, to what has been learnt since; the window stays as it is. */
  amend(key: string, change: (value: V) => V): void {
    const entry = this.#entries.get(key);
    if (entry) this.#entries.set(key, { ...entry, value: change(entry.value) });
  }

  /** Ends the window: what is asked from now on is answered by a read that begins from now on. */
  expire(key: string): void {
    const entry = this.#entries.get(key);
    if (entry) entry.freshUntil = 0;
    this.#flights.delete(key);
  }

  #takeOff(key: string, onFailure?: (error: unknown) => V): Promise<V> {
    const begunAt = Date.now();
    const isCurrent = () => this.#flights.get(key) === flight;
    const flight: Promise<V> = this.#options
      .read(key, begunAt)
      .then(
        (value) => this.#land(key, { value, begunAt, freshUntil: isCurrent() ? this.#until(begunAt) : 0 }),
        onFailure ?? ((error: unknown) => this.#fallBack(key, error, begunAt)),
      )
      .finally(() => {
        if (isCurrent()) this.#flights.delete(key);
      });
    this.#flights.set(key, flight);
    return flight;
  }

  #until(begunAt: number): number {
    return begunAt + this.#options.freshnessMs;
  }

  #land(key: string, entry: Entry<V>): V {
    const known = this.#entries.get(key);
    if (!known || known.begunAt <= entry.begunAt) this.#entries.set(key, entry);
    return entry.value;
  }

  #fallBack(key: string, error: unknown, begunAt: number): V {
    const known = this.#entries.get(key);
    const age = known ? begunAt - known.begunAt : Infinity;
    if (!known || age > this.#options.lastKnownMs || !this.#options.mayServeLastKnown(error)) throw error;
    // A failed attempt is an attempt: upstream is left alone for as long as after a good one.
    known.freshUntil = this.#until(begunAt);
    return known.value;
  }
}
