import { describe, expect, it } from 'vitest';

import { captureLog } from '../../support/captured-log.js';
import type { LogLine } from '../../support/captured-log.js';
import { connectSocket, openSocket, requestStream } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const QUERY = '{ viewer { guid } }';

async function logged() {
  const issuer = await issuerOfTest();
  const log = captureLog();
  const stack = await useStack({ auth: issuer.auth, config: log.config });
  const claims = { mx_user_guid: stack.sandbox.demoUserGuid };
  const expired = await issuer.mint({ ...claims, exp: Math.floor(Date.now() / 1_000) - 60 });
  const all = () =>
    log.text
      .split('\n')
      .filter(Boolean)
      .map((line) => JSON.parse(line) as LogLine)
      .filter((line) => 'requestId' in line || 'err' in line);
  return { issuer, stack, log, all, expired, claims };
}

type Request = (url: string, token: string) => Promise<unknown>;

const TRANSPORTS: [string, Request][] = [
  [
    'POST',
    (url, token) =>
      sendRaw(url, {
        headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
        body: JSON.stringify({ query: QUERY }),
      }),
  ],
  [
    'GET',
    (url, token) =>
      sendRaw(url, {
        method: 'GET',
        path: `/graphql?query=${encodeURIComponent(QUERY)}`,
        headers: { authorization: `Bearer ${token}` },
      }),
  ],
  ['SSE', (url, token) => requestStream(url, QUERY, { headers: { authorization: `Bearer ${token}` } })],
  [
    'WebSocket',
    async (url, token) => {
      const live = await openSocket(url);
      live.send({ type: 'connection_init', payload: { authorization: `Bearer ${token}` } });
      await live.closed;
    },
  ],
];

describe.each(TRANSPORTS)('a rejected token over %s', (_, request) => {
  it.each(['expired', 'of another issuer', 'malformed'])(
    'is one info line a second, without a stack, if it is %s',
    async (kind) => {
      const { stack, all, expired, claims } = await logged();
      const other = await issuerOfTest();
      const token = { expired, malformed: 'x.y.z' }[kind] ?? (await other.mint(claims));
      const startedAt = Date.now();
      for (let count = 0; count < 10; count += 1) await request(stack.url, token);
      const lines = await waitFor(() => (all().length > 0 ? all() : null));
      expect(lines.length).toBeLessThanOrEqual(1 + Math.floor((Date.now() - startedAt) / 1_000));
      for (const line of lines) {
        expect(line).toMatchObject({ level: 30, outcome: 'UNAUTHENTICATED' });
        expect(line['reason']).toBe(
          kind === 'expired' ? 'The token has expired.' : 'The token is not valid for this service.',
        );
        expect(JSON.stringify(line)).not.toMatch(/stack|node_modules|\.ts:/);
        expect(JSON.stringify(line)).not.toContain(token);
      }
    },
  );
});

describe('rejected tokens', () => {
  it('are logged again after a second', async () => {
    const { stack, log, expired } = await logged();
    await waitFor(async () => {
      await stack.graphql(QUERY, {}, { token: expired });
      return log.lines('operation').length === 2;
    });
  });

  it('do not keep the lines of other operations from the log', async () => {
    const { stack, log, expired, issuer, claims } = await logged();
    const token = await issuer.mint(claims);
    await stack.graphql(QUERY, {}, { token: expired });
    for (let count = 0; count < 3; count += 1) await stack.graphql(QUERY, {}, { token });
    const lines = await log.wait('operation', 4);
    expect(lines.map(({ outcome }) => outcome)).toEqual(['UNAUTHENTICATED', 'OK', 'OK', 'OK']);
    expect(lines[1]).not.toHaveProperty('reason');
  });

  it('are one info line if they come with a ping of a socket', async () => {
    const { stack, log, all, expired, issuer, claims } = await logged();
    const live = await connectSocket(stack.url, { token: await issuer.mint(claims) });
    live.send({ type: 'ping', payload: { authorization: `Bearer ${expired}` } });
    await live.closed;
    await log.wait('token rejected');
    expect(all()).toHaveLength(1);
    expect(all()[0]).toMatchObject({ level: 30, transport: 'websocket', reason: 'The token has expired.' });
  });

  it('are not confused with keys that cannot be fetched, which is an error with its stack', async () => {
    const { stack, log, issuer, claims } = await logged();
    const token = await issuer.mint(claims);
    await issuer.goDown();
    const { status } = await stack.graphql(QUERY, {}, { token });
    expect(status).toBe(503);
    const [line] = await log.wait('operation failed');
    expect(line).toMatchObject({ level: 50, err: { stack: expect.stringContaining('at ') as string } });
    await issuer.comeUp();
  });
});

describe('a parameter that is not JSON', () => {
  it('is not logged as an error', async () => {
    const log = captureLog();
    const stack = await useStack({ config: log.config });
    const answer = await sendRaw(stack.url, {
      method: 'GET',
      path: '/graphql/stream?query=%7Bviewer%7Bguid%7D%7D&variables=%7B',
      headers: { accept: 'text/event-stream' },
    });
    expect(answer.status).toBe(400);
    const [line] = await log.wait('operation');
    expect(line).toMatchObject({ level: 30, outcome: 'BAD_REQUEST' });
    expect(log.lines('operation failed')).toEqual([]);
  });
});
