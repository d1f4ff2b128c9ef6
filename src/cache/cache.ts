import { LRUCache } from 'lru-cache';

import { steadyNow } from '../clock.js';
import type { CallCounter } from '../mx/transport.js';
import { CACHED, FORCED } from './entry.js';
import type { Entry, InFlight, ReadContext, ReadRequest } from './entry.js';
import { Deferred, LeasedReader, NO_COORDINATION } from './leases.js';
import type { Sharing } from './leases.js';

/** A value, or a promise of it. Cached values come without a promise, which saves a turn of the event loop per field. */
export type MaybePromise<T> = T | Promise<T>;

/** A value that was just read, and the bytes that `decode` can make it from again. */
export interface Loaded<V> {
  readonly value: V;
  readonly bytes: Uint8Array;
}

/** How a read was served: from the cache, by joining a read in flight, by an own read, or by a stale value. */
export type ReadResult = 'hit' | 'deduplicated' | 'miss' | 'stale';

export interface CacheOptions<V> {
  /** Reads the value of a key upstream. */
  readonly read: (key: string, context: ReadContext) => Promise<Loaded<V>>;
  /** Makes a value from its bytes. `startedAt` is when they were read. */
  readonly decode: (key: string, bytes: Buffer, startedAt: number) => V;
  /** How long a value is fresh, in milliseconds from the start of its read. 0 deduplicates concurrent reads only. */
  readonly ttlMs: number;
  /** How old a value may be, in milliseconds, to be served while the upstream fails. */
  readonly staleIfErrorMs: number;
  /** How long a stale value is served after a failed read before the next one. Defaults to `ttlMs`. */
  readonly staleBackoffMs?: number;
  /** False for errors that are an answer, such as "not found": they are never replaced by a stale value. */
  readonly canServeStale: (error: unknown) => boolean;
  /** Maximum size of all cached bytes, keys and bookkeeping. The least recently used values are evicted first. */
  readonly maxBytes: number;
  /** How many of the most recently used values are also held decoded. Defaults to 100. */
  readonly maxDecoded?: number;
  /** Shares reads with other instances; null or omitted if there are none. */
  readonly sharing?: Sharing | null;
  /** Called for each read with how it was served. */
  readonly onRead?: (result: ReadResult) => void;
}

/** Estimated memory of an entry besides its key and its bytes. */
const ENTRY_OVERHEAD_BYTES = 256;
const MAX_DECODED = 100;
/** Bound on how many keys are remembered as recently read for a hint. */
const MAX_HINTED = 20_000;

/**
 * A read-through cache: each key is read upstream at most once per TTL, and concurrent reads of a key are one.
 *
 * An entry's age counts from the start of its read, not from the response: a slow response is already old. A read
 * that is in flight when its entry is invalidated still resolves for its callers, but later callers start a new one,
 * and its value is stored as stale.
 *
 * Values are stored as bytes outside the JavaScript heap, because most of them are only kept in case the upstream
 * fails, and a heap full of them costs more garbage collection than decoding the few that are asked for again.
 *
 * With `sharing`, each read first acquires a lease, so that all instances together read once per TTL. While the leases
 * are unreachable, each instance falls back to its own entries.
 */
export class Cache<V extends object> {
  readonly #options: CacheOptions<V>;
  readonly #entries: LRUCache<string, Entry>;
  readonly #decoded: LRUCache<Entry, V>;
  readonly #inFlight = new Map<string, InFlight>();
  /** When the last read for a hint started, by key. */
  readonly #hintedAt = new LRUCache<string, number>({ maxSize: MAX_HINTED, sizeCalculation: () => 1 });
  readonly #leased: LeasedReader | null;
  /** The clock of `startedAt`: that of the leases if there are any. */
  readonly #now: () => number;

  constructor(options: CacheOptions<V>) {
    this.#options = options;
    const { leases } = options.sharing ?? {};
    this.#now = leases ? () => leases.localNow() : steadyNow;
    this.#decoded = new LRUCache({ max: options.maxDecoded ?? MAX_DECODED });
    this.#entries = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ bytes }, key) => bytes.length + key.length + ENTRY_OVERHEAD_BYTES,
    });
    this.#leased = options.sharing ? this.#createLeasedReader(options.sharing) : null;
  }

  /** The value if it is fresh; never with `sharing`, where only the leases know. */
  peekFresh(key: string): V | undefined {
    if (this.#leased) return undefined;
    const entry = this.#entries.get(key);
    if (!entry || this.#now() >= entry.freshUntil) return undefined;
    this.#options.onRead?.('hit');
    return this.#decode(key, entry);
  }

  /** The value, without a promise if it is fresh. Serves a stale one while the upstream fails. */
  get(key: string, counter: CallCounter | null = null): MaybePromise<V> {
    const fresh = this.peekFresh(key);
    if (fresh) return fresh;
    const inFlight = this.#fetch(key, counter ? { ...CACHED, counter } : CACHED);
    return inFlight.entry.then(
      (read) => this.#decode(key, read),
      (error: unknown) => this.#serveStale(key, error, inFlight),
    );
  }

  /** As `get`, but rejects if the upstream fails. */
  async getOrThrow(key: string, counter: CallCounter | null = null): Promise<V> {
    return this.peekFresh(key) ?? this.#decode(key, await this.#fetch(key, { ...CACHED, counter }).entry);
  }

  /** Reads upstream now, whatever is cached. Rejects if the upstream fails. */
  async fetchNow(key: string, counter: CallCounter | null = null): Promise<V> {
    this.#invalidate(key);
    return this.#decode(key, await this.#fetch(key, counter ? { ...FORCED, counter } : FORCED).entry);
  }

  /**
   * A value whose read started after `after` (milliseconds since 1970). Rejects if the upstream fails. However many
   * hints there are, they cause at most one read per TTL: a call that comes too early is deferred.
   */
  async getNewerThan(key: string, after: number, counter: CallCounter | null = null): Promise<V | Deferred> {
    if ((this.#inFlight.get(key)?.startedAt ?? -Infinity) > after) {
      return this.#decode(key, await this.#fetch(key, { ...CACHED, counter }).entry);
    }
    const shared = (await this.#leased?.read(key, { ...CACHED, after, counter })) ?? NO_COORDINATION;
    if (shared instanceof Deferred) return shared;
    if (shared !== NO_COORDINATION) return this.#decode(key, this.#store(key, shared));
    const known = this.#entries.peek(key);
    if (known && known.startedAt > after) return this.#decode(key, known);
    const retryAt = (this.#hintedAt.get(key) ?? -Infinity) + this.#options.ttlMs;
    if (this.#now() < retryAt) return new Deferred(steadyNow() + retryAt - this.#now());
    this.#invalidate(key);
    return this.#decode(
      key,
      await this.#fetch(key, { ...FORCED, after, counter, isUncoordinated: true }).entry,
    );
  }

  /** Invalidates the value for all instances: the next call reads it again. It may still be served stale. */
  invalidate(key: string): void {
    this.#invalidate(key);
    this.#options.sharing?.leases.expire(key).catch(() => undefined);
  }

  #invalidate(key: string): void {
    const inFlight = this.#inFlight.get(key);
    if (inFlight) inFlight.isInvalidated = true;
    this.#inFlight.delete(key);
    const known = this.#entries.peek(key);
    if (known) known.freshUntil = 0;
  }

  /**
   * Joins the read in flight, or starts one. Not lru-cache's own `fetch`: an entry that it evicts during a read is
   * neither shared nor stored, and it does not tell when a read started.
   */
  #fetch(key: string, request: ReadRequest): InFlight {
    const known = this.#inFlight.get(key);
    if (known) {
      this.#options.onRead?.('deduplicated');
      return known;
    }
    const entry = this.#read(key, request);
    const inFlight: InFlight = { startedAt: this.#now(), entry, isInvalidated: false };
    this.#inFlight.set(key, inFlight);
    const settle = () => {
      if (this.#inFlight.get(key) === inFlight) this.#inFlight.delete(key);
    };
    entry.then((read) => {
      settle();
      this.#store(key, inFlight.isInvalidated ? { ...read, freshUntil: 0 } : read);
    }, settle);
    return inFlight;
  }

  async #read(key: string, request: ReadRequest): Promise<Entry> {
    if (!this.#leased || request.isUncoordinated === true) return this.#readUpstream(key, request);
    const entry = await this.#leased.read(key, request);
    if (entry instanceof Deferred) throw new Error('Only a read for a hint can be deferred.');
    if (entry !== NO_COORDINATION) return entry;
    const known = request.isForced ? undefined : this.#entries.peek(key);
    return known && this.#now() < known.freshUntil ? known : this.#readUpstream(key, request);
  }

  async #readUpstream(key: string, { after, counter }: ReadRequest): Promise<Entry> {
    const startedAt = this.#now();
    if (after !== null) this.#hintedAt.set(key, startedAt);
    return this.#load(key, { startedAt, isForHint: after !== null, counter }, null);
  }

  async #load(key: string, context: ReadContext, version: string | null): Promise<Entry> {
    this.#options.onRead?.('miss');
    const { value, bytes } = await this.#options.read(key, { ...context, last: this.#entries.peek(key) });
    const { startedAt } = context;
    // A copy: the bytes may be a part of a larger buffer, which they would hold in memory.
    const entry = {
      bytes: Buffer.from(bytes),
      startedAt,
      version,
      freshUntil: startedAt + this.#options.ttlMs,
    };
    this.#decoded.set(entry, value);
    return entry;
  }

  #store(key: string, entry: Entry): Entry {
    const known = this.#entries.peek(key);
    if (!known || known.startedAt <= entry.startedAt) this.#entries.set(key, entry);
    return entry;
  }

  #serveStale(key: string, error: unknown, { startedAt, isInvalidated }: InFlight): V {
    const { canServeStale, staleIfErrorMs, ttlMs, staleBackoffMs = ttlMs, onRead } = this.#options;
    if (!canServeStale(error) && !isInvalidated) this.#entries.delete(key);
    const known = this.#entries.peek(key);
    const age = known ? startedAt - known.startedAt : Infinity;
    if (!known || !canServeStale(error) || age > staleIfErrorMs) throw error;
    onRead?.('stale');
    // A failed read counts as one: the upstream is not asked again at once.
    if (!isInvalidated) known.freshUntil = Math.max(known.freshUntil, startedAt + staleBackoffMs);
    return this.#decode(key, known);
  }

  #decode(key: string, entry: Entry): V {
    const known = this.#decoded.get(entry);
    if (known) return known;
    const value = this.#options.decode(key, entry.bytes, entry.startedAt);
    this.#decoded.set(entry, value);
    return value;
  }

  #createLeasedReader(sharing: Sharing): LeasedReader {
    return new LeasedReader({
      ...sharing,
      ttlMs: this.#options.ttlMs,
      known: (key) => this.#entries.peek(key),
      load: (key, context, version) => this.#load(key, context, version),
      onWrites: (key, writes) => {
        sharing.onWrites(key, writes);
        // The value is decoded again, now with these writes.
        const known = this.#entries.peek(key);
        if (known) this.#decoded.delete(known);
      },
      onHit: () => this.#options.onRead?.('hit'),
    });
  }
}
