import { describe, expect, it } from 'vitest';

import { detectChanges } from '../../../src/status/change.js';
import type { MemberState, StatusChange, UserRecord } from '../../../src/status/change.js';
import { toPeriods } from '../../../src/status/history.js';

/** What is stored once a user was seen with these statuses (null: without the member) at these times. */
function log(...seen: readonly (readonly [at: number, statuses: Record<string, string>])[]) {
  let record: UserRecord | null = null;
  const changes: StatusChange[] = [];
  for (const [observedAt, statuses] of seen) {
    const states = new Map<string, MemberState>(
      Object.entries(statuses).map(([guid, status]) => [
        guid,
        { status, isBeingAggregated: false, isOauth: false },
      ]),
    );
    const swap = detectChanges(record, { cause: 'POLL', observedAt, states, isWhole: true });
    record = swap.record;
    changes.push(...swap.changes);
  }
  return { record, changes };
}

const told = (...args: Parameters<typeof toPeriods>) =>
  toPeriods(...args).map(({ state, cause, since, until }) => [state.status, cause, since, until]);

describe('the history of a member', () => {
  it('is the present state where nothing else was seen', () => {
    expect(told(log([10, { a: 'CREATED' }]), 'a')).toEqual([['CREATED', 'SNAPSHOT', 10, null]]);
  });

  it('is newest first, each state from when it was seen till the next was', () => {
    const seen = log([10, { a: 'CREATED' }], [20, { a: 'CHALLENGED' }], [50, { a: 'CONNECTED' }]);
    expect(told(seen, 'a')).toEqual([
      ['CONNECTED', 'POLL', 50, null],
      ['CHALLENGED', 'POLL', 20, 50],
      ['CREATED', 'SNAPSHOT', 10, 20],
    ]);
  });

  it('has nothing in it of other members', () => {
    const seen = log([10, { a: 'CREATED', b: 'CREATED' }], [20, { a: 'CREATED', b: 'DENIED' }]);
    expect(told(seen, 'a')).toEqual([['CREATED', 'SNAPSHOT', 10, null]]);
  });

  it('begins with the change by which the member came', () => {
    expect(told(log([10, {}], [20, { a: 'CREATED' }]), 'a')).toEqual([['CREATED', 'POLL', 20, null]]);
  });

  it('ends where the member went', () => {
    expect(told(log([10, { a: 'CREATED' }], [30, {}]), 'a')).toEqual([['CREATED', 'SNAPSHOT', 10, 30]]);
  });

  it('is empty for a member that was never seen, and a user that was not', () => {
    expect(told(log([10, { b: 'CREATED' }]), 'a')).toEqual([]);
    expect(told({ record: null, changes: [] }, 'a')).toEqual([]);
  });

  it('goes back no further than the changes that are kept', () => {
    const { record, changes } = log([10, { a: 'CREATED' }], [20, { a: 'DENIED' }], [50, { a: 'CONNECTED' }]);
    expect(told({ record, changes: changes.slice(1) }, 'a')).toEqual([
      ['CONNECTED', 'POLL', 50, null],
      ['DENIED', 'SNAPSHOT', 20, 50],
    ]);
  });
});
