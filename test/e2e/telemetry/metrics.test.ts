import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { freePort } from '../../support/free-port.js';
import { connectSocket, openStream } from '../../support/live-client.js';
import { scrape } from '../../support/scrape.js';
import { useStack } from '../../support/start-stack.js';
import { waitFor } from '../../support/wait-for.js';

const PAGE = `query Page { viewer { members { guid connectionStatus institution { name } } } }`;
const FOLLOW = `subscription { memberStatusChanged { connectionStatus } }`;
const LIST = 'GET /users/:user/members';

describe('/metrics', () => {
  it('counts operations by type, name and outcome, with duration and cost', async () => {
    const { url, graphql } = await useStack();
    await graphql(PAGE);
    await graphql(PAGE);
    await graphql(`
      {
        member(by: { guid: "MBR-0" }) {
          guid
        }
      }
    `);
    await graphql(`
      {
        nothing
      }
    `);
    await graphql(`{`);
    const { sum } = await scrape(url);
    expect(sum('mxgql_operations_total', { type: 'query', name: 'Page', outcome: 'OK' })).toBe(2);
    expect(sum('mxgql_operations_total', { name: 'anonymous', outcome: 'NOT_FOUND' })).toBe(1);
    expect(sum('mxgql_operations_total', { type: 'invalid', outcome: 'GRAPHQL_VALIDATION_FAILED' })).toBe(1);
    expect(sum('mxgql_operations_total', { type: 'invalid', outcome: 'GRAPHQL_PARSE_FAILED' })).toBe(1);
    expect(sum('mxgql_operation_duration_seconds_count', { type: 'query' })).toBe(3);
    expect(sum('mxgql_operation_upstream_calls_count', { type: 'query' })).toBe(3);
    expect(sum('mxgql_operation_upstream_calls_bucket', { type: 'query', le: '0' })).toBe(2);
  });

  it('counts calls to MX and how reads were served', async () => {
    const { url, graphql, calls } = await useStack();
    await Promise.all([graphql(PAGE), graphql(PAGE)]);
    await graphql(PAGE);
    const { sum, values } = await scrape(url);
    expect(sum('mxgql_mx_calls_total', { endpoint: LIST, outcome: '200' })).toBe(1);
    const made = Object.values(calls()).reduce((total, one) => total + one, 0);
    expect(sum('mxgql_mx_calls_total')).toBe(made);
    expect(sum('mxgql_mx_call_duration_seconds_count')).toBe(made);
    const results = values('mxgql_cache_requests_total').map(({ labels, value }) => [
      labels['result'],
      value,
    ]);
    expect(Object.fromEntries(results)).toEqual({ miss: 1, deduplicated: 1, hit: 1 });
  });

  it('shows the breaker, and the outcomes of calls that fail', async () => {
    const { url, graphql, sandbox } = await useStack({ freshnessMs: 0, deadlineMs: 1_000 });
    const state = async (name: string) => (await scrape(url)).sum('mxgql_mx_breaker_state', { state: name });
    expect([await state('closed'), await state('open')]).toEqual([1, 0]);
    sandbox.control.setFaults([{ kind: 'status', status: 503 }]);
    await waitFor(async () => {
      await graphql(PAGE);
      return (await state('open')) === 1;
    });
    const { sum } = await scrape(url);
    expect(sum('mxgql_mx_breaker_state')).toBe(1);
    expect(sum('mxgql_mx_calls_total', { outcome: '503' })).toBeGreaterThanOrEqual(10);
    expect(sum('mxgql_operations_total', { outcome: 'UPSTREAM_UNAVAILABLE' })).toBeGreaterThan(0);
  });

  it('shows sockets, streams, subscriptions, events, watched users, polls, changes and webhooks', async () => {
    // So slow a poll that the webhook tells of the change.
    const pace = { activeMs: 60_000, awaitingUserMs: 60_000, idleMs: 60_000 };
    const { url, sandbox } = await useStack({ webhooks: true, freshnessMs: 50, pace });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const members = membersOf(sandbox, sandbox.demoUserGuid).length;
    const socket = await connectSocket(url);
    socket.subscribe('1', FOLLOW);
    const stream = await openStream(url, FOLLOW);
    for (let count = 0; count < members; count += 1) await Promise.all([socket.next(), stream.next()]);
    // The first poll, which could otherwise see the change before the webhook comes.
    await waitFor(async () => (await scrape(url)).sum('mxgql_polls_total', { outcome: 'succeeded' }) > 0);
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    await Promise.all([socket.next(), stream.next()]);
    const open = await scrape(url);
    for (const transport of ['websocket', 'sse']) {
      expect(open.sum('mxgql_connections', { transport })).toBe(1);
      expect(open.sum('mxgql_subscriptions', { transport })).toBe(1);
      expect(open.sum('mxgql_subscription_events_total', { transport })).toBe(members + 1);
    }
    expect(open.sum('mxgql_watched_users')).toBe(1);
    expect(open.sum('mxgql_polls_total', { outcome: 'succeeded' })).toBeGreaterThan(0);
    expect(open.sum('mxgql_member_changes_total', { status: 'DENIED', cause: 'WEBHOOK' })).toBe(1);
    expect(open.sum('mxgql_webhooks_total', { type: 'CONNECTION_STATUS', outcome: 'accepted' })).toBe(1);
    socket.socket.close();
    stream.leave();
    await waitFor(async () => {
      const { sum } = await scrape(url);
      return sum('mxgql_connections') === 0 && sum('mxgql_subscriptions') === 0;
    });
  });

  it('shows the observed members by status and institution', async () => {
    const { url, graphql, sandbox } = await useStack();
    await graphql(PAGE);
    const { sum, values } = await scrape(url);
    const members = membersOf(sandbox, sandbox.demoUserGuid);
    expect(sum('mxgql_members')).toBe(members.length);
    const connected = members.filter(({ connection_status: status }) => status === 'CONNECTED');
    expect(sum('mxgql_members', { status: 'CONNECTED' })).toBe(connected.length);
    for (const { labels } of values('mxgql_members')) expect(labels['institution']).not.toBe('');
  });

  it('stays bounded whatever the names of operations', async () => {
    const { url, graphql } = await useStack();
    for (let n = 0; n < 130; n += 1) await graphql(`query Name${n} { __typename }`);
    for (let n = 0; n < 30; n += 1) await graphql(`query Unfit${n} { nothing }`);
    const { sum, values } = await scrape(url);
    const names = new Set(values('mxgql_operations_total').map(({ labels }) => labels['name']));
    expect(names.size).toBeLessThanOrEqual(102);
    expect(sum('mxgql_operations_total', { name: 'other' })).toBe(30);
    expect(sum('mxgql_operations_total', { name: 'invalid' })).toBe(30);
  });

  it('contains no identity', async () => {
    const { url, graphql, sandbox } = await useStack();
    await graphql(PAGE);
    const { text } = await scrape(url);
    expect(text).not.toMatch(/(USR|MBR)-/);
    expect(text).not.toContain(sandbox.credentials.apiKey);
  });

  it('is served only on its own port if that is set', async () => {
    const metricsPort = await freePort();
    const { url } = await useStack({ config: { metricsPort } });
    const { names } = await scrape(`http://127.0.0.1:${metricsPort}`);
    expect(names).toContain('mxgql_operations_total');
    expect(names).toContain('nodejs_eventloop_lag_p99_seconds');
    expect((await fetch(`${url}/metrics`)).status).toBe(404);
    expect((await fetch(`http://127.0.0.1:${metricsPort}/graphql`)).status).toBe(404);
  });
});
