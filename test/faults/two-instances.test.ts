import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeCursor } from '../../src/status/cursor.js';
import { MAX_CHANGES_PER_USER } from '../../src/backplane/store.js';
import { startPair } from '../support/cluster.js';
import type { Cluster, Instance } from '../support/cluster.js';
import { follow, followStream, positionOf, wordsOfEvent } from '../support/follower.js';
import type { FollowedEvent } from '../support/follower.js';
import { skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import {
  force,
  forceAll,
  hintsFollowed,
  roundStored,
  statusesOf,
  storedWords,
  toldLast,
  WORDS,
} from './driving.js';

const FRESHNESS_MS = 40;
const AT_REST = { isBeingAggregated: false, isOauth: false };

describe.skipIf(skipsRedis)('two instances', { timeout: 60_000 }, () => {
  let cluster: Cluster;
  let a: Instance;
  let b: Instance;

  beforeAll(async () => {
    const started = await startPair({ freshnessMs: FRESHNESS_MS });
    cluster = started.cluster;
    [a, b] = started.pair;
  }, 60_000);
  afterAll(() => cluster?.dispose());

  it('deliver a webhook of one instance to the subscribers of the other', async () => {
    const viewer = await cluster.viewer(2);
    const [first = ''] = viewer.members;
    const followers = [
      await follow(b.url, viewer),
      await followStream(b.url, { ...viewer, memberGuid: first }),
    ];
    // The instance that takes the watch looks at once by itself; from then on only webhooks make it look.
    for (const status of ['DENIED', 'LOCKED']) {
      force(cluster, first, status);
      expect(await cluster.postWebhook(a, viewer, first)).toBe(204);
      for (const follower of followers) await follower.change((event) => event.connectionStatus === status);
    }
    for (const follower of followers) {
      expect(follower.changes.at(-1)).toMatchObject({
        memberGuid: first,
        previousStatus: 'DENIED',
        cause: 'WEBHOOK',
        isReset: false,
      });
    }
  });

  it('miss no webhook that arrives right after a subscription starts', async () => {
    for (let turn = 0; turn < 10; turn += 1) {
      const viewer = await cluster.viewer(1);
      const [member = ''] = viewer.members;
      const follower = await follow(b.url, viewer);
      force(cluster, member, 'DENIED');
      expect(await cluster.postWebhook(a, viewer, member)).toBe(204);
      await follower.change(({ connectionStatus }) => connectionStatus === 'DENIED');
    }
  });

  it('create one event from a webhook that both receive repeatedly', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    const followers = await Promise.all([a, b].map(({ url }) => follow(url, viewer)));
    for (const status of ['DENIED', 'LOCKED']) {
      force(cluster, member, status);
      const sent = [a, b, a, b, a, b].map((instance) => cluster.postWebhook(instance, viewer, member));
      expect(await Promise.all(sent)).toEqual([204, 204, 204, 204, 204, 204]);
      for (const follower of followers) await follower.change((event) => event.connectionStatus === status);
      await hintsFollowed(cluster);
    }
    const expected = [`1 ${member} CONNECTED DENIED false`, `2 ${member} DENIED LOCKED false`];
    expect(await storedWords(cluster, viewer)).toEqual(expected);
    for (const follower of followers) expect(follower.changes.map(wordsOfEvent)).toEqual(expected);
  });

  it('send no older state for webhooks that are repeated, reordered or outdated', async () => {
    const viewer = await cluster.viewer(1, 'CREATED');
    const [member = ''] = viewer.members;
    const followers = await Promise.all(
      [a, b].map(({ url }) => follow(url, { ...viewer, memberGuid: member })),
    );
    const { control } = cluster.sandbox;
    control.setWebhooks({ ...cluster.receiverAt(a), duplicate: 2, reorder: true });
    const steps = [...WORDS, 'REJECTED', 'DISCONTINUED', 'DISCONNECTED', 'DISABLED', 'IMPORTED', 'PREVENTED'];
    for (let i = 0; i < steps.length; i += 2) {
      const pair = steps.slice(i, i + 2);
      for (const status of pair) force(cluster, member, status);
      const overrides = { connection_status: steps[Math.max(0, i - 3)] };
      control.sendWebhook({ memberGuid: member, type: 'CONNECTION_STATUS', overrides });
      for (const follower of followers)
        await follower.change((event) => event.connectionStatus === pair.at(-1));
    }
    const isDone = () => control.webhooks().deliveries.every(({ state }) => state === 'delivered');
    await waitFor(isDone, { what: 'all webhooks to be taken' });
    control.clearWebhooks();
    await hintsFollowed(cluster);
    const log = await storedWords(cluster, viewer);
    expect(log.length).toBeGreaterThanOrEqual(steps.length / 2);
    for (const { changes } of followers) {
      expect(changes.map(wordsOfEvent)).toEqual(log);
      const way = changes.map(({ connectionStatus }) => steps.indexOf(connectionStatus ?? ''));
      expect(way).toEqual([...new Set(way)].sort((one, other) => one - other));
    }
  });

  it('neither lose nor repeat events for a client that reconnects 50 times, to either instance', async () => {
    const viewer = await cluster.viewer(5);
    const witness = await follow(a.url, viewer);
    cluster.sandbox.control.setWebhooks(cluster.receiverAt(b));
    let isOver = false;
    const driving = (async () => {
      for (let round = 0; !isOver; round += 1) {
        forceAll(cluster, viewer, round);
        await roundStored(cluster, viewer, round);
      }
    })();
    const first = await follow(b.url, viewer);
    await waitFor(() => first.events.length >= 5, { what: 'the snapshot' });
    const told: FollowedEvent[] = [...first.events];
    const states = new Map(told.map(({ memberGuid, connectionStatus }) => [memberGuid, connectionStatus]));
    try {
      for (let turn = 0; turn < 50; turn += 1) {
        const { url } = turn % 2 === 0 ? a : b;
        const after = told.at(-1)?.cursor ?? '';
        const follower = await follow(url, { ...viewer, after });
        // Now it goes in the middle of what was missed, now in the middle of what follows.
        const wanted = 1 + ((turn * 7) % 13);
        await waitFor(() => follower.events.length >= wanted, { what: `${wanted} events` });
        follower.leave();
        told.push(...follower.events);
      }
    } finally {
      isOver = true;
      await driving;
      cluster.sandbox.control.clearWebhooks();
    }
    const last = await follow(a.url, { ...viewer, after: told.at(-1)?.cursor ?? '' });
    await toldLast(cluster, viewer, last);
    await toldLast(cluster, viewer, witness);
    told.push(...last.events);
    for (const { memberGuid, connectionStatus, previousStatus, cause } of told) {
      // A snapshot shows what is known from the changes; a change begins there.
      expect(cause === 'SNAPSHOT' ? connectionStatus : previousStatus).toBe(states.get(memberGuid));
      states.set(memberGuid, connectionStatus);
    }
    const changes = told.filter(({ cause }) => cause !== 'SNAPSHOT').map(wordsOfEvent);
    const witnessed = witness.changes.map(wordsOfEvent);
    expect(witnessed.length).toBeGreaterThan(100);
    expect(changes).toEqual(witnessed.slice(-changes.length));
    expect(told.some(({ isReset }) => isReset)).toBe(false);
    expect(last.faults).toEqual([]);
  });

  it('reset the stream for an unknown cursor and continue from the current state', async () => {
    const viewer = await cluster.viewer(2);
    const [member = ''] = viewer.members;
    const before = await follow(a.url, viewer);
    forceAll(cluster, viewer, 0);
    await cluster.postWebhook(b, viewer, member);
    await roundStored(cluster, viewer, 0);
    await toldLast(cluster, viewer, before);
    const { epoch, n, ms } = positionOf({ cursor: before.cursor });
    const ofAnotherLife = encodeCursor({ epoch: 'AAAAAAAA', n, ms });
    const yetToCome = encodeCursor({ epoch, n: n + 1_000, ms });
    const ofALostChange = encodeCursor({ epoch, n: 1, ms: ms + 1 });
    for (const after of ['garbage', '', ofAnotherLife, yetToCome, ofALostChange]) {
      for (const memberGuid of [undefined, member]) {
        const { url } = memberGuid === undefined ? a : b;
        const follower = await follow(url, {
          ...viewer,
          after,
          ...(memberGuid !== undefined && { memberGuid }),
        });
        await waitFor(() => follower.events.length === (memberGuid === undefined ? 2 : 1));
        for (const [at, event] of follower.events.entries()) {
          expect(event).toMatchObject({ cause: 'SNAPSHOT', isReset: at === 0, cursor: before.cursor });
          expect(event.connectionStatus).toBe(statusesOf(viewer, 0).get(event.memberGuid ?? ''));
        }
      }
    }
    const known = await follow(b.url, { ...viewer, after: before.cursor });
    expect(known.events[0]).toMatchObject({ cause: 'SNAPSHOT', isReset: false });
    forceAll(cluster, viewer, 1);
    await cluster.postWebhook(a, viewer, member);
    await known.change(({ cursor }) => positionOf({ cursor }).n === n + 2);
  });

  it('reset the stream if more changes followed the cursor than are stored', async () => {
    const viewer = await cluster.viewer(2);
    const before = await follow(a.url, viewer);
    const { store } = cluster.backplane;
    for (let round = 0; round < MAX_CHANGES_PER_USER; round += 1) {
      const states = new Map(
        [...statusesOf(viewer, round)].map(([guid, status]) => [guid, { ...AT_REST, status }]),
      );
      await store.swap(viewer.userGuid, { cause: 'POLL', observedAt: Date.now(), states, coverage: 'ALL' });
    }
    const behind = await follow(b.url, { ...viewer, after: before.events[0]?.cursor ?? '' });
    expect(behind.events[0]).toMatchObject({ cause: 'SNAPSHOT', isReset: true });
    expect(positionOf({ cursor: behind.cursor }).n).toBeGreaterThanOrEqual(2 * MAX_CHANGES_PER_USER);
    await toldLast(cluster, viewer, before);
    expect(before.events.some(({ isReset }) => isReset)).toBe(false);
  });

  it('reset all open streams after Redis has lost its data', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    const followers = [await follow(a.url, viewer), await follow(b.url, { ...viewer, memberGuid: member })];
    const { epoch } = positionOf({ cursor: followers[0]?.cursor ?? '' });
    await cluster.redis.flush();
    force(cluster, member, 'DENIED');
    await waitFor(async () => (await cluster.postWebhook(a, viewer, member)) === 204);
    for (const follower of followers) {
      await waitFor(() => follower.events.some(({ isReset }) => isReset), { what: 'a new beginning' });
      const last = follower.events.at(-1);
      expect(last).toMatchObject({ memberGuid: member, connectionStatus: 'DENIED', cause: 'SNAPSHOT' });
      expect(positionOf({ cursor: follower.cursor }).epoch).not.toBe(epoch);
      expect([follower.faults, follower.end]).toEqual([[], null]);
    }
  });
});
