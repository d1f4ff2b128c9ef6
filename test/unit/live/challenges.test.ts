import { describe, expect, it, vi } from 'vitest';

import { steadyNow } from '../../../src/clock.js';
import type { DueChallenges } from '../../../src/live/member-reader.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { MemoryWatchLeases } from '../../../src/backplane/watch-leases.js';
import { MxError } from '../../../src/mx/errors.js';
import { createWatcher, GONE, MINUTE_MS, state, useManualTime } from './controlled-watcher.js';
import type { WatcherSettings } from './controlled-watcher.js';

useManualTime();

describe('the challenges of a CHALLENGED member', () => {
  /** A user with one member, which was in a state when the watch began. */
  async function watchFrom(first: MemberState, settings: WatcherSettings = {}) {
    const scene = createWatcher(settings);
    scene.setStates('u', first);
    scene.watcher.watch('u', null);
    scene.watcher.recordPoll('u', new Map([['m0', first]]), true);
    await scene.pollsIn(1_000);
    return scene;
  }
  const guidsOf = ({ challengeReads }: { challengeReads: readonly DueChallenges[] }) =>
    challengeReads.map(({ memberGuid }) => memberGuid);

  it('are not read because somebody subscribes, nor because it is polled', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    expect((await scene.pollsIn(5 * MINUTE_MS))['u']).toBeGreaterThan(5);
    expect(scene.challengeReads).toEqual([]);
  });

  it('are read once when it becomes CHALLENGED, and again when it does so later', async () => {
    const scene = await watchFrom(state('CREATED', true));
    for (const status of ['CHALLENGED', 'RESUMED', 'CHALLENGED']) {
      scene.setStates('u', state(status, true));
      await scene.pollsIn(2 * MINUTE_MS);
    }
    expect(scene.challengeReads).toEqual([
      { memberGuid: 'm0', after: -Infinity },
      { memberGuid: 'm0', after: -Infinity },
    ]);
  });

  it('are read for each hint about it, later than that', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    const before = steadyNow();
    const hint = scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(1_000);
    await expect(hint).resolves.toBeUndefined();
    expect(guidsOf(scene)).toEqual(['m0']);
    expect(scene.challengeReads[0]?.after).toBeGreaterThanOrEqual(before);
  });

  it('are not read for hints about another member, or one that is not CHALLENGED', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    void scene.watcher.pollNow('u', 'm1');
    await scene.pollsIn(1_000);
    scene.setStates('u', state('RESUMED', true));
    void scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(10_000);
    expect(scene.challengeReads).toEqual([]);
  });

  it('are read again soon if MX fails once, then less often, until it recovers; the hint waits for that', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    scene.challengeResults.push(...Array.from({ length: 6 }, () => new Error('down')));
    let isDone = false;
    void scene.watcher.pollNow('u', 'm0').then(() => (isDone = true));
    const times: number[] = [];
    const begun = steadyNow();
    while (!isDone && steadyNow() < begun + 10 * MINUTE_MS) {
      const { length } = scene.challengeReads;
      await scene.pollsIn(100);
      if (scene.challengeReads.length > length) times.push(steadyNow() - begun);
    }
    expect(times).toHaveLength(7);
    const waits = times.slice(1).map((time, at) => Math.round((time - (times[at] ?? 0)) / 1_000));
    expect(waits).toEqual([3, 6, 12, 24, 30, 30]);
    expect(scene.challengeReads.at(-1)?.after).toBeGreaterThan(begun + 60_000);
    await scene.pollsIn(5 * MINUTE_MS);
    expect(scene.challengeReads).toHaveLength(7);
  });

  it('are read again in time although others read the members meanwhile', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    scene.challengeResults.push(new Error('down'));
    void scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(1_000);
    scene.watcher.recordPoll('u', new Map([['m0', state('CHALLENGED', true)]]), true);
    await scene.pollsIn(2_500);
    expect(scene.challengeReads).toHaveLength(2);
  });

  it.each(['deferred', 'failed'])(
    'are read again if they were %s, also by an instance without the lease',
    async (outcome) => {
      const watchLeases = new MemoryWatchLeases();
      vi.spyOn(watchLeases, 'acquire').mockResolvedValue(new Set());
      const scene = await watchFrom(state('CHALLENGED', true), { watchLeases });
      const later = { retryAt: steadyNow() + 2_000 };
      scene.challengeResults.push(outcome === 'deferred' ? later : new Error('down'));
      let isDone = false;
      void scene.watcher.pollNow('u', 'm0').then(() => (isDone = true));
      await scene.pollsIn(1_000);
      expect([isDone, scene.challengeReads.length]).toEqual([false, 1]);
      await scene.pollsIn(4_000);
      expect([isDone, scene.challengeReads.length]).toEqual([true, 2]);
    },
  );

  it('are not read again if MX does not know the member any more, and twice if it sends none', async () => {
    for (const [error, reads] of [
      [GONE, 1],
      [new MxError('malformed', { endpoint: 'GET /x' }), 2],
    ] as const) {
      const scene = await watchFrom(state('CHALLENGED', true));
      scene.challengeResults.push(error, error, error, error);
      const hint = scene.watcher.pollNow('u', 'm0');
      await scene.pollsIn(5 * MINUTE_MS);
      await expect(hint).resolves.toBeUndefined();
      expect(guidsOf(scene)).toHaveLength(reads);
    }
  });

  it('are read again if another part of the state has changed', async () => {
    const scene = await watchFrom(state('CHALLENGED', false));
    scene.setStates('u', state('CHALLENGED', true));
    await scene.pollsIn(2 * MINUTE_MS);
    expect(guidsOf(scene)).toHaveLength(1);
  });

  it('count for the poll budget', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    const charge = vi.spyOn(scene.pollBudget, 'charge');
    void scene.watcher.pollNow('u', 'm1');
    await scene.pollsIn(4_000);
    expect(charge).not.toHaveBeenCalled();
    void scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(4_000);
    expect(charge).toHaveBeenCalledExactlyOnceWith(1);
  });
});
