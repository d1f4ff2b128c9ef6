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
    observedMs: n,
    position: { epoch: 'e', n, ms: n },
    isReset: false,
    ...more,
  };
}

function drain(mailbox: EventQueue): (StatusEvent | StreamError)[] {
  const items = [];
  for (let item = mailbox.shift(); item; item = mailbox.shift()) items.push(item);
  return items;
}

describe('a mailbox', () => {
  it('gives what was put in, in its order', () => {
    const mailbox = new EventQueue();
    const events = [event(1, 'a'), event(2, 'b'), event(3, 'a')];
    for (const one of events) mailbox.push(one);
    expect(drain(mailbox)).toEqual(events);
    expect(mailbox.shift()).toBeUndefined();
  });

  it('keeps the latest of each member, and no more, for a reader who does not come', () => {
    const mailbox = new EventQueue();
    for (let n = 1; n <= 10_000; n += 1) {
      mailbox.push(event(n, `m${n % 25}`));
      expect(mailbox.size).toBeLessThanOrEqual(125);
    }
    const left = drain(mailbox) as StatusEvent[];
    const latest = new Map(left.map((one) => [one.memberGuid, one.position.n]));
    expect(latest).toEqual(
      new Map(Array.from({ length: 25 }, (_, at) => [`m${(9_976 + at) % 25}`, 9_976 + at])),
    );
    expect(left.map(({ position }) => position.n)).toEqual(
      left.map(({ position }) => position.n).sort((a, b) => a - b),
    );
  });

  it('says, of changes that it made one of, from where they began to where they ended', () => {
    const mailbox = new EventQueue();
    for (let n = 1; n <= 101; n += 1) mailbox.push(event(n, 'a'));
    expect(drain(mailbox)).toMatchObject([
      { previous: { status: 'S0' }, next: { status: 'S100' } },
      { previous: { status: 'S100' }, next: { status: 'S101' } },
    ]);
  });

  it('leaves nothing out of what was missed, however much that is, as long as it is read', () => {
    const mailbox = new EventQueue();
    const missed = Array.from({ length: 1_000 }, (_, at) => event(at + 1, 'a'));
    mailbox.pushAll(missed);
    for (let n = 1_001; n <= 1_050; n += 1) mailbox.push(event(n, 'a'));
    expect(drain(mailbox)).toHaveLength(1_050);
    for (let n = 1; n <= 500; n += 1) mailbox.push(event(n, 'a'));
    expect(mailbox.size).toBeLessThanOrEqual(101);
  });

  it('does not lose that a reset came before', () => {
    const mailbox = new EventQueue();
    mailbox.push(event(1, 'a', { cause: 'SNAPSHOT', previous: null, isReset: true }));
    for (let n = 2; n <= 200; n += 1) mailbox.push(event(n, 'a'));
    expect((drain(mailbox)[0] as StatusEvent).isReset).toBe(true);
  });

  it('forgets faults first', () => {
    const mailbox = new EventQueue();
    for (let n = 1; n <= 300; n += 1) mailbox.push(new StreamError(new Error('down')));
    mailbox.push(event(1, 'a'));
    expect(mailbox.size).toBeLessThanOrEqual(101);
  });
});
