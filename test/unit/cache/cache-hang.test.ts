import { describe, expect, it } from 'vitest';

import { waitFor } from '../../support/wait-for.js';
import { createControlledCache, DOWN } from './controlled-cache.js';

/** A cache with a stale value and a read that hangs. */
async function hanging(options: Parameters<typeof createControlledCache>[0] = {}) {
  const controlled = createControlledCache({ ttlMs: 0, serveStaleAfterMs: 50, ...options });
  await controlled.load('a', 'old');
  controlled.cache.invalidate('a');
  const begun = performance.now();
  const first = controlled.wordOf('a');
  expect(controlled.reads).toHaveLength(2);
  return { ...controlled, begun, first };
}

describe('while the upstream hangs, the cache', () => {
  it('serves a stale value after a while', async () => {
    const { begun, first, reads } = await hanging();
    expect(await first).toBe('old');
    expect(performance.now() - begun).toBeGreaterThanOrEqual(45);
    expect(reads).toHaveLength(2);
  });

  it('serves it to later callers at once, without a second read', async () => {
    const { first, wordOf, reads } = await hanging();
    await first;
    expect(await Promise.all([wordOf('a'), wordOf('a')])).toEqual(['old', 'old']);
    expect(reads).toHaveLength(2);
  });

  it('goes on reading, and stores and shares the value', async () => {
    const { cache, first, reads } = await hanging({ ttlMs: 60_000 });
    const strict = cache.getOrThrow('a');
    await first;
    reads[1]?.respond('new');
    expect(await strict).toEqual({ word: 'new' });
    expect((await cache.get('a')).word).toBe('new');
  });

  it('serves no stale value to callers that must not get one', async () => {
    const { cache, first, reads, wordOf } = await hanging();
    const strict = [cache.getOrThrow('a'), cache.fetchNow('a')];
    await first;
    expect(await wordOf('a')).toBe('old');
    reads.slice(1).forEach(({ respond }) => respond('new'));
    expect(await Promise.all(strict)).toEqual([{ word: 'new' }, { word: 'new' }]);
  });

  it('waits if no value may be served stale', async () => {
    const { first, reads } = await hanging({ staleIfErrorMs: 0 });
    setTimeout(() => reads[1]?.respond('new'), 100);
    expect(await first).toBe('new');
  });
});

it('a poll gets the failure, not the stale value that queries are served after it', async () => {
  const { cache, load, failWith, wordOf, reads } = createControlledCache({
    ttlMs: 1,
    staleBackoffMs: 60_000,
  });
  await load('a', 'old');
  const isStale = () => cache.peekFresh('a') === undefined;
  await waitFor(() => Promise.resolve(isStale()));
  expect(await failWith('a', DOWN)).toBe('old');
  expect(await wordOf('a')).toBe('old');
  await expect(cache.getOrThrow('a')).rejects.toBe(DOWN);
  expect(reads).toHaveLength(2);
});
