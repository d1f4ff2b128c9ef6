import { afterEach, beforeEach, onTestFinished, vi } from 'vitest';

import { steadyNow } from '../../../src/clock.js';
import { MemoryBus } from '../../../src/backplane/bus.js';
import type { MemberState } from '../../../src/status/member-state.js';
import type { WatchLeases } from '../../../src/backplane/watch-leases.js';
import { MemoryWatchLeases } from '../../../src/backplane/watch-leases.js';
import { DEFAULT_POLL_INTERVALS } from '../../../src/live/poll-interval.js';
import { MemoryPollBudget } from '../../../src/backplane/poll-budget.js';
import type { CallCounter } from '../../../src/mx/transport.js';
import { Watcher } from '../../../src/live/watcher.js';
import type { DueChallenges, MemberStates } from '../../../src/live/member-reader.js';

export const MINUTE_MS = 60_000;
/** The error after which polling is pointless. */
export const GONE = new Error('gone');

export const LIMITS = { freshMs: 60 * MINUTE_MS, lateMs: 120 * MINUTE_MS };

export const state = (status: string, isBeingAggregated = false): MemberState => ({
  status,
  isBeingAggregated,
  isOauth: false,
});

export interface WatcherSettings {
  readonly watchLeases?: WatchLeases;
  readonly readsPerSecond?: number;
  /** Number of requests to MX that each poll makes. */
  readonly callsPerPoll?: number;
}

/** A watcher over members that the test controls. `polls` are the users that were polled, in order. */
export function createWatcher({
  watchLeases = new MemoryWatchLeases(),
  readsPerSecond = 1_000,
  callsPerPoll = 1,
}: WatcherSettings = {}) {
  const polls: string[] = [];
  const challengeReads: DueChallenges[] = [];
  const challengeResults: (Error | { readonly retryAt: number } | null)[] = [];
  const states = new Map<string, MemberStates>();
  const ageChecks: string[] = [];
  const nextAges: number[] = [];
  const pendingNews = new Set<string>();
  const bus = new MemoryBus();
  const pollBudget = new MemoryPollBudget(readsPerSecond);
  let failure: Error | null = null;
  let freeAt = 0;
  const poll = (userGuid: string, counter?: CallCounter) => {
    polls.push(userGuid);
    if (counter) counter.calls += callsPerPoll;
    return failure ? Promise.reject(failure) : Promise.resolve(states.get(userGuid) ?? new Map());
  };
  const watcher = new Watcher({
    watchLeases,
    bus,
    pollBudget,
    pollIntervals: DEFAULT_POLL_INTERVALS,
    limits: LIMITS,
    isPermanent: (error) => error === GONE,
    reader: {
      poll,
      pollAfter: (userGuid, { counter }) =>
        steadyNow() < freeAt
          ? Promise.resolve({ retryAt: freeAt })
          : ((freeAt = steadyNow() + 3_000), poll(userGuid, counter)),
      readChallenges: (_, { counter, ...due }) => {
        challengeReads.push(due);
        counter.calls += 1;
        const result = challengeResults.shift() ?? null;
        return result instanceof Error ? Promise.reject(result) : Promise.resolve(result);
      },
      isPending: (_, { news }) => Promise.resolve(pendingNews.has(news.id)),
      compareAges: (userGuid) => {
        ageChecks.push(userGuid);
        return Promise.resolve(nextAges.shift() ?? Infinity);
      },
      now: () => Promise.resolve(steadyNow()),
    },
  });
  onTestFinished(() => watcher.stop());

  /** Advances the time and counts the polls of each user. */
  async function pollsIn(ms: number): Promise<Record<string, number>> {
    polls.length = 0;
    await vi.advanceTimersByTimeAsync(ms);
    const counts: Record<string, number> = {};
    for (const user of polls) counts[user] = (counts[user] ?? 0) + 1;
    return counts;
  }

  return {
    watcher,
    bus,
    pollBudget,
    pollsIn,
    polls,
    challengeReads,
    challengeResults,
    ageChecks,
    nextAges,
    pendingNews,
    setStates: (userGuid: string, ...members: readonly MemberState[]) =>
      states.set(userGuid, new Map(members.map((one, at) => [`m${at}`, one]))),
    fail: (error: Error | null) => (failure = error),
  };
}

/** Lets each test of a file advance the time by itself. */
export function useManualTime(): void {
  beforeEach(() => {
    vi.useFakeTimers({ toFake: ['performance', 'setInterval', 'clearInterval'] });
    // Without jitter the counts are exact.
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    vi.restoreAllMocks();
    vi.useRealTimers();
  });
}
