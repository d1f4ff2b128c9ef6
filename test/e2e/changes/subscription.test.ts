import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { startStack, useStack } from '../../support/start-stack.js';
import type { StackOptions } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';

const LIST = 'GET /users/:user/members';
const WINDOW_MS = 300;
/** As the product's own, a hundred times as fast. */
const FAST = { activeMs: 100, awaitingUserMs: 300, idleMs: 3_000 };

/** A server that MX's webhooks reach, with a window short enough to wait for. */
const withWebhooks = (more: StackOptions = {}) =>
  useStack({ webhooks: true, freshnessMs: WINDOW_MS, ...more });

const AGGREGATE = `mutation ($guid: String!) { aggregateMember(input: { member: { guid: $guid } }) { userErrors { code } } }`;
const DELETE = `mutation ($guid: String!) { deleteMember(input: { member: { guid: $guid } }) { deletedMemberId } }`;

/** Nothing is read but by the first request: no poll, and no window that ends. */
const QUIET: StackOptions = {
  freshnessMs: 60_000,
  pace: { activeMs: 60_000, awaitingUserMs: 60_000, idleMs: 60_000 },
};

describe('a subscription to changes', () => {
  it('starts with the state of each member, which costs one call', async () => {
    const { url, sandbox, calls, forgetCalls } = await withWebhooks(QUIET);
    const members = membersOf(sandbox, sandbox.demoUserGuid);
    forgetCalls();
    const feed = await openFeed(url);
    const snapshot = await feed.snapshot(members.length);
    expect(snapshot.map(({ memberGuid }) => memberGuid)).toEqual(members.map(({ guid }) => guid));
    expect(snapshot.map((event) => event.connectionStatus)).toEqual(
      members.map(({ connection_status: word }) => word),
    );
    expect(new Set(snapshot.map(({ cause }) => cause))).toEqual(new Set(['SNAPSHOT']));
    expect(calls()).toEqual({ [LIST]: 1 });
  });

  it('sends a change reported by a webhook, with the new status in the second event', async () => {
    const { url, sandbox } = await withWebhooks();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const feed = await openFeed(url, { memberGuid: guid });
    expect(await feed.next()).toMatchObject({
      connectionStatus: 'CONNECTED',
      member: { connectionStatus: 'CONNECTED' },
    });
    for (const status of ['DENIED', 'LOCKED', 'CONNECTED']) {
      sandbox.control.forceMember(guid, { connection_status: status });
      expect(await feed.next()).toMatchObject({
        cause: 'WEBHOOK',
        memberGuid: guid,
        connectionStatus: status,
        member: { guid, connectionStatus: status },
      });
    }
  });

  it('sends a change without a webhook within the poll interval', async () => {
    const { url, sandbox } = await useStack({ pace: FAST, freshnessMs: 50 });
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    const feed = await openFeed(url, { memberGuid: guid });
    expect(await feed.next()).toMatchObject({ connectionStatus: 'CHALLENGED', isTerminal: false });
    sandbox.control.forceMember(guid, { connection_status: 'EXPIRED' });
    expect(await feed.next()).toMatchObject({
      cause: 'POLL',
      previousStatus: 'CHALLENGED',
      connectionStatus: 'EXPIRED',
      isTerminal: true,
    });
  });

  it('sends the change of a mutation, and the end of the job that it started', async () => {
    const { url, sandbox, graphql } = await withWebhooks();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const feed = await openFeed(url, { memberGuid: guid });
    await feed.next();
    await graphql(AGGREGATE, { guid });
    const begun = await feed.next();
    expect(begun).toMatchObject({ cause: 'MUTATION', isBeingAggregated: true, isTerminal: false });
    const end = await feed.until(({ isTerminal }) => isTerminal, 10_000);
    expect(end).toMatchObject({ connectionStatus: 'CONNECTED', isBeingAggregated: false });
  });

  it('sends the deletion of a member, which completes a stream of that member', async () => {
    const { url, sandbox, graphql } = await withWebhooks();
    const { guid } = demoMember(sandbox, 'DENIED');
    const members = membersOf(sandbox, sandbox.demoUserGuid).length;
    const [one, all] = [await openFeed(url, { memberGuid: guid }), await openFeed(url)];
    await one.next();
    await all.snapshot(members);
    await graphql(DELETE, { guid });
    const gone = {
      memberGuid: guid,
      isDeleted: true,
      isTerminal: true,
      connectionStatus: null,
      member: null,
    };
    expect(await one.next()).toMatchObject({ ...gone, cause: 'MUTATION', previousStatus: 'DENIED' });
    expect(await all.next()).toMatchObject(gone);
    expect(await one.live.next()).toMatchObject({ type: 'complete' });
  });

  it('resumes from a cursor with the missed changes, then the current state', async () => {
    const { url, sandbox } = await withWebhooks();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const witness = await openFeed(url, { memberGuid: guid });
    const { cursor } = await witness.next();
    for (const status of ['DENIED', 'LOCKED']) {
      sandbox.control.forceMember(guid, { connection_status: status });
      await witness.next();
    }
    const feed = await openFeed(url, { memberGuid: guid, after: cursor });
    const events = [await feed.next(), await feed.next(), await feed.next()];
    expect(events.map(({ cause, connectionStatus }) => [cause, connectionStatus])).toEqual([
      ['WEBHOOK', 'DENIED'],
      ['WEBHOOK', 'LOCKED'],
      ['SNAPSHOT', 'LOCKED'],
    ]);
    expect(events.every(({ isReset }) => !isReset)).toBe(true);
  });

  it('resets for an unknown cursor, and sends the current state', async () => {
    const { url, sandbox } = await withWebhooks();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const another = await startStack();
    const { cursor } = await (await openFeed(another.url, { memberGuid: guid })).next();
    await another.dispose();
    for (const after of ['nonsense', cursor]) {
      const feed = await openFeed(url, { memberGuid: guid, after });
      expect(await feed.next()).toMatchObject({
        cause: 'SNAPSHOT',
        isReset: true,
        connectionStatus: 'CONNECTED',
      });
    }
  });

  it('marks the first event of a snapshot after a lost cursor, and the last of every snapshot', async () => {
    const { url, sandbox } = await withWebhooks();
    const members = membersOf(sandbox, sandbox.demoUserGuid).length;
    for (const after of [undefined, 'nonsense']) {
      const feed = await openFeed(url, after === undefined ? {} : { after });
      const snapshot = await feed.snapshot(members);
      const marks = snapshot.map(({ isReset, isSnapshotEnd }) => [isReset, isSnapshotEnd]);
      expect(marks).toEqual(snapshot.map((_, at) => [at === 0 && after !== undefined, at === members - 1]));
      sandbox.control.forceMember(demoMember(sandbox, 'CONNECTED').guid, {
        is_being_aggregated: after === undefined,
      });
      expect(await feed.next()).toMatchObject({ isReset: false, isSnapshotEnd: false, kinds: ['JOB'] });
    }
  });

  it('sends one event, which is its end, as the snapshot of a user without members', async () => {
    const { url, sandbox, graphql } = await withWebhooks();
    for (const { guid } of membersOf(sandbox, sandbox.demoUserGuid)) await graphql(DELETE, { guid });
    for (const after of [undefined, 'nonsense']) {
      const feed = await openFeed(url, after === undefined ? {} : { after });
      expect(await feed.next()).toMatchObject({
        memberGuid: null,
        isDeleted: false,
        isReset: after !== undefined,
        isSnapshotEnd: true,
      });
    }
  });

  it('treats another user’s member like one that does not exist', async () => {
    const { url, sandbox, calls, forgetCalls } = await withWebhooks(QUIET);
    const [foreign] = membersOf(sandbox, sandbox.otherUserGuid);
    await (await openFeed(url)).next();
    const answers: unknown[] = [];
    for (const memberGuid of [foreign?.guid ?? '', 'MBR-00000000-0000-4000-8000-000000000000']) {
      forgetCalls();
      const feed = await openFeed(url, { memberGuid, after: 'x' });
      answers.push(await feed.nextErrors(), calls());
      expect(await feed.live.next()).toMatchObject({ type: 'complete' });
    }
    expect(answers[0]).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
    expect(answers.slice(2)).toEqual(answers.slice(0, 2));
  });

  it.each(['', 'x', 'MBR-', 'USR-1', `MBR-${'a'.repeat(61)}`])(
    'says what is wrong with the guid %j',
    async (memberGuid) => {
      const { url } = await withWebhooks();
      const feed = await openFeed(url, { memberGuid });
      const [error] = await feed.nextErrors();
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
      expect(error?.message).toContain('MBR-');
    },
  );
});

describe('while MX fails', () => {
  it('a stream stays open, and continues when MX recovers', async () => {
    const { url, sandbox } = await useStack({ pace: FAST, freshnessMs: 50, deadlineMs: 500 });
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    const feed = await openFeed(url, { memberGuid: guid });
    await feed.next();
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    const late = await openFeed(url, { memberGuid: guid });
    expect(await late.next()).toMatchObject({ cause: 'SNAPSHOT', connectionStatus: 'CHALLENGED' });
    sandbox.control.setFaults([]);
    expect(await feed.next(20_000)).toMatchObject({
      previousStatus: 'CHALLENGED',
      connectionStatus: 'DENIED',
    });
    expect(await late.next(20_000)).toMatchObject({
      previousStatus: 'CHALLENGED',
      connectionStatus: 'DENIED',
    });
  });

  it('a stream without known state sends an error, and starts when MX recovers', async () => {
    const { url, sandbox } = await useStack({ pace: FAST, freshnessMs: 50, deadlineMs: 500 });
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    const feed = await openFeed(url, { memberGuid: guid });
    expect(await feed.nextErrors()).toMatchObject([
      { extensions: { code: 'UPSTREAM_UNAVAILABLE', retryable: true } },
    ]);
    sandbox.control.setFaults([]);
    expect(await feed.next(20_000)).toMatchObject({ cause: 'SNAPSHOT', connectionStatus: 'CHALLENGED' });
  });
});
