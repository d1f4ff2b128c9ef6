import { LRUCache } from 'lru-cache';

/** A value and the form it is kept in: compact, and cheap for the garbage collector. */
export interface Reading<V, E> {
  readonly value: V;
  /** Null for a value that is not kept. */
  readonly encoded: E | null;
}

/** What is kept of an answer. */
export interface Kept<E> {
  readonly encoded: E;
  /** When the asking began, in milliseconds since 1970. */
  readonly begunAt: number;
  /** The name that instances know this answer by; null where nobody else knows it. */
  readonly version: string | null;
  freshUntil: number;
}

/** Makes the value of its kept form again; undefined where that has been lost since. */
export type Decode<V, E> = (key: string, encoded: E, begunAt: number) => V | undefined;

/** Values of the busiest keys, kept decoded. */
const MAX_DECODED = 100;

/** The latest answer by key, in its kept form, and decoded where it is asked for often. */
export class KeptValues<V extends object, E extends object> {
  readonly #decode: Decode<V, E>;
  readonly #kept: LRUCache<string, Kept<E>>;
  readonly #decoded = new LRUCache<Kept<E>, V>({ max: MAX_DECODED });

  constructor(max: number, decode: Decode<V, E>) {
    this.#decode = decode;
    this.#kept = new LRUCache<string, Kept<E>>({ max });
  }

  get(key: string): Kept<E> | undefined {
    return this.#kept.get(key);
  }

  /** Undefined where the kept form has been lost since. */
  valueOf(key: string, kept: Kept<E>): V | undefined {
    const known = this.#decoded.get(kept);
    if (known) return known;
    const value = this.#decode(key, kept.encoded, kept.begunAt);
    if (value) this.#decoded.set(kept, value);
    return value;
  }

  /** Keeps an answer, unless one is kept that was asked for later. */
  put(key: string, { value, encoded }: Reading<V, E>, about: Omit<Kept<E>, 'encoded'>): void {
    const known = this.#kept.get(key);
    if (encoded === null || (known && known.begunAt > about.begunAt)) return;
    const kept: Kept<E> = { encoded, ...about };
    this.#kept.set(key, kept);
    if (about.freshUntil > about.begunAt) this.#decoded.set(kept, value);
  }

  /** Decodes it again when it is next asked for: what it is decoded with has changed. */
  forgetDecoded(kept: Kept<E>): void {
    this.#decoded.delete(kept);
  }

  delete(key: string): void {
    this.#kept.delete(key);
  }
}
