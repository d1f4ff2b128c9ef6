import { LRUCache } from 'lru-cache';

/** A value and the form it is kept in: compact, and cheap for the garbage collector. */
export interface Reading<V, E> {
  readonly value: V;
  /** Null for a value that is not kept. */
  readonly encoded: E | null;
}

export interface FreshnessOptions<V, E> {
  /** Asks upstream; `begunAt` (milliseconds since 1970) is the latest instant that the answer can speak of. */
  readonly read: (key: string, begunAt: number) => Promise<Reading<V, E>>;
  /** Makes the value of its kept form again; undefined where that has been lost since. */
  readonly decode: (key: string, encoded: E, begunAt: number) => V | undefined;
  /** For so long after the asking began, everybody is served what it gave. */
  readonly freshnessMs: number;
  /** For so long a value may still be served when upstream fails. */
  readonly lastKnownMs: number;
  /** False for failures that are themselves the answer, such as "there is no such thing". */
  readonly mayServeLastKnown: (error: unknown) => boolean;
  /** How many values are kept. */
  readonly max: number;
}

interface Entry<E> {
  readonly encoded: E;
  readonly begunAt: number;
  freshUntil: number;
}

/** Values of the busiest keys, kept decoded. */
const MAX_DECODED = 100;

/**
 * Values by key, asked of upstream at most once per freshness window: promise 1 within one process.
 *
 * Two things are subtle. The window opens when the asking *begins*, for a slow answer is as old as its question. And
 * a read that was under way when the window was ended may not satisfy those who ask afterwards: it is left to its
 * first callers, and what it brings counts as old news.
 */
export class Freshness<V extends object, E extends object> {
  readonly #options: FreshnessOptions<V, E>;
  readonly #entries: LRUCache<string, Entry<E>>;
  readonly #decoded = new LRUCache<Entry<E>, V>({ max: MAX_DECODED });
  readonly #flights = new Map<string, Promise<V>>();

  constructor(options: FreshnessOptions<V, E>) {
    this.#options = options;
    this.#entries = new LRUCache<string, Entry<E>>({ max: options.max });
  }

  /** The value at once when it is fresh; else a promise, shared by all who ask for the key meanwhile. */
  get(key: string): V | Promise<V> {
    const entry = this.#entries.get(key);
    const value = entry && Date.now() < entry.freshUntil ? this.#valueOf(key, entry) : undefined;
    if (value) return value;
    return this.#flights.get(key) ?? this.#takeOff(key);
  }

  /** Asks upstream now, whatever is known; rejects where upstream fails, for the last known will not do here. */
  refresh(key: string): Promise<V> {
    this.expire(key);
    return this.#takeOff(key, (error) => {
      throw error;
    });
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
        ({ value, encoded }) => {
          const freshUntil = isCurrent() ? this.#until(begunAt) : 0;
          if (encoded !== null) this.#land(key, { encoded, begunAt, freshUntil }, value);
          return value;
        },
        onFailure ?? ((error: unknown) => this.#fallBack(key, error, { begunAt, isCurrent: isCurrent() })),
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

  #land(key: string, entry: Entry<E>, value: V): void {
    const known = this.#entries.get(key);
    if (known && known.begunAt > entry.begunAt) return;
    this.#entries.set(key, entry);
    if (entry.freshUntil > entry.begunAt) this.#decoded.set(entry, value);
  }

  #fallBack(key: string, error: unknown, flight: { begunAt: number; isCurrent: boolean }): V {
    const { begunAt, isCurrent } = flight;
    if (!this.#options.mayServeLastKnown(error)) this.#entries.delete(key);
    const known = this.#entries.get(key);
    const age = known ? begunAt - known.begunAt : Infinity;
    if (!known || age > this.#options.lastKnownMs) throw error;
    const value = this.#valueOf(key, known);
    if (!value) throw error;
    // A failed attempt is an attempt: upstream is left alone for as long as after a good one.
    if (isCurrent) known.freshUntil = this.#until(begunAt);
    return value;
  }

  #valueOf(key: string, entry: Entry<E>): V | undefined {
    const known = this.#decoded.get(entry);
    if (known) return known;
    const value = this.#options.decode(key, entry.encoded, entry.begunAt);
    if (value) this.#decoded.set(entry, value);
    return value;
  }
}
