import { LRUCache } from 'lru-cache';

import { steadyNow } from '../clock.js';
import type { CallCounter } from '../mx/transport.js';
import { SERVE_STALE_AFTER_MS } from './cache-options.js';
import type { CacheOptions, MaybePromise } from './cache-options.js';
import type { Entry, ReadContext, ReadRequest } from './entry.js';
import { EntryStore } from './entry-store.js';
import { Failures } from './failures.js';
import { InFlightReads } from './in-flight.js';
import type { InFlight } from './in-flight.js';
import { Deferred, LeasedReader, NO_COORDINATION } from './leases.js';
import type { Sharing } from './leases.js';

export type { CacheOptions, Loaded, MaybePromise, ReadResult } from './cache-options.js';

/** Bound on how many keys are remembered as recently read for a hint. */
const MAX_HINTED = 20_000;

const CACHED: ReadRequest = { after: null, isForced: false, counter: null };
const FORCED: ReadRequest = { after: null, isForced: true, counter: null };

/**
 * A read-through cache: each key is read upstream at most once per TTL, and concurrent reads of a key are one.
 *
 * An entry's age counts from the start of its read, not from the response: a slow response is already old. A read
 * that is in flight when its entry is invalidated still resolves for its callers, but later callers start a new one,
 * and its value is stored as stale.
 *
 * A read that hangs goes on: its callers get a stale value meanwhile, if there is one.
 *
 * With `sharing`, each read first acquires a lease, so that all instances together read once per TTL. While the leases
 * are unreachable, each instance falls back to its own entries.
 *
 * Ages and order go by one clock, which the wall clock does not move.
 */
export class Cache<V extends object> {
  readonly #options: CacheOptions<V>;
  readonly #entries: EntryStore<V>;
  readonly #inFlight = new InFlightReads<V>();
  readonly #failures = new Failures();
  /** When the last read for a hint started, by key. */
  readonly #hintedAt = new LRUCache<string, number>({ maxSize: MAX_HINTED, sizeCalculation: () => 1 });
  readonly #leased: LeasedReader | null;
  /** Values that were just read, so that they need not be decoded. */
  readonly #loaded = new WeakMap<Entry, V>();

  constructor(options: CacheOptions<V>) {
    this.#options = options;
    this.#entries = new EntryStore(options);
    this.#leased = options.sharing ? this.#createLeasedReader(options.sharing) : null;
  }

  /** The value if it is fresh; never with `sharing`, where only the leases know. */
  peekFresh(key: string): V | undefined {
    if (this.#leased) return undefined;
    const entry = this.#entries.get(key);
    if (!entry || steadyNow() >= entry.freshUntil) return undefined;
    this.#options.onRead?.('hit');
    return this.#entries.decode(key, entry);
  }

  /** The stored entry, however old; undefined if there is none. Its bytes are valid until the next `await`. */
  peekEntry(key: string): Entry | undefined {
    return this.#entries.peek(key);
  }

  /** The value, without a promise if it is fresh. Serves a stale one while the upstream fails or hangs. */
  get(key: string, counter: CallCounter | null = null): MaybePromise<V> {
    const fresh = this.peekFresh(key);
    if (fresh) return fresh;
    const failure = this.#leased ? undefined : this.#failures.get(key, steadyNow());
    if (failure) return this.#serveStale(key, failure.error) ?? this.getOrThrow(key);
    return this.#getOrServeStale(key, this.#fetch(key, counter ? { ...CACHED, counter } : CACHED));
  }

  /** As `get`, but never serves a stale value: it waits for the upstream, and rejects if that fails. */
  async getOrThrow(key: string, counter: CallCounter | null = null): Promise<V> {
    const fresh = this.peekFresh(key);
    if (fresh) return fresh;
    const failure = this.#leased ? undefined : this.#failures.get(key, steadyNow());
    if (failure) throw failure.error;
    return this.#fetch(key, counter ? { ...CACHED, counter } : CACHED).value;
  }

  /** Reads upstream now, whatever is cached. Rejects if the upstream fails. */
  async fetchNow(key: string, counter: CallCounter | null = null): Promise<V> {
    this.#invalidate(key);
    return this.#fetch(key, counter ? { ...FORCED, counter } : FORCED).value;
  }

  /**
   * A value whose read started after `after` (on the clock that reads are dated by). Rejects if the upstream fails.
   * However many hints there are, they cause at most one read per TTL: a call that comes too early is deferred.
   */
  async getNewerThan(key: string, after: number, counter: CallCounter | null = null): Promise<V | Deferred> {
    if ((this.#inFlight.get(key)?.startedAt ?? -Infinity) > after) return this.#fetch(key).value;
    const shared = (await this.#leased?.read(key, { ...CACHED, after, counter })) ?? NO_COORDINATION;
    if (shared instanceof Deferred) return shared;
    if (shared !== NO_COORDINATION) return this.#store(key, shared);
    const known = this.#entries.peek(key);
    if (known && known.startedAt > after) return this.#entries.decode(key, known);
    const waitMs = (this.#hintedAt.get(key) ?? -Infinity) + this.#options.ttlMs - steadyNow();
    if (waitMs > 0) return new Deferred(steadyNow() + waitMs);
    this.#invalidate(key);
    return this.#fetch(key, { ...FORCED, after, counter, isUncoordinated: true }).value;
  }

  /** Invalidates the value for all instances: the next call reads it again. It may still be served stale. */
  invalidate(key: string): void {
    this.#invalidate(key);
    this.#options.sharing?.leases.expire(key).catch(() => undefined);
  }

  /** The time of the clock that reads are dated by, in milliseconds since 1970: the leases' or the steady clock. */
  #now(): number {
    return this.#options.sharing?.leases.localNow() ?? steadyNow();
  }

  #invalidate(key: string): void {
    this.#inFlight.invalidate(key);
    this.#failures.delete(key);
    this.#entries.invalidate(key);
  }

  /**
   * Joins the read in flight, or starts one. Not lru-cache's own `fetch`: an entry that it evicts during a read is
   * neither shared nor stored, and it does not tell when a read started.
   */
  #fetch(key: string, request = CACHED): InFlight<V> {
    const known = this.#inFlight.get(key);
    if (known) {
      this.#options.onRead?.('deduplicated');
      return known;
    }
    return this.#inFlight.start(
      key,
      { startedAt: this.#now(), read: () => this.#read(key, request) },
      {
        done: (entry, { isInvalidated }) =>
          this.#store(key, entry, isInvalidated ? { ...entry, freshUntil: 0 } : entry),
        failed: (error, inFlight) => this.#recordFailure(key, error, inFlight),
      },
    );
  }

  async #read(key: string, request: ReadRequest): Promise<Entry> {
    if (!this.#leased || request.isUncoordinated === true) return this.#readUpstream(key, request);
    const entry = await this.#leased.read(key, request);
    if (entry instanceof Deferred) throw new Error('Only a read for a hint can be deferred.');
    if (entry !== NO_COORDINATION) return entry;
    if (request.isForced) return this.#readUpstream(key, request);
    const known = this.#entries.peek(key);
    if (known && this.#now() < known.freshUntil) return { ...known, bytes: known.bytes };
    const failure = this.#failures.get(key, this.#now());
    if (failure) throw failure.error;
    return this.#readUpstream(key, request);
  }

  async #readUpstream(key: string, { after, counter }: ReadRequest): Promise<Entry> {
    if (after !== null) this.#hintedAt.set(key, steadyNow());
    return this.#load(key, { startedAt: this.#now(), isForHint: after !== null, counter }, null);
  }

  async #load(key: string, context: ReadContext, version: string | null): Promise<Entry> {
    this.#options.onRead?.('miss');
    const { value, bytes } = await this.#options.read(key, { ...context, last: this.#entries.peek(key) });
    const { startedAt } = context;
    const entry = {
      bytes: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength),
      ...{ startedAt, version, freshUntil: startedAt + this.#options.ttlMs },
    };
    this.#loaded.set(entry, value);
    return entry;
  }

  /** Stores an entry that was just read, unless a newer one is stored, and returns its value. */
  #store(key: string, read: Entry, entry = read): V {
    this.#failures.delete(key);
    const known = this.#entries.peek(key);
    if (known && known.version !== null && known.version === entry.version) {
      known.freshUntil = entry.freshUntil;
      return this.#entries.decode(key, known);
    }
    const value = this.#loaded.get(read) ?? this.#options.decode(key, entry.bytes, entry.startedAt);
    if (!known || known.startedAt <= entry.startedAt) this.#entries.set(key, entry, value);
    return value;
  }

  #recordFailure(key: string, error: unknown, { startedAt, isInvalidated }: InFlight<V>): void {
    if (isInvalidated || this.#failures.get(key, this.#now())?.error === error) return;
    const { canServeStale, ttlMs, staleBackoffMs = ttlMs, errorTtlMs } = this.#options;
    if (!canServeStale(error)) this.#entries.delete(key);
    const backoffMs = this.#isStale(this.#entries.peek(key)) ? staleBackoffMs : (errorTtlMs?.(error) ?? 0);
    this.#failures.set(key, { error, until: startedAt + backoffMs });
  }

  /** Waits for a read. If it fails or hangs, a stale value is served; else its error is the caller's. */
  #getOrServeStale(key: string, inFlight: InFlight<V>): Promise<V> {
    const { serveStaleAfterMs = SERVE_STALE_AFTER_MS, canServeStale } = this.#options;
    const value = inFlight.value.catch(async (error: unknown) => {
      const stale = this.#serveStale(key, error) ?? (canServeStale(error) && (await this.#serveShared(key)));
      if (stale) return stale;
      throw error;
    });
    if (!this.#leased && !this.#isStale(this.#entries.peek(key))) return value;
    const late = this.#inFlight
      .overdue(inFlight, serveStaleAfterMs)
      .then(async () => this.#serveStale(key) ?? (await this.#serveShared(key)) ?? value);
    return Promise.race([value, late]);
  }

  #isStale(entry: Pick<Entry, 'startedAt'> | null | undefined): boolean {
    const { staleIfErrorMs } = this.#options;
    return !!entry && staleIfErrorMs > 0 && this.#now() - entry.startedAt <= staleIfErrorMs;
  }

  /** The stored value, if it may be served in place of one that is not there. */
  #serveStale(key: string, error?: unknown): V | undefined {
    const known = this.#entries.peek(key);
    if (!known || !this.#isStale(known)) return undefined;
    if (error !== undefined && !this.#options.canServeStale(error)) return undefined;
    this.#options.onRead?.('stale');
    return this.#entries.decode(key, known);
  }

  /** As `#serveStale`, with the value that another instance has read. */
  async #serveShared(key: string): Promise<V | undefined> {
    const shared = await this.#leased?.latest(key);
    if (!shared || !this.#isStale(shared)) return undefined;
    this.#options.onRead?.('stale');
    return this.#store(key, { ...shared, freshUntil: 0 });
  }

  #createLeasedReader(sharing: Sharing): LeasedReader {
    const { ttlMs, canServeStale, onRead } = this.#options;
    return new LeasedReader({
      ...sharing,
      ...{ ttlMs, canServeStale },
      known: (key) => this.#entries.peek(key),
      load: (key, context, version) => this.#load(key, context, version),
      onWrites: (key, writes) => {
        sharing.onWrites(key, writes);
        this.#entries.forgetDecoded(key);
      },
      onHit: () => onRead?.('hit'),
    });
  }
}
