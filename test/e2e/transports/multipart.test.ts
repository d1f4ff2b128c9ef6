import { createHash } from 'node:crypto';

import { describe, expect, it } from 'vitest';

import { captureLog } from '../../support/captured-log.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { openMultipart } from '../../support/multipart-client.js';
import { scrape } from '../../support/scrape.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const CHANGES = 'subscription { memberStatusChanged { memberGuid cause } }';
const TICKS = 'subscription { ticks { count } }';
const PART = '\r\ncontent-type: application/json\r\n\r\n';
const FAST = { activeMs: 50, awaitingUserMs: 50, idleMs: 50 };
const ENDED = 'The response has ended.';

describe('a subscription in a multipart response', () => {
  it('begins with a heartbeat, and sends each event as a part that can be read at once', async () => {
    const stack = await useStack({ pace: FAST, freshnessMs: 50 });
    const guids = membersOf(stack.sandbox, stack.sandbox.demoUserGuid).map(({ guid }) => guid);
    const stream = await openMultipart(stack.url, CHANGES, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(stream.status).toBe(200);
    expect(stream.headers).toMatchObject({
      'content-type': 'multipart/mixed; boundary="graphql"; subscriptionSpec=1.0',
      'cache-control': 'no-cache, no-transform',
      'x-accel-buffering': 'no',
      'transfer-encoding': 'chunked',
    });
    expect(stream.headers).not.toHaveProperty('content-encoding');
    const events = guids.map((memberGuid) => ({
      payload: { data: { memberStatusChanged: { memberGuid, cause: 'SNAPSHOT' } } },
    }));
    for (const event of events) expect(await stream.next()).toEqual(event);
    const parts = [{}, ...events].map((body) => `${PART}${JSON.stringify(body)}\r\n--graphql`);
    expect(stream.text).toBe(`\r\n--graphql${parts.join('')}`);
    const { guid } = demoMember(stack.sandbox, 'CHALLENGED');
    stack.sandbox.control.forceMember(guid, { connection_status: 'EXPIRED' });
    const change = { memberStatusChanged: { memberGuid: guid, cause: 'POLL' } };
    expect(await stream.next()).toEqual({ payload: { data: change } });
  });

  it.each([
    ['multipart/mixed;subscriptionSpec=1.0'],
    ['multipart/mixed; boundary="graphql"; subscriptionSpec="1.0", application/json'],
    ['multipart/mixed;boundary=graphql;subscriptionSpec=1.0,application/graphql-response+json'],
    ['application/json, multipart/mixed;subscriptionSpec=1.0;deferSpec=20220824'],
    ['Multipart/Mixed;SubscriptionSpec=1.0;q=0.9'],
  ])('is sent to a client with "Accept: %s"', async (accept) => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openMultipart(url, TICKS, { accept });
    source.push({ count: 1 });
    expect(await stream.next()).toEqual({ payload: { data: { ticks: { count: 1 } } } });
  });

  it('ends with the last boundary after the last event', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openMultipart(url, TICKS);
    await waitFor(() => source.pulls === 1);
    await source.return();
    source.push({ count: 1 });
    expect(await stream.next()).toEqual({ payload: { data: { ticks: { count: 1 } } } });
    await stream.ended;
    await expect(stream.next()).rejects.toThrow(ENDED);
    expect(stream.text.endsWith('}}}\r\n--graphql--\r\n')).toBe(true);
  });

  it('contains heartbeats while there are no events', async () => {
    const { url } = await liveAppOfTest({ pingEveryMs: 20 });
    const stream = await openMultipart(url, TICKS);
    await waitFor(() => stream.heartbeats > 3);
  });

  it('has the errors of a field in its payload, and goes on', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openMultipart(url, 'subscription { ticks { count failing } }');
    for (const count of [1, 2]) {
      source.push({ count });
      const { payload, ...rest } = await stream.next();
      expect(payload?.data).toEqual({ ticks: { count, failing: null } });
      expect(payload?.errors?.[0]?.extensions?.code).toBe('INTERNAL_SERVER_ERROR');
      expect(rest).toEqual({});
    }
  });

  it('ends with a fatal error if its source fails, without internals', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openMultipart(url, TICKS);
    await waitFor(() => source.pulls === 1);
    source.next = () => Promise.reject(new Error('secret of the inside'));
    source.push({ count: 1 });
    await stream.next();
    expect(await stream.next()).toMatchObject({
      payload: null,
      errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }],
    });
    await stream.ended;
    expect(stream.text).not.toContain('secret');
    expect(stream.text.endsWith('--graphql--\r\n')).toBe(true);
  });

  it('ends its source when the client disconnects', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const stream = await openMultipart(url, TICKS);
    await waitFor(() => source.pulls === 1);
    stream.leave();
    await waitFor(() => source.isReturned);
  });

  it('is closed if the client does not read it', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source, pingEveryMs: 50 });
    const stream = await openMultipart(url, 'subscription { ticks { text } }');
    await waitFor(() => source.pulls === 1);
    stream.response.pause();
    for (let at = 0; at < 300; at += 1) source.push({ text: 'x'.repeat(100_000) });
    await waitFor(() => source.isReturned);
    expect(source.pulls).toBeLessThan(300);
  });

  it('ends with a fatal, retryable error when the server shuts down', async () => {
    const stack = await useStack();
    const stream = await openMultipart(stack.url, CHANGES);
    await stream.next();
    const stopped = stack.server.stop();
    let part = await stream.next();
    while (part.payload) part = await stream.next();
    expect(part).toEqual({
      payload: null,
      errors: [
        {
          message: 'The service is shutting down.',
          extensions: { code: 'OVERLOADED', retryable: true },
        },
      ],
    });
    await stream.ended;
    expect(stream.text.endsWith('--graphql--\r\n')).toBe(true);
    await stopped;
  });

  it('ends with a fatal error when its token expires', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: { ...issuer.auth, clockToleranceS: 0 } });
    const token = await issuer.mint({
      mx_user_guid: stack.sandbox.demoUserGuid,
      exp: Date.now() / 1_000 + 2,
    });
    const stream = await openMultipart(stack.url, CHANGES, { token });
    let part = await stream.next();
    while (part.payload) part = await stream.next();
    expect(part).toEqual({
      payload: null,
      errors: [
        { message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED', retryable: false } },
      ],
    });
    await stream.ended;
  });

  it('counts among the subscriptions of the viewer, of which there are at most 200', async () => {
    const source = new ToySource();
    const { url } = await liveAppOfTest({ source });
    const streams = await Promise.all(Array.from({ length: 200 }, () => openMultipart(url, TICKS)));
    await waitFor(() => source.pulls === 200);
    const refused = await openMultipart(url, TICKS);
    expect((await refused.next()).payload?.errors?.[0]?.extensions?.code).toBe('OVERLOADED');
    await refused.ended;
    streams[0]?.leave();
    await waitFor(async () => {
      const next = await openMultipart(url, TICKS);
      next.leave();
      return next.text.includes('OVERLOADED') ? null : source.pulls > 200;
    });
  });

  it('is counted and logged like other subscriptions', async () => {
    const log = captureLog();
    const stack = await useStack({ config: log.config });
    const stream = await openMultipart(stack.url, CHANGES, { headers: { 'x-request-id': 'mine' } });
    expect(stream.headers['x-request-id']).toBe('mine');
    await stream.next();
    const open = await scrape(stack.url);
    for (const name of ['mxgql_connections', 'mxgql_subscriptions'])
      expect(open.sum(name, { transport: 'http' })).toBe(1);
    stream.leave();
    const [ended] = await log.wait('subscription ended');
    expect(ended).toMatchObject({ transport: 'http', requestId: 'mine', outcome: 'OK' });
    expect(ended?.['events']).toBeGreaterThan(0);
    expect(log.lines('operation')).toHaveLength(1);
    const closed = await scrape(stack.url);
    for (const name of ['mxgql_connections', 'mxgql_subscriptions'])
      expect(closed.sum(name, { transport: 'http' })).toBe(0);
  });
});

describe('a request that accepts a multipart response', () => {
  it.each([
    ['an invalid document', { query: 'subscription { memberStatusChanged { nothing } }' }, 400],
    ['a document that cannot be parsed', { query: 'subscription {' }, 400],
    ['an unknown operation name', { query: CHANGES, operationName: 'X' }, 400],
    ['variables that are an array', { query: CHANGES, variables: [] }, 400],
    ['variables that are a string', { query: CHANGES, variables: '{}' }, 400],
    ['a batch', [{ query: CHANGES }], 400],
  ])('is refused in JSON for %s', async (_, body, status) => {
    const stack = await useStack();
    const stream = await openMultipart(stack.url, '', { body: JSON.stringify(body) });
    await stream.ended;
    expect(stream.status).toBe(status);
    expect(stream.headers['content-type']).toContain('json');
    expect(JSON.parse(stream.text)).toMatchObject({ errors: [{ extensions: { retryable: false } }] });
  });

  it('is refused with 401 without a token, and with 429 beyond the rate limit', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth, operationsPerMinute: 1 });
    const anonymous = await openMultipart(stack.url, CHANGES);
    await anonymous.ended;
    expect([anonymous.status, anonymous.headers['www-authenticate']]).toEqual([401, 'Bearer']);
    const token = await issuer.mint({ mx_user_guid: stack.sandbox.demoUserGuid });
    expect((await openMultipart(stack.url, CHANGES, { token })).status).toBe(200);
    const limited = await openMultipart(stack.url, CHANGES, { token });
    expect(limited.status).toBe(429);
    expect(Number(limited.headers['retry-after'])).toBeGreaterThan(0);
  });

  it.each([
    ['a query', '{ viewer { guid } }'],
    ['a query that mentions subscriptions', '{ viewer { guid } } # subscription'],
  ])('is answered in JSON for %s', async (_, query) => {
    const stack = await useStack();
    const stream = await openMultipart(stack.url, query);
    await stream.ended;
    expect(stream.headers['content-type']).toBe('application/json; charset=utf-8');
    expect(JSON.parse(stream.text)).toEqual({ data: { viewer: { guid: stack.sandbox.demoUserGuid } } });
  });

  it('is answered for the query that is named beside a subscription', async () => {
    const stack = await useStack();
    const query = `query Q { viewer { guid } } ${CHANGES.replace('subscription', 'subscription S')}`;
    const body = JSON.stringify({ query, operationName: 'Q' });
    const stream = await openMultipart(stack.url, '', { body });
    await stream.ended;
    expect(JSON.parse(stream.text)).toMatchObject({ data: { viewer: {} } });
    const named = await openMultipart(stack.url, '', { body: JSON.stringify({ query, operationName: 'S' }) });
    expect((await named.next()).payload?.data).toHaveProperty('memberStatusChanged');
  });

  it.each([
    ['a form', { 'content-type': 'application/x-www-form-urlencoded' }],
    ['plain text', { 'content-type': 'text/plain' }],
  ])('is refused if it is %s, which a page of another site can send', async (_, headers) => {
    const stack = await useStack();
    const stream = await openMultipart(stack.url, CHANGES, { headers });
    expect([400, 415]).toContain(stream.status);
  });
});

describe('a subscription by POST', () => {
  it.each([
    ['application/json'],
    ['*/*'],
    ['multipart/mixed'],
    ['multipart/mixed, application/json'],
    ['multipart/mixed;deferSpec=20220824, application/json'],
    ['multipart/mixed;subscriptionSpec=2.0, application/json'],
    ['multipart/mixed;subscriptionSpec=1.0;q=0, application/json'],
    ['application/json;x="multipart/mixed;subscriptionSpec=1.0"'],
  ])('is refused for "Accept: %s", with the ways to subscribe', async (accept) => {
    const stack = await useStack();
    const stream = await openMultipart(stack.url, CHANGES, { accept });
    await stream.ended;
    expect(stream.status).toBeGreaterThanOrEqual(400);
    if (/^application\/json$|^\*|, application\/json$/.test(accept)) {
      expect(JSON.parse(stream.text)).toMatchObject({
        errors: [
          { message: expect.stringContaining('WebSocket') as string, extensions: { code: 'BAD_REQUEST' } },
        ],
      });
    }
  });
});

describe('a trusted document', () => {
  it('can be named by its hash', async () => {
    const stack = await useStack();
    // Without a manifest, no hash is known: the text must come with it.
    const sha256Hash = createHash('sha256').update(CHANGES).digest('hex');
    const extensions = { persistedQuery: { version: 1, sha256Hash } };
    const stream = await openMultipart(stack.url, '', {
      body: JSON.stringify({ query: CHANGES, extensions }),
    });
    expect((await stream.next()).payload?.data).toHaveProperty('memberStatusChanged');
  });
});
