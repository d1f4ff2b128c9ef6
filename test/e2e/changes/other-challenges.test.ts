import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack, StackOptions } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';
const QUESTION = `query ($guid: String!) { member(by: { guid: $guid }) { challenges { __typename label } } }`;
const HISTORY = `query ($guid: String!) {
  member(by: { guid: $guid }) { statusHistory { nodes { connectionStatus } } }
}`;
const OTHER_CHALLENGES = {
  cause: 'WEBHOOK',
  previousStatus: 'CHALLENGED',
  connectionStatus: 'CHALLENGED',
  isDeleted: false,
};

/** A member of the demo user that is CHALLENGED, and what MX does with it. */
async function challengedOfTest(options: StackOptions = {}) {
  const stack = await useStack({ freshnessMs: 50, ...options });
  const { control } = stack.sandbox;
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  const ask = () => control.forceMember(guid, { challenges: 'TEXT' });
  const webhooks = { url: `${stack.url}/webhooks/mx`, username: 'mx', password: 'webhook-password' };
  ask();
  control.setWebhooks(webhooks);
  return {
    ...stack,
    guid,
    /** MX asks another question, and sends a webhook about the member. */
    ask,
    /** MX asks another question, and its webhook gets lost. */
    askSilently: () => {
      control.setWebhooks({ ...webhooks, dropFirst: 1 });
      ask();
      control.setWebhooks(webhooks);
    },
    /** MX sends a webhook again, which contains the status only. */
    repeat: () => control.sendWebhook({ memberGuid: guid, type: 'CONNECTION_STATUS' }),
    end: () => control.forceMember(guid, { connection_status: 'DENIED' }),
    read: ({ graphql }: Pick<Stack, 'graphql'> = stack) => graphql(QUESTION, { guid }),
  };
}

describe('a member that stays CHALLENGED', () => {
  it.each([
    ['nobody has read', 0],
    ['a client has read', 1],
  ])('sends one event for each other question, after one that %s', async (_, reads) => {
    const scene = await challengedOfTest();
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    expect(await feed.next()).toMatchObject({ cause: 'SNAPSHOT', connectionStatus: 'CHALLENGED' });
    if (reads > 0) await scene.read();
    for (let round = 0; round < 3; round += 1) {
      scene.ask();
      expect(await feed.next()).toMatchObject(OTHER_CHALLENGES);
      scene.repeat();
      scene.repeat();
    }
    scene.end();
    expect(await feed.next()).toMatchObject({ previousStatus: 'CHALLENGED', connectionStatus: 'DENIED' });
    const { body } = await scene.graphql<{ member: { statusHistory: { nodes: unknown[] } } }>(HISTORY, {
      guid: scene.guid,
    });
    expect(body.data?.member.statusHistory.nodes).toHaveLength(2);
  });

  it('sends no event for a webhook about a question that a client has read', async () => {
    const scene = await challengedOfTest();
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    await feed.next();
    await scene.read();
    for (let reads = 1; reads <= 2; reads += 1) {
      scene.repeat();
      await waitFor(() => (scene.calls()[STATUS] ?? 0) > reads);
    }
    scene.end();
    expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED' });
  });

  it('sends one event when it becomes so, and none for the webhooks that follow', async () => {
    const scene = await challengedOfTest();
    scene.end();
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED' });
    scene.ask();
    expect(await feed.next()).toMatchObject({ previousStatus: 'DENIED', connectionStatus: 'CHALLENGED' });
    await waitFor(() => (scene.calls()[STATUS] ?? 0) > 0);
    scene.repeat();
    await waitFor(() => (scene.calls()[STATUS] ?? 0) > 1);
    scene.ask();
    expect(await feed.next()).toMatchObject(OTHER_CHALLENGES);
    scene.end();
    expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED' });
  });

  it('sends an event to all when one client reads another question, whose webhook is lost', async () => {
    const scene = await challengedOfTest();
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    await feed.next();
    await scene.read();
    scene.askSilently();
    await pause(60);
    await scene.read();
    expect(await feed.next()).toMatchObject({ ...OTHER_CHALLENGES, cause: 'POLL' });
  });

  it('sends the event once MX can be asked again', async () => {
    const pace = { activeMs: 200, awaitingUserMs: 400, idleMs: 400 };
    const scene = await challengedOfTest({ pace, deadlineMs: 300 });
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    await feed.next();
    await scene.read();
    scene.sandbox.control.setFaults([{ kind: 'status', status: 500, endpoint: STATUS }]);
    scene.ask();
    await waitFor(() => (scene.calls()[STATUS] ?? 0) > 2);
    scene.sandbox.control.setFaults([]);
    expect(await feed.next()).toMatchObject(OTHER_CHALLENGES);
  });

  it('costs one call for a webhook beside the list, and none for polls or for other members', async () => {
    const pace = { activeMs: 50, awaitingUserMs: 100, idleMs: 100 };
    const scene = await challengedOfTest({ pace });
    const feed = await openFeed(scene.url, { memberGuid: scene.guid });
    await feed.next();
    await waitFor(() => (scene.calls()[LIST] ?? 0) > 5);
    const other = demoMember(scene.sandbox, 'LOCKED').guid;
    scene.sandbox.control.sendWebhook({ memberGuid: other, type: 'CONNECTION_STATUS' });
    await waitFor(() => (scene.calls()[LIST] ?? 0) > 10);
    expect(scene.calls()).not.toHaveProperty([STATUS]);
    scene.ask();
    await feed.next();
    expect(scene.calls()[STATUS]).toBe(1);
  });
});

describe.skipIf(skipsRedis)('with two instances, a member that stays CHALLENGED', () => {
  it('sends one event on each for each other question, whichever gets the webhook', async () => {
    const redis = await redisOfTest();
    const shared = { redisUrl: redis.url };
    const scene = await challengedOfTest(shared);
    const { sandbox } = scene;
    const other = await useStack({
      ...{ ...shared, freshnessMs: 50, mx: { baseUrl: sandbox.url, ...sandbox.credentials } },
      auth: { kind: 'anonymous', userGuid: sandbox.demoUserGuid },
    });
    const feeds = [
      await openFeed(scene.url, { memberGuid: scene.guid }),
      await openFeed(other.url, { memberGuid: scene.guid }),
    ];
    for (const feed of feeds) await feed.next();
    await scene.read(other);
    const receiver = { username: 'mx', password: 'webhook-password' };
    for (const { url } of [scene, other, scene]) {
      sandbox.control.setWebhooks({ ...receiver, url: `${url}/webhooks/mx` });
      scene.ask();
      for (const feed of feeds) expect(await feed.next()).toMatchObject(OTHER_CHALLENGES);
      scene.repeat();
      await scene.read(other);
    }
    scene.end();
    for (const feed of feeds) expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED' });
  });
});
