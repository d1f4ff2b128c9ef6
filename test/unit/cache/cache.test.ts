import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

import { Deferred } from '../../../src/cache/leases.js';
import { steadyNow } from '../../../src/clock.js';
import { createControlledCache, DOWN, NOT_FOUND, START } from './controlled-cache.js';

/** Lets all promises settle that can. */
const turn = () => new Promise((resolve) => setImmediate(resolve));
const passTime = (ms: number) => vi.advanceTimersByTime(ms);

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['performance'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the cache, within the TTL,', () => {
  it('reads a key once for concurrent callers', async () => {
    const { reads, wordOf } = createControlledCache();
    const results = Promise.all([wordOf('a'), wordOf('a'), wordOf('a')]);
    expect(reads).toHaveLength(1);
    reads[0]?.respond('one');
    expect(await results).toEqual(['one', 'one', 'one']);
  });

  it('reads each key once', async () => {
    const { reads, wordOf } = createControlledCache();
    const results = Promise.all([wordOf('a'), wordOf('b'), wordOf('a')]);
    reads[0]?.respond('of a');
    reads[1]?.respond('of b');
    expect(await results).toEqual(['of a', 'of b', 'of a']);
    expect(reads.map(({ key }) => key)).toEqual(['a', 'b']);
  });

  it('returns a fresh value without a promise', async () => {
    const { cache, reads, load } = createControlledCache();
    await load('a', 'one');
    passTime(2_999);
    expect(cache.get('a')).toEqual({ word: 'one' });
    expect(reads).toHaveLength(1);
  });

  it('reads again when the TTL is over', async () => {
    const { load, reads } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    expect(await load('a', 'two')).toBe('two');
    expect(reads).toHaveLength(2);
  });

  it('counts the age from the start of the read, not from the response', async () => {
    const { reads, wordOf, load } = createControlledCache();
    const result = wordOf('a');
    passTime(2_500);
    reads[0]?.respond('slow');
    expect(await result).toBe('slow');
    passTime(499);
    expect(await wordOf('a')).toBe('slow');
    passTime(1);
    expect(await load('a', 'two')).toBe('two');
    expect(reads.map(({ startedAt }) => startedAt - START)).toEqual([0, 3_000]);
  });

  it('deduplicates concurrent reads only, if the TTL is 0', async () => {
    const { reads, wordOf, load } = createControlledCache({ ttlMs: 0 });
    await load('a', 'one');
    expect(await load('a', 'two')).toBe('two');
    const together = Promise.all([wordOf('a'), wordOf('a')]);
    reads.at(-1)?.respond('three');
    expect(await together).toEqual(['three', 'three']);
    expect(reads).toHaveLength(3);
  });

  it('reports how each read was served', async () => {
    const onRead = vi.fn();
    const { load, wordOf, reads, failWith } = createControlledCache({ onRead });
    const together = Promise.all([wordOf('a'), wordOf('a')]);
    reads[0]?.respond('one');
    await together;
    await wordOf('a');
    passTime(3_000);
    await failWith('a', DOWN);
    passTime(3_000);
    await load('a', 'two');
    const results = onRead.mock.calls.flat();
    expect(results).toEqual(['miss', 'deduplicated', 'hit', 'miss', 'stale', 'miss']);
  });
});

describe('an invalidated key', () => {
  it('is read again by the next caller', async () => {
    const { cache, reads, load } = createControlledCache();
    await load('a', 'one');
    cache.invalidate('a');
    expect(await load('a', 'two')).toBe('two');
    expect(reads).toHaveLength(2);
  });

  it('lets a read in flight resolve for its callers, but not for later ones', async () => {
    const { cache, reads, wordOf } = createControlledCache();
    const before = wordOf('a');
    cache.invalidate('a');
    const after = wordOf('a');
    expect(reads).toHaveLength(2);
    reads[0]?.respond('old');
    reads[1]?.respond('new');
    expect(await before).toBe('old');
    expect(await after).toBe('new');
    expect(await wordOf('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('is not overwritten by an older read that ends later', async () => {
    const { cache, reads, wordOf } = createControlledCache();
    const before = wordOf('a');
    cache.invalidate('a');
    passTime(10);
    const after = wordOf('a');
    reads[1]?.respond('new');
    expect(await after).toBe('new');
    reads[0]?.respond('old');
    expect(await before).toBe('old');
    expect(await wordOf('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('is not made fresh by a read that was in flight', async () => {
    const { cache, reads, wordOf, load } = createControlledCache();
    const before = wordOf('a');
    cache.invalidate('a');
    reads[0]?.respond('old');
    await before;
    expect(await load('a', 'new')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('may be served stale from the read that was in flight', async () => {
    const { cache, reads, wordOf, failWith } = createControlledCache();
    const before = wordOf('a');
    cache.invalidate('a');
    reads[0]?.respond('old');
    await before;
    expect(await failWith('a', DOWN)).toBe('old');
  });

  it('is not made fresh by a read in flight that fails', async () => {
    const { cache, reads, wordOf, load } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    const before = wordOf('a');
    cache.invalidate('a');
    reads[1]?.fail(DOWN);
    expect(await before).toBe('one');
    expect(await load('a', 'two')).toBe('two');
    expect(reads).toHaveLength(3);
  });

  it('is not deleted by a read in flight that finds nothing', async () => {
    const { cache, reads, wordOf } = createControlledCache();
    const before = wordOf('a');
    cache.invalidate('a');
    const after = wordOf('a');
    reads[0]?.fail(NOT_FOUND);
    await expect(before).rejects.toBe(NOT_FOUND);
    reads[1]?.respond('new');
    expect(await after).toBe('new');
    expect(await wordOf('a')).toBe('new');
    expect(reads).toHaveLength(2);
  });

  it('leaves other keys fresh, and need not be cached', async () => {
    const { cache, reads, load, wordOf } = createControlledCache();
    await load('a', 'one');
    cache.invalidate('b');
    expect(await wordOf('a')).toBe('one');
    expect(reads).toHaveLength(1);
  });
});

describe('while the upstream fails, the cache', () => {
  it('rejects all concurrent callers, and reads again for the next', async () => {
    const { reads, wordOf, load } = createControlledCache();
    const results = Promise.allSettled([wordOf('a'), wordOf('a')]);
    reads[0]?.fail(DOWN);
    expect(await results).toEqual([
      { status: 'rejected', reason: DOWN },
      { status: 'rejected', reason: DOWN },
    ]);
    expect(await load('a', 'one')).toBe('one');
    expect(reads).toHaveLength(2);
  });

  it('serves a stale value up to its maximum age', async () => {
    const { load, failWith } = createControlledCache();
    await load('a', 'one');
    passTime(60_000);
    expect(await failWith('a', DOWN)).toBe('one');
    passTime(3_000);
    await expect(failWith('a', DOWN)).rejects.toBe(DOWN);
  });

  it('serves it for a TTL before it asks again', async () => {
    const { load, failWith, wordOf, reads } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    expect(await failWith('a', DOWN)).toBe('one');
    passTime(2_999);
    expect(await wordOf('a')).toBe('one');
    expect(reads).toHaveLength(2);
    passTime(1);
    expect(await load('a', 'two')).toBe('two');
  });

  it('asks again after the back-off, if that is not the TTL', async () => {
    const { load, failWith, wordOf, reads } = createControlledCache({ staleBackoffMs: 500 });
    await load('a', 'one');
    passTime(3_000);
    expect(await failWith('a', DOWN)).toBe('one');
    passTime(499);
    expect(await wordOf('a')).toBe('one');
    expect(reads).toHaveLength(2);
    passTime(1);
    expect(await load('a', 'two')).toBe('two');
  });

  it('rejects with an error that is an answer, whatever is cached', async () => {
    const { load, failWith } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    await expect(failWith('a', NOT_FOUND)).rejects.toBe(NOT_FOUND);
  });

  it('does not serve what was not found any more', async () => {
    const { load, failWith } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    await expect(failWith('a', NOT_FOUND)).rejects.toBe(NOT_FOUND);
    await expect(failWith('a', DOWN)).rejects.toBe(DOWN);
  });

  it('rejects callers that must not get a stale value', async () => {
    const { cache, load, reads } = createControlledCache();
    await load('a', 'one');
    passTime(3_000);
    const strict = cache.getOrThrow('a');
    const forced = cache.fetchNow('a');
    reads[1]?.fail(DOWN);
    reads[2]?.fail(DOWN);
    await expect(strict).rejects.toBe(DOWN);
    await expect(forced).rejects.toBe(DOWN);
  });
});

describe('a forced read', () => {
  it('starts a new read, whatever is fresh or in flight, and its value is cached', async () => {
    const { cache, load, reads, wordOf } = createControlledCache();
    await load('a', 'one');
    const forced = cache.fetchNow('a');
    const again = cache.fetchNow('a');
    expect(reads).toHaveLength(3);
    reads[1]?.respond('two');
    reads[2]?.respond('three');
    expect(await forced).toEqual({ word: 'two' });
    expect(await again).toEqual({ word: 'three' });
    expect(await wordOf('a')).toBe('three');
  });
});

describe('a value newer than a hint', () => {
  it('is the cached one, if its read started after the hint', async () => {
    const { cache, load, reads } = createControlledCache();
    await load('a', 'one');
    expect(await cache.getNewerThan('a', START - 1)).toEqual({ word: 'one' });
    expect(reads).toHaveLength(1);
  });

  it('is the one in flight, if its read started after the hint', async () => {
    const { cache, reads, wordOf } = createControlledCache();
    const result = wordOf('a');
    const newer = cache.getNewerThan('a', START - 1);
    reads[0]?.respond('one');
    expect([await result, await newer]).toEqual(['one', { word: 'one' }]);
    expect(reads).toHaveLength(1);
  });

  it('is read anew, if the read in flight started before the hint', async () => {
    const { cache, reads, wordOf } = createControlledCache();
    const before = wordOf('a');
    const newer = cache.getNewerThan('a', START);
    await turn();
    expect(reads).toHaveLength(2);
    reads[0]?.respond('old');
    reads[1]?.respond('new');
    expect([await before, await newer]).toEqual(['old', { word: 'new' }]);
    expect(reads.map(({ isForHint }) => isForHint)).toEqual([false, true]);
    expect(await wordOf('a')).toBe('new');
  });

  it('causes at most one read per TTL, however many hints there are', async () => {
    const { cache, reads } = createControlledCache();
    const first = cache.getNewerThan('a', START - 1);
    await turn();
    expect(reads).toHaveLength(1);
    reads[0]?.respond('one');
    await first;
    passTime(1_000);
    const deferred = await cache.getNewerThan('a', steadyNow() - 1);
    expect(deferred).toEqual(new Deferred(START + 3_000));
    passTime(2_000);
    const next = cache.getNewerThan('a', steadyNow() - 1);
    await turn();
    expect(reads).toHaveLength(2);
    reads[1]?.respond('two');
    expect(await next).toEqual({ word: 'two' });
  });
});

it.each([
  ['back ten minutes', -600_000],
  ['forth twenty minutes', 1_200_000],
])('a wall clock that is set %s changes neither freshness nor stale serving', async (_, ms) => {
  const { load, wordOf, reads, failWith } = createControlledCache();
  await load('a', 'one');
  vi.setSystemTime(Date.now() + ms);
  expect(await wordOf('a')).toBe('one');
  passTime(2_999);
  expect(await wordOf('a')).toBe('one');
  expect(reads).toHaveLength(1);
  passTime(1);
  expect(await failWith('a', DOWN)).toBe('one');
  passTime(60_000);
  await expect(failWith('a', DOWN)).rejects.toBe(DOWN);
  expect(await load('a', 'two')).toBe('two');
});
