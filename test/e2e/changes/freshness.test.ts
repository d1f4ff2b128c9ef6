import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { dataOf } from '../../support/graphql-client.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack, StackOptions } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';

const HOUR_MS = 3_600_000;
/** No read within a test but those of the subscribers at the start. */
const QUIET: StackOptions = {
  freshnessMs: 1_500,
  pace: { activeMs: 600_000, awaitingUserMs: 600_000, idleMs: 600_000 },
};
const HISTORY = `query ($guid: String!) {
  member(by: { guid: $guid }) { freshness phase statusHistory { nodes { phase cause until } } }
}`;

/** A CONNECTED member whose data is so old, less a moment. */
async function agedOfTest(hours: number, momentMs: number, options: StackOptions = {}) {
  const stack = await useStack({ ...QUIET, ...options });
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  const at = new Date(Date.now() - hours * HOUR_MS + momentMs).toISOString();
  stack.sandbox.control.forceMember(guid, { successfully_aggregated_at: at });
  return { ...stack, guid, forget: stack.forgetCalls };
}

const byClock = { cause: 'CLOCK', kind: 'FRESHNESS', kinds: ['FRESHNESS'], connectionStatus: 'CONNECTED' };

async function readHistory({ graphql }: Pick<Stack, 'graphql'>, guid: string) {
  type Node = { readonly phase: string; readonly cause: string; readonly until: string | null };
  type Data = { readonly member: { readonly statusHistory: { readonly nodes: readonly Node[] } } };
  const { member } = dataOf(await graphql<Data>(HISTORY, { guid }));
  return { ...member, statusHistory: member.statusHistory.nodes };
}

describe('data that gets old by the clock alone', () => {
  it.each([
    [36, 'FRESH', 'LATE', true],
    [72, 'LATE', 'STALE', false],
  ])('is one event after %i hours, with no read of MX', async (...[hours, before, after, isCurrent]) => {
    const scene = await agedOfTest(hours, 3_000, { webhooks: true });
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    const snapshot = await feed.next();
    expect(snapshot).toMatchObject({ freshness: before, member: { freshness: before } });
    scene.forget();
    expect(await feed.next(15_000)).toMatchObject({
      ...byClock,
      freshness: after,
      isTerminal: true,
      observedAt: snapshot.observedAt,
      member: { freshness: after },
    });
    expect(scene.calls()).toEqual({});
    const { statusHistory, ...member } = await readHistory(scene, scene.guid);
    expect(member).toMatchObject({ freshness: after, phase: isCurrent ? 'CONNECTED' : 'OUT_OF_DATE' });
    // Late data is read as before; stale data is not.
    expect(statusHistory.map(({ phase, cause }) => [phase, cause])).toEqual([
      ...(isCurrent ? [] : [['OUT_OF_DATE', 'CLOCK']]),
      ['CONNECTED', 'SNAPSHOT'],
    ]);
    scene.sandbox.control.forceMember(scene.guid, { connection_status: 'LOCKED' });
    expect(await feed.next()).toMatchObject({ kind: 'STATUS', freshness: after });
  });

  it('is fresh again in the event of the new data', async () => {
    const scene = await agedOfTest(72, -HOUR_MS, { webhooks: true });
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    expect(await feed.next()).toMatchObject({ freshness: 'STALE' });
    scene.sandbox.control.aggregateInBackground(scene.guid, { created: 1 });
    expect(await feed.next()).toMatchObject({
      kind: 'DATA',
      kinds: ['DATA', 'FRESHNESS'],
      freshness: 'FRESH',
      transactionsCreated: 1,
    });
  });

  it('is missed like any other change, and resumed after its cursor', async () => {
    const scene = await agedOfTest(36, 3_000);
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    const { cursor } = await feed.next();
    const aged = await feed.next(15_000);
    const later = await openFeed(scene.url, { memberGuid: scene.guid, after: cursor });
    expect(await later.next()).toMatchObject({ ...byClock, cursor: aged.cursor, isSnapshotEnd: false });
    expect(await later.next()).toMatchObject({ kind: 'SNAPSHOT', freshness: 'LATE', isSnapshotEnd: true });
  });

  it('is told of no member whose clock at MX differs by five minutes', async () => {
    const scene = await agedOfTest(0, 5 * 60_000 - 2_000, { webhooks: true });
    const feed = await openFeed(scene.url);
    await feed.snapshot(membersOf(scene.sandbox, scene.sandbox.demoUserGuid).length);
    scene.sandbox.control.sendWebhook({ memberGuid: scene.guid, type: 'AGGREGATION' });
    scene.sandbox.control.forceMember(demoMember(scene.sandbox, 'DENIED').guid, {
      connection_status: 'LOCKED',
    });
    expect(await feed.next()).toMatchObject({ kind: 'STATUS', connectionStatus: 'LOCKED' });
  });
});

describe.skipIf(skipsRedis)('with two instances, data that gets old', () => {
  it('is one event on each', async () => {
    const shared = { redisUrl: (await redisOfTest()).url };
    const scene = await agedOfTest(36, 4_000, { ...shared, webhooks: true });
    const { sandbox, guid } = scene;
    const other = await useStack({
      ...{ ...QUIET, ...shared, mx: { baseUrl: sandbox.url, ...sandbox.credentials } },
      auth: { kind: 'anonymous', userGuid: sandbox.demoUserGuid },
    });
    const feeds = [
      await openFeed(scene.url, { memberGuid: guid }),
      await openFeed(other.url, { memberGuid: guid }),
    ];
    for (const feed of feeds) expect(await feed.next()).toMatchObject({ freshness: 'FRESH' });
    const told = await Promise.all(feeds.map((feed) => feed.next(15_000)));
    for (const event of told) expect(event).toMatchObject({ ...byClock, freshness: 'LATE' });
    expect(new Set(told.map(({ cursor }) => cursor)).size).toBe(1);
    sandbox.control.forceMember(guid, { connection_status: 'LOCKED' });
    for (const feed of feeds) expect(await feed.next()).toMatchObject({ kind: 'STATUS' });
  });
});
