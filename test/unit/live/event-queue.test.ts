import { describe, expect, it } from 'vitest';

import { EventQueue, StreamError } from '../../../src/live/event-queue.js';
import type { StatusEvent } from '../../../src/live/event-queue.js';

const stateOf = (status: string) => ({ status, isBeingAggregated: false, isOauth: false });

function event(n: number, memberGuid: string, more: Partial<StatusEvent> = {}): StatusEvent {
  return {
    userGuid: 'u',
    memberGuid,
    previous: stateOf(`S${n - 1}`),
    next: stateOf(`S${n}`),
    cause: 'POLL',
    kinds: ['STATUS'],
    observedMs: n,
    position: { epoch: 'e', n, ms: n },
    isReset: false,
    isSnapshotEnd: false,
    ...more,
  };
}

function drain(queue: EventQueue): (StatusEvent | StreamError)[] {
  const items = [];
  for (let item = queue.shift(); item; item = queue.shift()) items.push(item);
  return items;
}

describe('EventQueue', () => {
  it('returns events in the order in which they were added', () => {
    const queue = new EventQueue();
    const events = [event(1, 'a'), event(2, 'b'), event(3, 'a')];
    for (const one of events) queue.push(one);
    expect(drain(queue)).toEqual(events);
    expect(queue.shift()).toBeUndefined();
  });

  it('stays bounded for a slow reader, and keeps the latest event of each member', () => {
    const queue = new EventQueue();
    for (let n = 1; n <= 10_000; n += 1) {
      queue.push(event(n, `m${n % 25}`));
      expect(queue.size).toBeLessThanOrEqual(125);
    }
    const left = drain(queue) as StatusEvent[];
    const latest = new Map(left.map((one) => [one.memberGuid, one.position.n]));
    expect(latest).toEqual(
      new Map(Array.from({ length: 25 }, (_, at) => [`m${(9_976 + at) % 25}`, 9_976 + at])),
    );
    expect(left.map(({ position }) => position.n)).toEqual(
      left.map(({ position }) => position.n).sort((a, b) => a - b),
    );
  });

  it('merges changes of a member from the first previous to the last next state', () => {
    const queue = new EventQueue();
    for (let n = 1; n <= 101; n += 1) queue.push(event(n, 'a'));
    expect(drain(queue)).toMatchObject([
      { previous: { status: 'S0' }, next: { status: 'S100' } },
      { previous: { status: 'S100' }, next: { status: 'S101' } },
    ]);
  });

  it('merges none of the missed changes until they are read, however many there are', () => {
    const queue = new EventQueue();
    const missed = Array.from({ length: 1_000 }, (_, at) => event(at + 1, 'a'));
    queue.pushAll(missed);
    for (let n = 1_001; n <= 1_050; n += 1) queue.push(event(n, 'a'));
    expect(drain(queue)).toHaveLength(1_050);
    for (let n = 1; n <= 500; n += 1) queue.push(event(n, 'a'));
    expect(queue.size).toBeLessThanOrEqual(101);
  });

  const snapshotOf = (n: number, memberGuid: string, isReset = false) =>
    event(n, memberGuid, { cause: 'SNAPSHOT', previous: null, isReset, isSnapshotEnd: true });
  const marksOf = (items: readonly (StatusEvent | StreamError)[]) =>
    (items as StatusEvent[]).map((one) => [one.memberGuid, one.isReset, one.isSnapshotEnd]);

  it('marks the last event of a snapshot as its end, and no change after it', () => {
    const queue = new EventQueue();
    queue.pushAll([snapshotOf(1, 'a'), snapshotOf(1, 'b')]);
    queue.push(event(2, 'a'));
    expect(marksOf(drain(queue))).toEqual([
      ['a', false, false],
      ['b', false, true],
      ['a', false, false],
    ]);
  });

  it('marks the first event left as reset, and drops the events that the reset replaces, when it merges events', () => {
    const queue = new EventQueue();
    queue.push(event(1, 'old'));
    queue.pushAll([snapshotOf(1, 'a', true), snapshotOf(1, 'b'), snapshotOf(1, 'c')]);
    for (let n = 2; n <= 201; n += 1) queue.push(event(n, 'a'));
    const marks = marksOf(drain(queue));
    expect(marks.slice(0, 3)).toEqual([
      ['b', true, false],
      ['c', false, false],
      ['a', false, true],
    ]);
    expect(marks.slice(3).some(([, isReset, isEnd]) => isReset || isEnd)).toBe(false);
  });

  it('merges the kinds of changes, the weightiest first, and adds what webhooks counted', () => {
    const queue = new EventQueue();
    const data = { kinds: ['DATA'], counts: { created: 2, updated: null } } as const;
    const merged = (...events: readonly Partial<StatusEvent>[]) => {
      for (let n = 1; n <= 101; n += 1) queue.push(event(n, 'a', events[n - 1] ?? { kinds: ['JOB'] }));
      const [first] = drain(queue) as StatusEvent[];
      return { kinds: first?.kinds, counts: first?.counts };
    };
    expect(merged(data, { kinds: ['ERROR', 'JOB'] })).toEqual({
      kinds: ['ERROR', 'DATA', 'JOB'],
      counts: { created: 2, updated: null },
    });
    expect(merged({ ...data, counts: { created: 2, updated: 1 } }, data)).toEqual({
      kinds: ['DATA', 'JOB'],
      counts: { created: 4, updated: null },
    });
    expect(merged(data, { kinds: ['DATA'] }).counts).toBeUndefined();
  });

  it('drops errors first', () => {
    const queue = new EventQueue();
    for (let n = 1; n <= 300; n += 1) queue.push(new StreamError(new Error('down')));
    queue.push(event(1, 'a'));
    expect(queue.size).toBeLessThanOrEqual(101);
  });
});
