import { connect } from 'node:net';

import { createClient } from 'graphql-ws';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { ApiError } from '../../../src/errors/api-error.js';
import { demoMember } from '../../support/demo-members.js';
import { liveAppOfTest, ToySource } from '../../support/live-app.js';
import { connectSocket, openSocket, refusedUpgrade } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

const TICKS = 'subscription { ticks { count } }';
const init = { type: 'connection_init' };

describe('a socket is closed', () => {
  const subscribe = (id: string) => ({ type: 'subscribe', id, payload: { query: TICKS } });
  const bad = (payload: unknown) => ({ type: 'subscribe', id: '1', payload });

  it.each<[string, readonly (string | object)[]]>([
    ['what is no JSON', ['{']],
    ['JSON that is no object', ['5']],
    ['a message without a type', [{}]],
    ['an unknown type', [{ type: 'start' }]],
    ['a message that is the server’s', [init, { type: 'next', id: '1', payload: {} }]],
    ['a payload of init that is no object', [{ ...init, payload: 'x' }]],
    ['a subscription without an id', [init, { type: 'subscribe', payload: { query: TICKS } }]],
    ['a query that is no text', [init, bad({ query: 5 })]],
    ['variables that are no object', [init, bad({ query: TICKS, variables: [] })]],
  ])('with 4400 for %s', async (_, messages) => {
    const { url } = await liveAppOfTest();
    const live = await openSocket(url);
    for (const message of messages) {
      live.send(message);
      if (message === init) await live.next();
    }
    expect(await live.closed).toEqual({ code: 4400, reason: 'Invalid message received' });
  });

  it('with 4401 for a subscription before the acknowledgement', async () => {
    const live = await openSocket((await liveAppOfTest()).url);
    live.send(subscribe('1'));
    expect(await live.closed).toEqual({ code: 4401, reason: 'Unauthorized' });
  });

  it('with 4409 for an id that is in use', async () => {
    const live = await connectSocket((await liveAppOfTest()).url);
    live.send(subscribe('one'));
    live.send(subscribe('one'));
    expect(await live.closed).toEqual({ code: 4409, reason: 'Subscriber for one already exists' });
  });

  it('with 4429 for a second init', async () => {
    const live = await openSocket((await liveAppOfTest()).url);
    live.send(init);
    live.send(init);
    expect(await live.closed).toEqual({ code: 4429, reason: 'Too many initialisation requests' });
  });

  it('with 1009 for a message of more than 128 kB', async () => {
    const live = await connectSocket((await liveAppOfTest()).url);
    live.send({ type: 'ping', payload: { text: 'x'.repeat(127_900) } });
    expect((await live.next()).type).toBe('pong');
    live.send({ type: 'ping', payload: { text: 'x'.repeat(128_000) } });
    expect((await live.closed).code).toBe(1009);
  });

  it('with 4406 when it names no protocol', async () => {
    const { url } = await liveAppOfTest();
    const live = await openSocket(url, { protocols: [] });
    expect(await live.closed).toEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it('when it names other protocols only', async () => {
    const { url } = await liveAppOfTest();
    await expect(openSocket(url, { protocols: ['graphql-ws', 'soap'] })).rejects.toThrow('no subprotocol');
  });

  it('with 4408 when no init comes in time', async () => {
    const { url } = await liveAppOfTest({ initWaitMs: 50 });
    const live = await openSocket(url);
    expect(await live.closed).toEqual({ code: 4408, reason: 'Connection initialisation timeout' });
  });

  it('with 1013 while tokens cannot be checked, and 4500 when something goes wrong inside', async () => {
    const failures: Error[] = [new ApiError('AUTH_UNAVAILABLE'), new Error('secret of the inside')];
    const { url } = await liveAppOfTest({
      authenticate: () => Promise.reject(failures.shift() ?? new Error('no more')),
    });
    for (const closing of [
      { code: 1013, reason: 'Try again later' },
      { code: 4500, reason: 'Internal server error' },
    ]) {
      const live = await openSocket(url);
      live.send(init);
      expect(await live.closed).toEqual(closing);
    }
  });

  it('and no other, by a frame that is none', async () => {
    const { url } = await liveAppOfTest();
    const other = await connectSocket(url);
    const { hostname, port } = new URL(url);
    const raw = connect(Number(port), hostname);
    raw.write(
      `GET /graphql HTTP/1.1\r\nhost: ${hostname}\r\nconnection: upgrade\r\nupgrade: websocket\r\nsec-websocket-version: 13\r\nsec-websocket-key: dGhlIHNhbXBsZSBub25jZQ==\r\nsec-websocket-protocol: graphql-transport-ws\r\n\r\n`,
    );
    raw.once('data', () => raw.write(Buffer.from([0xff, 0xff, 0x01, 0x02])));
    await new Promise((resolve) => raw.once('close', resolve));
    other.subscribe('1', '{ word }');
    expect((await other.next()).payload).toEqual({ data: { word: 'word' } });
  });
});

describe('an upgrade', () => {
  it('is refused at another path', async () => {
    const { url } = await liveAppOfTest();
    expect(await refusedUpgrade(url, { path: '/other' })).toBe(404);
    expect(await refusedUpgrade(url, { path: '/graphql/stream' })).toBe(404);
  });

  it('is refused to pages of other origins, and to none that are let in', async () => {
    const { url } = await liveAppOfTest({ corsOrigins: ['https://app.example'] });
    for (const origin of ['https://evil.example', 'null', 'https://app.example.evil.example', 'file://']) {
      expect(await refusedUpgrade(url, { origin })).toBe(403);
    }
    for (const origin of ['https://app.example', url, url.replace('http:', 'https:')]) {
      const { socket } = await openSocket(url, { origin });
      expect(socket.readyState).toBe(WebSocket.OPEN);
    }
  });

  it('is refused with an answer that GraphQL clients can read', async () => {
    const { url } = await liveAppOfTest();
    const headers = { connection: 'upgrade', upgrade: 'websocket', origin: 'https://evil.example' };
    const answer = await sendRaw(url, { method: 'GET', headers });
    expect(answer.status).toBe(403);
    expect(JSON.parse(answer.text)).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
  });

  it('to another protocol is not taken, and the request is answered in the one it came in', async () => {
    const { url } = await liveAppOfTest();
    // This is how Java's own client and `curl --http2` ask.
    const answer = await sendRaw(url, {
      headers: {
        connection: 'Upgrade, HTTP2-Settings, close',
        upgrade: 'h2c',
        'http2-settings': 'AAMAAABkAAQAAP__',
        'content-type': 'application/json',
      },
      body: JSON.stringify({ long: 'x'.repeat(200_000) }),
    });
    expect(answer.status).toBe(200);
    expect(answer.text.length).toBeGreaterThan(200_000);
  });

  it('to another protocol leaves the connection open for more', async () => {
    const { url } = await liveAppOfTest();
    const { hostname, port } = new URL(url);
    const raw = connect(Number(port), hostname);
    let received = '';
    raw.setEncoding('utf8').on('data', (chunk: string) => (received += chunk));
    const request = (upgrade: string) =>
      `POST /graphql HTTP/1.1\r\nhost: x\r\n${upgrade}content-type: application/json\r\ncontent-length: 2\r\n\r\n{}`;
    for (const [at, upgrade] of ['connection: upgrade\r\nupgrade: h2c\r\n', ''].entries()) {
      raw.write(request(upgrade));
      await waitFor(() => received.split('HTTP/1.1 200').length === at + 2);
    }
    raw.destroy();
  });
});

describe('who asks', () => {
  it('is told by the payload of init, or else by the header of the upgrade', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack({ auth: issuer.auth });
    const { demoUserGuid, otherUserGuid } = stack.sandbox;
    const bearer = async (guid: string) => `Bearer ${await issuer.mint({ mx_user_guid: guid })}`;
    const [demo, other] = await Promise.all([bearer(demoUserGuid), bearer(otherUserGuid)]);
    for (const [payload, headers, guid] of [
      [{ authorization: demo }, {}, demoUserGuid],
      [{ Authorization: demo }, {}, demoUserGuid],
      [{ authorization: demo }, { authorization: other }, demoUserGuid],
      [undefined, { authorization: other }, otherUserGuid],
      [{ authorization: null }, { authorization: other }, otherUserGuid],
    ] as const) {
      const live = await openSocket(stack.url, { headers });
      live.send({ type: 'connection_init', payload });
      expect(await live.next()).toEqual({ type: 'connection_ack' });
      live.subscribe('1', '{ viewer { guid } }');
      expect((await live.next()).payload).toEqual({ data: { viewer: { guid } } });
    }
  });

  it.each([
    ['no token', undefined],
    ['a token of nobody', { authorization: 'Bearer e30.e30.e30' }],
    ['a token that is no text', { authorization: 5 }],
    ['an empty text', { authorization: '' }],
  ])('is refused with 4403 for %s', async (_, payload) => {
    const { auth } = await issuerOfTest();
    const stack = await useStack({ auth });
    const live = await openSocket(stack.url);
    live.send({ type: 'connection_init', payload });
    expect(await live.closed).toEqual({ code: 4403, reason: 'Forbidden' });
    expect(stack.calls()).toEqual({});
  });
});

describe('a stop', () => {
  it('closes sockets with 1001, and lets no new ones in', async () => {
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({ source });
    const live = await connectSocket(url);
    live.subscribe('1', TICKS);
    await waitFor(() => source.pulls === 1);
    const stopped = app.close();
    expect(await live.closed).toEqual({ code: 1001, reason: 'Going away' });
    await stopped;
    expect(source.isReturned).toBe(true);
  });

  it('lets finish what is under way, meanwhile refuses upgrades, and then closes', async () => {
    let finish: (word: string) => void = () => undefined;
    const source = new ToySource();
    const { app, url } = await liveAppOfTest({
      source,
      slow: () => new Promise((resolve) => (finish = resolve)),
    });
    const [query, live] = [await connectSocket(url), await connectSocket(url)];
    live.subscribe('1', 'subscription { ticks { count slow } }');
    query.subscribe('1', '{ word }');
    await query.next();
    await query.next();
    source.push({ count: 1 });
    await waitFor(() => source.pulls === 1);
    const stopped = app.close();
    // The port still answers as long as something is under way.
    expect(await refusedUpgrade(url)).toBe(503);
    finish('done');
    expect((await live.next()).payload).toEqual({ data: { ticks: { count: 1, slow: 'done' } } });
    expect((await live.closed).code).toBe(1001);
    await stopped;
  });

  it('does not wait for what does not finish, nor for peers that do not answer', async () => {
    const { app, url } = await liveAppOfTest({ slow: () => new Promise(() => undefined) });
    const [stuck, silent] = [await connectSocket(url), await connectSocket(url)];
    stuck.subscribe('1', '{ slow }');
    silent.socket.pause();
    const begun = Date.now();
    const stopped = app.close();
    expect((await stuck.closed).code).toBe(1001);
    expect(Date.now() - begun).toBeLessThan(2_000);
    await stopped;
    expect(Date.now() - begun).toBeLessThan(5_000);
  });
});

describe('over the sandbox', () => {
  it('serves graphql-ws’s own client', async () => {
    const stack = await useStack();
    const client = createClient({
      url: `${stack.url.replace(/^http/, 'ws')}/graphql`,
      webSocketImpl: WebSocket,
    });
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    const query = `subscription ($guid: String) { memberStatusChanged(memberGuid: $guid) { memberGuid cause connectionStatus } }`;
    for await (const answer of client.iterate({ query, variables: { guid } })) {
      expect(answer).toEqual({
        data: { memberStatusChanged: { memberGuid: guid, cause: 'SNAPSHOT', connectionStatus: 'CONNECTED' } },
      });
      break;
    }
    await client.dispose();
  });
});
