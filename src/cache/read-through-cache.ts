import { LRUCache } from 'lru-cache';

import { KeptValues } from './encoded-lru.js';
import type { Decode, Reading } from './encoded-lru.js';
import type { CallCounter } from '../mx/transport.js';
import { ALONE, Postponed, SharedReader } from './leased-reader.js';
import type { Asking, Sharing, Wish } from './leased-reader.js';

export interface FreshnessOptions<V, E> {
  readonly read: (key: string, asking: Asking) => Promise<Reading<V, E>>;
  readonly decode: Decode<V, E>;
  /** For so long after the asking began, everybody is served what it gave. */
  readonly freshnessMs: number;
  /** For so long a value may still be served when upstream fails. */
  readonly lastKnownMs: number;
  /** False for failures that are themselves the answer, such as "there is no such thing". */
  readonly mayServeLastKnown: (error: unknown) => boolean;
  /** How many values are kept. */
  readonly max: number;
  /** Null where this instance is the only one. */
  readonly sharing: Sharing<V, E> | null;
  /** Hears how each asking was served. */
  readonly onRead?: (result: ReadResult) => void;
}

/** From the window, by a call for somebody else, by a call of its own, or, as upstream fails, by what was known. */
export type ReadResult = 'hit' | 'deduplicated' | 'miss' | 'stale';

/** A read that is under way; what is asked for meanwhile shares it. */
interface Flight<V> {
  readonly begunAt: number;
  readonly landing: Promise<V>;
  /** True once the window was ended: what it brings is old news then. */
  isOld: boolean;
}

const ANY: Wish = { after: null, isForced: false, count: null };
const NEW: Wish = { after: null, isForced: true, count: null };

/**
 * Values by key, asked of upstream at most once per freshness window: promise 1.
 *
 * Two things are subtle. The window opens when the asking *begins*, for a slow answer is as old as its question. And
 * a read that was under way when the window was ended may not satisfy those who ask afterwards: it is left to its
 * first callers, and what it brings counts as old news.
 *
 * With `sharing`, the windows are those of all instances, and each asking asks them whether what this instance has is
 * still what all have; while they cannot be reached, each instance goes by its own.
 */
export class Freshness<V extends object, E extends object> {
  readonly #options: FreshnessOptions<V, E>;
  readonly #kept: KeptValues<V, E>;
  readonly #shared: SharedReader<V, E> | null;
  readonly #flights = new Map<string, Flight<V>>();
  /** When the last read for a hint began. */
  readonly #hinted: LRUCache<string, number>;
  readonly #read: FreshnessOptions<V, E>['read'];
  readonly #onRead: (result: ReadResult) => void;

  constructor(options: FreshnessOptions<V, E>) {
    const { max, sharing, freshnessMs, onRead = () => undefined } = options;
    this.#options = options;
    this.#onRead = onRead;
    const read: typeof options.read = (key, asking) => {
      onRead('miss');
      return options.read(key, asking);
    };
    this.#read = read;
    this.#kept = new KeptValues(max, options.decode);
    this.#hinted = new LRUCache<string, number>({ max });
    const onHit = () => onRead('hit');
    this.#shared = sharing && new SharedReader({ kept: this.#kept, read, freshnessMs, sharing, onHit });
  }

  /** The value where it is fresh. Where windows are shared, they are to be asked each time: then it never is. */
  fresh(key: string): V | undefined {
    const value = this.#shared ? undefined : this.#freshHere(key);
    if (value) this.#onRead('hit');
    return value;
  }

  /** The value at once when it is fresh; else a promise, shared by all who ask for the key meanwhile. */
  get(key: string, count: CallCounter | null = null): V | Promise<V> {
    const value = this.fresh(key);
    if (value) return value;
    const flight = this.#underWay(key) ?? this.#takeOff(key, count ? { ...ANY, count } : ANY);
    return flight.landing.catch((error: unknown) => this.#fallBack(key, error, flight));
  }

  /** As `get`, but rejects when upstream fails: the last known will not do here. */
  async poll(key: string): Promise<V> {
    return this.fresh(key) ?? (this.#underWay(key) ?? this.#takeOff(key, ANY)).landing;
  }

  /** Asks upstream now, whatever is known; rejects where upstream fails. */
  refresh(key: string, count: CallCounter | null = null): Promise<V> {
    this.#expireHere(key);
    return this.#takeOff(key, count ? { ...NEW, count } : NEW).landing;
  }

  /**
   * A value that was asked for later than `after` (milliseconds since 1970); rejects where upstream fails. However
   * many hints there are, at most one read per window is begun for them: what comes too soon is postponed.
   */
  async getAfter(key: string, after: number): Promise<V | Postponed> {
    const flight = this.#flights.get(key);
    if (flight && flight.begunAt > after) return flight.landing;
    const wish = { after, isForced: false, count: null };
    const shared = this.#shared ? await this.#shared.read(key, wish) : ALONE;
    if (shared !== ALONE) return shared;
    const kept = this.#kept.get(key);
    const value = kept && kept.begunAt > after ? this.#kept.valueOf(key, kept) : undefined;
    if (value) return value;
    const retryAt = (this.#hinted.get(key) ?? -Infinity) + this.#options.freshnessMs;
    if (Date.now() < retryAt) return new Postponed(retryAt);
    this.#expireHere(key);
    return this.#takeOff(key, { after, isForced: true, count: null }, true).landing;
  }

  /** Ends the window: what is asked from now on is answered by a read that begins from now on. */
  expire(key: string): void {
    this.#expireHere(key);
    this.#options.sharing?.windows.expire(key).catch(() => undefined);
  }

  /** Decodes the value again when it is next asked for: what it is decoded with has changed. */
  forgetDecoded(key: string): void {
    const kept = this.#kept.get(key);
    if (kept) this.#kept.forgetDecoded(kept);
  }

  #expireHere(key: string): void {
    const kept = this.#kept.get(key);
    if (kept) kept.freshUntil = 0;
    const flight = this.#flights.get(key);
    if (flight) flight.isOld = true;
    this.#flights.delete(key);
  }

  #underWay(key: string): Flight<V> | undefined {
    const flight = this.#flights.get(key);
    if (flight) this.#onRead('deduplicated');
    return flight;
  }

  #freshHere(key: string): V | undefined {
    const kept = this.#kept.get(key);
    return kept && Date.now() < kept.freshUntil ? this.#kept.valueOf(key, kept) : undefined;
  }

  #takeOff(key: string, wish: Wish, isAlone = !this.#shared): Flight<V> {
    const begunAt = Date.now();
    const flight: Flight<V> = {
      begunAt,
      isOld: false,
      landing: (isAlone
        ? this.#readAlone(key, wish, () => flight)
        : this.#readShared(key, wish, () => flight)
      ).finally(() => {
        if (this.#flights.get(key) === flight) this.#flights.delete(key);
      }),
    };
    // Whoever took off may have gone: a rejection that nobody waits for is no fault of the process.
    flight.landing.catch(() => undefined);
    this.#flights.set(key, flight);
    return flight;
  }

  async #readShared(key: string, wish: Wish, flight: () => Flight<V>): Promise<V> {
    const value = await this.#shared?.read(key, wish);
    if (value instanceof Postponed) throw new Error('Only a read for a hint is postponed.');
    if (value !== undefined && value !== ALONE) return value;
    const known = wish.isForced ? undefined : this.#freshHere(key);
    return known ?? this.#readAlone(key, wish, flight);
  }

  async #readAlone(key: string, { after, count }: Wish, flight: () => Flight<V>): Promise<V> {
    const asking: Asking = { begunAt: Date.now(), isForHint: after !== null, count };
    const { begunAt, isForHint } = asking;
    if (isForHint) this.#hinted.set(key, begunAt);
    const reading = await this.#read(key, asking);
    const freshUntil = flight().isOld ? 0 : begunAt + this.#options.freshnessMs;
    this.#kept.put(key, reading, { begunAt, freshUntil, version: null });
    return reading.value;
  }

  #fallBack(key: string, error: unknown, { begunAt, isOld }: Flight<V>): V {
    if (!this.#options.mayServeLastKnown(error)) this.#kept.delete(key);
    const known = this.#kept.get(key);
    const age = known ? begunAt - known.begunAt : Infinity;
    if (!known || age > this.#options.lastKnownMs) throw error;
    const value = this.#kept.valueOf(key, known);
    if (!value) throw error;
    this.#onRead('stale');
    // A failed attempt is an attempt: upstream is left alone for as long as after a good one.
    if (!isOld) known.freshUntil = Math.max(known.freshUntil, begunAt + this.#options.freshnessMs);
    return value;
  }
}
