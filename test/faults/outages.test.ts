import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPair } from '../support/cluster.js';
import type { Cluster, ClusterViewer, Instance } from '../support/cluster.js';
import { follow, followStream, wordsOfEvent } from '../support/follower.js';
import { dataOf } from '../support/graphql-client.js';
import { skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { force, forceAll, hintsFollowed, recordOf, roundStored, statusesOf, storedWords } from './driving.js';

const FRESHNESS_MS = 40;
/** Events flow again so soon after Redis is back. */
const BACK_MS = 5_000;
const LIST = 'GET /users/:user/members';
const MEMBERS = '{ viewer { members { guid connectionStatus } } }';

interface Members {
  readonly viewer: { readonly members: readonly { guid: string; connectionStatus: string }[] };
}

describe.skipIf(skipsRedis)('an outage', { timeout: 90_000 }, () => {
  let cluster: Cluster;
  let pair: readonly [Instance, Instance];

  beforeAll(async () => {
    ({ cluster, pair } = await startPair({ freshnessMs: FRESHNESS_MS }));
  }, 60_000);
  afterAll(() => cluster?.dispose());

  const readiness = async ({ url }: Instance) => {
    const response = await fetch(`${url}/readyz`);
    return `${response.status} ${((await response.json()) as { status: string }).status}`;
  };
  const allSay = (said: string) =>
    waitFor(async () => (await Promise.all(pair.map(readiness))).every((one) => one === said), {
      what: `both to say ${said}`,
    });

  /** Asks both instances; each must answer with how a round has left the members. */
  async function answersTell(viewer: ClusterViewer, round: number): Promise<void> {
    for (const { graphql } of pair) {
      await waitFor(
        async () => {
          const { members } = dataOf(await graphql<Members>(MEMBERS, {}, viewer)).viewer;
          const wanted = statusesOf(viewer, round);
          return members.every(({ guid, connectionStatus }) => wanted.get(guid) === connectionStatus);
        },
        { what: `answers that tell of round ${round}` },
      );
    }
  }

  /** Waits till a webhook of each of the last events was turned away. */
  async function webhooksRefused(from: number): Promise<void> {
    const { control } = cluster.sandbox;
    const isRefused = () =>
      control
        .webhooks()
        .deliveries.slice(from)
        .every(({ attempts }) => attempts.includes(429));
    await waitFor(isRefused, { what: 'webhooks to be turned away' });
  }

  it('of Redis during 200 changes neither loses nor repeats any, and queries still succeed', async () => {
    const viewer = await cluster.viewer(5);
    const [a, b] = pair;
    const [first = '', second = ''] = viewer.members;
    const ofAll = [
      await follow(a.url, viewer),
      await follow(b.url, viewer),
      await followStream(b.url, viewer),
    ];
    const ofOne = [
      await follow(a.url, { ...viewer, memberGuid: first }),
      await follow(b.url, { ...viewer, memberGuid: second }),
    ];
    const { control } = cluster.sandbox;
    control.setSettings({ webhookRetryMs: 100 });
    control.setWebhooks({ ...cluster.receiverAt(a), types: ['MEMBER'] });
    // The test's own part in Redis may come back later than those of the instances.
    const toldSoFar = (n: number) =>
      waitFor(async () => (await recordOf(cluster, viewer))?.n ?? n, { what: 'an answer of Redis' });

    let round = 0;
    const pass = async (isOver: () => Promise<boolean>) => {
      for (; !(await isOver()); round += 1) {
        forceAll(cluster, viewer, round);
        await roundStored(cluster, viewer, round);
      }
    };
    await pass(async () => (await toldSoFar(0)) >= 100);
    forceAll(cluster, viewer, round);
    await cluster.redis.kill();
    await allSay('200 degraded');
    for (let i = 0; i < 5; i += 1) {
      const sent = control.webhooks().deliveries.length;
      round += 1;
      forceAll(cluster, viewer, round);
      await Promise.all([answersTell(viewer, round), webhooksRefused(sent)]);
    }
    await cluster.redis.restart();
    round += 1;
    forceAll(cluster, viewer, round);
    const wanted = statusesOf(viewer, round);
    await waitFor(() => ofAll.every((one) => one.statusOf(first) === wanted.get(first)), {
      deadlineMs: BACK_MS,
      what: 'events to flow again',
    });
    await allSay('200 ready');
    round += 1;
    await pass(async () => (await toldSoFar(0)) >= 200);

    const isDone = () => control.webhooks().deliveries.every(({ state }) => state === 'delivered');
    await waitFor(isDone, { what: 'all webhooks to be taken', deadlineMs: 20_000 });
    expect(control.webhooks().deliveries.some(({ attempts }) => attempts.includes(429))).toBe(true);
    control.clearWebhooks();
    await hintsFollowed(cluster, 20_000);
    const log = await storedWords(cluster, viewer);
    await waitFor(() => ofAll.every(({ changes }) => changes.length >= log.length));
    expect(log.length).toBeGreaterThanOrEqual(200);
    for (const { changes } of ofAll) expect(changes.map(wordsOfEvent)).toEqual(log);
    for (const [i, { changes }] of ofOne.entries()) {
      const guid = viewer.members[i] ?? '';
      expect(changes.map(wordsOfEvent)).toEqual(log.filter((words) => words.includes(guid)));
    }
    for (const { faults, end, snapshots } of [...ofAll, ...ofOne]) {
      expect([faults, end, snapshots.some(({ isReset }) => isReset)]).toEqual([[], null, false]);
    }
  });

  it('of Redis during a read leaves no caller waiting', async () => {
    const viewer = await cluster.viewer(1);
    const { control } = cluster.sandbox;
    control.clearLog();
    control.setFaults([{ kind: 'latency', ms: 1_500, endpoint: LIST, times: 1 }]);
    const [a, b] = pair;
    const slow = a.graphql<Members>(MEMBERS, {}, viewer);
    await waitFor(() => control.log().endpoints[LIST] === 1, { what: 'a read to begin' });
    await cluster.redis.kill();
    expect(dataOf(await slow).viewer.members).toHaveLength(1);
    await cluster.redis.restart();
    await allSay('200 ready');
    const askedAt = Date.now();
    expect(dataOf(await b.graphql<Members>(MEMBERS, {}, viewer)).viewer.members).toHaveLength(1);
    expect(Date.now() - askedAt).toBeLessThan(BACK_MS);
  });

  it('of MX leaves the streams open, and the changes in between are sent when it recovers', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    cluster.sandbox.control.forceMember(member, { is_being_aggregated: true });
    const followers = await Promise.all(pair.map(({ url }) => follow(url, viewer)));
    const { control } = cluster.sandbox;
    control.clearLog();
    control.setFaults([
      { kind: 'reset', endpoint: LIST, times: 2 },
      { kind: 'status', status: 503 },
    ]);
    force(cluster, member, 'DENIED');
    expect(await cluster.postWebhook(pair[0], viewer, member)).toBe(204);
    await allSay('503 not ready');
    await waitFor(() => (control.log().endpoints[LIST] ?? 0) >= 4, { what: 'reads to fail' });
    for (const { changes, end, faults } of followers) expect([changes, end, faults]).toEqual([[], null, []]);
    control.clearFaults();
    for (const follower of followers) {
      await follower.change((event) => event.connectionStatus === 'DENIED', { deadlineMs: 20_000 });
      expect(follower.changes).toHaveLength(1);
      expect([follower.end, follower.faults]).toEqual([null, []]);
    }
    await allSay('200 ready');
  });
});
