import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';

import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { captureLog } from '../../support/captured-log.js';
import type { CapturedLog } from '../../support/captured-log.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { connectSocket, openStream } from '../../support/live-client.js';
import { startStack, useStack } from '../../support/start-stack.js';
import type { Stack, StackOptions } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';

const PAGE = `query Page { viewer { members { guid institution { name } } } }`;
const FOLLOW = `subscription Follow($guid: String!) { memberStatusChanged(memberGuid: $guid) { connectionStatus } }`;

async function logged(options: StackOptions = {}): Promise<{ stack: Stack; log: CapturedLog }> {
  const log = captureLog();
  return { log, stack: await useStack({ ...options, config: log.config }) };
}

describe('an operation', () => {
  it('is one line over HTTP with name, viewer, outcome and cost', async () => {
    const { stack, log } = await logged();
    await stack.graphql(PAGE);
    await stack.graphql(PAGE);
    const [first, second, ...rest] = await log.wait('operation', 2);
    expect(rest).toEqual([]);
    expect(first).toMatchObject({
      level: 30,
      transport: 'http',
      operation: 'Page',
      type: 'query',
      outcome: 'OK',
      status: 200,
      document: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      viewer: expect.stringMatching(/^[0-9a-f]{16}$/) as string,
      requestId: expect.stringMatching(/^[\w-]{36}$/) as string,
    });
    expect(first?.['durationMs']).toBeGreaterThan(0);
    expect(first?.['upstreamCalls']).toBe(Object.values(stack.calls()).reduce((sum, n) => sum + n, 0));
    expect(second).toMatchObject({
      upstreamCalls: 0,
      viewer: first?.['viewer'],
      document: first?.['document'],
    });
  });

  it('is the same line by WebSocket and SSE', async () => {
    const { stack, log } = await logged();
    const socket = await connectSocket(stack.url, { headers: { 'x-request-id': 'socket-1' } });
    socket.subscribe('1', PAGE);
    await socket.next();
    const stream = await openStream(stack.url, PAGE, { headers: { 'x-request-id': 'stream-1' } });
    await stream.next();
    await stack.graphql(PAGE);
    const lines = await log.wait('operation', 3);
    const common = { operation: 'Page', type: 'query', outcome: 'OK', document: lines[0]?.['document'] };
    expect(lines).toMatchObject([
      { ...common, transport: 'websocket', requestId: 'socket-1', status: null },
      { ...common, transport: 'sse', requestId: 'stream-1', status: null, upstreamCalls: 0 },
      { ...common, transport: 'http', status: 200, upstreamCalls: 0 },
    ]);
    expect(new Set(lines.map(({ viewer }) => viewer)).size).toBe(1);
  });

  it('that fails has its first error code as outcome, on every transport', async () => {
    const { stack, log } = await logged();
    const absent = `query Absent { member(by: { guid: "MBR-0" }) { guid } }`;
    const unfit = `query Unfit { nothing }`;
    for (const query of [absent, unfit]) await stack.graphql(query);
    const socket = await connectSocket(stack.url);
    for (const [id, query] of [absent, unfit].entries()) socket.subscribe(String(id), query);
    for (let count = 0; count < 3; count += 1) await socket.next();
    for (const query of [absent, unfit]) await (await openStream(stack.url, query)).next();
    const lines = await log.wait('operation', 6);
    const outcomes = lines.map(({ transport, outcome }) => `${String(transport)} ${String(outcome)}`).sort();
    expect(outcomes).toEqual([
      ...['http', 'sse', 'websocket'].flatMap((transport) => [
        `${transport} GRAPHQL_VALIDATION_FAILED`,
        `${transport} NOT_FOUND`,
      ]),
    ]);
  });

  it('counts the calls of a mutation, with retries and reads before and after', async () => {
    const { stack, log } = await logged();
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    stack.forgetCalls();
    await stack.graphql(
      `mutation M($g: String!) { aggregateMember(input: { member: { guid: $g } }) { member { guid } } }`,
      {
        g: guid,
      },
    );
    const [line] = await log.wait('operation');
    const made = Object.values(stack.calls()).reduce((sum, n) => sum + n, 0);
    expect(made).toBeGreaterThan(1);
    expect(line).toMatchObject({ type: 'mutation', operation: 'M', upstreamCalls: made });
  });

  it('that is not authenticated is logged as such', async () => {
    const { auth } = await issuerOfTest();
    const { stack, log } = await logged({ auth });
    expect((await stack.graphql(PAGE)).status).toBe(401);
    expect((await log.wait('operation'))[0]).toMatchObject({
      outcome: 'UNAUTHENTICATED',
      status: 401,
      viewer: null,
    });
  });
});

describe('a request id', () => {
  it('is accepted and returned over HTTP, SSE and WebSocket', async () => {
    const { stack } = await logged();
    const headers = { 'x-request-id': 'my-id.1_A' };
    const byHttp = await fetch(`${stack.url}/livez`, { headers });
    expect(byHttp.headers.get('x-request-id')).toBe('my-id.1_A');
    const stream = await openStream(stack.url, PAGE, { headers });
    expect(stream.response.headers.get('x-request-id')).toBe('my-id.1_A');
    const socket = new WebSocket(`${stack.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', {
      headers,
    });
    const [upgrade] = (await once(socket, 'upgrade')) as [IncomingMessage];
    socket.terminate();
    expect(upgrade.headers['x-request-id']).toBe('my-id.1_A');
  });

  it.each([['none'], ['a b'], ['a'.repeat(65)], ['<script>'], ['ä']])(
    'is a new one where the one given is %j',
    async (given) => {
      const { stack } = await logged();
      const headers = given === 'none' ? {} : { 'x-request-id': Buffer.from(given).toString('latin1') };
      const response = await fetch(`${stack.url}/livez`, { headers });
      expect(response.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
    },
  );

  it('is in the log line of an error whose cause the client does not see', async () => {
    const { stack, log } = await logged({ deadlineMs: 300 });
    stack.sandbox.control.setFaults([{ kind: 'status', status: 500 }]);
    await stack.graphql(PAGE, {}, { headers: { 'x-request-id': 'failing-1' } });
    const [error] = await log.wait('operation failed');
    expect(error).toMatchObject({ level: 50, requestId: 'failing-1', err: { type: 'MxError' } });
    expect((await log.wait('operation'))[0]).toMatchObject({
      requestId: 'failing-1',
      outcome: 'UPSTREAM_UNAVAILABLE',
    });
  });
});

describe('a subscription', () => {
  it('has a line at its start and one at its end, with its number of events', async () => {
    const { stack, log } = await logged({ webhooks: true, freshnessMs: 100 });
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    const socket = await connectSocket(stack.url);
    socket.subscribe('1', FOLLOW, { guid });
    await socket.next();
    const stream = await openStream(stack.url, FOLLOW, { variables: { guid } });
    await stream.next();
    stack.sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    await socket.next();
    await stream.next();
    expect(await log.wait('subscription started', 2)).toMatchObject([
      { transport: 'websocket', operation: 'Follow', type: 'subscription' },
      { transport: 'sse', operation: 'Follow', type: 'subscription' },
    ]);
    expect(log.lines('subscription ended')).toEqual([]);
    socket.send({ type: 'complete', id: '1' });
    stream.leave();
    const ended = await log.wait('subscription ended', 2);
    expect(ended.map(({ transport }) => transport).sort()).toEqual(['sse', 'websocket']);
    for (const line of ended) {
      expect(line).toMatchObject({ operation: 'Follow', outcome: 'OK', events: 2 });
      expect(line['durationMs']).toBeGreaterThan(0);
    }
  });

  it('that cannot start is a failed operation without a start line', async () => {
    const { stack, log } = await logged();
    const socket = await connectSocket(stack.url);
    socket.subscribe('1', FOLLOW, { guid: 'MBR-00000000-0000-4000-8000-000000000000' });
    await socket.next();
    expect((await log.wait('operation'))[0]).toMatchObject({ type: 'subscription', outcome: 'NOT_FOUND' });
    expect(log.lines('subscription started')).toEqual([]);
  });
});

describe('what support reads of others', () => {
  it('is audited with reader and user, both as pseudonyms', async () => {
    const issuer = await issuerOfTest();
    const { stack, log } = await logged({ auth: issuer.auth });
    const { demoUserGuid: guid } = stack.sandbox;
    const query = `query Look($guid: String!) { user(guid: $guid) { members { guid } member(guid: "MBR-1") { guid } } }`;
    const support = await issuer.mint({ sub: 'agent-7', scope: 'mx:support' });
    const own = await issuer.mint({ mx_user_guid: guid });
    await stack.graphql(query, { guid }, { token: support });
    await stack.graphql(query, { guid }, { token: own });
    const [bySupport, byOwner] = await log.wait('operation', 2);
    const audits = log.lines('support read');
    expect(audits).toMatchObject([
      { requestId: bySupport?.['requestId'], viewer: bySupport?.['viewer'], operation: 'Look' },
    ]);
    expect(audits[0]?.['user']).toBe(byOwner?.['viewer']);
    expect(audits[0]?.['user']).not.toBe(audits[0]?.['viewer']);
    for (const secret of [guid, 'agent-7']) expect(log.text).not.toContain(secret);
  });
});

describe('names in the log', () => {
  it('are the same for the same salt, and differ otherwise', async () => {
    const names: unknown[] = [];
    for (const logSalt of ['a salt that is shared', 'a salt that is shared', null]) {
      const log = captureLog();
      const stack = await startStack({ config: { ...log.config, logSalt } });
      await stack.graphql(PAGE);
      names.push((await log.wait('operation'))[0]?.['viewer']);
      expect(membersOf(stack.sandbox, stack.sandbox.demoUserGuid).length).toBeGreaterThan(0);
      await stack.dispose();
    }
    expect(names[0]).toMatch(/^[0-9a-f]{16}$/);
    expect(names[0] === names[1]).toBe(true);
    expect(names[2]).toMatch(/^[0-9a-f]{16}$/);
  });
});
