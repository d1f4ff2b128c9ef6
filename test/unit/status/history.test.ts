import { describe, expect, it } from 'vitest';

import { detectChanges } from '../../../src/status/change.js';
import { digestOfChallenges } from '../../../src/status/observed-state.js';
import type { StatusChange, UserRecord } from '../../../src/status/change.js';
import type { MemberState } from '../../../src/status/member-state.js';
import { toPeriods } from '../../../src/status/history.js';

/** What is stored after a user was observed with these statuses at these times. */
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
    const swap = detectChanges(record, { cause: 'POLL', observedAt, states, coverage: 'ALL' });
    record = swap.record;
    changes.push(...swap.changes);
  }
  return { record, changes };
}

const rowsOf = (...args: Parameters<typeof toPeriods>) =>
  toPeriods(...args).map(({ state, cause, since, until }) => [state.status, cause, since, until]);

describe('the history of a member', () => {
  it('is the current state if nothing else was observed', () => {
    expect(rowsOf(log([10, { a: 'CREATED' }]), 'a')).toEqual([['CREATED', 'SNAPSHOT', 10, null]]);
  });

  it('lists the newest state first, each until the next was observed', () => {
    const seen = log([10, { a: 'CREATED' }], [20, { a: 'CHALLENGED' }], [50, { a: 'CONNECTED' }]);
    expect(rowsOf(seen, 'a')).toEqual([
      ['CONNECTED', 'POLL', 50, null],
      ['CHALLENGED', 'POLL', 20, 50],
      ['CREATED', 'SNAPSHOT', 10, 20],
    ]);
  });

  it('contains nothing of other members', () => {
    const seen = log([10, { a: 'CREATED', b: 'CREATED' }], [20, { a: 'CREATED', b: 'DENIED' }]);
    expect(rowsOf(seen, 'a')).toEqual([['CREATED', 'SNAPSHOT', 10, null]]);
  });

  it('starts with the change that added the member', () => {
    expect(rowsOf(log([10, {}], [20, { a: 'CREATED' }]), 'a')).toEqual([['CREATED', 'POLL', 20, null]]);
  });

  it('ends when the member was deleted', () => {
    expect(rowsOf(log([10, { a: 'CREATED' }], [20, {}], [30, {}]), 'a')).toEqual([
      ['CREATED', 'SNAPSHOT', 10, 30],
    ]);
  });

  it('is empty for a member or user that was never observed', () => {
    expect(rowsOf(log([10, { b: 'CREATED' }]), 'a')).toEqual([]);
    expect(rowsOf({ record: null, changes: [] }, 'a')).toEqual([]);
  });

  it('goes back only as far as the stored changes', () => {
    const { record, changes } = log([10, { a: 'CREATED' }], [20, { a: 'DENIED' }], [50, { a: 'CONNECTED' }]);
    expect(rowsOf({ record, changes: changes.slice(1) }, 'a')).toEqual([
      ['CONNECTED', 'POLL', 50, null],
      ['DENIED', 'SNAPSHOT', 20, 50],
    ]);
  });
});

describe('other challenges', () => {
  it('do not start another period', () => {
    const { record, changes } = log([10, { a: 'DENIED' }], [20, { a: 'CHALLENGED' }]);
    const read = (known: UserRecord | null, observedAt: number, guid: string) =>
      detectChanges(known, {
        ...{ cause: 'WEBHOOK', observedAt, states: new Map(), coverage: 'ONE' },
        challenges: new Map([['a', digestOfChallenges([{ guid }])]]),
      });
    const first = read(record, 30, 'q1');
    const second = read(first.record, 40, 'q2');
    expect(second.changes).toHaveLength(1);
    const stored = { record: second.record, changes: [...changes, ...second.changes] };
    expect(rowsOf(stored, 'a')).toEqual([
      ['CHALLENGED', 'POLL', 20, null],
      ['DENIED', 'SNAPSHOT', 10, 20],
    ]);
  });
});
