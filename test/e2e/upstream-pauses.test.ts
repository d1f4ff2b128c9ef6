import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest, passOn } from '../support/altering-upstream.js';
import type { Alter, AlteringUpstream } from '../support/altering-upstream.js';
import { demoMember } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import type { Stack, StackOptions } from '../support/start-stack.js';
import { waitFor } from '../support/wait-for.js';

const MEMBERS = '{ viewer { members { guid connectionStatus observedAt } } }';
const INSTITUTION = '{ institution(code: "mxbank") { name } }';

interface Proxied {
  readonly stack: Stack;
  readonly proxy: AlteringUpstream;
}

async function useProxiedStack(options: StackOptions = {}): Promise<Proxied> {
  const proxy = await alteringUpstreamOfTest();
  const stack = await useStack({ mx: { baseUrl: proxy.baseUrl }, freshnessMs: 0, ...options });
  proxy.target = stack.sandbox.url;
  return { stack, proxy };
}

const answer =
  (status: number, headers: Record<string, string> = {}, body = ''): Alter =>
  (_, response) => {
    response.writeHead(status, headers).end(body);
  };

const retryAfter = (value: string, status = 429) => answer(status, { 'retry-after': value });
const inSeconds = (seconds: number) => new Date(Date.now() + seconds * 1_000).toUTCString();
const aggregate = (guid: string) =>
  `mutation { payload: aggregateMember(input: { member: { guid: "${guid}" } }) { userErrors { code } } }`;

interface Refused {
  readonly body: { readonly errors?: readonly { readonly extensions?: { readonly retryAfter?: number } }[] };
}

const retryAfterOf = ({ body }: Refused) => body.errors?.[0]?.extensions?.retryAfter;

describe('a question that MX answers with', () => {
  const html = { 'content-type': 'text/html' };
  it.each<[string, Alter, [code: string, calls: number]]>([
    ['500', answer(500), ['UPSTREAM_UNAVAILABLE', 4]],
    ['502 and a page', answer(502, html, '<html>bad gateway</html>'), ['UPSTREAM_UNAVAILABLE', 4]],
    ['503', answer(503), ['UPSTREAM_UNAVAILABLE', 4]],
    ['503 and Retry-After: 0', retryAfter('0', 503), ['UPSTREAM_UNAVAILABLE', 4]],
    ['200 and a page', answer(200, html, '<html>maintenance</html>'), ['UPSTREAM_MALFORMED', 4]],
    ['200 and nothing', answer(200), ['UPSTREAM_MALFORMED', 4]],
    ['200 and half of the JSON', answer(200, {}, '{"members":['), ['UPSTREAM_MALFORMED', 4]],
    ['200 and JSON that is no object', answer(200, {}, '[]'), ['UPSTREAM_MALFORMED', 4]],
    ['200 and an object without members', answer(200, {}, '{}'), ['UPSTREAM_MALFORMED', 1]],
    ['204', answer(204), ['UPSTREAM_MALFORMED', 1]],
    [
      'a body cut short',
      (_, r) => void r.writeHead(200, { 'content-length': 99 }).write('{"members":[]', () => r.destroy()),
      ['UPSTREAM_UNAVAILABLE', 4],
    ],
    ['a reset', (_, r) => void r.destroy(), ['UPSTREAM_UNAVAILABLE', 4]],
  ])('%s fails after a bounded number of calls', async (_, alter, [code, calls]) => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = alter;
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual([code]);
    expect(proxy.requests).toHaveLength(calls);
  });

  it.each<[number, string]>([
    [403, '5'],
    [408, '5'],
    [420, '5'],
    [425, '5'],
    [503, '5, 5'],
  ])('%i and Retry-After: %s is not repeated before that', async (status, seconds) => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = retryAfter(seconds, status);
    for (let round = 0; round < 2; round += 1) {
      const { body } = await stack.graphql(MEMBERS);
      expect(body.errors?.[0]?.extensions).toMatchObject({ retryable: true });
      expect(retryAfterOf({ body })).toBeGreaterThan(0);
    }
    expect(proxy.requests).toHaveLength(1);
  });

  it('408 to a write that MX has done is told as done', async () => {
    const { stack, proxy } = await useProxiedStack();
    const { guid } = demoMember(stack.sandbox, 'LOCKED');
    proxy.alter = async (request, response) => {
      if (request.method === 'GET') return passOn(request, response);
      await request.forward();
      response.writeHead(408).end();
    };
    const { payload } = dataOf(await stack.graphql<{ payload: object }>(aggregate(guid)));
    expect(payload).toEqual({ userErrors: [] });
    expect(proxy.requests.filter((request) => request.startsWith('POST'))).toHaveLength(1);
  });

  it.each([301, 302, 303, 307, 308])('%i fails, and the redirect is not followed', async (status) => {
    const { stack, proxy } = await useProxiedStack();
    const other = await alteringUpstreamOfTest();
    other.alter = answer(200, {}, '{"members":[]}');
    proxy.alter = ({ path }, response) => {
      response.writeHead(status, { location: other.baseUrl + path }).end();
    };
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['UPSTREAM_MALFORMED']);
    expect([proxy.requests.length, other.requests.length]).toEqual([1, 0]);
  });

  it.each<[string, Alter]>([
    [
      '103 before 200',
      (request, response) => {
        response.writeEarlyHints({ link: '</x>; rel=preload' });
        return passOn(request, response);
      },
    ],
    [
      '102 before 200',
      (request, response) => {
        response.writeProcessing();
        return passOn(request, response);
      },
    ],
    [
      'JSON as text/plain',
      async ({ forward }, response) => {
        response.writeHead(200, { 'content-type': 'text/plain' }).end((await forward()).body);
      },
    ],
  ])('%s is read by one call', async (_, alter) => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = alter;
    expect(
      dataOf(await stack.graphql<{ viewer: { members: unknown[] } }>(MEMBERS)).viewer.members,
    ).toHaveLength(23);
    expect(proxy.requests).toHaveLength(1);
  });
});

describe('when MX asks to be left alone by', () => {
  it.each<[string, () => Alter, [code: string, min: number, max: number]]>([
    ['429', () => answer(429), ['UPSTREAM_THROTTLED', 1, 2]],
    ['429 for 7 s', () => retryAfter('7'), ['UPSTREAM_THROTTLED', 7, 7]],
    ['429 until a date', () => retryAfter(inSeconds(30)), ['UPSTREAM_THROTTLED', 28, 31]],
    ['429 until a date that has passed', () => retryAfter(inSeconds(-30)), ['UPSTREAM_THROTTLED', 1, 2]],
    ['429 for 0 s', () => retryAfter('0'), ['UPSTREAM_THROTTLED', 1, 2]],
    ['429 for -5 s', () => retryAfter('-5'), ['UPSTREAM_THROTTLED', 1, 2]],
    ['429 for "soon"', () => retryAfter('soon'), ['UPSTREAM_THROTTLED', 1, 2]],
    ['429 for 300 years', () => retryAfter('9999999999'), ['UPSTREAM_THROTTLED', 300, 300]],
    [
      '429 until the year 9999',
      () => retryAfter('Fri, 31 Dec 9999 23:59:59 GMT'),
      ['UPSTREAM_THROTTLED', 300, 300],
    ],
    ['503 for 5 s', () => retryAfter('5', 503), ['UPSTREAM_UNAVAILABLE', 5, 5]],
    ['503 until a date', () => retryAfter(inSeconds(30), 503), ['UPSTREAM_UNAVAILABLE', 28, 31]],
  ])('%s, all callers are told how long, and nothing is sent', async (_, alter, [code, min, max]) => {
    const { stack, proxy } = await useProxiedStack();
    const { guid } = demoMember(stack.sandbox, 'LOCKED');
    proxy.alter = alter();
    for (const query of [MEMBERS, MEMBERS, INSTITUTION, aggregate(guid)]) {
      const result = await stack.graphql(query);
      expect(codesOf(result)).toEqual([code]);
      const seconds = retryAfterOf(result);
      expect(seconds).toBeGreaterThanOrEqual(query === MEMBERS ? min : 1);
      expect(seconds).toBeLessThanOrEqual(max);
      expect(result.retryAfter).toBe(String(seconds));
      expect(result.status).toBe(200);
    }
    expect(proxy.requests).toHaveLength(1);
  });

  it('a 429 to a write, it is sent once, and the next one is not sent', async () => {
    const { stack, proxy } = await useProxiedStack();
    const mutation =
      'mutation { payload: createManualAccount(input: { name: "x", type: CASH }) { userErrors { code } } }';
    proxy.alter = (request, response) =>
      request.method === 'GET' ? passOn(request, response) : retryAfter('60')(request, response);
    const first = await stack.graphql(mutation);
    expect(codesOf(first)).toEqual(['UPSTREAM_THROTTLED']);
    expect(retryAfterOf(first)).toBe(60);
    const before = [...proxy.requests];
    expect(before.filter((request) => request.startsWith('POST'))).toHaveLength(1);
    const second = await stack.graphql(mutation);
    expect(codesOf(second)).toEqual(['UPSTREAM_THROTTLED']);
    expect(retryAfterOf(second)).toBeGreaterThanOrEqual(59);
    expect(proxy.requests).toEqual(before);
  });

  it('a 429, what is known is served without a call', async () => {
    const { stack, proxy } = await useProxiedStack();
    const before = await stack.graphql(MEMBERS);
    proxy.alter = retryAfter('60');
    const during = await stack.graphql(MEMBERS);
    expect(during.text).toBe(before.text);
    expect((await stack.graphql(MEMBERS)).text).toBe(before.text);
    expect(during.retryAfter).toBeNull();
    expect(proxy.requests).toHaveLength(2);
  });

  it('a 429 for 1 s, it is called again after that second', async () => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = retryAfter('1');
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['UPSTREAM_THROTTLED']);
    const askedAt = performance.now();
    proxy.alter = passOn;
    await waitFor(async () => (await stack.graphql(MEMBERS)).body.errors === undefined);
    expect(performance.now() - askedAt).toBeGreaterThan(900);
    expect(proxy.requests).toHaveLength(2);
  });

  it('one 429 after another without Retry-After, the pauses double', async () => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = answer(429);
    await stack.graphql(MEMBERS);
    const last = await waitFor(async () => {
      const result = await stack.graphql(MEMBERS);
      return proxy.requests.length === 2 ? result : null;
    });
    expect(retryAfterOf(last)).toBeGreaterThanOrEqual(2);
    expect(retryAfterOf(last)).toBeLessThanOrEqual(3);
  });

  it('many 429 at once, the pause is that of one', async () => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = (_, response) => {
      if (proxy.requests.length === 20) response.writeHead(429).end();
      else setTimeout(() => response.writeHead(429).end(), 50);
    };
    const codes = Array.from({ length: 20 }, (_, i) => `{ institution(code: "bank-${i}") { name } }`);
    const results = await Promise.all(codes.map((query) => stack.graphql(query)));
    for (const result of results) expect(retryAfterOf(result)).toBeLessThanOrEqual(2);
  });

  it('a 429 to a job of one member, all other requests are sent', async () => {
    const { stack, proxy } = await useProxiedStack();
    const [locked, denied] = [demoMember(stack.sandbox, 'LOCKED'), demoMember(stack.sandbox, 'DENIED')];
    proxy.alter = (request, response) =>
      request.path.includes(locked.guid) ? retryAfter('60')(request, response) : passOn(request, response);
    expect(codesOf(await stack.graphql(aggregate(locked.guid)))).toEqual(['UPSTREAM_THROTTLED']);
    dataOf(await stack.graphql(MEMBERS));
    dataOf(await stack.graphql(aggregate(denied.guid)));
    expect(codesOf(await stack.graphql(aggregate(locked.guid)))).toEqual(['UPSTREAM_THROTTLED']);
    expect(proxy.requests.filter((request) => request.includes(locked.guid))).toHaveLength(1);
  });

  it('a 429, the service stays in its load balancer', async () => {
    const { stack, proxy } = await useProxiedStack();
    proxy.alter = retryAfter('60');
    const response = await fetch(`${stack.url}/readyz`);
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ status: 'degraded', checks: { mx: 'throttled' } });
  });
});
