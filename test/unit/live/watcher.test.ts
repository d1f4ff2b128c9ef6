import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { MemoryBus } from '../../../src/backplane/bus.js';
import type { MemberState } from '../../../src/status/change.js';
import type { WatchLeases } from '../../../src/backplane/watch-leases.js';
import { MemoryWatchLeases } from '../../../src/backplane/watch-leases.js';
import { DEFAULT_POLL_INTERVALS } from '../../../src/live/poll-interval.js';
import { MemoryPollBudget } from '../../../src/backplane/poll-budget.js';
import { Watcher } from '../../../src/live/watcher.js';
import type { States } from '../../../src/live/watcher.js';

const START = Date.parse('2026-01-01T00:00:00Z');
const MINUTE_MS = 60_000;
const GONE = new Error('gone');

const state = (status: string, isBeingAggregated = false): MemberState => ({
  status,
  isBeingAggregated,
  isOauth: false,
});

interface WatcherOfTest {
  readonly watchLeases?: WatchLeases;
  readonly readsPerSecond?: number;
}

/** A watcher over members in the hands of a test: `looks` are the users that were looked at, in their order. */
function createWatcher({
  watchLeases = new MemoryWatchLeases(),
  readsPerSecond = 1_000,
}: WatcherOfTest = {}) {
  const looks: string[] = [];
  const stands = new Map<string, States>();
  const bus = new MemoryBus();
  let failure: Error | null = null;
  let freeAt = 0;
  const poll = (userGuid: string) => {
    looks.push(userGuid);
    return failure ? Promise.reject(failure) : Promise.resolve(stands.get(userGuid) ?? new Map());
  };
  const watcher = new Watcher({
    watchLeases,
    bus,
    pollBudget: new MemoryPollBudget(readsPerSecond),
    pollIntervals: DEFAULT_POLL_INTERVALS,
    isPermanent: (error) => error === GONE,
    reader: {
      poll,
      pollAfter: (userGuid) =>
        Date.now() < freeAt
          ? Promise.resolve({ retryAt: freeAt })
          : ((freeAt = Date.now() + 3_000), poll(userGuid)),
      now: () => Promise.resolve(Date.now()),
    },
  });
  onTestFinished(() => watcher.stop());

  /** How often each user was looked at in so many milliseconds. */
  async function looksIn(ms: number): Promise<Record<string, number>> {
    looks.length = 0;
    await vi.advanceTimersByTimeAsync(ms);
    const counts: Record<string, number> = {};
    for (const user of looks) counts[user] = (counts[user] ?? 0) + 1;
    return counts;
  }

  return {
    watcher,
    bus,
    looksIn,
    looks,
    stand: (userGuid: string, ...states: readonly MemberState[]) =>
      stands.set(userGuid, new Map(states.map((one, at) => [`m${at}`, one]))),
    fail: (error: Error | null) => (failure = error),
  };
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date', 'setInterval', 'clearInterval'], now: START });
  // No jitter: what is counted below is then exact.
  vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

describe('a user whom somebody watches', () => {
  it.each([
    { pace: 'every 3 s while a job runs', stands: state('CREATED', true), minutes: 1, times: 20 },
    {
      pace: 'every 30 s while the end user is wanted',
      stands: state('CHALLENGED', true),
      minutes: 10,
      times: 20,
    },
    { pace: 'every 5 minutes when nothing is expected', stands: state('CONNECTED'), minutes: 60, times: 12 },
  ])('is looked at $pace', async ({ stands, minutes, times }) => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', stands);
    watcher.watch('u', null);
    const { u = 0 } = await looksIn(minutes * MINUTE_MS);
    expect(u).toBeGreaterThan(times * 0.9 - 1);
    expect(u).toBeLessThanOrEqual(times + 2);
  });

  it('is not looked at fast for ever for a status that no job will end', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('UPDATED'));
    watcher.watch('u', null);
    expect((await looksIn(MINUTE_MS))['u']).toBeGreaterThan(15);
    expect((await looksIn(60 * MINUTE_MS))['u']).toBeLessThanOrEqual(14);
  });

  it('costs one look for all members, at the pace of the most urgent', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('CONNECTED'), state('CREATED', true), state('DENIED'));
    for (const member of ['m0', 'm1', null]) watcher.watch('u', member);
    expect((await looksIn(30_000))['u']).toBeLessThanOrEqual(11);
  });

  it('is looked at only as the members call for that somebody watches', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('CONNECTED'), state('CREATED', true));
    watcher.watch('u', 'm0');
    await looksIn(10_000);
    expect(await looksIn(4 * MINUTE_MS)).toEqual({});
  });

  it('is looked at sooner when another instance tells of a job', async () => {
    const { watcher, bus, stand, looksIn } = createWatcher();
    stand('u', state('CONNECTED'));
    watcher.watch('u', null);
    await looksIn(10_000);
    const next = state('CONNECTED', true);
    stand('u', next);
    const change = {
      n: 1,
      ms: 1,
      memberGuid: 'm0',
      previous: null,
      next,
      cause: 'MUTATION',
      observedAt: 1,
    } as const;
    bus.publish('u', { epoch: 'e', changes: [change] });
    expect((await looksIn(10_000))['u']).toBeGreaterThanOrEqual(3);
  });

  it('is looked at no later for news of one member, while another is on its way', async () => {
    const { watcher, stand, looks, looksIn } = createWatcher();
    stand('u', state('CREATED', true), state('CONNECTED'));
    watcher.watch('u', null);
    await looksIn(10_000);
    for (let second = 0; second < 12; second += 1) {
      watcher.recordPoll('u', new Map([['m1', state('CONNECTED', second % 2 === 0)]]), false);
      await vi.advanceTimersByTimeAsync(1_000);
    }
    expect(looks.length).toBeGreaterThanOrEqual(6);
  });

  it('is no longer looked at soon after nobody watches', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('CREATED', true));
    const release = watcher.watch('u', null);
    await looksIn(10_000);
    release();
    expect((await looksIn(40_000))['u']).toBeLessThanOrEqual(12);
    expect(await looksIn(60 * MINUTE_MS)).toEqual({});
    expect(watcher.size).toBe(0);
  });

  it('stays watched over a short absence of its only subscriber', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('CREATED', true));
    watcher.watch('u', null)();
    await looksIn(5_000);
    watcher.watch('u', null);
    expect((await looksIn(30_000))['u']).toBeGreaterThanOrEqual(9);
  });

  it('is watched for ten minutes after an action, though nobody subscribes', async () => {
    const { watcher, stand, looksIn } = createWatcher();
    stand('u', state('CHALLENGED', true));
    watcher.noteAction('u');
    expect((await looksIn(10 * MINUTE_MS))['u']).toBeGreaterThanOrEqual(18);
    expect((await looksIn(60 * MINUTE_MS))['u'] ?? 0).toBeLessThanOrEqual(1);
  });
});

describe('a failing MX', () => {
  it('is asked less and less often, and followed again when it is back', async () => {
    const { watcher, stand, fail, looksIn } = createWatcher();
    stand('u', state('CREATED', true));
    watcher.watch('u', null);
    await looksIn(10_000);
    fail(new Error('down'));
    expect((await looksIn(5 * MINUTE_MS))['u']).toBeLessThanOrEqual(15);
    fail(null);
    await looksIn(31_000);
    expect((await looksIn(30_000))['u']).toBeGreaterThanOrEqual(9);
  });

  it('does not make it forget a hint', async () => {
    const { watcher, fail, looksIn } = createWatcher();
    fail(new Error('down'));
    let isDone = false;
    void watcher.pollNow('u').then(() => (isDone = true));
    await looksIn(MINUTE_MS);
    expect(isDone).toBe(false);
    fail(null);
    await looksIn(31_000);
    expect(isDone).toBe(true);
  });

  it('that knows no such user has nothing more to tell', async () => {
    const { watcher, fail, looksIn } = createWatcher();
    fail(GONE);
    const looked = watcher.pollNow('u');
    await looksIn(1_000);
    await expect(looked).resolves.toBeUndefined();
  });
});

describe('hints', () => {
  it('make somebody look at once, whoever else is due', async () => {
    const { watcher, looks, looksIn, stand } = createWatcher({ readsPerSecond: 2 });
    for (let at = 0; at < 50; at += 1) {
      stand(`u${at}`, state('CREATED', true));
      watcher.watch(`u${at}`, null);
    }
    await looksIn(10_000);
    void watcher.pollNow('hinted');
    await looksIn(1_100);
    expect(looks[0]).toBe('hinted');
  });

  it('that come in a storm are one look per window, and one after the last of them', async () => {
    const { watcher, looksIn, looks } = createWatcher();
    looks.length = 0;
    const done: Promise<void>[] = [];
    for (let at = 0; at < 50; at += 1) {
      done.push(watcher.pollNow('u'));
      await vi.advanceTimersByTimeAsync(100);
    }
    const during = looks.length;
    expect(during).toBeLessThanOrEqual(3);
    await looksIn(3_200);
    expect(looks.length).toBeGreaterThanOrEqual(1);
    await expect(Promise.all(done)).resolves.toHaveLength(50);
  });
});

describe('too many to look at', () => {
  it('never cost more reads than there are to spend, and the urgent ones come first', async () => {
    const { watcher, stand, looksIn } = createWatcher({ readsPerSecond: 5 });
    for (let at = 0; at < 10; at += 1) {
      stand(`busy${at}`, state('CREATED', true));
      stand(`calm${at}`, state('CHALLENGED', true));
      watcher.watch(`busy${at}`, null);
      watcher.watch(`calm${at}`, null);
    }
    await looksIn(20_000);
    const counts = Object.entries(await looksIn(60_000));
    const sum = (kind: string) =>
      counts.filter(([user]) => user.startsWith(kind)).reduce((all, [, n]) => all + n, 0);
    expect(sum('busy') + sum('calm')).toBeLessThanOrEqual(305);
    expect(sum('busy')).toBeGreaterThan(150);
  });
});

describe('a user whom another instance watches', () => {
  it('is left to it, and taken over when it lets go', async () => {
    let isFree = false;
    const watchLeases: WatchLeases = {
      acquire: (users) => Promise.resolve(new Set(isFree ? users : [])),
      release: () => Promise.resolve(),
      isHeld: () => Promise.resolve(true),
    };
    const { watcher, stand, looksIn } = createWatcher({ watchLeases });
    stand('u', state('CREATED', true));
    watcher.watch('u', null);
    expect(await looksIn(60_000)).toEqual({});
    isFree = true;
    expect((await looksIn(30_000))['u']).toBeGreaterThanOrEqual(8);
  });

  it('is not looked at while watchLeases cannot be had, and looked at soon after', async () => {
    let isDown = true;
    const watchLeases: WatchLeases = {
      acquire: (users) => (isDown ? Promise.reject(new Error('down')) : Promise.resolve(new Set(users))),
      release: () => Promise.resolve(),
      isHeld: () => Promise.resolve(false),
    };
    const { watcher, stand, looksIn } = createWatcher({ watchLeases });
    stand('u', state('CREATED', true));
    watcher.watch('u', null);
    expect(await looksIn(60_000)).toEqual({});
    isDown = false;
    expect((await looksIn(1_000))['u']).toBeGreaterThanOrEqual(1);
  });
});
