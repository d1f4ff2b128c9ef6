import { gzipSync } from 'node:zlib';

import type { FastifyBaseLogger } from 'fastify';
import { pino } from 'pino';
import { describe, expect, it, onTestFinished } from 'vitest';

import { createApp } from '../../../src/http/app.js';
import { registerWebhook } from '../../../src/http/webhook.js';
import type { WebhookCredentials } from '../../../src/http/webhook.js';
import { InboxError } from '../../../src/backplane/inbox.js';
import type { Hint } from '../../../src/backplane/inbox.js';
import { demoMember } from '../../support/demo-members.js';
import { connectSocket } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawAnswer, RawRequest } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';

const PATH = '/webhooks/mx';
const HINT = { userGuid: 'USR-1', memberGuid: 'MBR-1' };
const EVENT = {
  type: 'CONNECTION_STATUS',
  user_guid: 'USR-1',
  member_guid: 'MBR-1',
  connection_status: 'hush',
};
const basic = (text: string) => `Basic ${Buffer.from(text).toString('base64')}`;
const MX = { authorization: basic('mx:new password') };
const TYPE = { 'content-type': 'application/json' };
const CREDENTIALS = {
  username: 'mx',
  passwords: ['new password', 'old:päss'],
  bearers: ['new-token', 'old-token'],
};

interface ReceiverOptions {
  readonly accept?: (hint: Hint) => Promise<void>;
  readonly credentials?: WebhookCredentials;
}

/** The endpoint by itself, and what it makes of what comes. */
async function receiverOfTest({ accept, credentials = CREDENTIALS }: ReceiverOptions = {}) {
  const hints: Hint[] = [];
  const outcomes: (string | null)[][] = [];
  let logged = '';
  const log: FastifyBaseLogger = pino({ level: 'trace' }, { write: (line) => (logged += line) });
  const app = await createApp(log);
  registerWebhook(app, {
    credentials,
    log,
    accept: async (hint) => {
      await accept?.(hint);
      hints.push(hint);
    },
    onOutcome: (...outcome) => void outcomes.push(outcome),
  });
  onTestFinished(() => app.close());
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    hints,
    outcomes,
    logged: () => logged,
    post: (body: unknown, headers: Record<string, string> = MX) =>
      sendRaw(url, { path: PATH, headers: { ...TYPE, ...headers }, body: JSON.stringify(body) }),
    send: (request: RawRequest) => sendRaw(url, { path: PATH, ...request }),
  };
}

const codeOf = ({ text }: RawAnswer): string | undefined =>
  (JSON.parse(text) as { errors: { extensions: { code: string } }[] }).errors[0]?.extensions.code;

describe('a webhook', () => {
  it('about a member is accepted, and answered with nothing', async () => {
    const { post, hints, outcomes } = await receiverOfTest();
    expect(await post(EVENT)).toMatchObject({ status: 204, text: '' });
    expect(hints).toEqual([HINT]);
    expect(outcomes).toEqual([['accepted', 'CONNECTION_STATUS']]);
  });

  it.each<[string, object, string]>([
    ['of an unknown type', { type: 'MOON' }, 'MOON'],
    ['whose guids are null', { ...EVENT, member_guid: null }, 'CONNECTION_STATUS'],
    ['that is empty', {}, 'UNKNOWN'],
  ])('%s is ignored, and MX is not to send it again', async (_, body, type) => {
    const { post, hints, outcomes } = await receiverOfTest();
    expect(await post(body)).toMatchObject({ status: 204, text: '' });
    expect(hints).toEqual([]);
    expect(outcomes).toEqual([['ignored', type]]);
  });

  it.each(['full', 'unavailable'] as const)('is to be sent again while the inbox is %s', async (reason) => {
    const { post, outcomes } = await receiverOfTest({ accept: () => Promise.reject(new InboxError(reason)) });
    const answer = await post(EVENT);
    expect([answer.status, answer.headers['retry-after'], codeOf(answer)]).toEqual([429, '5', 'OVERLOADED']);
    expect(outcomes).toEqual([['overloaded', 'CONNECTION_STATUS']]);
  });

  it('is to be sent again when it takes too long, however that ends', async () => {
    let fail: (error: Error) => void = () => undefined;
    const accept = () => new Promise<void>((_, reject) => (fail = reject));
    const { post, outcomes } = await receiverOfTest({ accept });
    const begun = Date.now();
    expect((await post(EVENT)).status).toBe(429);
    expect(Date.now() - begun).toBeLessThan(2_000);
    fail(new Error('too late'));
    expect(outcomes).toEqual([['overloaded', 'CONNECTION_STATUS']]);
  });

  it('that something fails for is an error of ours, and told without a word of the inside', async () => {
    const { post, outcomes } = await receiverOfTest({ accept: () => Promise.reject(new Error('hush')) });
    const answer = await post(EVENT);
    expect([answer.status, codeOf(answer)]).toEqual([500, 'INTERNAL_SERVER_ERROR']);
    expect(answer.text).not.toContain('hush');
    expect(outcomes).toEqual([['failed', null]]);
  });
});

describe('who sends a webhook', () => {
  it.each([
    ['the new password', basic('mx:new password')],
    ['the old password, with a colon and an umlaut in it', basic('mx:old:päss')],
    ['the new bearer', 'Bearer new-token'],
    ['the old bearer, in other letters', 'bEARER old-token'],
  ])('is known by %s', async (_, authorization) => {
    const { post } = await receiverOfTest();
    expect((await post(EVENT, { authorization })).status).toBe(204);
  });

  it.each([
    ['nothing', {}],
    ['a wrong password', { authorization: basic('mx:wrong') }],
    ['another username', { authorization: basic('my:new password') }],
    ['no password', { authorization: basic('mx:') }],
    ['a password for a bearer', { authorization: 'Bearer new password' }],
    ['a bearer for a password', { authorization: basic('mx:new-token') }],
    ['a bearer that goes on', { authorization: 'Bearer new-token-2' }],
    ['another scheme', { authorization: 'Digest new-token' }],
    ['no scheme', { authorization: 'new-token' }],
    ['the header’s name alone', { authorization: '' }],
    ['what is not base64', { authorization: 'Basic %%%' }],
  ])('is refused with %s', async (_, headers) => {
    const { post, hints, outcomes } = await receiverOfTest();
    const answer = await post(EVENT, headers);
    expect([answer.status, codeOf(answer)]).toEqual([401, 'UNAUTHENTICATED']);
    expect(answer.headers['www-authenticate']).toBe('Basic realm="mx-webhooks"');
    expect(hints).toEqual([]);
    expect(outcomes).toEqual([['unauthorized', null]]);
  });

  it('is nobody where there are no credentials, or empty ones', async () => {
    for (const passwords of [[], ['']]) {
      const { post } = await receiverOfTest({ credentials: { username: '', passwords, bearers: passwords } });
      for (const authorization of [basic(':'), basic(''), 'Bearer ', 'Bearer x']) {
        expect((await post(EVENT, { authorization })).status).toBe(401);
      }
    }
  });

  it('is asked before anything of the body is read', async () => {
    const { send } = await receiverOfTest();
    const answer = await send({ headers: TYPE, body: '{'.repeat(2_000_000) });
    expect(answer.status).toBe(401);
  });
});

describe('a request that is no webhook is refused', () => {
  const json = { ...TYPE, ...MX };
  const typed = (type: string) => ({ ...MX, 'content-type': type });
  const body = JSON.stringify(EVENT);

  it.each<[string, RawRequest, number, string]>([
    ['broken JSON', { headers: json, body: '{"type": ' }, 400, 'malformed'],
    ['an empty body', { headers: json, body: '' }, 400, 'malformed'],
    ['a list', { headers: json, body: `[${body}]` }, 400, 'malformed'],
    ['a text', { headers: json, body: '"x"' }, 400, 'malformed'],
    ['null', { headers: json, body: 'null' }, 400, 'malformed'],
    ['a prototype', { headers: json, body: '{"__proto__": {"x": 1}}' }, 400, 'malformed'],
    ['JSON in UTF-16', { headers: json, body: Buffer.from(body, 'utf16le') }, 400, 'malformed'],
    ['more than a megabyte', { headers: json, body: `"${'x'.repeat(1_000_001)}"` }, 413, 'too_large'],
    ['no media type', { headers: MX, body }, 415, 'unsupported'],
    ['plain text', { headers: typed('text/plain'), body }, 415, 'unsupported'],
    ['a form', { headers: typed('application/x-www-form-urlencoded'), body }, 415, 'unsupported'],
    ['another JSON', { headers: typed('application/json-seq'), body }, 415, 'unsupported'],
    ['another charset', { headers: typed('application/json; charset=utf-7'), body }, 415, 'unsupported'],
    [
      'a second charset',
      { headers: typed('application/json; charset=utf-8; charset=utf-7'), body },
      415,
      'unsupported',
    ],
    [
      'a packed body',
      { headers: { ...json, 'content-encoding': 'gzip' }, body: gzipSync(body) },
      415,
      'unsupported',
    ],
  ])('for %s', async (...[, request, status, outcome]) => {
    const { send, hints, outcomes } = await receiverOfTest();
    const answer = await send(request);
    expect(answer.status).toBe(status);
    expect(codeOf(answer)).toMatch(/^(BAD_REQUEST|PAYLOAD_TOO_LARGE|UNSUPPORTED_MEDIA_TYPE)$/);
    expect(outcomes).toEqual([[outcome, null]]);
    expect(hints).toEqual([]);
  });

  it.each(['application/json; charset=utf-8', 'APPLICATION/JSON;charset="UTF-8"', 'application/json ;'])(
    'but not for %s',
    async (type) => {
      const { send } = await receiverOfTest();
      const headers = { ...MX, 'content-type': type, 'content-encoding': 'identity' };
      expect((await send({ headers, body })).status).toBe(204);
    },
  );

  it.each(['GET', 'HEAD', 'PUT', 'PATCH', 'DELETE'])('with 405 by %s', async (method) => {
    const { send } = await receiverOfTest();
    const answer = await send({ method, headers: MX });
    expect([answer.status, answer.headers['allow']]).toEqual([405, 'POST']);
  });
});

it('logs nothing of bodies and credentials, whatever comes', async () => {
  const { post, send, logged } = await receiverOfTest({
    accept: () => Promise.reject(new InboxError('full')),
  });
  await post(EVENT);
  await post(EVENT, { authorization: basic('mx:hush') });
  await send({ headers: { ...TYPE, ...MX }, body: '{"hush": ' });
  expect(logged()).toContain('could not be queued');
  expect(logged()).not.toMatch(/hush|new password|authorization|MBR-1/);
});

it('brings a change of the sandbox to who waits for it', async () => {
  const stack = await useStack({ webhooks: true });
  const { guid } = demoMember(stack.sandbox, 'CONNECTED');
  const live = await connectSocket(stack.url);
  live.subscribe(
    '1',
    'subscription ($guid: String) { memberStatusChanged(memberGuid: $guid) { connectionStatus cause } }',
    { guid },
  );
  const snapshot = { connectionStatus: 'CONNECTED', cause: 'SNAPSHOT' };
  expect((await live.next()).payload).toEqual({ data: { memberStatusChanged: snapshot } });
  stack.sandbox.control.forceMember(guid, { connection_status: 'CHALLENGED' });
  const change = { connectionStatus: 'CHALLENGED', cause: 'WEBHOOK' };
  expect((await live.next(10_000)).payload).toEqual({ data: { memberStatusChanged: change } });
});
