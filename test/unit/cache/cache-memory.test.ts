import { describe, expect, it, vi } from 'vitest';

import { BLOCK_BYTES } from '../../../src/cache/block-pool.js';
import { decodeJson } from '../../../src/cache/json-codec.js';
import { createControlledCache } from './controlled-cache.js';
import type { Value } from './controlled-cache.js';

/** What an entry of a short value takes, with its key. */
const ENTRY_BYTES = BLOCK_BYTES + 300;

describe('the memory of the cache', () => {
  it('is bounded in bytes: the least recently used value is evicted first', async () => {
    const { load, wordOf, reads } = createControlledCache({ maxBytes: 3 * ENTRY_BYTES });
    await load('a', 'x');
    await load('b', 'x');
    await load('c', 'x');
    await wordOf('a');
    await load('d', 'x');
    expect(reads).toHaveLength(4);
    await wordOf('a');
    expect(reads).toHaveLength(4);
    await load('b', 'x');
    expect(reads).toHaveLength(5);
  });

  it('holds only some values decoded, and decodes the others again', async () => {
    const decode = vi.fn(decodeJson<Value>);
    const { cache, load, reads } = createControlledCache({ decode, maxDecoded: 2 });
    for (const key of ['a', 'b', 'c']) await load(key, `of ${key}`);
    expect(decode).not.toHaveBeenCalled();
    expect(cache.get('a')).toEqual({ word: 'of a' });
    expect(cache.get('a')).toBe(cache.get('a'));
    expect(decode).toHaveBeenCalledOnce();
    expect(reads).toHaveLength(3);
  });

  it('does not take a value that is larger than all of it, but returns it', async () => {
    const { load, reads } = createControlledCache({ maxBytes: ENTRY_BYTES });
    const long = 'x'.repeat(ENTRY_BYTES);
    expect(await load('a', long)).toBe(long);
    expect(await load('a', 'short')).toBe('short');
    expect(reads).toHaveLength(2);
  });

  it('may be too small for all reads in flight: each still gets its value', async () => {
    const { reads, wordOf } = createControlledCache({ maxBytes: 2 * ENTRY_BYTES });
    const keys = Array.from({ length: 700 }, (_, n) => `key ${n}`);
    const results = Promise.all(keys.map(wordOf));
    for (const { key, respond } of [...reads]) respond(`of ${key}`);
    expect(await results).toEqual(keys.map((key) => `of ${key}`));
    expect(reads).toHaveLength(700);
  });

  it('holds a copy of the bytes, not the buffer that they are a part of', async () => {
    const buffer = Buffer.from(JSON.stringify({ word: 'one' }).padEnd(1_000));
    const read = () => Promise.resolve({ value: { word: 'one' }, bytes: buffer.subarray(0, 14) });
    const decode = vi.fn(decodeJson<Value>);
    const { wordOf } = createControlledCache({ read, decode, maxDecoded: 1 });
    await wordOf('a');
    await wordOf('b');
    buffer.fill(0);
    expect(await wordOf('a')).toBe('one');
    expect(decode).toHaveBeenCalledOnce();
  });
});
