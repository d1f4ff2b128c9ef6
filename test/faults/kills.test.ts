import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { INBOX_GROUP, INBOX_KEY } from '../../src/backplane/redis/keys.js';
import { LEASE_MS } from '../../src/backplane/watch-leases.js';
import { DEFAULT_POLL_INTERVALS } from '../../src/live/poll-interval.js';
import { startCluster } from '../support/cluster.js';
import type { Cluster, Instance } from '../support/cluster.js';
import { follow, followStream } from '../support/follower.js';
import { dataOf } from '../support/graphql-client.js';
import { connectSocket } from '../support/live-client.js';
import { mutationOf } from '../support/mutations.js';
import type { PayloadRow } from '../support/mutations.js';
import { skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { force, hintsFollowed } from './driving.js';

const LIST = 'GET /users/:user/members';
/** Leases are asked for three times in the time that one lasts; a look comes at most a fifth after its time. */
const TAKEN_OVER_MS = LEASE_MS + LEASE_MS / 3 + 1.2 * DEFAULT_POLL_INTERVALS.activeMs;
/** For the machine, which may be busy. */
const GRACE_MS = 2_000;

describe.skipIf(skipsRedis)('an instance that stops', { timeout: 60_000 }, () => {
  let cluster: Cluster;
  let survivor: Instance;

  beforeAll(async () => {
    cluster = await startCluster({ freshnessMs: 200 });
    survivor = await cluster.startInstance();
  }, 60_000);
  afterAll(() => cluster?.dispose());

  it('hands its watches to another within the lease and one poll interval if it is killed', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    cluster.sandbox.control.forceMember(member, { is_being_aggregated: true });
    const doomed = await cluster.startInstance();
    const lost = await follow(doomed.url, viewer);
    await waitFor(() => cluster.backplane.watchLeases.isHeld(viewer.userGuid), {
      what: 'the first to watch',
    });
    const kept = await follow(survivor.url, viewer);
    doomed.process.kill('SIGKILL');
    expect((await lost.closed).code).toBe(1006);
    force(cluster, member, 'DENIED');
    const change = await kept.change(({ connectionStatus }) => connectionStatus === 'DENIED', {
      deadlineMs: TAKEN_OVER_MS + GRACE_MS,
    });
    expect(change).toMatchObject({ memberGuid: member, previousStatus: 'CONNECTED', cause: 'POLL' });
    expect([kept.changes.length, kept.faults, kept.end]).toEqual([1, [], null]);
  });

  /** How many hints each consumer of the inbox has taken and not followed yet, by name. */
  async function taken(): Promise<ReadonlyMap<string, number>> {
    const rows = (await cluster.redis.command('xinfo', 'consumers', INBOX_KEY, INBOX_GROUP)) as unknown[][];
    return new Map(rows.map((row) => [String(row[1]), Number(row[3])]));
  }

  it('has its accepted webhooks processed by another if it is killed', async () => {
    const viewers = await Promise.all(Array.from({ length: 10 }, () => cluster.viewer(1)));
    // Redis knows a consumer by name from the first hint that it takes.
    for (const viewer of viewers) await cluster.postWebhook(survivor, viewer, viewer.members[0] ?? '');
    await hintsFollowed(cluster);
    const others = await taken();
    const doomed = await cluster.startInstance();
    const followers = await Promise.all(viewers.map((viewer) => follow(survivor.url, viewer)));
    const isWatched = (userGuid: string) => cluster.backplane.watchLeases.isHeld(userGuid);
    for (const { userGuid } of viewers) await waitFor(() => isWatched(userGuid));
    // Nobody can have followed any of them before the end.
    cluster.sandbox.control.setFaults([{ kind: 'latency', ms: 2_000, endpoint: LIST }]);
    for (const { members } of viewers) force(cluster, members[0] ?? '', 'DENIED');
    // Whoever is quicker takes them: they are sent till some are in the hands of the one that is to go.
    await waitFor(async () => {
      const sent = viewers.map((viewer) => cluster.postWebhook(doomed, viewer, viewer.members[0] ?? ''));
      expect(new Set(await Promise.all(sent))).toEqual(new Set([204]));
      return [...(await taken())].some(([name, count]) => !others.has(name) && count > 0);
    });
    doomed.process.kill('SIGKILL');
    cluster.sandbox.control.clearFaults();
    for (const follower of followers) {
      await follower.change((event) => event.connectionStatus === 'DENIED', { deadlineMs: 20_000 });
    }
    await hintsFollowed(cluster, 20_000);
    for (const { changes } of followers) expect(changes).toHaveLength(1);
  });

  it('finishes its requests, closes sockets and streams within 2 s and exits with 0 on SIGTERM', async () => {
    const viewer = await cluster.viewer(2);
    const [first = '', second = ''] = viewer.members;
    const leaving = await cluster.startInstance();
    const watching = await follow(leaving.url, viewer);
    const streaming = await followStream(leaving.url, viewer);
    const acting = await connectSocket(leaving.url, { token: viewer.token });
    const { control } = cluster.sandbox;
    control.clearLog();
    control.setFaults([{ kind: 'latency', ms: 1_000, method: 'POST' }]);
    const query = mutationOf('aggregateMember');
    acting.subscribe('m', query, { input: { member: { guid: first } } });
    const posted = leaving.graphql<{ payload: PayloadRow }>(
      query,
      { input: { member: { guid: second } } },
      viewer,
    );
    const isUnderWay = () => control.log().requests.filter(({ method }) => method === 'POST').length === 2;
    await waitFor(isUnderWay, { what: 'the mutations to reach MX' });

    leaving.process.kill('SIGTERM');
    const toldAt = Date.now();
    const answer = await acting.next<{ payload: PayloadRow }>();
    expect([answer.type, answer.id]).toEqual(['next', 'm']);
    expect(answer.payload?.data?.payload).toMatchObject({
      userErrors: [],
      member: { isBeingAggregated: true },
    });
    expect((await acting.next()).type).toBe('complete');
    for (const closed of [acting.closed, watching.closed]) expect((await closed).code).toBe(1001);
    await waitFor(() => streaming.end !== null, { what: 'the stream to end' });
    const tookMs = Date.now() - toldAt;
    expect(tookMs).toBeLessThan(2_000 + GRACE_MS);
    expect(streaming.end).not.toBe('complete');
    expect(dataOf(await posted).payload).toMatchObject({
      userErrors: [],
      member: { isBeingAggregated: true },
    });
    expect(await leaving.process.ended(10_000)).toBe(0);
    expect(Date.now() - toldAt).toBeLessThan(10_000);
    expect(leaving.process.stderr).toBe('');
    control.clearFaults();
  });

  it('releases its watches at once on SIGTERM', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    cluster.sandbox.control.forceMember(member, { is_being_aggregated: true });
    const leaving = await cluster.startInstance();
    await follow(leaving.url, viewer);
    await waitFor(() => cluster.backplane.watchLeases.isHeld(viewer.userGuid), {
      what: 'the first to watch',
    });
    const kept = await follow(survivor.url, viewer);
    leaving.process.kill('SIGTERM');
    expect(await leaving.process.ended(10_000)).toBe(0);
    force(cluster, member, 'DENIED');
    await kept.change(({ connectionStatus }) => connectionStatus === 'DENIED', {
      deadlineMs: LEASE_MS / 3 + 1.2 * DEFAULT_POLL_INTERVALS.activeMs + GRACE_MS,
    });
  });
});
