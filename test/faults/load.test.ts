import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { MemberState } from '../../src/status/member-state.js';
import { startPair } from '../support/cluster.js';
import type { Cluster, ClusterViewer, Instance } from '../support/cluster.js';
import { follow, positionOf } from '../support/follower.js';
import type { FollowedEvent } from '../support/follower.js';
import { dataOf } from '../support/graphql-client.js';
import { connectSocket } from '../support/live-client.js';
import type { LiveSocket } from '../support/live-client.js';
import { mutationOf } from '../support/mutations.js';
import type { PayloadRow } from '../support/mutations.js';
import { skipsRedis } from '../support/redis-server.js';
import { waitFor } from '../support/wait-for.js';
import { recordOf, statusesOf } from './driving.js';

const LIST = 'GET /users/:user/members';
const MEMBERS = '{ viewer { members { guid connectionStatus isBeingAggregated } } }';
/** Wide enough for 200 queries on a machine that is busy. */
const FRESHNESS_MS = 15_000;
const CHANGES = 10_000;
const UNREAD_MS = 10_000;
const SUBSCRIPTIONS = 100;
/** Wide, so that what is not read fills the buffers of the system soon. */
const WIDE = `subscription {
  memberStatusChanged { cursor memberGuid previousStatus connectionStatus cause isReset
    ${Array.from({ length: 24 }, (_, i) => `c${i}: cursor`).join(' ')} }
}`;
/**
 * Were nothing left out, 100 subscriptions would keep a million events: 180 MB, as measured without the bound. They
 * keep 100 each, some 2 MB. The rest is what a busy process takes and has not given back yet: 10 to 40 MB.
 */
const MAX_GROWTH_MB = 80;

interface Members {
  readonly viewer: { readonly members: readonly { guid: string; isBeingAggregated: boolean }[] };
}

async function residentMb(pid: number): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

/** Where a row of events leads; each must begin where the one before of its member ended, and come after it. */
function endOf(events: readonly FollowedEvent[]): ReadonlyMap<string | null, string | null> {
  const states = new Map<string | null, string | null>();
  let n = 0;
  for (const { cursor, memberGuid, previousStatus, connectionStatus, cause } of events) {
    const isSnapshot = cause === 'SNAPSHOT';
    expect([isSnapshot || positionOf({ cursor }).n > n, previousStatus]).toEqual([
      true,
      isSnapshot ? null : states.get(memberGuid),
    ]);
    n = positionOf({ cursor }).n;
    states.set(memberGuid, connectionStatus);
  }
  return states;
}

describe.skipIf(skipsRedis)('two instances under load', { timeout: 90_000 }, () => {
  let cluster: Cluster;
  let a: Instance;
  let b: Instance;

  beforeAll(async () => {
    const started = await startPair({ freshnessMs: FRESHNESS_MS });
    cluster = started.cluster;
    [a, b] = started.pair;
  }, 60_000);
  afterAll(() => cluster?.dispose());

  it('send one request to MX for 200 queries within the TTL, and see each other’s writes at once', async () => {
    const { control } = cluster.sandbox;
    control.setSettings({ jobMs: 60_000 });
    const viewer = await cluster.viewer(3);
    const [member = ''] = viewer.members;
    control.clearLog();
    const beganAt = Date.now();
    const asked = Array.from({ length: 100 }, () =>
      [a, b].map(({ graphql }) => graphql<Members>(MEMBERS, {}, viewer)),
    );
    for (const answer of await Promise.all(asked.flat())) {
      expect(dataOf(answer).viewer.members).toHaveLength(3);
    }
    expect(Date.now() - beganAt).toBeLessThan(FRESHNESS_MS);
    expect(control.log().endpoints).toEqual({ [LIST]: 1 });

    const input = { input: { member: { guid: member } } };
    const { payload } = dataOf(
      await a.graphql<{ payload: PayloadRow }>(mutationOf('aggregateMember'), input, viewer),
    );
    expect(payload).toMatchObject({ userErrors: [], member: { isBeingAggregated: true } });
    const { members } = dataOf(await b.graphql<Members>(MEMBERS, {}, viewer)).viewer;
    expect(members.filter(({ isBeingAggregated }) => isBeingAggregated).map(({ guid }) => guid)).toEqual([
      member,
    ]);
  });

  /** Makes changes as another instance does, spread over that time; tells how the server's memory grew. */
  async function change(viewer: ClusterViewer, pid: number): Promise<{ growthMb: number }> {
    const before = await residentMb(pid);
    let most = before;
    const beganAt = Date.now();
    for (let round = 1, made = 0; made < CHANGES; round += 1) {
      await waitFor(() => Date.now() >= beganAt + (made / CHANGES) * UNREAD_MS);
      const states = new Map<string, MemberState>();
      for (const [guid, status] of statusesOf(viewer, round)) {
        states.set(guid, { status, isBeingAggregated: false, isOauth: false });
      }
      const seen = { cause: 'POLL', observedAt: Date.now(), states, coverage: 'ALL' } as const;
      made += (await cluster.backplane.store.swap(viewer.userGuid, seen)).length;
      if (round % 100 === 0) most = Math.max(most, await residentMb(pid));
    }
    return { growthMb: most - before };
  }

  /** Reads till each subscription has been told of the last change. */
  async function readAll(live: LiveSocket, lastN: number): Promise<Map<string, FollowedEvent[]>> {
    const told = new Map<string, FollowedEvent[]>();
    const isDone = () =>
      told.size === SUBSCRIPTIONS &&
      [...told.values()].every((events) => events.some((event) => positionOf(event).n === lastN));
    while (!isDone()) {
      const { type, id = '', payload } = await live.next<{ memberStatusChanged: FollowedEvent }>(20_000);
      expect([type, payload?.errors]).toEqual(['next', undefined]);
      const event = payload?.data?.memberStatusChanged;
      if (event) told.set(id, [...(told.get(id) ?? []), event]);
    }
    return told;
  }

  it('buffer little for a client that does not read for 10 s, and then send it the current state', async () => {
    const viewer = await cluster.viewer(5);
    const witness = await follow(a.url, viewer);
    const live = await connectSocket(b.url, { token: viewer.token });
    for (let i = 0; i < SUBSCRIPTIONS; i += 1) live.subscribe(String(i), WIDE);
    await waitFor(() => live.unread === SUBSCRIPTIONS * 5, { what: 'all snapshots' });
    live.socket.pause();
    const { growthMb } = await change(viewer, b.process.pid);
    expect(growthMb).toBeLessThan(MAX_GROWTH_MB);
    live.socket.resume();
    const record = await recordOf(cluster, viewer);
    const told = await readAll(live, record?.n ?? 0);
    const counts = [...told.values()].map(({ length }) => length);

    expect(Math.max(...counts)).toBeLessThan(CHANGES);
    const latest = Object.entries(record?.members ?? {}).map(([guid, { status }]) => [guid, status] as const);
    await waitFor(() => witness.events.some((event) => positionOf(event).n === record?.n));
    for (const events of [...told.values(), witness.events]) expect(endOf(events)).toEqual(new Map(latest));
  });
});
