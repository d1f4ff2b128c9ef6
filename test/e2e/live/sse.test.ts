import { connect } from 'node:net';

import { createClient } from 'graphql-sse';
import { describe, expect, it, onTestFinished } from 'vitest';

import { ApiError } from '../../../src/errors/api-error.js';
import { membersOf } from '../../support/demo-members.js';
import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { connectSocket, openStream, requestStream } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawRequest } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const TICKS = 'subscription { ticks { count } }';
const tick = (count: number) => ({ event: 'next', data: { data: { ticks: { count } } } });
const COMPLETE = { event: 'complete', data: null };
const ENDED = 'The stream has ended.';

const PATH = '/graphql/stream';
const ACCEPT = { accept: 'text/event-stream' };
const JSON_TYPE = { ...ACCEPT, 'content-type': 'application/json' };
const BODY = JSON.stringify({ query: '{ word }' });

describe('a stream', () => {
  it.each(['POST', 'GET'] as const)('by %s gives the answer to a query, and ends', async (method) => {
    const { url } = await liveAppOfTest();
    const query = 'query A { word } query B { __typename }';
    const stream = await openStream(url, query, { method, operationName: 'A' });
    expect(await stream.next()).toEqual({ event: 'next', data: { data: { word: 'word' } } });
    expect(await stream.next()).toEqual(COMPLETE);
    await stream.ended;
    await expect(stream.next()).rejects.toThrow(ENDED);
  });

  it.each(['POST', 'GET'] as const)(
    'by %s gives an answer per event, until there are no more',
    async (method) => {
      const source = new ToySource();
      const { url } = await liveAppOfTest({ source });
      const query = 'subscription ($n: Int) { ticks(limit: $n) { count } }';
      const stream = await openStream(url, query, { method, variables: { n: 2 } });
      await waitFor(() => source.pulls === 1);
      source.push({ count: 1 });
      expect(await stream.next()).toEqual(tick(1));
      await source.return();
      source.push({ count: 2 });
      expect(await stream.next()).toEqual(tick(2));
      expect(await stream.next()).toEqual(COMPLETE);
      await stream.ended;
    },
  );

  it('is neither buffered nor cached by proxies', async () => {
    const { url } = await liveAppOfTest();
    const { headers } = (await openStream(url, '{ word }')).response;
    expect(headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(headers.get('cache-control')).toBe('no-cache, no-transform');
    expect(headers.get('x-accel-buffering')).toBe('no');
  });

  it('starts with a comment, and sends more while idle', async () => {
    const { url } = await liveAppOfTest({ pingEveryMs: 20 });
    const stream = await openStream(url, TICKS);
    await waitFor(() => stream.comments > 3);
  });

  it('sends an error as the last result, without internal details', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openStream(url, TICKS);
    await waitFor(() => source.pulls === 1);
    source.next = () => Promise.reject(new Error('secret of the inside'));
    source.push({ count: 1 });
    expect(await stream.next()).toEqual(tick(1));
    const { data } = await stream.next();
    expect(data).toMatchObject({ errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] });
    expect(JSON.stringify(data)).not.toContain('secret');
    expect(await stream.next()).toEqual(COMPLETE);
  });

  it('ends its source at once when the client leaves', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openStream(url, TICKS);
    await waitFor(() => source.pulls === 1);
    stream.leave();
    await waitFor(() => source.isReturned);
  });

  it('ends its source when the client left before it began', async () => {
    const source = new ToySource();
    let isAsked = false;
    let letIn: () => void = () => undefined;
    const { url } = await liveAppOfTest({
      source,
      authenticate: () => {
        isAsked = true;
        return new Promise(
          (resolve) =>
            (letIn = () =>
              resolve({ id: 'USR-1', userGuid: 'USR-1', isSupport: false, expiresAt: Infinity })),
        );
      },
    });
    const leaving = new AbortController();
    const asked = requestStream(url, TICKS, { signal: leaving.signal }).catch(() => 'left');
    await waitFor(() => isAsked);
    leaving.abort();
    expect(await asked).toBe('left');
    await new Promise((resolve) => setTimeout(resolve, 50));
    letIn();
    await waitFor(() => source.isReturned);
  });

  it('is read from its source no faster than the client reads', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const { hostname, port } = new URL(url);
    const raw = connect(Number(port), hostname);
    onTestFinished(() => void raw.destroy());
    const query = encodeURIComponent('subscription { ticks { text } }');
    raw.write(`GET ${PATH}?query=${query} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`);
    raw.pause();
    await waitFor(() => source.pulls === 1);
    for (let at = 0; at < 1_000; at += 1) source.push({ text: 'x'.repeat(100_000) });
    let before = -1;
    await waitFor(async () => {
      const isStill = source.pulls === before;
      before = source.pulls;
      if (!isStill) await new Promise((resolve) => setTimeout(resolve, 200));
      return isStill;
    });
    expect(source.pulls).toBeLessThan(300);
    raw.resume();
    await waitFor(() => source.pulls === 1_001);
  });

  it('is closed if the client does not read for too long', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source, pingEveryMs: 50 });
    const { hostname, port } = new URL(url);
    const raw = connect(Number(port), hostname);
    onTestFinished(() => void raw.destroy());
    const query = encodeURIComponent('subscription { ticks { text } }');
    raw.write(`GET ${PATH}?query=${query} HTTP/1.1\r\nhost: x\r\naccept: text/event-stream\r\n\r\n`);
    raw.pause();
    await waitFor(() => source.pulls === 1);
    for (let at = 0; at < 300; at += 1) source.push({ text: 'x'.repeat(100_000) });
    await waitFor(() => source.isReturned);
  });
});

describe('a request for a stream is refused', () => {
  it.each<[string, RawRequest, number, string]>([
    ['for PATCH', { method: 'PATCH', headers: ACCEPT }, 405, 'BAD_REQUEST'],
    ['for DELETE without the token of a stream', { method: 'DELETE', headers: ACCEPT }, 404, 'NOT_FOUND'],
    [
      'for an unknown token in the header',
      { body: BODY, headers: { ...JSON_TYPE, 'x-graphql-event-stream-token': 'x' } },
      404,
      'NOT_FOUND',
    ],
    [
      'for an unknown token in the URL',
      { method: 'GET', path: `${PATH}?token=x&query=%7Bword%7D`, headers: ACCEPT },
      404,
      'NOT_FOUND',
    ],
    [
      'to whoever does not accept one',
      { body: BODY, headers: { 'content-type': 'application/json' } },
      406,
      'BAD_REQUEST',
    ],
    [
      'for a form',
      {
        body: 'query=%7Bword%7D',
        headers: { ...ACCEPT, 'content-type': 'application/x-www-form-urlencoded' },
      },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'for plain text',
      { body: BODY, headers: { ...ACCEPT, 'content-type': 'text/plain' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['for no media type', { body: BODY, headers: ACCEPT }, 415, 'UNSUPPORTED_MEDIA_TYPE'],
    [
      'for another charset',
      { body: BODY, headers: { ...ACCEPT, 'content-type': 'application/json; charset=utf-7' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    [
      'for packed JSON',
      { body: BODY, headers: { ...JSON_TYPE, 'content-encoding': 'gzip' } },
      415,
      'UNSUPPORTED_MEDIA_TYPE',
    ],
    ['for broken JSON', { body: '{', headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['for an empty body', { headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['for a batch', { body: `[${BODY}]`, headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['without a query', { body: '{}', headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['with an empty query', { body: '{"query":""}', headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    ['with a query that is no text', { body: '{"query":5}', headers: JSON_TYPE }, 400, 'BAD_REQUEST'],
    [
      'with variables that are a list',
      { body: '{"query":"{word}","variables":[]}', headers: JSON_TYPE },
      400,
      'BAD_REQUEST',
    ],
    [
      'with variables that are a text',
      { body: '{"query":"{word}","variables":"{}"}', headers: JSON_TYPE },
      400,
      'BAD_REQUEST',
    ],
    [
      'with an operation name that is no text',
      { body: '{"query":"{word}","operationName":5}', headers: JSON_TYPE },
      400,
      'BAD_REQUEST',
    ],
    [
      'with a body that is too large',
      { body: JSON.stringify({ query: 'x'.repeat(1_000_001) }), headers: JSON_TYPE },
      413,
      'PAYLOAD_TOO_LARGE',
    ],
    ['by GET without a query', { method: 'GET', headers: ACCEPT }, 400, 'BAD_REQUEST'],
    [
      'by GET with two queries',
      { method: 'GET', path: `${PATH}?query=a&query=b`, headers: ACCEPT },
      400,
      'BAD_REQUEST',
    ],
    [
      'by GET with variables that are no JSON',
      { method: 'GET', path: `${PATH}?query=%7Bword%7D&variables=%7B`, headers: ACCEPT },
      400,
      'BAD_REQUEST',
    ],
    [
      'by GET for a mutation',
      {
        method: 'GET',
        path: `${PATH}?query=${encodeURIComponent('mutation { say(word: "x") }')}`,
        headers: ACCEPT,
      },
      405,
      'BAD_REQUEST',
    ],
  ])('%s', async (...[, request, status, code]) => {
    const { url } = await liveAppOfTest();
    const answer = await sendRaw(url, { path: PATH, ...request });
    expect(answer.status).toBe(status);
    expect(answer.headers['content-type']).toContain('application/json');
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code } }] });
    if (status === 405) expect(answer.headers['allow']).toMatch(/POST/);
  });

  it('to pages of other origins, which cannot read it', async () => {
    const { url } = await liveAppOfTest({ corsOrigins: ['https://app.example'] });
    const allowed = async (origin: string) => {
      const stream = await openStream(url, '{ word }', { headers: { origin } });
      return stream.response.headers.get('access-control-allow-origin');
    };
    expect(await allowed('https://app.example')).toBe('https://app.example');
    expect(await allowed('https://evil.example')).toBeNull();
  });

  it('with 401 without a valid token, and 503 while tokens cannot be verified', async () => {
    const failures = [new ApiError('UNAUTHENTICATED'), new ApiError('AUTH_UNAVAILABLE', undefined, 'secret')];
    const { url } = await liveAppOfTest({
      authenticate: () => Promise.reject(failures.shift() ?? new Error('no more')),
    });
    const first = await requestStream(url, TICKS);
    expect([first.status, first.headers.get('www-authenticate')]).toEqual([401, 'Bearer']);
    expect(await first.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] });
    const second = await requestStream(url, TICKS);
    expect(second.status).toBe(503);
    expect(await second.text()).not.toContain('secret');
    expect((await requestStream(url, TICKS)).status).toBe(500);
  });
});

describe('a stop', () => {
  it('closes streams without a complete event', async () => {
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({ source });
    const stream = await openStream(url, TICKS);
    await waitFor(() => source.pulls === 1);
    const begun = Date.now();
    await Promise.all([app.close(), stream.ended]);
    await expect(stream.next()).rejects.toThrow(ENDED);
    expect(source.isReturned).toBe(true);
    expect(Date.now() - begun).toBeLessThan(1_000);
  });

  it('waits for events that are being executed', async () => {
    let finish: (word: string) => void = () => undefined;
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({
      source,
      slow: () => new Promise((resolve) => (finish = resolve)),
    });
    const stream = await openStream(url, 'subscription { ticks { count slow } }');
    source.push({ count: 1 });
    await waitFor(() => source.pulls === 1);
    const stopped = app.close();
    setTimeout(() => finish('done'), 100);
    expect((await stream.next()).data).toEqual({ data: { ticks: { count: 1, slow: 'done' } } });
    await stopped;
  });

  it('closes sockets and streams at once, even if something hangs', async () => {
    const { app, url } = await liveAppOfTest({ slow: () => new Promise(() => undefined) });
    const [live, stream] = [await connectSocket(url), await openStream(url, TICKS)];
    live.subscribe('1', '{ slow }');
    const silent = await connectSocket(url);
    silent.socket.pause();
    const begun = Date.now();
    const stopped = app.close();
    await Promise.all([live.closed, stream.ended]);
    expect(Date.now() - begun).toBeLessThan(2_000);
    await stopped;
  });

  it('is not delayed by clients that have disconnected', async () => {
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({ source });
    const stream = await openStream(url, TICKS);
    await waitFor(() => source.pulls === 1);
    stream.leave();
    await waitFor(() => source.isReturned);
    const { hostname, port } = new URL(url);
    const unused = connect(Number(port), hostname);
    await new Promise((resolve) => unused.once('connect', resolve));
    const begun = Date.now();
    await app.close();
    expect(Date.now() - begun).toBeLessThan(2_000);
  });
});

describe('over the sandbox', () => {
  it('serves the client of graphql-sse as the viewer of the header', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth });
    const { otherUserGuid } = stack.sandbox;
    const token = await issuer.mint({ mx_user_guid: otherUserGuid });
    const client = createClient({
      url: `${stack.url}${PATH}`,
      headers: { authorization: `Bearer ${token}` },
    });
    const guids = membersOf(stack.sandbox, otherUserGuid).map(({ guid }) => guid);
    const query = 'subscription { memberStatusChanged { memberGuid cause } }';
    const seen: unknown[] = [];
    for await (const { data } of client.iterate({ query })) {
      seen.push(data?.['memberStatusChanged']);
      if (seen.length === guids.length) break;
    }
    expect(seen).toEqual(guids.map((memberGuid) => ({ memberGuid, cause: 'SNAPSHOT' })));
    client.dispose();
  });
});
