import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { LEASE_MS } from '../../src/status/leases.js';
import { PACE } from '../../src/status/pace.js';
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
const TAKEN_OVER_MS = LEASE_MS + LEASE_MS / 3 + 1.2 * PACE.fastMs;
/** For the machine, which may be busy. */
const GRACE_MS = 2_000;

describe.skipIf(skipsRedis)('an instance that ends', { timeout: 60_000 }, () => {
  let cluster: Cluster;
  let survivor: Instance;

  beforeAll(async () => {
    cluster = await startCluster({ freshnessMs: 200 });
    survivor = await cluster.startInstance();
  }, 60_000);
  afterAll(() => cluster?.dispose());

  it('without a word has its watch taken over by another within its lease and one pace', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    cluster.sandbox.control.forceMember(member, { is_being_aggregated: true });
    const doomed = await cluster.startInstance();
    const lost = await follow(doomed.url, viewer);
    await waitFor(() => cluster.backplane.leases.isHeld(viewer.userGuid), { what: 'the first to watch' });
    const kept = await follow(survivor.url, viewer);
    doomed.process.kill('SIGKILL');
    const killedAt = Date.now();
    expect((await lost.closed).code).toBe(1006);
    force(cluster, member, 'DENIED');
    const change = await kept.change(({ connectionStatus }) => connectionStatus === 'DENIED', {
      deadlineMs: TAKEN_OVER_MS + GRACE_MS,
    });
    console.info(`taken over after ${Date.now() - killedAt} ms`);
    expect(change).toMatchObject({ memberGuid: member, previousStatus: 'CONNECTED', cause: 'POLL' });
    expect([kept.changes.length, kept.faults, kept.end]).toEqual([1, [], null]);
  });

  it('without a word after it took webhooks has them followed by another', async () => {
    const viewers = await Promise.all(Array.from({ length: 10 }, () => cluster.viewer(1)));
    const doomed = await cluster.startInstance();
    const followers = await Promise.all(viewers.map((viewer) => follow(survivor.url, viewer)));
    const isWatched = (userGuid: string) => cluster.backplane.leases.isHeld(userGuid);
    for (const { userGuid } of viewers) await waitFor(() => isWatched(userGuid));
    await hintsFollowed(cluster);
    // Nobody can have followed any of them before the end.
    cluster.sandbox.control.setFaults([{ kind: 'latency', ms: 1_500, endpoint: LIST }]);
    for (const viewer of viewers) {
      force(cluster, viewer.members[0] ?? '', 'DENIED');
      expect(await cluster.postWebhook(doomed, viewer, viewer.members[0] ?? '')).toBe(204);
    }
    const pending = await cluster.redis.command('xpending', 'mx:webhooks', 'instances');
    doomed.process.kill('SIGKILL');
    cluster.sandbox.control.clearFaults();
    const [count, , , holders] = pending as [number, string, string, [string, string][]];
    expect([count, holders.length]).toEqual([10, 2]);
    for (const follower of followers) {
      await follower.change((event) => event.connectionStatus === 'DENIED', { deadlineMs: 20_000 });
      expect(follower.changes).toHaveLength(1);
    }
    await hintsFollowed(cluster, 20_000);
  });

  it('when told to answers what it was asked, tells its sockets and streams within 2 s, and ends well', async () => {
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
    acting.subscribe('m', query, { input: { memberGuid: first } });
    const posted = leaving.graphql<{ payload: PayloadRow }>(query, { input: { memberGuid: second } }, viewer);
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
    console.info(`told after ${tookMs} ms, ended after ${Date.now() - toldAt} ms`);
    expect(leaving.process.stderr).toBe('');
    control.clearFaults();
  });

  it('when told to leaves its watch to others at once', async () => {
    const viewer = await cluster.viewer(1);
    const [member = ''] = viewer.members;
    cluster.sandbox.control.forceMember(member, { is_being_aggregated: true });
    const leaving = await cluster.startInstance();
    await follow(leaving.url, viewer);
    await waitFor(() => cluster.backplane.leases.isHeld(viewer.userGuid), { what: 'the first to watch' });
    const kept = await follow(survivor.url, viewer);
    leaving.process.kill('SIGTERM');
    expect(await leaving.process.ended(10_000)).toBe(0);
    force(cluster, member, 'DENIED');
    await kept.change(({ connectionStatus }) => connectionStatus === 'DENIED', {
      deadlineMs: LEASE_MS / 3 + 1.2 * PACE.fastMs + GRACE_MS,
    });
  });
});
