import { describe, expect, it } from 'vitest';

import { DEFAULT_POLL_INTERVALS, pollPriority, nextPollDelay } from '../../../src/live/poll-interval.js';
import { STATUS_TABLE } from '../../../src/status/status.js';

const MINUTE_MS = 60_000;
const state = (status: string | null, isBeingAggregated = false) => ({
  status,
  isBeingAggregated,
  isOauth: false,
});

/** The poll priority of an idle member whose status has just changed. Defaults to 3. */
const IDLE: Readonly<Record<string, number>> = {
  CREATED: 1,
  RECONNECTED: 1,
  UPDATED: 1,
  RESUMED: 1,
  DELAYED: 1,
  CHALLENGED: 2,
  PENDING: 2,
};
const AWAITS_USER = new Set(['CHALLENGED', 'PENDING']);
const ROWS = STATUS_TABLE.map(({ status }) => ({ status, name: String(status) }));

describe('the poll priority', () => {
  it('of an idle member follows from the phase of its status', () => {
    for (const { status, name } of ROWS) {
      expect(pollPriority([state(status)], 0), name).toBe(IDLE[status ?? ''] ?? 3);
    }
  });

  it('of an idle member is not the highest for ever, whatever the status', () => {
    for (const { status, name } of ROWS) {
      expect(pollPriority([state(status)], 2 * MINUTE_MS), name).toBeGreaterThan(1);
    }
  });

  it('is the highest while a job runs, unless the end user must act', () => {
    for (const { status, name } of ROWS) {
      const expected = AWAITS_USER.has(status ?? '') ? 2 : 1;
      expect(pollPriority([state(status, true)], 2 * MINUTE_MS), name).toBe(expected);
    }
  });

  it('is lower once a job seems to be stuck', () => {
    for (const { status, name } of ROWS) {
      expect(pollPriority([state(status, true)], 11 * MINUTE_MS), name).toBe(2);
    }
  });

  it('of a user is that of the most urgent member', () => {
    expect(pollPriority([state('CONNECTED'), state('CHALLENGED'), state('CREATED')], 0)).toBe(1);
    expect(pollPriority([state('CONNECTED'), state('CHALLENGED')], 0)).toBe(2);
    expect(pollPriority([], 0)).toBe(3);
  });
});

describe('the delay until the next poll', () => {
  const delay = (priority: 1 | 2 | 3, failures = 0, random = 0) =>
    nextPollDelay(priority, { intervals: DEFAULT_POLL_INTERVALS, failures, random });

  it('is 3 s, 30 s or 5 min, depending on the priority', () => {
    expect([delay(1), delay(2), delay(3)]).toEqual([3_000, 30_000, 300_000]);
  });

  it('has jitter, which never makes it shorter than the interval', () => {
    expect(delay(1, 0, 1)).toBeGreaterThan(3_000);
    expect(delay(1, 0, 1)).toBeLessThan(4_000);
  });

  it('grows with failures up to a maximum', () => {
    expect([0, 1, 2, 3, 4, 50].map((failures) => delay(1, failures))).toEqual([
      3_000, 6_000, 12_000, 24_000, 30_000, 30_000,
    ]);
    expect(delay(3, 50)).toBe(300_000);
  });
});
