import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest } from '../../support/altering-upstream.js';
import { demoMember } from '../../support/demo-members.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import type { StackOptions } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';
import { waitFor } from '../../support/wait-for.js';

const FRESH_MS = 36 * 3_600_000;
/** No poll within a test. */
const QUIET = { activeMs: 600_000, awaitingUserMs: 600_000, idleMs: 600_000 };
const LIST = '{ viewer { members { guid freshness } } }';
const late = { cause: 'CLOCK', kinds: ['FRESHNESS'], freshness: 'LATE' };

/** A CONNECTED member that a query has seen a moment before its data becomes late. */
async function seenFreshOfTest(momentMs: number, options: StackOptions) {
  const stack = await useStack({ pace: QUIET, ...options });
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  const lateAt = Date.now() + momentMs;
  stack.sandbox.control.forceMember(guid, {
    successfully_aggregated_at: new Date(lateAt - FRESH_MS).toISOString(),
  });
  await stack.graphql(LIST);
  expect(Date.now()).toBeLessThan(lateAt);
  return { ...stack, guid, lateAt };
}

describe('data that gets late', () => {
  it('between a read and a subscription that shares it is told', async () => {
    const { url, guid, lateAt, calls, forgetCalls } = await seenFreshOfTest(2_000, { freshnessMs: 20_000 });
    forgetCalls();
    await waitFor(() => Date.now() > lateAt);
    const feed = await openFeed(url, { memberGuid: guid });
    const snapshot = await feed.next();
    if (snapshot.freshness === 'FRESH') expect(await feed.next(15_000)).toMatchObject(late);
    else expect(snapshot).toMatchObject({ freshness: 'LATE' });
    expect(calls()).toEqual({});
  });

  it('is told to who subscribed while MX fails', async () => {
    const { url, guid, lateAt, sandbox } = await seenFreshOfTest(5_000, { freshnessMs: 50, deadlineMs: 300 });
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    // By then the list of the query is no longer shared.
    await waitFor(() => Date.now() > lateAt - 2_500);
    const feed = await openFeed(url, { memberGuid: guid });
    expect(await feed.next()).toMatchObject({ kind: 'SNAPSHOT', freshness: 'FRESH' });
    expect(Date.now()).toBeLessThan(lateAt);
    expect(await feed.next(15_000)).toMatchObject(late);
  });
});

describe.skipIf(skipsRedis)('with two instances, data that gets late', () => {
  it('is told by the one that has not read it last without a read of MX', async () => {
    const shared = { redisUrl: (await redisOfTest()).url, freshnessMs: 50 };
    const first = await seenFreshOfTest(7_000, shared);
    const { sandbox, guid } = first;
    const upstream = await alteringUpstreamOfTest();
    upstream.target = sandbox.url;
    expect(await (await openFeed(first.url, { memberGuid: guid })).next()).toMatchObject({
      freshness: 'FRESH',
    });
    const second = await useStack({
      ...{ ...shared, pace: QUIET, mx: { ...sandbox.credentials, baseUrl: upstream.baseUrl } },
      auth: { kind: 'anonymous', userGuid: sandbox.demoUserGuid },
    });
    const feed = await openFeed(second.url, { memberGuid: guid });
    expect(await feed.next()).toMatchObject({ freshness: 'FRESH' });
    const reads = upstream.requests.length;
    // The last read is that of the other instance.
    await waitFor(() => Date.now() > first.lateAt - 1_500);
    await first.graphql(LIST);
    first.forgetCalls();
    expect(await feed.next(15_000)).toMatchObject({ ...late, member: { guid, freshness: 'LATE' } });
    expect(upstream.requests.slice(reads)).toEqual([]);
    expect(first.calls()).toEqual({});
  });
});
