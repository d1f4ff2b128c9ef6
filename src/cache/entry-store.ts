import { LRUCache } from 'lru-cache';

import { BlockPool, storedSize } from './block-pool.js';
import type { StoredBytes } from './block-pool.js';
import type { Entry } from './entry.js';

export interface EntryStoreOptions<V> {
  /** Makes a value from its bytes. `startedAt` is when they were read. */
  readonly decode: (key: string, bytes: Buffer, startedAt: number) => V;
  /** Maximum size of all stored bytes, keys and bookkeeping. The least recently used values are evicted first. */
  readonly maxBytes: number;
  /** How many of the most recently used values are also held decoded. Defaults to 100. */
  readonly maxDecoded?: number;
}

/** Estimated memory of an entry besides its key and its bytes. */
const ENTRY_OVERHEAD_BYTES = 256;
const MAX_DECODED = 100;

/** An entry whose bytes are in the pool. They may be read until the entry is evicted: not after an `await`. */
class StoredEntry implements Entry {
  readonly startedAt: number;
  readonly version: string | null;
  freshUntil: number;
  readonly stored: StoredBytes;
  readonly #pool: BlockPool;

  constructor({ bytes, startedAt, version, freshUntil }: Entry, pool: BlockPool) {
    this.startedAt = startedAt;
    this.version = version;
    this.freshUntil = freshUntil;
    this.stored = pool.put(bytes);
    this.#pool = pool;
  }

  get bytes(): Buffer {
    return this.#pool.read(this.stored);
  }
}

const sizeOf = (length: number, key: string) => storedSize(length) + key.length + ENTRY_OVERHEAD_BYTES;

/** The latest value of each key, as bytes outside the JavaScript heap, and some of them decoded as well. */
export class EntryStore<V extends object> {
  readonly #options: EntryStoreOptions<V>;
  readonly #pool = new BlockPool();
  readonly #entries: LRUCache<string, StoredEntry>;
  readonly #decoded: LRUCache<StoredEntry, V>;

  constructor(options: EntryStoreOptions<V>) {
    this.#options = options;
    this.#decoded = new LRUCache({ max: options.maxDecoded ?? MAX_DECODED });
    this.#entries = new LRUCache({
      maxSize: options.maxBytes,
      sizeCalculation: ({ stored }, key) => sizeOf(stored.length, key),
      dispose: (entry) => {
        this.#pool.release(entry.stored);
        this.#decoded.delete(entry);
      },
    });
  }

  /** Marks the entry as used. */
  get(key: string): StoredEntry | undefined {
    return this.#entries.get(key);
  }

  peek(key: string): StoredEntry | undefined {
    return this.#entries.peek(key);
  }

  /** Stores a copy of the bytes, unless they are more than the store holds. */
  set(key: string, entry: Entry, value: V): void {
    if (sizeOf(entry.bytes.length, key) > this.#options.maxBytes) return this.delete(key);
    const stored = new StoredEntry(entry, this.#pool);
    this.#entries.set(key, stored);
    this.#decoded.set(stored, value);
  }

  delete(key: string): void {
    this.#entries.delete(key);
  }

  /** Makes the entry stale, and has it decoded again. */
  invalidate(key: string): void {
    const known = this.#entries.peek(key);
    if (!known) return;
    known.freshUntil = 0;
    this.#decoded.delete(known);
  }

  /** Has the entry decoded again, because what it is decoded with has changed. */
  forgetDecoded(key: string): void {
    const known = this.#entries.peek(key);
    if (known) this.#decoded.delete(known);
  }

  decode(key: string, entry: StoredEntry): V {
    const known = this.#decoded.get(entry);
    if (known) return known;
    const value = this.#options.decode(key, entry.bytes, entry.startedAt);
    this.#decoded.set(entry, value);
    return value;
  }
}
