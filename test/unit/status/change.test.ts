import { describe, expect, it } from 'vitest';

import { detectChanges } from '../../../src/status/change.js';
import { decodeCursor, encodeCursor } from '../../../src/status/cursor.js';
import { digestOfChallenges } from '../../../src/status/observed-state.js';
import type { Swap, UserRecord } from '../../../src/status/change.js';
import type { Observation } from '../../../src/status/observation.js';
import type { MemberState } from '../../../src/status/member-state.js';

const state = (status: string | null, more: Partial<MemberState> = {}): MemberState => ({
  status,
  isBeingAggregated: false,
  isOauth: false,
  ...more,
});

const CONNECTED = state('CONNECTED');
const DENIED = state('DENIED');

/** An observation of the whole list by default. */
const seen = (
  observedAt: number,
  states: Record<string, MemberState | null>,
  more: Partial<Observation> = {},
): Observation => ({
  cause: 'POLL',
  observedAt,
  coverage: 'ALL',
  states: new Map(Object.entries(states)),
  ...more,
});

/** The result of the last of several observations. */
function play(...observations: readonly Observation[]): Swap {
  let record: UserRecord | null = null;
  let changes: Swap['changes'] = [];
  for (const observation of observations) ({ record, changes } = detectChanges(record, observation));
  return { record, changes };
}

describe('detectChanges', () => {
  it('stores the first observation without reporting changes', () => {
    const { record, changes } = play(seen(10, { a: CONNECTED, b: state(null) }));
    expect(changes).toEqual([]);
    expect(record).toMatchObject({
      n: 0,
      ms: 0,
      members: { a: { status: 'CONNECTED', since: 10 }, b: { status: null } },
    });
  });

  it('does not start from the member of a write, because the rest would look new', () => {
    expect(play(seen(10, { a: CONNECTED }, { coverage: 'ONE' }))).toEqual({ record: null, changes: [] });
  });

  it('starts from a list that is not whole: nothing more is known', () => {
    const { record, changes } = play(seen(10, { a: CONNECTED }, { coverage: 'SOME' }));
    expect(changes).toEqual([]);
    expect(record?.members).toMatchObject({ a: { status: 'CONNECTED' } });
  });

  it('reports a change with the previous state, the next state and the cause', () => {
    const { changes } = play(seen(10, { a: DENIED }), seen(20, { a: CONNECTED }, { cause: 'WEBHOOK' }));
    expect(changes).toEqual([
      {
        n: 1,
        ms: 20,
        memberGuid: 'a',
        previous: { ...DENIED, since: 10 },
        next: CONNECTED,
        cause: 'WEBHOOK',
        kinds: ['STATUS'],
        observedAt: 20,
      },
    ]);
  });

  it('reports no change for an equal state, but updates when it was seen', () => {
    const { record, changes } = play(seen(10, { a: DENIED }), seen(20, { a: DENIED }));
    expect(changes).toEqual([]);
    expect(record?.members['a']).toMatchObject({ since: 10, seenAt: 20 });
  });

  it.each([
    ['a job that starts', { isBeingAggregated: true }],
    ['a switch to OAuth', { isOauth: true }],
  ])('reports %s as a change', (_, more) => {
    expect(play(seen(10, { a: DENIED }), seen(20, { a: { ...DENIED, ...more } })).changes).toHaveLength(1);
  });

  it('ignores an observation that is older than the stored state of the member', () => {
    const { record, changes } = play(
      seen(10, { a: DENIED, b: DENIED }),
      seen(30, { a: CONNECTED }, { coverage: 'ONE', cause: 'MUTATION' }),
      seen(20, { a: DENIED, b: CONNECTED }),
    );
    expect(changes).toMatchObject([{ memberGuid: 'b', n: 2 }]);
    expect(record?.members).toMatchObject({ a: { status: 'CONNECTED' }, b: { status: 'CONNECTED' } });
  });

  it('reports a deleted and a new member', () => {
    const gone = { a: null, b: CONNECTED };
    const { changes } = play(seen(10, { a: DENIED }), seen(20, gone, { coverage: 'SOME' }));
    expect(changes).toMatchObject([
      { n: 1, memberGuid: 'a', previous: DENIED, next: null },
      { n: 2, memberGuid: 'b', previous: null, next: CONNECTED },
    ]);
  });

  it('believes that a member was deleted only when a second list of all members lacks it', () => {
    const begin = [seen(10, { a: DENIED, b: DENIED }), seen(20, { b: DENIED })];
    expect(play(...begin).changes).toEqual([]);
    expect(play(...begin).record?.members).toMatchObject({ a: { status: 'DENIED', missingAt: 20 } });
    const partial = seen(25, { b: DENIED }, { coverage: 'SOME' });
    expect(play(...begin, partial).changes).toEqual([]);
    expect(play(...begin, partial, seen(30, { b: DENIED })).changes).toMatchObject([
      { memberGuid: 'a', previous: DENIED, next: null, observedAt: 30 },
    ]);
  });

  it('forgets that a member was missing once it is seen again', () => {
    const observations = [seen(10, { a: DENIED }), seen(20, {}), seen(30, { a: DENIED }), seen(40, {})];
    expect(play(...observations).changes).toEqual([]);
    expect(play(...observations).record?.members).toMatchObject({ a: { missingAt: 40 } });
  });

  it('reports a member that a mutation deleted, and ignores it in an older list', () => {
    const deleted = seen(30, { a: null }, { coverage: 'ONE', cause: 'MUTATION' });
    expect(play(seen(10, { a: DENIED }), deleted).changes).toMatchObject([{ cause: 'MUTATION', next: null }]);
    const late = play(seen(10, { a: DENIED }), deleted, seen(20, { a: DENIED }));
    expect(late.changes).toEqual([]);
    expect(late.record?.members).toEqual({});
  });

  it('does not report a member as deleted because an older list lacks it', () => {
    const made = seen(30, { a: CONNECTED }, { coverage: 'ONE', cause: 'MUTATION' });
    expect(play(seen(10, {}), made, seen(20, {})).changes).toEqual([]);
    expect(play(seen(10, {}), made, seen(40, {}), seen(20, {})).changes).toEqual([]);
    expect(play(seen(10, {}), made, seen(40, {}), seen(50, {})).changes).toMatchObject([
      { memberGuid: 'a', next: null },
    ]);
  });

  it('reports nothing for a deleted member that was never stored', () => {
    const { changes } = play(seen(10, {}), seen(20, { a: null }, { coverage: 'ONE' }));
    expect(changes).toEqual([]);
  });

  it('numbers changes without a gap and with times that never decrease', () => {
    const { record, changes } = play(
      seen(10, { a: DENIED, b: DENIED }),
      seen(50, { a: CONNECTED }, { coverage: 'ONE' }),
      seen(40, { b: CONNECTED }, { coverage: 'ONE' }),
    );
    expect(changes).toMatchObject([{ n: 2, ms: 50, observedAt: 40 }]);
    expect(record).toMatchObject({ n: 2, ms: 50 });
  });

  it('does not modify the given record', () => {
    const { record } = play(seen(10, { a: DENIED }));
    const before = structuredClone(record);
    detectChanges(record, seen(20, { b: CONNECTED }));
    expect(record).toEqual(before);
  });

  it('removes members that were deleted long ago', () => {
    const { record } = play(seen(10, { a: DENIED }), seen(15, {}), seen(20, {}), seen(20 + 700_000, {}));
    expect(record?.gone).toEqual({});
  });
});

describe('a cursor', () => {
  it('decodes to the position that it was made from', () => {
    const position = { epoch: 'AbC-_019', n: 12, ms: 1_795_372_754_508 };
    expect(decodeCursor(encodeCursor(position))).toEqual(position);
  });

  it.each([
    ['an empty string', ''],
    ['one letter', 'x'],
    ['base64 of something else', 'cm93OjE'],
    ['a position without a time', Buffer.from('AbC-_019.1').toString('base64url')],
    ['an emoji', '💥'],
    ['a string of 10,000 characters', 'A'.repeat(10_000)],
  ])('is not decoded from %s', (_, text) => {
    expect(decodeCursor(text)).toBeNull();
  });
});

describe('the challenges of a member', () => {
  const CHALLENGED = state('CHALLENGED', { isBeingAggregated: true });
  const asked = (observedAt: number, guid: string, more: Partial<Observation> = {}): Observation => ({
    ...seen(observedAt, {}),
    coverage: 'ONE',
    challenges: new Map([['a', digestOfChallenges([{ guid }])]]),
    ...more,
  });
  const byWebhook = { cause: 'WEBHOOK' } as const;
  const changed = [seen(10, { a: DENIED }), seen(20, { a: CHALLENGED })];

  it('are a change if others were known, by a webhook or not', () => {
    for (const cause of ['WEBHOOK', 'POLL'] as const) {
      const { changes, record } = play(...changed, asked(30, 'q1'), asked(40, 'q2', { cause }));
      expect(changes).toEqual([
        {
          n: 2,
          ms: 40,
          memberGuid: 'a',
          previous: { ...CHALLENGED, since: 20 },
          next: CHALLENGED,
          cause,
          kinds: ['CHALLENGE'],
          observedAt: 40,
        },
      ]);
      expect(record).toMatchObject({ n: 2, ms: 40, members: { a: { since: 20, seenAt: 20 } } });
    }
  });

  it('are no change if they are the same, in any order', () => {
    const both = (first: string, second: string) => digestOfChallenges([{ guid: first }, { guid: second }]);
    expect(both('q1', 'q2')).toBe(both('q2', 'q1'));
    expect(both('q1', 'q2')).not.toBe(both('q1', 'q3'));
    expect(play(...changed, asked(30, 'q1'), asked(40, 'q1', byWebhook)).changes).toEqual([]);
  });

  it('that are read first after a change belong to it', () => {
    expect(play(...changed, asked(30, 'q1', byWebhook)).changes).toEqual([]);
  });

  it('are a change if nobody knew of any and a webhook tells of them, but not if a client asked for them', () => {
    const first = seen(10, { a: CHALLENGED });
    expect(play(first, asked(20, 'q1', byWebhook)).changes).toHaveLength(1);
    expect(play(first, asked(20, 'q1', byWebhook), asked(30, 'q1', byWebhook)).changes).toEqual([]);
    expect(play(first, asked(20, 'q1')).changes).toEqual([]);
    expect(play(first, asked(20, 'q1'), asked(30, 'q2')).changes).toHaveLength(1);
  });

  it('stay known while the state is the same, and not longer', () => {
    const known = [...changed, asked(30, 'q1'), seen(40, { a: CHALLENGED })];
    expect(play(...known, asked(50, 'q1', byWebhook)).changes).toEqual([]);
    expect(play(...known, asked(50, 'q2', byWebhook)).changes).toHaveLength(1);
    const again = [...known, seen(50, { a: DENIED }), seen(60, { a: CHALLENGED })];
    expect(play(...again).record?.members['a']?.challenges).toEqual({ digest: null, seenAt: 60 });
    expect(play(...again, asked(70, 'q2', byWebhook)).changes).toEqual([]);
  });

  it('are ignored if the read is older than the known ones, or than the state', () => {
    expect(play(...changed, asked(30, 'q2'), asked(25, 'q1')).changes).toEqual([]);
    expect(play(...changed, asked(15, 'q1'), asked(30, 'q2')).changes).toEqual([]);
  });

  it('are ignored if the member is not CHALLENGED, not known or deleted', () => {
    const elsewhere = play(seen(10, { a: DENIED, b: DENIED }), asked(20, 'q1'));
    expect(elsewhere.record?.members['a']).not.toHaveProperty('challenges');
    expect(play(seen(10, { b: DENIED }), asked(20, 'q1')).record?.members).not.toHaveProperty('a');
    expect(play(asked(20, 'q1'))).toEqual({ record: null, changes: [] });
  });
});
