import { describe, expect, it } from 'vitest';

import { decodeCursor, detectChanges, encodeCursor } from '../../../src/status/change.js';
import type { MemberState, Observation, Swap, UserRecord } from '../../../src/status/change.js';

const state = (status: string | null, more: Partial<MemberState> = {}): MemberState => ({
  status,
  isBeingAggregated: false,
  isOauth: false,
  ...more,
});

const CONNECTED = state('CONNECTED');
const DENIED = state('DENIED');

/** A whole list, unless it is said to be a part. */
const seen = (
  observedAt: number,
  states: Record<string, MemberState | null>,
  more: Partial<Observation> = {},
): Observation => ({
  cause: 'POLL',
  observedAt,
  isWhole: true,
  states: new Map(Object.entries(states)),
  ...more,
});

/** What comes of observations one after the other. */
function play(...observations: readonly Observation[]): Swap {
  let record: UserRecord | null = null;
  let changes: Swap['changes'] = [];
  for (const observation of observations) ({ record, changes } = detectChanges(record, observation));
  return { record, changes };
}

describe('the decision what an observation changes', () => {
  it('takes what is seen first for where things stand, not for changes', () => {
    const { record, changes } = play(seen(10, { a: CONNECTED, b: state(null) }));
    expect(changes).toEqual([]);
    expect(record).toMatchObject({
      n: 0,
      ms: 0,
      members: { a: { status: 'CONNECTED', since: 10 }, b: { status: null } },
    });
  });

  it('does not begin with a part of a list, which would make the rest of it look new', () => {
    expect(play(seen(10, { a: CONNECTED }, { isWhole: false }))).toEqual({ record: null, changes: [] });
  });

  it('tells a change with what was, what is, and what brought it', () => {
    const { changes } = play(seen(10, { a: DENIED }), seen(20, { a: CONNECTED }, { cause: 'WEBHOOK' }));
    expect(changes).toEqual([
      {
        n: 1,
        ms: 20,
        memberGuid: 'a',
        previous: { ...DENIED, since: 10 },
        next: CONNECTED,
        cause: 'WEBHOOK',
        observedAt: 20,
      },
    ]);
  });

  it('finds no change in equal states, and remembers that they were seen', () => {
    const { record, changes } = play(seen(10, { a: DENIED }), seen(20, { a: DENIED }));
    expect(changes).toEqual([]);
    expect(record?.members['a']).toMatchObject({ since: 10, seenAt: 20 });
  });

  it.each([
    ['a job that begins', { isBeingAggregated: true }],
    ['another way to sign in', { isOauth: true }],
  ])('counts %s as a change', (_, more) => {
    expect(play(seen(10, { a: DENIED }), seen(20, { a: { ...DENIED, ...more } })).changes).toHaveLength(1);
  });

  it('refuses what was asked for earlier than what is known, for each member by itself', () => {
    const { record, changes } = play(
      seen(10, { a: DENIED, b: DENIED }),
      seen(30, { a: CONNECTED }, { isWhole: false, cause: 'MUTATION' }),
      seen(20, { a: DENIED, b: CONNECTED }),
    );
    expect(changes).toMatchObject([{ memberGuid: 'b', n: 2 }]);
    expect(record?.members).toMatchObject({ a: { status: 'CONNECTED' }, b: { status: 'CONNECTED' } });
  });

  it('tells of a member that has gone, and of one that has come', () => {
    const { changes } = play(seen(10, { a: DENIED }), seen(20, { b: CONNECTED }));
    expect(changes).toMatchObject([
      { n: 1, memberGuid: 'b', previous: null, next: CONNECTED },
      { n: 2, memberGuid: 'a', previous: DENIED, next: null },
    ]);
  });

  it('tells of a member that was deleted by a mutation, and does not see it come back in an older list', () => {
    const deleted = seen(30, { a: null }, { isWhole: false, cause: 'MUTATION' });
    expect(play(seen(10, { a: DENIED }), deleted).changes).toMatchObject([{ cause: 'MUTATION', next: null }]);
    const late = play(seen(10, { a: DENIED }), deleted, seen(20, { a: DENIED }));
    expect(late.changes).toEqual([]);
    expect(late.record?.members).toEqual({});
  });

  it('does not take a member for gone because an older list had not heard of it', () => {
    const made = seen(30, { a: CONNECTED }, { isWhole: false, cause: 'MUTATION' });
    expect(play(seen(10, {}), made, seen(20, {})).changes).toEqual([]);
    expect(play(seen(10, {}), made, seen(40, {})).changes).toMatchObject([{ memberGuid: 'a', next: null }]);
  });

  it('never tells of a member that went before it was known', () => {
    const { changes } = play(seen(10, {}), seen(20, { a: null }, { isWhole: false }));
    expect(changes).toEqual([]);
  });

  it('numbers changes without a gap, at times that never go back', () => {
    const { record, changes } = play(
      seen(10, { a: DENIED, b: DENIED }),
      seen(50, { a: CONNECTED }, { isWhole: false }),
      seen(40, { b: CONNECTED }, { isWhole: false }),
    );
    expect(changes).toMatchObject([{ n: 2, ms: 50, observedAt: 40 }]);
    expect(record).toMatchObject({ n: 2, ms: 50 });
  });

  it('does not touch the record that it is given', () => {
    const { record } = play(seen(10, { a: DENIED }));
    const before = structuredClone(record);
    detectChanges(record, seen(20, { b: CONNECTED }));
    expect(record).toEqual(before);
  });

  it('forgets members that went long ago', () => {
    const { record } = play(seen(10, { a: DENIED }), seen(20, {}), seen(20 + 700_000, {}));
    expect(record?.gone).toEqual({});
  });
});

describe('a cursor', () => {
  it('reads as what it was made of', () => {
    const position = { epoch: 'AbC-_019', n: 12, ms: 1_795_372_754_508 };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each(['', 'x', 'cm93OjE', Buffer.from('AbC-_019.1').toString('base64url'), '💥', 'A'.repeat(10_000)])(
    'is not %j',
    (text) => {
      expect(decodeCursor(text)).toBeNull();
    },
  );
});
