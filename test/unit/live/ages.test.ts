import { describe, expect, it, vi } from 'vitest';

import { MemoryWatchLeases } from '../../../src/backplane/watch-leases.js';
import type { WatchLeases } from '../../../src/backplane/watch-leases.js';
import { compareAges } from '../../../src/live/data-ages.js';
import type { UserRecord } from '../../../src/status/change.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { createWatcher, LIMITS, MINUTE_MS, state, useManualTime } from './controlled-watcher.js';

useManualTime();

const NOW = 1_790_000_000_000;
const aged = (dataAt: number, freshness: 'FRESH' | 'LATE' | 'STALE' = 'FRESH'): MemberState => ({
  ...state('CONNECTED'),
  dataAt,
  freshness,
});

describe('the age of data that was observed', () => {
  /** A watched user whose member's data was updated so long before now. */
  async function watchWith(
    ageMs: number,
    {
      watchLeases = new MemoryWatchLeases(),
      freshness = 'FRESH',
    }: { watchLeases?: WatchLeases; freshness?: 'FRESH' | 'LATE' | 'STALE' } = {},
  ) {
    const wall = vi.spyOn(Date, 'now').mockReturnValue(NOW);
    const scene = createWatcher({ watchLeases });
    scene.setStates('u', aged(NOW - ageMs, freshness));
    const stop = scene.watcher.watch('u', null);
    scene.watcher.recordPoll('u', new Map([['m0', aged(NOW - ageMs, freshness)]]), true);
    await scene.pollsIn(1_000);
    return { ...scene, stop, setWall: (ms: number) => wall.mockReturnValue(NOW + ms) };
  }

  it('is compared with the wall clock once it is due, without a poll', async () => {
    const { pollsIn, ageChecks, nextAges, setWall } = await watchWith(LIMITS.freshMs - 10_000);
    setWall(9_999);
    await pollsIn(30_000);
    expect(ageChecks).toEqual([]);
    setWall(10_001);
    nextAges.push(NOW + 20_000);
    expect(await pollsIn(2_000)).toEqual({});
    expect(ageChecks).toEqual(['u']);
    await pollsIn(5_000);
    expect(ageChecks).toEqual(['u']);
    setWall(20_000);
    await pollsIn(2_000);
    expect(ageChecks).toEqual(['u', 'u']);
  });

  it('is compared by the instance that holds the watch lease only', async () => {
    const leases = { acquire: () => Promise.resolve(new Set<string>()), isHeld: () => Promise.resolve(true) };
    const others = { ...leases, release: () => Promise.resolve() } as unknown as WatchLeases;
    const { pollsIn, ageChecks, setWall } = await watchWith(LIMITS.freshMs - 1_000, { watchLeases: others });
    setWall(MINUTE_MS);
    await pollsIn(5_000);
    expect(ageChecks).toEqual([]);
  });

  it('is not compared for stale data, nor for a user whom nobody watches any more', async () => {
    const stale = await watchWith(LIMITS.lateMs * 2, { freshness: 'STALE' });
    stale.setWall(60 * MINUTE_MS);
    await stale.pollsIn(5_000);
    expect(stale.ageChecks).toEqual([]);
    const left = await watchWith(LIMITS.freshMs - 1_000);
    left.stop();
    await left.pollsIn(2 * MINUTE_MS);
    left.setWall(60 * MINUTE_MS);
    await left.pollsIn(5_000);
    expect(left.ageChecks).toEqual([]);
  });

  it('is compared if it passed a limit between the read and its record', async () => {
    const { ageChecks } = await watchWith(LIMITS.freshMs + 2_000, { freshness: 'LATE' });
    expect(ageChecks).not.toEqual([]);
  });

  it('is compared in time although a later list lacks the member', async () => {
    const { watcher, pollsIn, ageChecks, setWall } = await watchWith(LIMITS.freshMs - 10_000);
    watcher.recordPoll('u', new Map([['m1', aged(NOW)]]), true);
    setWall(10_001);
    await pollsIn(2_000);
    expect(ageChecks).toEqual(['u']);
  });

  it('causes no polls when the clock changes it, whatever the status', async () => {
    const { watcher, bus, setStates, pollsIn } = createWatcher();
    const fresh = { ...aged(NOW), status: 'RECONNECTED' };
    setStates('u', fresh);
    watcher.watch('u', null);
    await pollsIn(60 * MINUTE_MS);
    const next = { ...fresh, freshness: 'LATE' } as const;
    const change = { ...{ n: 1, ms: NOW, memberGuid: 'm0', observedAt: NOW }, kinds: ['FRESHNESS'] as const };
    bus.publish('u', {
      epoch: 'e',
      changes: [{ ...change, previous: { ...fresh, since: NOW }, next, cause: 'CLOCK' }],
    });
    expect((await pollsIn(MINUTE_MS))['u'] ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('a record compared with the clock', () => {
  const recordOf = (...members: readonly MemberState[]): UserRecord => ({
    ...{ epoch: 'e', n: 0, ms: 0, gone: {} },
    members: Object.fromEntries(members.map((one, at) => [`m${at}`, { ...one, since: 0, seenAt: 0 }])),
  });

  it('shows what has become late or stale, and when the next will', () => {
    const [late, stale, fresh] = [NOW - LIMITS.freshMs - 1, NOW - LIMITS.lateMs - 1, NOW - 1_000];
    const record = recordOf(aged(late), aged(stale), aged(fresh), aged(stale, 'STALE'), state('CONNECTED'));
    const { changed, nextAt } = compareAges(record, NOW, LIMITS);
    expect([...changed]).toEqual([
      ['m0', { dataAt: late, freshness: 'LATE' }],
      ['m1', { dataAt: stale, freshness: 'STALE' }],
    ]);
    expect(nextAt).toBe(fresh + LIMITS.freshMs + 1);
    expect(compareAges(null, NOW, LIMITS)).toEqual({ changed: new Map(), nextAt: Infinity });
  });

  it('shows nothing if this clock is behind that of the instance that has told it', () => {
    expect(compareAges(recordOf(aged(NOW, 'LATE')), NOW, LIMITS).changed.size).toBe(0);
  });
});

describe('a hint with news of data', () => {
  const news = { id: 'JOB-1', completedAt: NOW, created: 1, updated: 0 };

  it('is done once the data has been observed', async () => {
    const scene = createWatcher();
    scene.setStates('u', state('CONNECTED'));
    scene.watcher.watch('u', null);
    await scene.pollsIn(1_000);
    scene.pendingNews.add(news.id);
    let isDone = false;
    void scene.watcher.pollNow('u', 'm0', news).then(() => (isDone = true));
    expect((await scene.pollsIn(2_000))['u']).toBe(1);
    expect(isDone).toBe(false);
    scene.pendingNews.clear();
    expect((await scene.pollsIn(5_000))['u']).toBe(1);
    expect(isDone).toBe(true);
  });

  it('is given up after a few reads', async () => {
    const scene = createWatcher();
    scene.setStates('u', state('CONNECTED'));
    scene.watcher.watch('u', null);
    await scene.pollsIn(1_000);
    scene.pendingNews.add(news.id);
    const hint = scene.watcher.pollNow('u', 'm0', news);
    expect((await scene.pollsIn(MINUTE_MS))['u']).toBe(4);
    await expect(hint).resolves.toBeUndefined();
  });
});
