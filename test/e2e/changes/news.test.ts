import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import type { StackOptions } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';
import type { StatusFeed } from '../../support/status-feed.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
/** No poll within a test: only webhooks cause reads. */
const QUIET = { activeMs: 60_000, awaitingUserMs: 60_000, idleMs: 60_000 };
const EVERY_SECOND = { activeMs: 500, awaitingUserMs: 500, idleMs: 500 };
/** The longest that new data may take to be told, in milliseconds. */
const SOON_MS = 4_000;

/** A CONNECTED member, and a way to see that nothing else is told: the next event is the one that this causes. */
async function connectedOfTest(options: StackOptions = {}) {
  const stack = await useStack({ webhooks: true, freshnessMs: 50, pace: QUIET, ...options });
  const { control } = stack.sandbox;
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  return {
    ...stack,
    guid,
    aggregate: (more: Parameters<typeof control.aggregateInBackground>[1] = {}) =>
      control.aggregateInBackground(guid, more),
    end: () => control.forceMember(guid, { connection_status: 'LOCKED' }),
  };
}

async function openWatched(url: string, memberGuid: string): Promise<StatusFeed> {
  const feed = await openFeed(url, { memberGuid });
  expect(await feed.next()).toMatchObject({ kind: 'SNAPSHOT', kinds: ['SNAPSHOT'], isSnapshotEnd: true });
  return feed;
}

describe('new data of a member', () => {
  it('is one event with what the webhook has counted', async () => {
    const { url, guid, aggregate, end } = await connectedOfTest();
    const feed = await openWatched(url, guid);
    for (const [created, updated] of [
      [3, 1],
      [0, 0],
      [250, 12],
    ] as const) {
      aggregate({ created, updated });
      expect(await feed.next(SOON_MS)).toMatchObject({
        kind: 'DATA',
        kinds: ['DATA'],
        cause: 'WEBHOOK',
        previousStatus: 'CONNECTED',
        connectionStatus: 'CONNECTED',
        isBeingAggregated: false,
        isSnapshotEnd: false,
        freshness: 'FRESH',
        transactionsCreated: created,
        transactionsUpdated: updated,
        member: { guid, freshness: 'FRESH' },
      });
    }
    end();
    expect(await feed.next()).toMatchObject({ kind: 'STATUS', transactionsCreated: null });
  });

  it.each([600, 2_500])('is one event if the list of MX lags by %i ms', async (lagMs) => {
    const { url, guid, aggregate, end } = await connectedOfTest({ freshnessMs: 3_000 });
    const feed = await openWatched(url, guid);
    aggregate({ created: 7, lagMs });
    expect(await feed.next(SOON_MS)).toMatchObject({ kinds: ['DATA'], transactionsCreated: 7 });
    end();
    expect(await feed.next(SOON_MS)).toMatchObject({ kind: 'STATUS' });
  });

  it('is one event if the webhooks come three times and out of order, and after those of other members', async () => {
    const { url, guid, sandbox, aggregate, end, calls, forgetCalls } = await connectedOfTest();
    const { control } = sandbox;
    const receiver = { url: `${url}/webhooks/mx`, username: 'mx', password: 'webhook-password' };
    control.setWebhooks({ ...receiver, duplicate: 2, reorder: true });
    const feed = await openWatched(url, guid);
    const others = ['CHALLENGED', 'FAILED', 'DENIED'].map((status) => demoMember(sandbox, status).guid);
    const delivered = () => control.webhooks().deliveries.every(({ state }) => state === 'delivered');
    for (const memberGuid of others) control.sendWebhook({ memberGuid, type: 'AGGREGATION' });
    await waitFor(delivered);
    forgetCalls();
    await waitFor(() => (calls()[LIST] ?? 0) > 0);
    aggregate({ created: 5 });
    for (const memberGuid of others) control.sendWebhook({ memberGuid, type: 'AGGREGATION' });
    expect(await feed.next(SOON_MS)).toMatchObject({ kinds: ['DATA'], transactionsCreated: 5 });
    await waitFor(delivered);
    end();
    expect(await feed.next()).toMatchObject({ kind: 'STATUS' });
  });

  it('is one event without counts if a poll has found it', async () => {
    const { url, guid, aggregate, end } = await connectedOfTest({ webhooks: false, pace: EVERY_SECOND });
    const feed = await openWatched(url, guid);
    aggregate();
    expect(await feed.next(SOON_MS)).toMatchObject({
      kinds: ['DATA'],
      cause: 'POLL',
      transactionsCreated: null,
      transactionsUpdated: null,
    });
    end();
    expect(await feed.next()).toMatchObject({ kind: 'STATUS' });
  });

  it('is told without counts that are none', async () => {
    const { url, guid, sandbox, aggregate } = await connectedOfTest({ webhooks: false });
    const feed = await openWatched(url, guid);
    aggregate();
    sandbox.control.setWebhooks({ url: `${url}/webhooks/mx`, username: 'mx', password: 'webhook-password' });
    const overrides = { transactions_created_count: -1, transactions_updated_count: '12' };
    sandbox.control.sendWebhook({ memberGuid: guid, type: 'AGGREGATION', overrides });
    expect(await feed.next(SOON_MS)).toMatchObject({
      kinds: ['DATA'],
      transactionsCreated: null,
      transactionsUpdated: null,
    });
  });

  it('at the end of a job is one event with that', async () => {
    const { url, guid, sandbox, graphql } = await connectedOfTest();
    sandbox.control.setSettings({ jobMs: 600_000 });
    const feed = await openWatched(url, guid);
    await graphql(
      `
        mutation ($guid: String!) {
          aggregateMember(input: { member: { guid: $guid } }) {
            userErrors {
              code
            }
          }
        }
      `,
      { guid },
    );
    expect(await feed.next()).toMatchObject({ cause: 'MUTATION', kinds: ['JOB'] });
    sandbox.control.finishJob(guid);
    expect(await feed.next()).toMatchObject({ kind: 'DATA', kinds: ['DATA', 'JOB'] });
  });

  it('costs no read for a user whom nobody watches, and a few for a webhook whose data never shows', async () => {
    const { url, guid, sandbox, aggregate, end, calls, forgetCalls } = await connectedOfTest();
    aggregate();
    await waitFor(() => sandbox.control.webhooks().deliveries.every(({ state }) => state === 'delivered'));
    expect(calls()[LIST] ?? 0).toBe(0);
    sandbox.control.forceMember(guid, { successfully_aggregated_at: '2026-01-01T00:00:00Z' });
    const feed = await openWatched(url, guid);
    forgetCalls();
    aggregate({ lagMs: 600_000 });
    await waitFor(() => (calls()[LIST] ?? 0) === 4, { deadlineMs: 10_000 });
    end();
    expect(await feed.next()).toMatchObject({ kind: 'STATUS' });
    expect(calls()[LIST]).toBeLessThanOrEqual(6);
  }, 20_000);
});

describe('an error of a member', () => {
  it('is one event when it appears, is another one, and disappears', async () => {
    const { url, guid, sandbox } = await connectedOfTest();
    const feed = await openWatched(url, guid);
    for (const patch of [
      { error: { error_code: 2005 } },
      { error: { error_code: '9999' } },
      { error: null },
      { needs_updated_credentials: true },
    ]) {
      sandbox.control.forceMember(guid, patch);
      sandbox.control.sendWebhook({ memberGuid: guid, type: 'MEMBER' });
      expect(await feed.next()).toMatchObject({ kind: 'ERROR', kinds: ['ERROR'] });
    }
    sandbox.control.forceMember(guid, { connection_status: 'FAILED' });
    expect(await feed.next()).toMatchObject({ kind: 'STATUS', kinds: ['STATUS', 'ERROR'] });
  });
});

describe.skipIf(skipsRedis)('with two instances, new data of a member', () => {
  it('is one event on each with the counts, whichever gets the webhooks', async () => {
    const shared = { redisUrl: (await redisOfTest()).url };
    const scene = await connectedOfTest(shared);
    const { sandbox, guid } = scene;
    const other = await useStack({
      ...{ ...shared, freshnessMs: 50, pace: QUIET, mx: { baseUrl: sandbox.url, ...sandbox.credentials } },
      auth: { kind: 'anonymous', userGuid: sandbox.demoUserGuid },
    });
    const feeds = [await openWatched(scene.url, guid), await openWatched(other.url, guid)];
    const receiver = { username: 'mx', password: 'webhook-password', duplicate: 1 };
    for (const [at, { url }] of [scene, other, scene].entries()) {
      sandbox.control.setWebhooks({ ...receiver, url: `${url}/webhooks/mx` });
      scene.aggregate({ created: at, updated: 9, lagMs: at * 300 });
      for (const feed of feeds)
        expect(await feed.next(SOON_MS)).toMatchObject({
          kinds: ['DATA'],
          transactionsCreated: at,
          transactionsUpdated: 9,
        });
    }
    scene.end();
    for (const feed of feeds) expect(await feed.next()).toMatchObject({ kind: 'STATUS' });
  });
});
