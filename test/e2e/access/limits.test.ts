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

/** The first error in the response to a document, on each transport. */
async function errorsOf(stack: Stack, query: string): Promise<(GraphqlFault | undefined)[]> {
  const http = (await stack.graphql(query)).body.errors?.[0];
  const live = await connectSocket(stack.url);
  live.subscribe('1', query);
  const { payload } = await live.next();
  const webSocket = Array.isArray(payload) ? (payload as GraphqlFault[])[0] : payload?.errors?.[0];
  const stream = await openStream(stack.url, query);
  return [http, webSocket, (await stream.next()).data?.errors?.[0]];
}

describe('without introspection', () => {
  it.each([
    ['in the form that GraphiQL sends', getIntrospectionQuery()],
    ['by the name of a type', '{ __type(name: "User") { name } }'],
    ['under an alias', '{ a: __schema { queryType { name } } }'],
    ['in a fragment', '{ ...F } fragment F on Query { __schema { queryType { name } } }'],
  ])('the schema cannot be read on any transport: %s', async (_, query) => {
    const stack = await useStack({ introspection: false });
    for (const error of await errorsOf(stack, query)) {
      expect(error?.message).toBe('Introspection is disabled.');
      expect(error?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    }
  });

  it('__typename can still be read', async () => {
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

describe('every transport', () => {
  it.each([
    ['a misspelt root field', '{ viewr { guid } }'],
    ['a misspelt field', '{ viewer { gui } }'],
    ['a misspelt type', '{ viewer { members { ... on Membr { guid } } } }'],
    ['a misspelt argument', '{ user(gid: "USR-1") { guid } }'],
    ['a misspelt directive', '{ member(by: { guid: "MBR-1" }) @skp(if: true) { guid } }'],
    ['a selection on an enum', '{ viewer { members { connectionStatus { a } } } }'],
    ['a misspelt mutation', 'mutation { deleteMembr(input: {}) { deletedMemberId } }'],
    [
      'a misspelt input field',
      'mutation { deleteMember(input: { member: { gud: "MBR-1" } }) { deletedMemberId } }',
    ],
  ])('rejects %s without suggesting names of the schema', async (_, query) => {
    const stack = await useStack();
    for (const error of await errorsOf(stack, query)) {
      expect(error?.message).toMatch(/\w{3}/);
      expect(error?.message).not.toMatch(/Did you mean|"viewer"|"deleteMember"|"guid"/);
    }
  });

  it('rejects an operation with more than fifty directives, also through fragments', async () => {
    const stack = await useStack();
    const fields = (count: number) =>
      Array.from({ length: count }, () => 'guid @skip(if: false) @include(if: true)').join(' ');
    dataOf(await stack.graphql(`{ viewer { ${fields(25)} } }`));
    const spread = `{ viewer { ...F ...F ...F } } fragment F on User { ${fields(9)} }`;
    for (const query of [`{ viewer { ${fields(26)} } }`, spread]) {
      for (const error of await errorsOf(stack, query)) expect(error?.message).toContain('directives');
    }
  });
});

describe('the limits of a viewer', () => {
  const VIEWER = '{ viewer { guid } }';

  it('reject operations beyond the rate limit with 429 and Retry-After, but not those of others', async () => {
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

  it('reject a batch of operations', async () => {
    const stack = await useStack();
    const body = JSON.stringify([{ query: VIEWER }, { query: VIEWER }]);
    const headers = { 'content-type': 'application/json' };
    expect((await sendRaw(stack.url, { headers, body })).status).toBe(400);
    const accept = { ...headers, accept: 'text/event-stream' };
    expect((await sendRaw(stack.url, { path: '/graphql/stream', headers: accept, body })).status).toBe(400);
    expect(stack.calls()).toEqual({});
  });

  it('allow 200 subscriptions over all sockets and streams, and new ones when some have ended', async () => {
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

describe('an HTTP request', () => {
  it.each([
    ['a URL', { method: 'GET', path: `/graphql?query=${'x'.repeat(20_000)}` }],
    ['a header', { headers: { authorization: `Bearer ${'x'.repeat(20_000)}` } }],
  ])('with %s of more than 16 KiB is rejected with 431', async (_, request) => {
    const { url } = await liveAppOfTest();
    const { status, text } = await sendRaw(url, request);
    expect(status).toBe(431);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'PAYLOAD_TOO_LARGE' } }] });
  });

  it('that is not HTTP is rejected with 400', async () => {
    const { url } = await liveAppOfTest();
    const { status, text } = await sendRaw(url, { method: 'NO SUCH METHOD' });
    expect(status).toBe(400);
    expect(JSON.parse(text)).toMatchObject({ errors: [{ extensions: { code: 'BAD_REQUEST' } }] });
  });

  it.each(['[', 'a b', '::::', 'x:99999'])('to the host %j is rejected with 400', async (host) => {
    const { url } = await useStack();
    const headers = { host, 'content-type': 'application/json' };
    const answer = await sendRaw(url, { headers, body: '{"query":"{ viewer { guid } }"}' });
    expect(answer.status).toBe(400);
  });

  it('beyond the maximum number of connections is closed at once', async () => {
    const { app, url } = await liveAppOfTest();
    expect(app.server.maxConnections).toBe(25_000);
    app.server.maxConnections = 1;
    const { socket } = await connectSocket(url);
    await expect(connectSocket(url)).rejects.toThrow();
    socket.terminate();
    await waitFor(async () => (await connectSocket(url)).socket.readyState === 1);
  });
});

describe('under high load', () => {
  it('every request is rejected with 503 and Retry-After, except for /livez and open sockets', async () => {
    let isShedding = false;
    const { app, url } = await liveAppOfTest({
      loadShedder: { isShedding: () => isShedding, stop: () => undefined },
    });
    const live = await connectSocket(url);
    expect(app.hasRoute({ method: 'POST', url: '/graphql' })).toBe(true);
    isShedding = true;
    for (const path of ['/graphql', '/graphql/stream', '/webhooks/mx', '/nowhere']) {
      const { status, headers, text } = await sendRaw(url, { path });
      expect([status, headers['retry-after']]).toEqual([503, '5']);
      expect(JSON.parse(text)).toMatchObject({
        errors: [{ extensions: { code: 'OVERLOADED', retryable: true } }],
      });
    }
    expect(await refusedUpgrade(url)).toBe(503);
    expect((await sendRaw(url, { method: 'GET', path: '/livez' })).status).toBe(404);
    // An open socket is still served: work that was accepted is finished.
    live.subscribe('1', '{ word }');
    expect((await live.next()).payload).toEqual({ data: { word: 'word' } });
    isShedding = false;
    expect((await sendRaw(url, { headers: { 'content-type': 'application/json' }, body: '{}' })).status).toBe(
      200,
    );
  });
});
