import { describe, expect, it, vi } from 'vitest';

import type { WatchLeases } from '../../../src/backplane/watch-leases.js';
import { MxError } from '../../../src/mx/errors.js';
import { createWatcher, GONE, MINUTE_MS, state, useManualTime } from './controlled-watcher.js';

useManualTime();

describe('a watched user', () => {
  it.each([
    { interval: 'every 3 s while a job runs', current: state('CREATED', true), minutes: 1, times: 20 },
    {
      interval: 'every 30 s while the end user must act',
      current: state('CHALLENGED', true),
      minutes: 10,
      times: 20,
    },
    {
      interval: 'every 5 minutes while no change is expected',
      current: state('CONNECTED'),
      minutes: 60,
      times: 12,
    },
  ])('is polled $interval', async ({ current, minutes, times }) => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', current);
    watcher.watch('u', null);
    const { u = 0 } = await pollsIn(minutes * MINUTE_MS);
    expect(u).toBeGreaterThan(times * 0.9 - 1);
    expect(u).toBeLessThanOrEqual(times + 2);
  });

  it('is not polled fast for ever when no job will change the status', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('UPDATED'));
    watcher.watch('u', null);
    expect((await pollsIn(MINUTE_MS))['u']).toBeGreaterThan(15);
    expect((await pollsIn(60 * MINUTE_MS))['u']).toBeLessThanOrEqual(14);
  });

  it('costs one poll for all members, at the interval of the most urgent one', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('CONNECTED'), state('CREATED', true), state('DENIED'));
    for (const member of ['m0', 'm1', null]) watcher.watch('u', member);
    expect((await pollsIn(30_000))['u']).toBeLessThanOrEqual(11);
  });

  it('is polled at the interval of its watched members only', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('CONNECTED'), state('CREATED', true));
    watcher.watch('u', 'm0');
    await pollsIn(10_000);
    expect(await pollsIn(4 * MINUTE_MS)).toEqual({});
  });

  it('is polled sooner when another instance reports a job', async () => {
    const { watcher, bus, setStates, pollsIn } = createWatcher();
    setStates('u', state('CONNECTED'));
    watcher.watch('u', null);
    await pollsIn(10_000);
    const next = state('CONNECTED', true);
    setStates('u', next);
    const change = {
      n: 1,
      ms: 1,
      memberGuid: 'm0',
      previous: null,
      next,
      cause: 'MUTATION',
      kinds: ['STATUS'],
      observedAt: 1,
    } as const;
    bus.publish('u', { epoch: 'e', changes: [change] });
    expect((await pollsIn(10_000))['u']).toBeGreaterThanOrEqual(3);
  });

  it('is not polled later because one member changes while another runs a job', async () => {
    const { watcher, setStates, polls, pollsIn } = createWatcher();
    setStates('u', state('CREATED', true), state('CONNECTED'));
    watcher.watch('u', null);
    await pollsIn(10_000);
    for (let second = 0; second < 12; second += 1) {
      watcher.recordPoll('u', new Map([['m1', state('CONNECTED', second % 2 === 0)]]), false);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(polls.length).toBeGreaterThanOrEqual(6);
  });

  it('is no longer polled soon after its last subscriber has left', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('CREATED', true));
    const release = watcher.watch('u', null);
    await pollsIn(10_000);
    release();
    expect((await pollsIn(40_000))['u']).toBeLessThanOrEqual(12);
    expect(await pollsIn(60 * MINUTE_MS)).toEqual({});
    expect(watcher.size).toBe(0);
  });

  it('stays watched during a short absence of its only subscriber', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('CREATED', true));
    watcher.watch('u', null)();
    await pollsIn(5_000);
    watcher.watch('u', null);
    expect((await pollsIn(30_000))['u']).toBeGreaterThanOrEqual(9);
  });

  it('is watched for ten minutes after a mutation, even without a subscriber', async () => {
    const { watcher, setStates, pollsIn } = createWatcher();
    setStates('u', state('CHALLENGED', true));
    watcher.watchAfterMutation('u');
    expect((await pollsIn(10 * MINUTE_MS))['u']).toBeGreaterThanOrEqual(18);
    expect((await pollsIn(60 * MINUTE_MS))['u'] ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('while MX fails', () => {
  it('a user is polled less and less often, and at the normal interval once MX is back', async () => {
    const { watcher, setStates, fail, pollsIn } = createWatcher();
    setStates('u', state('CREATED', true));
    watcher.watch('u', null);
    await pollsIn(10_000);
    fail(new Error('down'));
    expect((await pollsIn(5 * MINUTE_MS))['u']).toBeLessThanOrEqual(15);
    fail(null);
    await pollsIn(31_000);
    expect((await pollsIn(30_000))['u']).toBeGreaterThanOrEqual(9);
  });

  it('a hint stays pending until a poll succeeds', async () => {
    const { watcher, fail, pollsIn } = createWatcher();
    fail(new Error('down'));
    let isDone = false;
    void watcher.pollNow('u', 'm0').then(() => (isDone = true));
    await pollsIn(MINUTE_MS);
    expect(isDone).toBe(false);
    fail(null);
    await pollsIn(31_000);
    expect(isDone).toBe(true);
  });

  it('a hint is complete if MX does not know the user', async () => {
    const { watcher, fail, pollsIn } = createWatcher();
    fail(GONE);
    const hint = watcher.pollNow('u', 'm0');
    await pollsIn(1_000);
    await expect(hint).resolves.toBeUndefined();
  });
});

describe('while MX asks to be left alone', () => {
  it('no poll is due before that time, and the first one is soon after it', async () => {
    const { watcher, setStates, pollsIn, fail } = createWatcher();
    setStates('u', state('CREATED', true));
    watcher.watch('u', null);
    await pollsIn(10_000);
    fail(new MxError('throttled', { endpoint: 'GET /x', retryAfterMs: 60_000 }));
    await pollsIn(4_000);
    fail(null);
    expect(await pollsIn(54_000)).toEqual({});
    expect((await pollsIn(10_000))['u']).toBeGreaterThan(0);
  });
});

describe('a hint', () => {
  it('is polled before all other users that are due', async () => {
    const { watcher, polls, pollsIn, setStates } = createWatcher({ readsPerSecond: 2 });
    for (let at = 0; at < 50; at += 1) {
      setStates(`u${at}`, state('CREATED', true));
      watcher.watch(`u${at}`, null);
    }
    // The first polls are not taken from the budget beforehand: their requests are paid off first.
    await pollsIn(30_000);
    void watcher.pollNow('hinted', 'm0');
    await pollsIn(1_100);
    expect(polls[0]).toBe('hinted');
  });

  it('that is one of many causes one poll per TTL, and one after the last of them', async () => {
    const { watcher, pollsIn, polls } = createWatcher();
    polls.length = 0;
    const done: Promise<void>[] = [];
    for (let at = 0; at < 50; at += 1) {
      done.push(watcher.pollNow('u', 'm0'));
      await vi.advanceTimersByTimeAsync(100);
    }
    const during = polls.length;
    expect(during).toBeLessThanOrEqual(3);
    await pollsIn(3_200);
    expect(polls.length).toBeGreaterThanOrEqual(1);
    await expect(Promise.all(done)).resolves.toHaveLength(50);
  });
});

describe('the poll budget', () => {
  it('is never exceeded, and urgent users are polled first', async () => {
    const { watcher, setStates, pollsIn } = createWatcher({ readsPerSecond: 5 });
    for (let at = 0; at < 10; at += 1) {
      setStates(`busy${at}`, state('CREATED', true));
      setStates(`calm${at}`, state('CHALLENGED', true));
      watcher.watch(`busy${at}`, null);
      watcher.watch(`calm${at}`, null);
    }
    await pollsIn(20_000);
    const counts = Object.entries(await pollsIn(60_000));
    const sum = (kind: string) =>
      counts.filter(([user]) => user.startsWith(kind)).reduce((all, [, n]) => all + n, 0);
    expect(sum('busy') + sum('calm')).toBeLessThanOrEqual(305);
    expect(sum('busy')).toBeGreaterThan(150);
  });
});

describe('the poll budget', () => {
  it('is counted in requests, not in polls', async () => {
    const { watcher, setStates, pollsIn, polls } = createWatcher({ readsPerSecond: 6, callsPerPoll: 3 });
    for (let at = 0; at < 20; at += 1) {
      setStates(`u${at}`, state('CREATED', true));
      watcher.watch(`u${at}`, null);
    }
    await pollsIn(10_000);
    await pollsIn(30_000);
    expect(polls.length * 3).toBeLessThanOrEqual(6 * 32);
    expect(polls.length * 3).toBeGreaterThan(6 * 25);
  });

  it('gets back the request of a poll that was served from the cache', async () => {
    const { watcher, setStates, pollsIn, polls } = createWatcher({ readsPerSecond: 1, callsPerPoll: 0 });
    for (let at = 0; at < 10; at += 1) {
      setStates(`u${at}`, state('CREATED', true));
      watcher.watch(`u${at}`, null);
    }
    await pollsIn(10_000);
    await pollsIn(30_000);
    expect(polls.length).toBeGreaterThan(60);
  });
});

describe('a user that another instance watches', () => {
  it('is not polled until that instance releases its lease', async () => {
    let isFree = false;
    const watchLeases: WatchLeases = {
      acquire: (users) => Promise.resolve(new Set(isFree ? users : [])),
      release: () => Promise.resolve(),
      isHeld: () => Promise.resolve(true),
    };
    const { watcher, setStates, pollsIn } = createWatcher({ watchLeases });
    setStates('u', state('CREATED', true));
    watcher.watch('u', null);
    expect(await pollsIn(60_000)).toEqual({});
    isFree = true;
    expect((await pollsIn(30_000))['u']).toBeGreaterThanOrEqual(8);
  });

  it('is not polled while leases are unavailable, but soon after they are back', async () => {
    let isDown = true;
    const watchLeases: WatchLeases = {
      acquire: (users) => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(new Set(users))),
      release: () => Promise.resolve(),
      isHeld: () => Promise.resolve(false),
    };
    const { watcher, setStates, pollsIn } = createWatcher({ watchLeases });
    setStates('u', state('CREATED', true));
    watcher.watch('u', null);
    expect(await pollsIn(60_000)).toEqual({});
    isDown = false;
    expect((await pollsIn(1_000))['u']).toBeGreaterThanOrEqual(1);
  });
});
