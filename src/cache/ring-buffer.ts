/** Where bytes lie in the ring. */
export interface KeptBytes {
  /** Counted from the first byte ever written, so that it also tells whether they have been overwritten. */
  readonly start: number;
  readonly length: number;
}

/**
 * Keeps the latest answers, so many bytes of them, outside of the garbage collector's heap: each new one overwrites the
 * oldest. A heap full of answers that are only kept in case MX fails costs more processor time than serving them.
 */
export class ByteRing {
  readonly #buffer: Buffer;
  #end = 0;

  /** @param capacity in bytes; taken from the system only as it is written to */
  constructor(capacity: number) {
    this.#buffer = Buffer.allocUnsafeSlow(capacity);
  }

  /** Keeps a copy; null where the ring is too small for it. */
  put(bytes: Uint8Array): KeptBytes | null {
    const capacity = this.#buffer.length;
    const { length } = bytes;
    if (length > capacity) return null;
    const left = capacity - (this.#end % capacity);
    const start = length > left ? this.#end + left : this.#end;
    this.#buffer.set(bytes, start % capacity);
    this.#end = start + length;
    return { start, length };
  }

  /** The text that the bytes are in UTF-8; undefined once they have been overwritten. */
  get({ start, length }: KeptBytes): string | undefined {
    const capacity = this.#buffer.length;
    if (start < this.#end - capacity) return undefined;
    return this.#buffer.toString('utf8', start % capacity, (start % capacity) + length);
  }
}
