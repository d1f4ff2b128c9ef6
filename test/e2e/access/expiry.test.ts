import { describe, expect, it } from 'vitest';

import { connectSocket, openSocket, openStream } from '../../support/live-client.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const CHANGES = 'subscription { memberStatusChanged { cause } }';
const DEADLINE_MS = 10_000;

/** A stack with its own token issuer. `mint` makes tokens of the demo user that expire after the given seconds. */
async function trusting() {
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: { ...issuer.auth, clockToleranceS: 0 } });
  const { demoUserGuid, otherUserGuid } = stack.sandbox;
  const mint = (seconds: number, claims: Record<string, unknown> = {}) =>
    issuer.mint({ mx_user_guid: demoUserGuid, exp: Date.now() / 1_000 + seconds, ...claims });
  return { issuer, stack, mint, demoUserGuid, otherUserGuid };
}

const renewal = (token: string) => ({ type: 'ping', payload: { authorization: `Bearer ${token}` } });

describe('a WebSocket', () => {
  it('is closed with its subscriptions shortly after its token expires', async () => {
    const { stack, mint } = await trusting();
    const live = await connectSocket(stack.url, { token: await mint(1) });
    const startedAt = Date.now();
    live.subscribe('1', CHANGES);
    expect((await live.next()).type).toBe('next');
    expect(await live.closed).toEqual({ code: 4403, reason: 'Token expired' });
    expect(Date.now() - startedAt).toBeLessThan(4_000);
  });

  it('stays open when a ping contains a new token, which the pong does not repeat', async () => {
    const { stack, mint, demoUserGuid } = await trusting();
    const live = await connectSocket(stack.url, { token: await mint(2) });
    live.send(renewal(await mint(3_600)));
    expect(await live.next()).toEqual({ type: 'pong', payload: {} });
    let isOver = false;
    void live.closed.then(() => (isOver = true));
    const until = Date.now() + 4_000;
    await waitFor(() => Date.now() > until);
    expect(isOver).toBe(false);
    live.subscribe('1', '{ viewer { guid } }');
    expect((await live.next()).payload).toEqual({ data: { viewer: { guid: demoUserGuid } } });
  });

  it.each([
    ['of another user', { mx_user_guid: 'USR-other' }],
    ['with other rights', { scope: 'mx:support' }],
    ['that has expired', { exp: Math.floor(Date.now() / 1_000) - 60 }],
    ['for another audience', { aud: 'another-service' }],
  ])('is closed with 4403 when it is renewed with a token %s', async (_, claims) => {
    const { stack, mint } = await trusting();
    const live = await connectSocket(stack.url, { token: await mint(3_600) });
    live.send(renewal(await mint(3_600, claims)));
    expect(await live.closed).toEqual({ code: 4403, reason: 'Forbidden' });
  });

  it.each([['Bearer garbage'], [''], [5]])(
    'is closed with 4403 when it is renewed with %j',
    async (authorization) => {
      const { stack, mint } = await trusting();
      const live = await connectSocket(stack.url, { token: await mint(3_600) });
      live.send({ type: 'ping', payload: { authorization } });
      expect(await live.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    },
  );

  it('is closed with 4401 when a ping contains a token before connection_init', async () => {
    const { stack, mint } = await trusting();
    const live = await openSocket(stack.url);
    live.send(renewal(await mint(3_600)));
    expect(await live.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('is not renewed by other pings, whose payload is returned', async () => {
    const { stack, mint } = await trusting();
    const live = await connectSocket(stack.url, { token: await mint(1) });
    live.send({ type: 'ping', payload: { n: 1 } });
    expect(await live.next()).toEqual({ type: 'pong', payload: { n: 1 } });
    expect(await live.closed).toEqual({ code: 4403, reason: 'Token expired' });
  });

  it('does not expire over the sandbox without tokens', async () => {
    const stack = await useStack();
    const live = await connectSocket(stack.url);
    const until = Date.now() + 2_500;
    await waitFor(() => Date.now() > until);
    live.send({ type: 'ping' });
    expect((await live.next()).type).toBe('pong');
  });
});

describe('an SSE stream', () => {
  it('ends with an error when its token expires', async () => {
    const { stack, mint } = await trusting();
    const headers = { authorization: `Bearer ${await mint(1)}` };
    const stream = await openStream(stack.url, CHANGES, { headers });
    let event = await stream.next(DEADLINE_MS);
    while (event.data?.errors === undefined) event = await stream.next(DEADLINE_MS);
    expect(event.data.errors).toMatchObject([
      { message: 'The token has expired.', extensions: { code: 'UNAUTHENTICATED', retryable: false } },
    ]);
    expect((await stream.next()).event).toBe('complete');
    await stream.ended;
  });

  it('is not opened with an expired token', async () => {
    const { stack, mint } = await trusting();
    const headers = { authorization: `Bearer ${await mint(-60)}` };
    await expect(openStream(stack.url, CHANGES, { headers })).rejects.toThrow('401');
  });
});
