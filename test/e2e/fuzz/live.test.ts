import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';

import { sendRaw } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { anyDocument, anyValue, Chance, damaged, LEAKS, nastyText, SEED } from './random.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

const TYPES = [
  'subscribe',
  'subscribe',
  'subscribe',
  'ping',
  'pong',
  'complete',
  'connection_init',
  'next',
] as const;

function anyMessage(chance: Chance): Buffer | string {
  const payload = chance.isIn(4)
    ? anyValue(chance)
    : { query: anyDocument(chance), ...(chance.isIn(3) && { variables: anyValue(chance) }) };
  const message = {
    type: chance.of(TYPES),
    id: chance.isIn(9) ? anyValue(chance) : `${chance.below(50)}`,
    payload,
  };
  if (chance.isIn(12)) return damaged(chance, JSON.stringify(message));
  return chance.isIn(20) ? nastyText(chance) : JSON.stringify(message);
}

/** What one socket hears until it is closed by the server, or has sent all that it has to send. */
function converse(chance: Chance): Promise<{ heard: string; code: number }> {
  const socket = new WebSocket(`${stack.url.replace(/^http/, 'ws')}/graphql`, ['graphql-transport-ws']);
  let heard = '';
  return new Promise((resolve, reject) => {
    socket.on('error', reject);
    socket.on('message', (data: Buffer) => {
      const text = data.toString();
      heard += text;
      if (text.includes('"the end"')) socket.close(1000);
    });
    socket.on('close', (code, reason) => resolve({ heard: heard + reason.toString(), code }));
    socket.on('open', () => {
      if (!chance.isIn(10)) socket.send('{"type":"connection_init"}');
      for (const message of chance.many(12, () => anyMessage(chance))) socket.send(message);
      socket.send('{"type":"ping","payload":{"n":"the end"}}');
    });
  });
}

describe(`WebSocket, by the seed ${SEED}`, { timeout: 60_000 }, () => {
  it('survives any messages: each socket gets a response or is closed, never by an internal error', async () => {
    const chance = new Chance(SEED);
    const codes = new Set<number>();
    for (let round = 0; round < 100; round += 1) {
      const ends = await Promise.all(Array.from({ length: 8 }, () => converse(chance)));
      for (const { heard, code } of ends) {
        codes.add(code);
        expect([1000, 1007, 1009, 4400, 4401, 4403, 4409, 4429]).toContain(code);
        expect(heard).not.toMatch(LEAKS);
      }
    }
    // Some were talked to till the end, and some were closed for what they sent.
    expect([...codes]).toEqual(expect.arrayContaining([1000, 4400]));
  });
});

describe(`webhooks, by the seed ${SEED}`, { timeout: 60_000 }, () => {
  const authorization = `Basic ${Buffer.from('mx:webhook-password').toString('base64')}`;
  const TYPE = { 'content-type': 'application/json' };
  const webhook = (chance: Chance) => ({
    type: chance.isIn(3)
      ? anyValue(chance)
      : chance.of(['CONNECTION_STATUS', 'MEMBER', 'AGGREGATION', 'CHANGED']),
    user_guid: chance.isIn(2) ? anyValue(chance) : stack.sandbox.demoUserGuid,
    member_guid: chance.isIn(2) ? anyValue(chance) : 'MBR-0b4ecc18-1536-4886-a320-63079b7b157d',
    [nastyText(chance)]: anyValue(chance),
  });

  it.each(['with the right credentials', 'with others'])('survives any bodies, %s', async (who) => {
    const isMx = who === 'with the right credentials';
    const chance = new Chance(SEED + who.length);
    for (let round = 0; round < 1_000; round += 1) {
      const text = JSON.stringify(chance.isIn(5) ? anyValue(chance) : webhook(chance));
      const shown = isMx
        ? authorization
        : chance.of(['', 'Basic', 'Basic !!!', 'Bearer x', `Basic ${'A'.repeat(9_000)}`]);
      const headers = { ...TYPE, authorization: shown };
      const body = chance.isIn(4) ? damaged(chance, text) : text;
      const answer = await sendRaw(stack.url, { path: '/webhooks/mx', headers, body });
      expect(isMx ? [204, 400] : [401], `${answer.status} for ${text}`).toContain(answer.status);
      expect(answer.text).not.toMatch(LEAKS);
    }
  });
});

it('still works afterwards', async () => {
  const { body } = await stack.graphql('{ viewer { guid } }');
  expect(body).toEqual({ data: { viewer: { guid: stack.sandbox.demoUserGuid } } });
});
