import { createClient } from 'graphql-sse';
import type { Client } from 'graphql-sse';
import { describe, expect, it, onTestFinished } from 'vitest';

import { membersOf } from '../../support/demo-members.js';
import { freePort } from '../../support/free-port.js';
import { Inbox } from '../../support/inbox.js';
import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { scrape } from '../../support/scrape.js';
import { startStack, useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const CHANGES = 'subscription { memberStatusChanged { memberGuid cause } }';
const TICKS = 'subscription { ticks { count } }';
const PATH = '/graphql/stream';
const TOKEN = 'x-graphql-event-stream-token';

type Headers = Record<string, string>;

interface Event {
  readonly event: string;
  readonly data: { readonly id: string; readonly payload?: unknown };
}

const reserve = (url: string, headers: Headers = {}) => fetch(url + PATH, { method: 'PUT', headers });
const tokenOf = async (url: string, headers: Headers = {}) => (await reserve(url, headers)).text();
const finish = (url: string, id: string, headers: Headers) =>
  fetch(`${url}${PATH}?operationId=${id}`, { method: 'DELETE', headers });
const execute = (url: string, body: object, headers: Headers) =>
  fetch(url + PATH, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
const operation = (operationId: unknown, query = TICKS) => ({ query, extensions: { operationId } });

/** Opens a reserved stream, which is closed with the test. */
async function open(url: string, headers: Headers) {
  const leaving = new AbortController();
  onTestFinished(() => leaving.abort());
  const response = await fetch(url + PATH, {
    headers: { accept: 'text/event-stream', ...headers },
    signal: leaving.signal,
  });
  const inbox = new Inbox<Event>();
  async function read(): Promise<void> {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of response.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks.filter((one) => one.startsWith('event: '))) {
        const [, event = '', data = ''] = /^event: (\w+)\ndata: (.*)$/.exec(block) ?? [];
        inbox.push({ event, data: JSON.parse(data) as Event['data'] });
      }
    }
  }
  const ended = read()
    .catch(() => undefined)
    .then(() => inbox.end('The stream has ended.'));
  return { response, next: () => inbox.next(), ended, leave: () => leaving.abort() };
}

const errorOf = async (response: Response) =>
  ((await response.json()) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('a shared event stream', () => {
  it('is reserved, opened, and sends the results of all its operations', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const reserved = await reserve(url);
    expect([reserved.status, reserved.headers.get('content-type')]).toEqual([
      201,
      'text/plain; charset=utf-8',
    ]);
    const headers = { [TOKEN]: await reserved.text() };
    expect(headers[TOKEN]).toMatch(/^[\w-]{32}$/);
    const stream = await open(url, headers);
    expect(stream.response.status).toBe(200);
    expect(stream.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect((await execute(url, operation('a'), headers)).status).toBe(202);
    expect((await execute(url, operation('b', '{ word }'), headers)).status).toBe(202);
    expect(await stream.next()).toEqual({
      event: 'next',
      data: { id: 'b', payload: { data: { word: 'word' } } },
    });
    expect(await stream.next()).toEqual({ event: 'complete', data: { id: 'b' } });
    source.push({ count: 1 });
    const tick = { data: { ticks: { count: 1 } } };
    expect(await stream.next()).toEqual({ event: 'next', data: { id: 'a', payload: tick } });
    expect((await finish(url, 'a', headers)).status).toBe(200);
    expect(await stream.next()).toEqual({ event: 'complete', data: { id: 'a' } });
    expect(source.isReturned).toBe(true);
    expect((await execute(url, operation('a', '{ word }'), headers)).status).toBe(202);
    expect((await stream.next()).data.id).toBe('a');
  });

  it('sends the results of operations that arrived before it was opened', async () => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url) };
    expect((await execute(url, operation('a', '{ word }'), headers)).status).toBe(202);
    const stream = await open(`${url}`, headers);
    expect(await stream.next()).toMatchObject({ event: 'next', data: { id: 'a' } });
  });

  it('is reserved by a request with the content type of operations too', async () => {
    const { url } = await liveAppOfTest();
    const headers = { 'content-type': 'application/json' };
    expect((await reserve(url, headers)).status).toBe(201);
    const token = await tokenOf(url, headers);
    expect((await finish(url, 'a', { ...headers, [TOKEN]: token })).status).toBe(200);
  });

  it('can be opened by a token in the URL', async () => {
    const { url } = await liveAppOfTest();
    const token = await tokenOf(url);
    const response = await fetch(`${url}${PATH}?token=${token}`, {
      headers: { accept: 'text/event-stream' },
    });
    expect(response.status).toBe(200);
    await response.body?.cancel();
  });

  it('executes mutations and variables, and reports field errors', async () => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url) };
    const stream = await open(url, headers);
    const query = 'mutation ($word: String!) { say(word: $word) }';
    await execute(url, { ...operation('a', query), variables: { word: 'x' } }, headers);
    expect((await stream.next()).data.payload).toEqual({ data: { say: 'x' } });
    await stream.next();
    await execute(url, { ...operation('b', query), variables: {} }, headers);
    expect(await stream.next()).toMatchObject({ data: { id: 'b', payload: { errors: [{}] } } });
  });

  it('is opened only once', async () => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url) };
    await open(url, headers);
    const second = await open(url, headers);
    expect(second.response.status).toBe(409);
  });

  it('ends its operations and its token when the client disconnects', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const headers = { [TOKEN]: await tokenOf(url) };
    const stream = await open(url, headers);
    await execute(url, operation('a'), headers);
    await waitFor(() => source.pulls === 1);
    stream.leave();
    await waitFor(() => source.isReturned);
    await waitFor(async () => (await execute(url, operation('b'), headers)).status === 404);
  });

  it('ends without completing its subscriptions when the server shuts down', async () => {
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({ source });
    const headers = { [TOKEN]: await tokenOf(url) };
    const unopened = await tokenOf(url);
    const stream = await open(url, headers);
    await execute(url, operation('a'), headers);
    await waitFor(() => source.pulls === 1);
    const startedAt = Date.now();
    await Promise.all([app.close(), stream.ended]);
    expect(Date.now() - startedAt).toBeLessThan(2_000);
    expect(unopened).not.toBe('');
    await expect(stream.next()).rejects.toThrow('The stream has ended.');
    expect(source.isReturned).toBe(true);
  });

  it('ends with an error of each subscription when its token expires', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: { ...issuer.auth, clockToleranceS: 0 } });
    const token = await issuer.mint({
      mx_user_guid: stack.sandbox.demoUserGuid,
      exp: Date.now() / 1_000 + 2,
    });
    const authorization = `Bearer ${token}`;
    const headers = { authorization, [TOKEN]: await tokenOf(stack.url, { authorization }) };
    const stream = await open(stack.url, headers);
    await execute(stack.url, operation('a', CHANGES), headers);
    const expired = {
      message: 'The token has expired.',
      extensions: { code: 'UNAUTHENTICATED', retryable: false },
    };
    let event = await stream.next();
    while (JSON.stringify(event).includes('SNAPSHOT')) event = await stream.next();
    expect(event).toEqual({ event: 'next', data: { id: 'a', payload: { errors: [expired] } } });
    expect(await stream.next()).toEqual({ event: 'complete', data: { id: 'a' } });
    await stream.ended;
  });

  it('belongs to the viewer who has reserved it', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth });
    const { demoUserGuid, otherUserGuid } = stack.sandbox;
    const bearer = async (claims: Record<string, unknown>) => `Bearer ${await issuer.mint(claims)}`;
    const authorization = await bearer({ mx_user_guid: demoUserGuid });
    const token = await tokenOf(stack.url, { authorization });
    const others = [
      await bearer({ mx_user_guid: otherUserGuid }),
      await bearer({ mx_user_guid: demoUserGuid, scope: 'mx:support' }),
    ];
    for (const other of others) {
      const headers = { authorization: other, [TOKEN]: token };
      const refused = [
        (await open(stack.url, headers)).response,
        await execute(stack.url, operation('a', CHANGES), headers),
        await finish(stack.url, 'a', headers),
      ];
      expect(refused.map(({ status }) => status)).toEqual([404, 404, 404]);
    }
    for (const headers of [{ [TOKEN]: token }, { [TOKEN]: token, authorization: 'Bearer x' }]) {
      const refused = [
        await reserve(stack.url, headers),
        (await open(stack.url, headers)).response,
        await execute(stack.url, operation('a', CHANGES), headers),
        await finish(stack.url, 'a', headers),
      ];
      expect(refused.map(({ status }) => status)).toEqual([401, 401, 401, 401]);
    }
    const renewed = { authorization: await bearer({ mx_user_guid: demoUserGuid }), [TOKEN]: token };
    expect((await open(stack.url, renewed)).response.status).toBe(200);
  });

  it('is limited to 50 per viewer, and to 100 operations', async () => {
    const { url } = await liveAppOfTest();
    const tokens = await Promise.all(Array.from({ length: 50 }, () => tokenOf(url)));
    const refused = await reserve(url);
    expect([refused.status, await errorOf(refused)]).toEqual([503, 'OVERLOADED']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
    const headers = { [TOKEN]: tokens[0] ?? '' };
    const stream = await open(url, headers);
    for (let at = 0; at < 100; at += 1)
      expect((await execute(url, operation(`${at}`), headers)).status).toBe(202);
    expect((await execute(url, operation('100'), headers)).status).toBe(503);
    stream.leave();
    await waitFor(async () => (await reserve(url)).status === 201);
  });

  it('counts its operations by the rate limit of the viewer', async () => {
    const { url } = await liveAppOfTest({ operationsPerMinute: 2 });
    const headers = { [TOKEN]: await tokenOf(url) };
    const statuses = [];
    for (const id of ['a', 'b', 'c'])
      statuses.push((await execute(url, operation(id, '{ word }'), headers)).status);
    expect(statuses).toEqual([202, 202, 429]);
  });

  it('is counted among the connections, and its operations among the subscriptions', async () => {
    const stack = await useStack();
    const headers = { [TOKEN]: await tokenOf(stack.url) };
    const stream = await open(stack.url, headers);
    for (const id of ['a', 'b']) await execute(stack.url, operation(id, CHANGES), headers);
    await stream.next();
    const labels = { transport: 'sse' };
    await waitFor(async () => (await scrape(stack.url)).sum('mxgql_subscriptions', labels) === 2);
    expect((await scrape(stack.url)).sum('mxgql_connections', labels)).toBe(1);
    stream.leave();
    await waitFor(async () => (await scrape(stack.url)).sum('mxgql_subscriptions', labels) === 0);
    expect((await scrape(stack.url)).sum('mxgql_connections', labels)).toBe(0);
  });
});

describe('an operation of a shared stream is refused', () => {
  it.each<[string, object, number, string]>([
    ['without an id', { query: TICKS }, 400, 'BAD_REQUEST'],
    ['with an empty id', operation(''), 400, 'BAD_REQUEST'],
    ['with an id that is not a string', operation(5), 400, 'BAD_REQUEST'],
    ['with a very long id', operation('x'.repeat(201)), 400, 'BAD_REQUEST'],
    ['with an id that is in use', operation('used'), 409, 'BAD_REQUEST'],
    ['if it does not match the schema', operation('a', '{ nothing }'), 400, 'GRAPHQL_VALIDATION_FAILED'],
    ['if it cannot be parsed', operation('a', '{'), 400, 'GRAPHQL_PARSE_FAILED'],
    ['if it is a batch', [operation('a')], 400, 'BAD_REQUEST'],
    ['with variables that are an array', { ...operation('a'), variables: [] }, 400, 'BAD_REQUEST'],
  ])('%s', async (...[, body, status, code]) => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url) };
    const stream = await open(url, headers);
    await execute(url, operation('used'), headers);
    const refused = await execute(url, body, headers);
    expect([refused.status, await errorOf(refused)]).toEqual([status, code]);
    await execute(url, operation('other', '{ word }'), headers);
    expect((await stream.next()).data.id).toBe('other');
  });

  it('if it is a form', async () => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url), 'content-type': 'text/plain' };
    expect((await execute(url, operation('a'), headers)).status).toBe(415);
  });
});

describe('the end of an operation', () => {
  it('needs its id, and is accepted for one that has ended', async () => {
    const { url } = await liveAppOfTest();
    const headers = { [TOKEN]: await tokenOf(url) };
    await open(url, headers);
    expect((await fetch(url + PATH, { method: 'DELETE', headers })).status).toBe(400);
    expect((await finish(url, 'unknown', headers)).status).toBe(200);
  });
});

describe('pages of an allowed origin', () => {
  it.each(['PUT', 'DELETE', 'POST', 'GET'])('may send %s', async (method) => {
    const origin = 'https://app.example';
    const { url } = await liveAppOfTest({ corsOrigins: [origin] });
    const response = await fetch(url + PATH, {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': `authorization,content-type,${TOKEN}`,
      },
    });
    expect(response.headers.get('access-control-allow-origin')).toBe(origin);
    expect(response.headers.get('access-control-allow-methods')?.split(/, ?/)).toContain(method);
    expect(response.headers.get('access-control-allow-headers')).toContain(TOKEN);
  });
});

/** Collects what a subscription of the library's client receives. */
function follow(client: Client<true>, query: string, received: unknown[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const stop = client.subscribe(
      { query },
      { next: (value) => received.push(value), error: reject, complete: resolve },
    );
    onTestFinished(stop);
  });
}

describe('graphql-sse’s own client in its single connection mode', () => {
  it('executes operations, and resumes its subscriptions after a restart of the server', async () => {
    const port = await freePort();
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth, config: { port } });
    const { otherUserGuid } = stack.sandbox;
    const token = await issuer.mint({ mx_user_guid: otherUserGuid });
    const client = createClient({
      url: stack.url + PATH,
      singleConnection: true,
      // The library adds the token of a stream to this object: it must be a new one for each connection.
      headers: () => ({ authorization: `Bearer ${token}` }),
      retryAttempts: 100,
      retry: () => new Promise((resolve) => setTimeout(resolve, 50)),
    });
    onTestFinished(() => client.dispose());
    const count = membersOf(stack.sandbox, otherUserGuid).length;
    const received: unknown[][] = [[], []];
    const failures: unknown[] = [];
    for (const list of received)
      void follow(client, CHANGES, list).catch((error: unknown) => failures.push(error));
    await waitFor(() => received.every((list) => list.length === count));
    const answer: unknown[] = [];
    await follow(client, '{ viewer { guid } }', answer);
    expect(answer).toEqual([{ data: { viewer: { guid: otherUserGuid } } }]);
    await stack.server.stop();
    const mx = { baseUrl: stack.sandbox.url, ...stack.sandbox.credentials };
    const next = await startStack({ config: { port }, mx, auth: issuer.auth });
    onTestFinished(() => next.dispose());
    await waitFor(() => received.every((list) => list.length === 2 * count));
    expect(failures).toEqual([]);
  });
});
