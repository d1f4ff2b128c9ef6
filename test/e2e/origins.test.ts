import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';

import { createLoadShedder } from '../../src/http/load-shedding.js';
import { liveAppOfTest } from '../support/live-app.js';
import { openSocket, refusedUpgrade, requestStream } from '../support/live-client.js';
import { startStack, useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';
import { waitFor } from '../support/wait-for.js';

/** What is set, and the origin that a browser sends. */
const FORMS = [
  ['https://app.example/', 'https://app.example'],
  ['HTTPS://Upper.Example', 'https://upper.example'],
  ['https://port.example:443', 'https://port.example'],
  ['https://münchen.example', 'https://xn--mnchen-3ya.example'],
  ['http://[0:0:0:0:0:0:0:1]:3000', 'http://[::1]:3000'],
  ['capacitor://localhost', 'capacitor://localhost'],
  ['ionic://localhost/', 'ionic://localhost'],
  ['tauri://localhost', 'tauri://localhost'],
  ['http://tauri.localhost', 'http://tauri.localhost'],
] as const;
const ORIGINS = FORMS.map(([, origin]) => origin);
const OTHERS = [
  'https://evil.example',
  'null',
  'file://',
  'http://app.example',
  'https://app.example:8443',
  'https://app.example.evil.example',
  'capacitor://evil',
  'capacitor://127.0.0.1',
];
const JSON_TYPE = { 'content-type': 'application/json' };
const VIEWER = JSON.stringify({ query: '{ viewer { guid } }' });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ corsOrigins: FORMS.map(([given]) => given) });
});
afterAll(() => stack.dispose());

function preflight(url: string, origin: string): Promise<Response> {
  const asked = {
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization,content-type',
  };
  return fetch(`${url}/graphql`, { method: 'OPTIONS', headers: { origin, ...asked } });
}

/** The origin that an answer is granted to, and the headers that its pages may read. */
function grantOf({ headers }: Response): [origin: string | null, exposed: string[]] {
  const exposed = headers.get('access-control-expose-headers') ?? '';
  return [headers.get('access-control-allow-origin'), exposed.toLowerCase().split(', ')];
}

const EXPOSED = expect.arrayContaining(['date', 'retry-after', 'x-request-id']) as string[];

describe('the origin that a browser sends', () => {
  it.each(ORIGINS)('is granted by HTTP, SSE and WebSocket: %s', async (origin) => {
    const asked = await preflight(stack.url, origin);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(origin);
    expect(asked.headers.get('access-control-allow-headers')).toBe('authorization,content-type');
    expect(asked.headers.get('vary')).toContain('Origin');

    const headers = { origin, ...JSON_TYPE };
    const answer = await fetch(`${stack.url}/graphql`, { method: 'POST', headers, body: VIEWER });
    expect(answer.status).toBe(200);
    expect(grantOf(answer)).toEqual([origin, EXPOSED]);

    const stream = await requestStream(stack.url, '{ viewer { guid } }', { headers: { origin } });
    expect(stream.status).toBe(200);
    expect(grantOf(stream)).toEqual([origin, EXPOSED]);
    await stream.body?.cancel();

    const { socket } = await openSocket(stack.url, { origin });
    expect(socket.readyState).toBe(WebSocket.OPEN);
  });

  it.each(OTHERS)('is not granted if it is another: %s', async (origin) => {
    expect((await preflight(stack.url, origin)).headers.get('access-control-allow-origin')).toBeNull();
    expect(await refusedUpgrade(stack.url, { origin })).toBe(403);
  });

  it('is not taken for the server’s own if it only has its host', async () => {
    expect(await refusedUpgrade(stack.url, { origin: stack.url.replace('http:', 'capacitor:') })).toBe(403);
  });

  it('is refused in a form that no browser sends before the server starts', () => {
    const start = () => startStack({ corsOrigins: ['https://a.example', 'https://b.example/path'] });
    return expect(start()).rejects.toThrow('CORS_ORIGINS: entry 2: ');
  });
});

describe('pages of other origins can read Date, Retry-After and x-request-id', () => {
  const origin = 'https://app.example';

  const post = (body: string, headers = {}) => ({
    method: 'POST',
    headers: { ...JSON_TYPE, ...headers },
    body,
  });
  const TEXT = { accept: 'text/event-stream', 'content-type': 'text/plain' };

  it.each<[string, { status: number; path?: string; init?: RequestInit }]>([
    ['a result', { status: 200, init: post(VIEWER) }],
    ['a document that is not valid', { status: 400, init: post('{"query":"{"}') }],
    ['a body that is no JSON', { status: 400, init: post('{') }],
    ['a body of another type', { status: 415, path: '/graphql/stream', init: post('x', TEXT) }],
    ['a body that is too large', { status: 413, init: post('x'.repeat(1_000_001)) }],
    ['a token that is not accepted', { status: 401, init: post(VIEWER, { authorization: 'Bearer x' }) }],
    ['a stream that is not acceptable', { status: 406, path: '/graphql/stream', init: post(VIEWER) }],
    ['a method that is not allowed', { status: 405, path: '/graphql/stream', init: { method: 'PATCH' } }],
    ['a path that does not exist', { status: 404, path: '/nothing' }],
    ['a path that is malformed', { status: 400, path: '/%zz' }],
  ])('of %s', async (_, { status, path = '/graphql', init = {} }) => {
    const answer = await fetch(stack.url + path, { ...init, headers: { origin, ...init.headers } });
    await answer.body?.cancel();
    expect(answer.status).toBe(status);
    expect(grantOf(answer)).toEqual([origin, EXPOSED]);
    expect(answer.headers.get('date')).not.toBeNull();
    expect(answer.headers.get('x-request-id')).not.toBeNull();
  });

  it('of an answer to a viewer who asks too often', async () => {
    const issuer = await issuerOfTest();
    const { url, sandbox } = await useStack({
      auth: issuer.auth,
      operationsPerMinute: 1,
      corsOrigins: [origin],
    });
    const token = await issuer.mint({ mx_user_guid: sandbox.demoUserGuid });
    const accept = 'application/json, text/event-stream';
    const headers = { origin, authorization: `Bearer ${token}`, accept, ...JSON_TYPE };
    const ask = (path: string) => fetch(url + path, { method: 'POST', headers, body: VIEWER });
    expect((await ask('/graphql')).status).toBe(200);
    for (const path of ['/graphql', '/graphql/stream']) {
      const answer = await ask(path);
      expect(answer.status).toBe(429);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
      expect(grantOf(answer)).toEqual([origin, EXPOSED]);
    }
  });

  it('of an answer of a server that is overloaded', async () => {
    const loadShedder = createLoadShedder(() => ({ delayMs: 60_000, heap: 0 }), 1);
    onTestFinished(() => loadShedder.stop());
    await waitFor(() => loadShedder.isShedding());
    const { url } = await liveAppOfTest({ corsOrigins: [origin], loadShedder });
    const answer = await fetch(`${url}/graphql/stream`, { headers: { origin } });
    expect(answer.status).toBe(503);
    expect(answer.headers.get('retry-after')).toBe('5');
    expect(grantOf(answer)).toEqual([origin, EXPOSED]);
  });
});
