import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Freshness } from '../../../src/cache/read-through-cache.js';
import type { FreshnessOptions } from '../../../src/cache/read-through-cache.js';

interface Value {
  readonly word: string;
}

const GONE = new Error('gone');
const DOWN = new Error('down');
const START = Date.parse('2026-01-01T00:00:00Z');

/** Upstream in the hands of a test: each read waits until the test answers it. */
function createUpstream(options: Partial<FreshnessOptions<Value, Value>> = {}) {
  const reads: {
    key: string;
    begunAt: number;
    answer: (word: string) => void;
    fail: (error: Error) => void;
  }[] = [];
  const freshness = new Freshness<Value, Value>({
    read: (key, { begunAt }) =>
      new Promise((resolve, reject) => {
        reads.push({
          key,
          begunAt,
          answer: (word) => resolve({ value: { word }, encoded: { word } }),
          fail: reject,
        });
      }),
    freshnessMs: 3_000,
    lastKnownMs: 60_000,
    mayServeLastKnown: (error) => error !== GONE,
    max: 100,
    sharing: null,
    decode: (_, encoded) => encoded,
    ...options,
  });
  const wordOf = async (key: string) => (await freshness.get(key)).word;

  /** Asks for a key, answers the read that this begins, and gives what was got. */
  async function learn(key: string, word: string): Promise<string> {
    const asked = wordOf(key);
    reads.at(-1)?.answer(word);
    return asked;
  }

  /** Asks for a key and fails the read that this begins. */
  async function failWith(key: string, error: Error): Promise<string> {
    const asked = wordOf(key);
    reads.at(-1)?.fail(error);
    return asked;
  }
  return { freshness, reads, wordOf, learn, failWith };
}

const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: START });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('a value', () => {
  it('is asked for once by all who want it at the same time', async () => {
    const { reads, wordOf } = createUpstream();
    const asked = Promise.all([wordOf('a'), wordOf('a'), wordOf('a')]);
    expect(reads).toHaveLength(1);
    reads[0]?.answer('one');
    expect(await asked).toEqual(['one', 'one', 'one']);
  });

  it('is asked for once per key', async () => {
    const { reads, wordOf } = createUpstream();
    const asked = Promise.all([wordOf('a'), wordOf('b'), wordOf('a')]);
    reads[0]?.answer('of a');
    reads[1]?.answer('of b');
    expect(await asked).toEqual(['of a', 'of b', 'of a']);
    expect(reads.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('is given at once, without a promise, while it is fresh', async () => {
    const { freshness, reads, learn } = createUpstream();
    await learn('a', 'one');
    pass(2_999);
    expect(freshness.get('a')).toEqual({ word: 'one' });
    expect(reads).toHaveLength(1);
  });

  it('is asked for again when the window is over', async () => {
    const { learn, reads } = createUpstream();
    await learn('a', 'one');
    pass(3_000);
    expect(await learn('a', 'two')).toBe('two');
    expect(reads).toHaveLength(2);
  });

  it('is fresh from the beginning of the asking, not from its answer', async () => {
    const { reads, wordOf, learn } = createUpstream();
    const asked = wordOf('a');
    pass(2_500);
    reads[0]?.answer('slow');
    expect(await asked).toBe('slow');
    pass(499);
    expect(await wordOf('a')).toBe('slow');
    pass(1);
    expect(await learn('a', 'two')).toBe('two');
    expect(reads.map(({ begunAt }) => begunAt - START)).toEqual([0, 3_000]);
  });

  it('is asked for each time where there is no window, save by those who ask together', async () => {
    const { reads, wordOf, learn } = createUpstream({ freshnessMs: 0 });
    await learn('a', 'one');
    expect(await learn('a', 'two')).toBe('two');
    const together = Promise.all([wordOf('a'), wordOf('a')]);
    reads.at(-1)?.answer('three');
    expect(await together).toEqual(['three', 'three']);
    expect(reads).toHaveLength(3);
  });
});

describe('when the window is ended early', () => {
  it('the next to ask is answered by a new read', async () => {
    const { freshness, reads, learn } = createUpstream();
    await learn('a', 'one');
    freshness.expire('a');
    expect(await learn('a', 'two')).toBe('two');
    expect(reads).toHaveLength(2);
  });

  it('a read that is under way answers its own callers and nobody who asks afterwards', async () => {
    const { freshness, reads, wordOf } = createUpstream();
    const before = wordOf('a');
    freshness.expire('a');
    const after = wordOf('a');
    expect(reads).toHaveLength(2);
    reads[0]?.answer('old');
    reads[1]?.answer('new');
    expect(await before).toBe('old');
    expect(await after).toBe('new');
    expect(await wordOf('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('what an old read brings late does not replace what a newer one brought', async () => {
    const { freshness, reads, wordOf } = createUpstream();
    const before = wordOf('a');
    freshness.expire('a');
    pass(10);
    const after = wordOf('a');
    reads[1]?.answer('new');
    expect(await after).toBe('new');
    reads[0]?.answer('old');
    expect(await before).toBe('old');
    expect(await wordOf('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('what a read brings that was under way counts as old news', async () => {
    const { freshness, reads, wordOf, learn } = createUpstream();
    const before = wordOf('a');
    freshness.expire('a');
    reads[0]?.answer('old');
    await before;
    expect(await learn('a', 'new')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('a read that was under way and fails does not open it again', async () => {
    const { freshness, reads, wordOf, learn } = createUpstream();
    await learn('a', 'one');
    pass(3_000);
    const before = wordOf('a');
    freshness.expire('a');
    reads[1]?.fail(DOWN);
    expect(await before).toBe('one');
    expect(await learn('a', 'two')).toBe('two');
    expect(reads).toHaveLength(3);
  });

  it('other keys keep theirs, and an unknown key is no matter', async () => {
    const { freshness, reads, learn, wordOf } = createUpstream();
    await learn('a', 'one');
    freshness.expire('b');
    expect(await wordOf('a')).toBe('one');
    expect(reads).toHaveLength(1);
  });
});

describe('when upstream fails', () => {
  it('those who asked together are all told, and the next asks again', async () => {
    const { reads, wordOf, learn } = createUpstream();
    const asked = Promise.allSettled([wordOf('a'), wordOf('a')]);
    reads[0]?.fail(DOWN);
    expect(await asked).toEqual([
      { status: 'rejected', reason: DOWN },
      { status: 'rejected', reason: DOWN },
    ]);
    expect(await learn('a', 'one')).toBe('one');
    expect(reads).toHaveLength(2);
  });

  it('the last known value is given, up to its bound of age', async () => {
    const { learn, failWith } = createUpstream();
    await learn('a', 'one');
    pass(60_000);
    expect(await failWith('a', DOWN)).toBe('one');
    pass(3_000);
    await expect(failWith('a', DOWN)).rejects.toBe(DOWN);
  });

  it('upstream is left alone for the length of a window', async () => {
    const { learn, failWith, wordOf, reads } = createUpstream();
    await learn('a', 'one');
    pass(3_000);
    expect(await failWith('a', DOWN)).toBe('one');
    pass(2_999);
    expect(await wordOf('a')).toBe('one');
    expect(reads).toHaveLength(2);
    pass(1);
    expect(await learn('a', 'two')).toBe('two');
  });

  it('a failure that is itself the answer is told, whatever is known', async () => {
    const { learn, failWith } = createUpstream();
    await learn('a', 'one');
    pass(3_000);
    await expect(failWith('a', GONE)).rejects.toBe(GONE);
  });

  it('what was told to be gone is not brought back by a later failure', async () => {
    const { learn, failWith } = createUpstream();
    await learn('a', 'one');
    pass(3_000);
    await expect(failWith('a', GONE)).rejects.toBe(GONE);
    await expect(failWith('a', DOWN)).rejects.toBe(DOWN);
  });
});

describe('what is kept', () => {
  it('is bounded: what was not asked for the longest goes first', async () => {
    const { learn, wordOf, reads } = createUpstream({ max: 3 });
    await learn('a', 'x');
    await learn('b', 'x');
    await learn('c', 'x');
    await wordOf('a');
    await learn('d', 'x');
    expect(reads).toHaveLength(4);
    await wordOf('a');
    expect(reads).toHaveLength(4);
    await learn('b', 'x');
    expect(reads).toHaveLength(5);
  });

  it('is asked for again where its kept form has been lost', async () => {
    const lost = new Set<string>();
    const decode = (key: string, encoded: Value) => (lost.has(key) ? undefined : encoded);
    const { learn, reads, failWith } = createUpstream({ max: 300, decode });
    // More keys than are kept decoded, so that the first of them has to be decoded again.
    for (let n = 0; n <= 100; n += 1) await learn(`key ${n}`, 'x');
    lost.add('key 0');
    expect(await learn('key 0', 'y')).toBe('y');
    expect(reads).toHaveLength(102);
    for (let n = 1; n <= 101; n += 1) await learn(`later ${n}`, 'x');
    await expect(failWith('key 1', DOWN)).resolves.toBe('x');
    lost.add('key 2');
    pass(3_000);
    await expect(failWith('key 2', DOWN)).rejects.toBe(DOWN);
  });

  it('leaves out what has no kept form, and gives it all the same', async () => {
    const read = () => Promise.resolve({ value: { word: 'x' }, encoded: null });
    const counted = vi.fn(read);
    const { wordOf } = createUpstream({ read: counted });
    expect(await wordOf('a')).toBe('x');
    expect(await wordOf('a')).toBe('x');
    expect(counted).toHaveBeenCalledTimes(2);
  });
});
