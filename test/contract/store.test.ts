import { expect, it } from 'vitest';

import { MAX_CHANGES_PER_USER } from '../../src/backplane/store.js';
import type { Observation } from '../../src/status/observation.js';
import { describeEachForm } from './forms.js';
import { challengesOf, MEMBER, oneMember, START, stateOf, toLine, USER, wholeList } from './observations.js';

describeEachForm('the status store', (open) => {
  /** A store with one member of the user. */
  async function storeWith(status: string) {
    const { store } = await open();
    await store.swap(USER, wholeList({ [MEMBER]: status }, 0));
    const { record } = await store.readSnapshot(USER, null);
    if (!record) throw new Error('The store has no record of the user.');
    const { epoch } = record;
    return { store, epoch, start: { epoch, n: 0, ms: 0 } };
  }

  it('has no record of a user that was never observed', async () => {
    const { store } = await open();
    expect(await store.readSnapshot(USER, null)).toEqual({ record: null, missedChanges: [] });
    expect(await store.readSnapshot(USER, { epoch: 'AAAAAAAA', n: 0, ms: 0 })).toEqual({
      record: null,
      missedChanges: null,
    });
    expect(await store.history(USER)).toMatchObject({ record: null, changes: [] });
  });

  it('starts with the first whole list, not with a part of one', async () => {
    const { store } = await open();
    expect(await store.swap(USER, oneMember('CONNECTED', 0))).toEqual([]);
    expect((await store.readSnapshot(USER, null)).record).toBeNull();
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 1))).toEqual([]);
    const { record } = await store.readSnapshot(USER, null);
    expect(record).toMatchObject({
      n: 0,
      ms: 0,
      members: { [MEMBER]: { status: 'CONNECTED', since: START + 1 } },
    });
  });

  it('returns a change once, with the previous state', async () => {
    const { store } = await storeWith('CONNECTED');
    const changes = await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 5));
    const previous = { ...stateOf('CONNECTED'), since: START };
    const next = stateOf('CHALLENGED');
    const observedAt = START + 5;
    expect(changes).toEqual([
      {
        n: 1,
        ms: observedAt,
        memberGuid: MEMBER,
        previous,
        next,
        cause: 'POLL',
        kinds: ['STATUS'],
        observedAt,
      },
    ]);
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 6))).toEqual([]);
    expect((await store.history(USER)).changes).toEqual(changes);
  });

  it('returns other challenges of a CHALLENGED member as a change, once', async () => {
    const { store } = await storeWith('CONNECTED');
    await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 5));
    expect(await store.swap(USER, challengesOf('q1', 10))).toEqual([]);
    expect((await store.swap(USER, challengesOf('q2', 20))).map(toLine)).toEqual([
      `2 ${MEMBER} CHALLENGED -> CHALLENGED`,
    ]);
    expect(await store.swap(USER, challengesOf('q2', 30))).toEqual([]);
    expect((await store.history(USER)).changes).toHaveLength(2);
  });

  it('ignores an observation that is older than the stored state', async () => {
    const { store } = await storeWith('CONNECTED');
    await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 5));
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 4))).toEqual([]);
    expect((await store.readSnapshot(USER, null)).record?.members[MEMBER]?.status).toBe('CHALLENGED');
  });

  it('ignores an older observation even if the newer one changed nothing', async () => {
    const { store } = await storeWith('CONNECTED');
    await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 5));
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 4))).toEqual([]);
  });

  it('returns changes for new and deleted members', async () => {
    const { store } = await storeWith('CONNECTED');
    const added = await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED', 'MBR-2': 'CREATED' }, 1));
    expect(await store.swap(USER, wholeList({ 'MBR-2': 'CREATED' }, 2))).toEqual([]);
    const deleted = await store.swap(USER, wholeList({ 'MBR-2': 'CREATED' }, 3));
    expect([...added, ...deleted].map(toLine)).toEqual([
      '1 MBR-2 none -> CREATED',
      '2 MBR-1 CONNECTED -> none',
    ]);
  });

  it('does not restore a deleted member from a list that is older than the deletion', async () => {
    const { store } = await storeWith('CONNECTED');
    await store.swap(USER, oneMember(null, 5));
    expect(await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 4))).toEqual([]);
    expect((await store.swap(USER, wholeList({ [MEMBER]: 'CONNECTED' }, 6))).map(toLine)).toEqual([
      '2 MBR-1 none -> CONNECTED',
    ]);
  });

  it('returns the changes after a position, and none after the last one', async () => {
    const { store, epoch, start } = await storeWith('CONNECTED');
    for (const [at, status] of ['CHALLENGED', 'UPDATED', 'CONNECTED'].entries())
      await store.swap(USER, wholeList({ [MEMBER]: status }, at + 1));
    const missedAfter = async (n: number, ms: number) => {
      const { missedChanges } = await store.readSnapshot(USER, { epoch, n, ms });
      return missedChanges?.map((change) => change.n) ?? null;
    };
    const { missedChanges } = await store.readSnapshot(USER, start);
    expect(missedChanges?.map(toLine)).toEqual([
      '1 MBR-1 CONNECTED -> CHALLENGED',
      '2 MBR-1 CHALLENGED -> UPDATED',
      '3 MBR-1 UPDATED -> CONNECTED',
    ]);
    expect(await missedAfter(2, START + 2)).toEqual([3]);
    expect(await missedAfter(3, START + 3)).toEqual([]);
  });

  it('returns null for a position of another epoch, beyond the last change, or with another time', async () => {
    const { store, epoch } = await storeWith('CONNECTED');
    await store.swap(USER, wholeList({ [MEMBER]: 'CHALLENGED' }, 1));
    const missedAfter = async (position: { epoch: string; n: number; ms: number }) =>
      (await store.readSnapshot(USER, position)).missedChanges;
    expect(await missedAfter({ epoch: 'AAAAAAAA', n: 0, ms: 0 })).toBeNull();
    expect(await missedAfter({ epoch, n: 2, ms: START + 2 })).toBeNull();
    expect(await missedAfter({ epoch, n: 1, ms: START + 9 })).toBeNull();
  });

  it(`stores the last ${MAX_CHANGES_PER_USER} changes, and returns null for an older position`, async () => {
    const { store, epoch, start } = await storeWith('CONNECTED');
    const count = MAX_CHANGES_PER_USER + 5;
    for (let at = 1; at <= count; at += 1)
      await store.swap(USER, wholeList({ [MEMBER]: at % 2 === 0 ? 'CONNECTED' : 'CHALLENGED' }, at));
    const { changes, record } = await store.history(USER);
    expect(changes.map(({ n }) => n)).toEqual(Array.from({ length: MAX_CHANGES_PER_USER }, (_, i) => i + 6));
    expect(record).toMatchObject({ n: count, ms: START + count });
    expect((await store.readSnapshot(USER, start)).missedChanges).toBeNull();
    expect((await store.readSnapshot(USER, { epoch, n: 4, ms: START + 4 })).missedChanges).toBeNull();
    expect((await store.readSnapshot(USER, { epoch, n: 5, ms: START + 5 })).missedChanges).toHaveLength(
      MAX_CHANGES_PER_USER,
    );
  });

  it('numbers the changes of concurrent swaps without a gap', async () => {
    const { store } = await storeWith('CONNECTED');
    const swaps = Array.from({ length: 20 }, (_, i) =>
      store.swap(USER, wholeList({ [MEMBER]: `S${i}` }, 1 + i)),
    );
    const returned = (await Promise.all(swaps)).flat();
    const { changes, record } = await store.history(USER);
    expect(changes.map(({ n }) => n)).toEqual(changes.map((_, i) => i + 1));
    expect(returned.sort((a, b) => a.n - b.n)).toEqual(changes);
    expect(record?.members[MEMBER]?.status).toBe('S19');
  });

  it('stores what a webhook told of new data, and tells it with the change that shows the data', async () => {
    const { store, start } = await storeWith('CONNECTED');
    const news = { id: 'JOB-1', completedAt: START, created: 4, updated: null };
    const told = { states: new Map(), coverage: 'ONE', news: new Map([[MEMBER, news]]) } as const;
    expect(await store.swap(USER, { cause: 'WEBHOOK', observedAt: START, ...told })).toEqual([]);
    const withData = (dataAt: number, at: number): Observation => ({
      ...wholeList({}, at),
      states: new Map([[MEMBER, { ...stateOf('CONNECTED'), freshness: 'FRESH', dataAt }]]),
    });
    // The first state with a time of data is no change, because an earlier version has stored the one before.
    expect(await store.swap(USER, withData(START - 3_600_000, 1))).toEqual([]);
    const changes = await store.swap(USER, withData(START + 200, 2));
    expect(changes).toMatchObject([{ kinds: ['DATA'], counts: { created: 4, updated: null } }]);
    expect((await store.readSnapshot(USER, start)).missedChanges).toEqual(changes);
    const ages = new Map([[MEMBER, { dataAt: START + 200, freshness: 'LATE' as const }]]);
    const aged: Observation = {
      cause: 'CLOCK',
      observedAt: START + 9,
      states: new Map(),
      coverage: 'ONE',
      ages,
    };
    expect(await store.swap(USER, aged)).toMatchObject([{ n: 2, kinds: ['FRESHNESS'], cause: 'CLOCK' }]);
    expect(await store.swap(USER, aged)).toEqual([]);
    expect((await store.history(USER)).changes).toHaveLength(2);
  });

  it('stores each user separately', async () => {
    const { store } = await storeWith('CONNECTED');
    await store.swap('USR-2', wholeList({ [MEMBER]: 'DENIED' }, 1));
    expect((await store.readSnapshot(USER, null)).record?.members[MEMBER]?.status).toBe('CONNECTED');
    expect((await store.readSnapshot('USR-2', null)).record?.members[MEMBER]?.status).toBe('DENIED');
  });
});
