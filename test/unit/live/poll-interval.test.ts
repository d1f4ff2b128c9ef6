import { describe, expect, it } from 'vitest';

import { DEFAULT_POLL_INTERVALS, pollPriority, nextPollDelay } from '../../../src/live/poll-interval.js';
import { STATUS_TABLE } from '../../../src/status/status.js';

const MINUTE_MS = 60_000;
const state = (status: string | null, isBeingAggregated = false) => ({
  status,
  isBeingAggregated,
  isOauth: false,
});

/** What a member at rest, whose status has just changed, is watched like. */
const AT_REST: Readonly<Record<string, number>> = {
  CREATED: 1,
  RECONNECTED: 1,
  UPDATED: 1,
  RESUMED: 1,
  DELAYED: 1,
  CHALLENGED: 2,
  PENDING: 2,
};
const JOBLESS_WAITS = new Set(['CHALLENGED', 'PENDING']);

describe.each(STATUS_TABLE.map(({ status }) => status))('a member that is %s', (status) => {
  it('is watched at the pace of its phase', () => {
    expect(pollPriority([state(status)], 0)).toBe(AT_REST[status ?? ''] ?? 3);
  });

  it('is not watched closely for ever where no job runs', () => {
    expect(pollPriority([state(status)], 2 * MINUTE_MS)).toBeGreaterThan(1);
  });

  it('is watched closely while a job runs, unless the end user is wanted', () => {
    expect(pollPriority([state(status, true)], 2 * MINUTE_MS)).toBe(JOBLESS_WAITS.has(status ?? '') ? 2 : 1);
  });

  it('is watched less closely when its job seems to be stuck', () => {
    expect(pollPriority([state(status, true)], 11 * MINUTE_MS)).toBe(2);
  });
});

describe('a user', () => {
  it('is watched at the pace of the most urgent member', () => {
    expect(pollPriority([state('CONNECTED'), state('CHALLENGED'), state('CREATED')], 0)).toBe(1);
    expect(pollPriority([state('CONNECTED'), state('CHALLENGED')], 0)).toBe(2);
    expect(pollPriority([], 0)).toBe(3);
  });
});

describe('the time till the next look', () => {
  const wait = (urgency: 1 | 2 | 3, failures = 0, random = 0) =>
    nextPollDelay(urgency, { intervals: DEFAULT_POLL_INTERVALS, failures, random });

  it('is 3 s, 30 s or 5 min', () => {
    expect([wait(1), wait(2), wait(3)]).toEqual([3_000, 30_000, 300_000]);
  });

  it('is spread, and never shorter than MX wants', () => {
    expect(wait(1, 0, 1)).toBeGreaterThan(3_000);
    expect(wait(1, 0, 1)).toBeLessThan(4_000);
  });

  it('grows with failures, and stays bounded', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => wait(1, failures))).toEqual([
      3_000, 6_000, 12_000, 24_000, 30_000, 30_000,
    ]);
    expect(wait(3, 50)).toBe(300_000);
  });
});
