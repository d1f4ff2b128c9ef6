/** The blocks that bytes are stored in, and their length. */
export interface StoredBytes {
  readonly blocks: readonly number[];
  readonly length: number;
}

/** Size of a block, in bytes. Bytes take whole blocks. */
export const BLOCK_BYTES = 1024;
const BLOCKS_PER_SLAB = 256;
const SLAB_BYTES = BLOCKS_PER_SLAB * BLOCK_BYTES;

/** Memory that bytes take in the pool. */
export const storedSize = (length: number): number => Math.ceil(length / BLOCK_BYTES) * BLOCK_BYTES;

/**
 * Stores bytes in blocks of large buffers, which are allocated as they are needed and reused from then on. A buffer per
 * value costs V8 a mark-sweep collection each time that the buffers allocated since the last one add up.
 */
export class BlockPool {
  readonly #slabs: Buffer[] = [];
  readonly #free: number[] = [];

  /** Stores a copy, until it is released. */
  put(bytes: Uint8Array): StoredBytes {
    const blocks: number[] = [];
    for (let from = 0; from < bytes.length; from += BLOCK_BYTES) {
      const block = this.#allocate();
      blocks.push(block);
      this.#slabOf(block).set(bytes.subarray(from, from + BLOCK_BYTES), offsetOf(block));
    }
    return { blocks, length: bytes.length };
  }

  /** Returns a copy. */
  read({ blocks, length }: StoredBytes): Buffer {
    const bytes = Buffer.allocUnsafe(length);
    let at = 0;
    for (const block of blocks) {
      const from = offsetOf(block);
      at += this.#slabOf(block).copy(bytes, at, from, from + Math.min(BLOCK_BYTES, length - at));
    }
    return bytes;
  }

  /** Frees the blocks for other bytes. */
  release({ blocks }: StoredBytes): void {
    for (const block of blocks) this.#free.push(block);
  }

  /** Memory that was allocated, in bytes. */
  get size(): number {
    return this.#slabs.length * SLAB_BYTES;
  }

  #allocate(): number {
    const free = this.#free.pop();
    if (free !== undefined) return free;
    const first = this.#slabs.push(Buffer.allocUnsafeSlow(SLAB_BYTES)) * BLOCKS_PER_SLAB - BLOCKS_PER_SLAB;
    for (let block = first + BLOCKS_PER_SLAB - 1; block > first; block -= 1) this.#free.push(block);
    return first;
  }

  #slabOf(block: number): Buffer {
    const slab = this.#slabs[Math.floor(block / BLOCKS_PER_SLAB)];
    if (!slab) throw new RangeError(`There is no block ${block}.`);
    return slab;
  }
}

const offsetOf = (block: number): number => (block % BLOCKS_PER_SLAB) * BLOCK_BYTES;
