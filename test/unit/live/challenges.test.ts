import { describe, expect, it, vi } from 'vitest';

import { steadyNow } from '../../../src/clock.js';
import type { DueChallenges } from '../../../src/live/member-reader.js';
import type { MemberState } from '../../../src/status/change.js';
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

  it('are read again soon if MX fails once, and with the following polls if it goes on, until it recovers', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    const failures = 4;
    scene.challengeResults.push(...Array.from({ length: failures }, () => new Error('down')));
    const hint = scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(500);
    await expect(hint).resolves.toBeUndefined();
    expect(guidsOf(scene)).toHaveLength(1);
    await scene.pollsIn(3_200);
    expect(guidsOf(scene)).toHaveLength(2);
    await scene.pollsIn(10 * MINUTE_MS);
    expect(guidsOf(scene)).toHaveLength(failures + 1);
  });

  it('are not read again if MX does not know the member any more', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    scene.challengeResults.push(GONE);
    void scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(5 * MINUTE_MS);
    expect(guidsOf(scene)).toHaveLength(1);
  });

  it('are read later if that is not allowed yet', async () => {
    const scene = await watchFrom(state('CHALLENGED', true));
    scene.challengeResults.push({ retryAt: steadyNow() + 2_000 });
    void scene.watcher.pollNow('u', 'm0');
    await scene.pollsIn(1_000);
    expect(guidsOf(scene)).toHaveLength(1);
    await scene.pollsIn(2_000);
    expect(guidsOf(scene)).toHaveLength(2);
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
