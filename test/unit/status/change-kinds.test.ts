import { describe, expect, it } from 'vitest';

import { detectChanges } from '../../../src/status/change.js';
import type { StatusChange, UserRecord } from '../../../src/status/change.js';
import type { Observation } from '../../../src/status/observation.js';
import type { MemberState } from '../../../src/status/member-state.js';
import type { DataNews } from '../../../src/status/data-news.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const T0 = 1_790_000_000_000;

const connected = (more: Partial<MemberState> = {}): MemberState => ({
  status: 'CONNECTED',
  isBeingAggregated: false,
  isOauth: false,
  freshness: 'FRESH',
  dataAt: T0,
  ...more,
});

/** A user with one member, whose observations follow one another. */
class Log {
  record: UserRecord | null = null;
  readonly changes: StatusChange[] = [];
  #at = T0;

  see(state: MemberState | null, more: Partial<Observation> = {}): readonly StatusChange[] {
    return this.observe({ states: new Map([['a', state]]), coverage: 'SOME', ...more });
  }

  tell(news: Partial<DataNews> & Pick<DataNews, 'completedAt'>): readonly StatusChange[] {
    const told = { id: `JOB-${news.completedAt}`, created: 3, updated: 1, ...news };
    return this.observe({
      states: new Map(),
      coverage: 'ONE',
      cause: 'WEBHOOK',
      news: new Map([['a', told]]),
    });
  }

  age(dataAt: number, freshness: 'FRESH' | 'LATE' | 'STALE'): readonly StatusChange[] {
    const ages = new Map([['a', { dataAt, freshness }]]);
    return this.observe({ states: new Map(), coverage: 'ONE', cause: 'CLOCK', ages });
  }

  observe(observation: Omit<Observation, 'observedAt' | 'cause'> & Partial<Observation>) {
    this.#at += 10;
    const swap = detectChanges(this.record, { cause: 'POLL', observedAt: this.#at, ...observation });
    // As if it had been stored.
    this.record = JSON.parse(JSON.stringify(swap.record)) as UserRecord;
    this.changes.push(...swap.changes);
    return swap.changes;
  }
}

function logFrom(state: MemberState): Log {
  const log = new Log();
  log.see(state);
  return log;
}

const kindsOf = (changes: readonly StatusChange[]) => changes.map(({ kinds }) => kinds);

describe('a difference between two observations', () => {
  it.each<[string, MemberState, MemberState, readonly string[]]>([
    ['another status', connected(), connected({ status: 'LOCKED' }), ['STATUS']],
    ['OAuth', connected(), connected({ isOauth: true }), ['STATUS']],
    ['a job', connected(), connected({ isBeingAggregated: true }), ['JOB']],
    ['newer data', connected(), connected({ dataAt: T0 + 1 }), ['DATA']],
    ['an error that appears', connected(), connected({ errorCode: '2005' }), ['ERROR']],
    ['another error', connected({ errorCode: '1' }), connected({ errorCode: '2' }), ['ERROR']],
    ['an error that disappears', connected({ errorCode: '1' }), connected(), ['ERROR']],
    ['wanted credentials', connected(), connected({ needsUpdatedCredentials: true }), ['ERROR']],
    ['older data', connected(), connected({ freshness: 'LATE' }), ['FRESHNESS']],
    [
      'the first data',
      { status: 'CREATED', isBeingAggregated: true, isOauth: false, freshness: 'NEVER' },
      connected(),
      ['STATUS', 'DATA', 'JOB', 'FRESHNESS'],
    ],
    [
      'everything at once',
      connected({ errorCode: '1', freshness: 'STALE', isBeingAggregated: true }),
      connected({ status: 'DENIED', errorCode: '2', dataAt: T0 + HOUR_MS }),
      ['STATUS', 'ERROR', 'DATA', 'JOB', 'FRESHNESS'],
    ],
  ])('is one change of its kinds, the weightiest first: %s', (...[, before, after, kinds]) => {
    const log = logFrom(before);
    expect(log.see(after)).toMatchObject([{ kinds, previous: before, next: after, cause: 'POLL' }]);
    expect(log.see(after)).toEqual([]);
  });

  it('is STATUS for a new member, and DELETED for one that is gone', () => {
    const log = new Log();
    log.observe({ states: new Map(), coverage: 'ALL' });
    expect(log.see(connected())).toMatchObject([{ kinds: ['STATUS'], previous: null }]);
    expect(log.see(null)).toMatchObject([{ kinds: ['DELETED'], next: null }]);
  });

  it('is none if a list lags: data gets neither older nor lost', () => {
    const log = logFrom(connected());
    expect(kindsOf(log.see(connected({ dataAt: T0 + HOUR_MS })))).toEqual([['DATA']]);
    expect(log.see(connected({ freshness: 'STALE' }))).toEqual([]);
    const without = connected({ freshness: 'NEVER' });
    Reflect.deleteProperty(without, 'dataAt');
    expect(log.see(without)).toEqual([]);
    expect(log.see(connected({ dataAt: T0 + HOUR_MS }))).toEqual([]);
    expect(log.record?.members['a']).toMatchObject({ dataAt: T0 + HOUR_MS, freshness: 'FRESH' });
    expect(kindsOf(log.see(connected({ dataAt: T0 + 2 * HOUR_MS })))).toEqual([['DATA']]);
  });

  it('is none if the list after the first one lags', () => {
    const log = logFrom(connected());
    for (const dataAt of [T0 - 30 * HOUR_MS, T0]) expect(log.see(connected({ dataAt }))).toEqual([]);
  });

  it('is FRESHNESS if the time of the data is set back, and no list can lag so far', () => {
    const stale = connected({ dataAt: T0 - 100 * HOUR_MS, freshness: 'STALE' });
    expect(kindsOf(logFrom(connected()).see(stale, { observedAt: T0 + 10_001 }))).toEqual([['FRESHNESS']]);
    const log = logFrom(connected());
    log.see(connected({ dataAt: T0 + HOUR_MS }));
    const { seenAt = 0 } = log.record?.members['a'] ?? {};
    expect(log.see(stale, { observedAt: seenAt + 10_000 })).toEqual([]);
    expect(kindsOf(log.see(stale, { observedAt: seenAt + 10_001 }))).toEqual([['FRESHNESS']]);
  });

  it('is none if the clocks of instances differ: the same data does not get fresh again', () => {
    const log = logFrom(connected());
    expect(kindsOf(log.see(connected({ freshness: 'LATE' })))).toEqual([['FRESHNESS']]);
    for (const freshness of ['FRESH', 'LATE', 'FRESH'] as const)
      expect(log.see(connected({ freshness }))).toEqual([]);
    expect(kindsOf(log.see(connected({ freshness: 'STALE' })))).toEqual([['FRESHNESS']]);
    expect(log.see(connected({ freshness: 'LATE' }))).toEqual([]);
    expect(kindsOf(log.see(connected({ dataAt: T0 + 1 })))).toEqual([['DATA', 'FRESHNESS']]);
  });

  it('is none if only the version before has not stored it', () => {
    const old = { status: 'FAILED', isBeingAggregated: false, isOauth: false };
    const log = logFrom(old);
    const next = connected({ status: 'FAILED', errorCode: '3000', needsUpdatedCredentials: true });
    const { since } = log.record?.members['a'] ?? {};
    expect(log.see(next)).toEqual([]);
    expect(log.record?.members['a']).toMatchObject({ ...next, since });
    expect(kindsOf(log.see({ ...next, errorCode: '3001' }))).toEqual([['ERROR']]);
    expect(kindsOf(logFrom(old).see({ ...next, isBeingAggregated: true }))).toEqual([['JOB']]);
  });

  it('of a manual member is told although it has no freshness', () => {
    const manual = { status: 'CONNECTED', isBeingAggregated: false, isOauth: false };
    expect(kindsOf(logFrom(manual).see({ ...manual, errorCode: '1' }))).toEqual([['ERROR']]);
  });
});

describe('data that gets old by the clock', () => {
  it('is a change that is no read: one that began before still counts', () => {
    const log = logFrom(connected());
    const { seenAt = 0 } = log.record?.members['a'] ?? {};
    expect(log.age(T0, 'LATE')).toMatchObject([
      { kinds: ['FRESHNESS'], cause: 'CLOCK', observedAt: seenAt, next: { freshness: 'LATE' } },
    ]);
    expect(log.age(T0, 'LATE')).toEqual([]);
    expect(log.age(T0, 'FRESH')).toEqual([]);
    const late = { observedAt: seenAt + 1 };
    expect(kindsOf(log.see(connected({ status: 'LOCKED' }), late))).toEqual([['STATUS']]);
  });

  it('is none if there is newer data, and for an unknown member', () => {
    const log = logFrom(connected({ dataAt: T0 + 1 }));
    expect(log.age(T0, 'STALE')).toEqual([]);
    const empty = new Log();
    empty.observe({ states: new Map(), coverage: 'ALL' });
    expect(empty.age(T0, 'STALE')).toEqual([]);
  });

  it('begins a new period only when it changes how the member is read', () => {
    const log = logFrom(connected());
    const { since = 0 } = log.record?.members['a'] ?? {};
    log.age(T0, 'LATE');
    expect(log.record?.members['a']?.since).toBe(since);
    log.age(T0, 'STALE');
    expect(log.record?.members['a']?.since).toBeGreaterThan(since);
  });
});

describe('what a webhook tells of new data', () => {
  const COUNTS = { created: 3, updated: 1 };
  const END = T0 + HOUR_MS;
  const isTold = (changes: readonly StatusChange[]) => changes.map(({ counts }) => counts ?? null);

  it('is told with the change that shows the data, and not before', () => {
    const log = logFrom(connected());
    expect(log.tell({ completedAt: END })).toEqual([]);
    expect(log.see(connected())).toEqual([]);
    expect(isTold(log.see(connected({ status: 'LOCKED' })))).toEqual([null]);
    expect(isTold(log.see(connected({ dataAt: END + 4 * MINUTE_MS })))).toEqual([COUNTS]);
  });

  it('is told once, however often the webhook comes', () => {
    const log = logFrom(connected());
    for (let copy = 0; copy < 3; copy += 1) log.tell({ completedAt: END });
    expect(isTold(log.see(connected({ dataAt: END + 900 })))).toEqual([COUNTS]);
    expect(log.tell({ completedAt: END })).toEqual([]);
    expect(isTold(log.see(connected({ dataAt: END + 2_000 })))).toEqual([null]);
  });

  it('is not told of data of another time, nor of data that was known before the webhook came', () => {
    const log = logFrom(connected());
    log.tell({ completedAt: END });
    expect(isTold(log.see(connected({ dataAt: END - 6 * MINUTE_MS })))).toEqual([null]);
    expect(isTold(log.see(connected({ dataAt: END + 500 })))).toEqual([COUNTS]);
    const polled = logFrom(connected({ dataAt: END + 500 }));
    polled.tell({ completedAt: END });
    expect(isTold(polled.see(connected({ dataAt: END + MINUTE_MS })))).toEqual([null]);
  });

  it('is the latest, if webhooks come out of order, also for jobs that end within a second', () => {
    const log = logFrom(connected());
    log.tell({ completedAt: END, created: 9 });
    log.tell({ completedAt: T0 + MINUTE_MS, created: 1 });
    expect(isTold(log.see(connected({ dataAt: END })))).toEqual([{ created: 9, updated: 1 }]);
    log.tell({ completedAt: END, id: 'JOB-other', created: 7 });
    expect(isTold(log.see(connected({ dataAt: END + 300 })))).toEqual([{ created: 7, updated: 1 }]);
  });

  it('is forgotten for a member that is not known', () => {
    const log = new Log();
    expect(log.tell({ completedAt: END })).toEqual([]);
    log.observe({ states: new Map(), coverage: 'ALL' });
    log.tell({ completedAt: END });
    expect(log.record?.members).toEqual({});
  });
});
