import { getIntrospectionQuery } from 'graphql';
import { describe, expect, it } from 'vitest';

import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { GraphqlFault } from '../../support/graphql-client.js';
import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { connectSocket, openStream, refusedUpgrade, requestStream } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

/** The first error that a document is answered with, on each transport. */
async function faultsOf(stack: Stack, query: string): Promise<(GraphqlFault | undefined)[]> {
  const http = (await stack.graphql(query)).body.errors?.[0];
  const live = await connectSocket(stack.url);
  live.subscribe('1', query);
  const { payload } = await live.next();
  const webSocket = Array.isArray(payload) ? (payload as GraphqlFault[])[0] : payload?.errors?.[0];
  const stream = await openStream(stack.url, query);
  return [http, webSocket, (await stream.next()).data?.errors?.[0]];
}

describe('where the schema is not to be told', () => {
  it.each([
    ['as GraphiQL asks for it', getIntrospectionQuery()],
    ['by the name of a type', '{ __type(name: "User") { name } }'],
    ['under an alias', '{ a: __schema { queryType { name } } }'],
    ['in a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
  ])('it is not, on any transport: %s', async (_, query) => {
    const stack = await useStack({ introspection: false });
    for (const fault of await faultsOf(stack, query)) {
      expect(fault?.message).toBe('Introspection is disabled.');
      expect(fault?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('an object still says of what type it is', async () => {
    const stack = await useStack({ introspection: false });
    expect(dataOf(await stack.graphql('{ __typename viewer { __typename } }'))).toEqual({
      __typename: 'Query',
      viewer: { __typename: 'User' },
    });
  });

  it('GraphiQL is not served', async () => {
    const { url } = await useStack({ introspection: false });
    for (const path of ['/graphiql', '/graphiql/start.js', '/graphiql/graphiql.min.js']) {
      expect((await fetch(url + path, { redirect: 'manual' })).status).toBe(404);
    }
  });
});

describe('no transport', () => {
  it.each([
    '{ viewr { guid } }',
    '{ viewer { gui } }',
    '{ viewer { members { ... on Membr { guid } } } }',
    '{ user(gid: "USR-1") { guid } }',
    '{ member(guid: "MBR-1") @skp(if: true) { guid } }',
    '{ viewer { members { connectionStatus { a } } } }',
    'mutation { deleteMembr(input: {}) { deletedMemberId } }',
    'mutation { deleteMember(input: { memberGuid: "MBR-1", membrGuid: "x" }) { deletedMemberId } }',
  ])('offers names of the schema to %s', async (query) => {
    const stack = await useStack();
    for (const fault of await faultsOf(stack, query)) {
      expect(fault?.message).toMatch(/\w{3}/);
      expect(fault?.message).not.toMatch(/Did you mean|"viewer"|"deleteMember"|"memberGuid"/);
    }
  });

  it('runs an operation with more than fifty directives, however they come by', async () => {
    const stack = await useStack();
    const fields = (count: number) =>
      Array.from({ length: count }, () => 'guid @skip(if: false) @include(if: true)').join(' ');
    dataOf(await stack.graphql(`{ viewer { ${fields(25)} } }`));
    const spread = `{ viewer { ...F ...F ...F } } fragment F on User { ${fields(9)} }`;
    for (const query of [`{ viewer { ${fields(26)} } }`, spread]) {
      for (const fault of await faultsOf(stack, query)) expect(fault?.message).toContain('directives');
    }
  });
});

describe('operations of one viewer', () => {
  const VIEWER = '{ viewer { guid } }';

  it('are refused with 429 and when to come back once a minute is used up, those of another are not', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth, operationsPerMinute: 5 });
    const [demo, other] = await Promise.all(
      [stack.sandbox.demoUserGuid, stack.sandbox.otherUserGuid].map((guid) =>
        issuer.mint({ mx_user_guid: guid }),
      ),
    );
    const asDemo = { token: demo ?? '' };
    for (let at = 0; at < 5; at += 1) dataOf(await stack.graphql(VIEWER, {}, asDemo));
    const answer = await stack.graphql(VIEWER, {}, asDemo);
    expect([answer.status, ...codesOf(answer)]).toEqual([429, 'RATE_LIMITED']);
    expect(answer.body.errors?.[0]?.extensions?.retryable).toBe(true);
    const raw = await sendRaw(stack.url, {
      headers: { 'content-type': 'application/json', authorization: `Bearer ${demo}` },
      body: JSON.stringify({ query: VIEWER }),
    });
    expect(Number(raw.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(raw.headers['retry-after'])).toBeLessThanOrEqual(12);
    dataOf(await stack.graphql(VIEWER, {}, { token: other ?? '' }));

    const live = await connectSocket(stack.url, asDemo);
    live.subscribe('1', VIEWER);
    expect(await live.next()).toMatchObject({
      type: 'error',
      id: '1',
      payload: [{ extensions: { code: 'RATE_LIMITED' } }],
    });
    const stream = await requestStream(stack.url, VIEWER, { headers: { authorization: `Bearer ${demo}` } });
    expect(stream.status).toBe(429);
    expect(Number(stream.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  it('that are not one at a time are not run at all', async () => {
    const stack = await useStack();
    const body = JSON.stringify([{ query: VIEWER }, { query: VIEWER }]);
    const headers = { 'content-type': 'application/json' };
    expect((await sendRaw(stack.url, { headers, body })).status).toBe(400);
    const accept = { ...headers, accept: 'text/event-stream' };
    expect((await sendRaw(stack.url, { path: '/graphql/stream', headers: accept, body })).status).toBe(400);
    expect(stack.calls()).toEqual({});
  });

  it('subscribe two hundred times at most, over all sockets and streams, and again when some have ended', async () => {
    const { url } = await liveAppOfTest({ source: new ToySource() });
    const ticks = 'subscription { ticks { count } }';
    const sockets = await Promise.all([connectSocket(url), connectSocket(url)]);
    for (const live of sockets) for (let id = 0; id < 100; id += 1) live.subscribe(`${id}`, ticks);
    const [first, third] = [sockets[0], await connectSocket(url)];
    await waitFor(async () => {
      third.subscribe('over', ticks);
      const { payload } = await third.next();
      await third.next();
      return payload?.errors?.[0]?.extensions?.code === 'OVERLOADED';
    });
    const stream = await openStream(url, ticks);
    expect((await stream.next()).data?.errors).toMatchObject([{ extensions: { code: 'OVERLOADED' } }]);
    first?.send({ type: 'complete', id: '7' });
    first?.send({ type: 'ping' });
    await first?.next();
    third.subscribe('room', ticks);
    third.send({ type: 'ping' });
    expect((await third.next()).type).toBe('pong');
  });
});

describe('a connection', () => {
  it.each([
    ['an address', { method: 'GET', path: `/graphql?query=${'x'.repeat(20_000)}` }],
    ['a header', { headers: { authorization: `Bearer ${'x'.repeat(20_000)}` } }],
  ])('that brings %s of more than 16 KiB is answered with 431', async (_, request) => {
    const { url } = await liveAppOfTest();
    const { status, text } = await sendRaw(url, request);
    expect(status).toBe(431);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
  });

  it('that brings no HTTP is answered with 400', async () => {
    const { url } = await liveAppOfTest();
    const { status, text } = await sendRaw(url, { method: 'NO SUCH METHOD' });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it.each(['[', 'a b', '::::', 'x:99999'])('to the host %j is answered with 400', async (host) => {
    const { url } = await useStack();
    const headers = { host, 'content-type': 'application/json' };
    const answer = await sendRaw(url, { headers, body: '{"query":"{ viewer { guid } }"}' });
    expect(answer.status).toBe(400);
  });

  it('beyond as many as there may be is closed as it comes', async () => {
    const { app, url } = await liveAppOfTest();
    expect(app.server.maxConnections).toBe(25_000);
    app.server.maxConnections = 1;
    const { socket } = await connectSocket(url);
    await expect(connectSocket(url)).rejects.toThrow();
    socket.terminate();
    await waitFor(async () => (await connectSocket(url)).socket.readyState === 1);
  });
});

describe('under pressure', () => {
  it('all is refused with 503 and when to come back, but not whether the process lives', async () => {
    let isOn = false;
    const { app, url } = await liveAppOfTest({
      loadShedder: { isShedding: () => isOn, stop: () => undefined },
    });
    const live = await connectSocket(url);
    expect(app.hasRoute({ method: 'POST', url: '/graphql' })).toBe(true);
    isOn = true;
    for (const path of ['/graphql', '/graphql/stream', '/webhooks/mx', '/nowhere']) {
      const { status, headers, text } = await sendRaw(url, { path });
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ extensions: { code: 'OVERLOADED', retryable: true } }],
      });
    }
    expect(await refusedUpgrade(url)).toBe(503);
    expect((await sendRaw(url, { method: 'GET', path: '/livez' })).status).toBe(404);
    // Who has been let in is served: what is under way is what is to be finished.
    live.subscribe('1', '{ word }');
    expect((await live.next()).payload).toEqual({ data: { word: 'word' } });
    isOn = false;
    expect((await sendRaw(url, { headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(
      200,
    );
  });
});
