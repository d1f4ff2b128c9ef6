import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { sendRaw } from '../../support/raw-request.js';
import type { RawAnswer, RawRequest } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { anyDocument, anyValue, Chance, damaged, LEAKS, nastyText, SEED } from './random.js';

const JSON_TYPE = { 'content-type': 'application/json' };
const STREAM = { ...JSON_TYPE, accept: 'text/event-stream' };
const AT_ONCE = 16;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

const fieldsOf = (chance: Chance) => ({
  query: chance.isIn(8) ? anyValue(chance) : anyDocument(chance),
  ...(chance.isIn(2) && { variables: chance.isIn(2) ? { x: anyValue(chance) } : anyValue(chance) }),
  ...(chance.isIn(5) && { operationName: anyValue(chance) }),
  ...(chance.isIn(5) && { extensions: anyValue(chance) }),
  ...(chance.isIn(9) && { documentId: anyValue(chance) }),
});

/** Without halves of characters, which an address cannot have. */
const wellFormed = (text: string) => text.replace(/[\ud800-\udfff]/g, '?');

/** What goes into one line of a head: anything but its end. */
const inHead = (text: string) => text.replace(/[^\x20-\x7e]/g, '?');

const KINDS: Record<string, (chance: Chance) => RawRequest> = {
  'documents and variables': (chance) => ({
    headers: JSON_TYPE,
    body: JSON.stringify(fieldsOf(chance)),
  }),
  'damaged bodies': (chance) => ({
    headers: JSON_TYPE,
    body: damaged(chance, JSON.stringify(fieldsOf(chance))),
  }),
  'JSON of any kind': (chance) => ({ headers: JSON_TYPE, body: JSON.stringify(anyValue(chance)) }),
  addresses: (chance) => ({
    method: 'GET',
    path: inHead(
      `${chance.of(['/graphql', '/graphql/stream', '/graphiql', '/readyz', '/webhooks/mx', '/'])}${chance.of(['', '/', '?', '/%'])}${encodeURI(wellFormed(nastyText(chance)))}`,
    ).replaceAll(' ', '+'),
    headers: { 'apollo-require-preflight': 'yes' },
  }),
  'queries by GET': (chance) => ({
    method: 'GET',
    path: `/graphql?${new URLSearchParams(
      Object.entries(fieldsOf(chance)).map(([name, value]): [string, string] => [
        name,
        (typeof value === 'string' ? value : JSON.stringify(value)).slice(0, 3_000),
      ]),
    ).toString()}`,
    headers: { 'apollo-require-preflight': 'yes' },
  }),
  'methods and headers': (chance) => ({
    method: chance.of([
      'GET',
      'POST',
      'PUT',
      'PATCH',
      'DELETE',
      'OPTIONS',
      'HEAD',
      'TRACE',
      'get',
      'X Y',
      '',
    ]),
    path: chance.of(['/graphql', '/graphql/stream', '/livez', '/webhooks/mx', '*']),
    headers: {
      ...JSON_TYPE,
      [chance.of([
        'host',
        'accept',
        'content-type',
        'content-encoding',
        'authorization',
        'origin',
        'upgrade',
        'x-request-id',
        'transfer-encoding',
        'expect',
      ])]: inHead(nastyText(chance)),
    },
    body: chance.isIn(2) ? JSON.stringify(fieldsOf(chance)) : '',
  }),
  'streams of events': (chance) => ({
    path: '/graphql/stream',
    headers: STREAM,
    // A subscription that is right goes on: only what ends can be waited for.
    body: JSON.stringify({
      ...fieldsOf(chance),
      query: anyDocument(chance).replace('subscription {', 'query {'),
    }),
  }),
};

/** What a connection that the server closed without a word came to. */
const NO_ANSWER: RawAnswer = { status: 0, headers: {}, text: '' };

const isSilence = (error: unknown) =>
  error instanceof Error && /hung up|ECONNRESET|EPIPE/.test(error.message);

async function answerTo(request: RawRequest): Promise<RawAnswer> {
  try {
    return await sendRaw(stack.url, request);
  } catch (error) {
    if (isSilence(error)) return NO_ANSWER;
    throw error;
  }
}

describe(`HTTP, by the seed ${SEED}`, { timeout: 60_000 }, () => {
  it.each(Object.entries(KINDS))('stands %s', async (name, make) => {
    const chance = new Chance(SEED + name.length);
    for (let round = 0; round < 60; round += 1) {
      const requests = Array.from({ length: AT_ONCE }, () => make(chance));
      const answers = await Promise.all(requests.map(answerTo));
      for (const [at, { status, text }] of answers.entries()) {
        const shown = JSON.stringify(requests[at]).slice(0, 600);
        expect(status, `${text.slice(0, 300)} for ${shown}`).toBeLessThan(500);
        expect(text.slice(0, 100_000), shown).not.toMatch(LEAKS);
      }
    }
    const { body } = await stack.graphql('{ viewer { guid } }');
    expect(body).toEqual({ data: { viewer: { guid: stack.sandbox.demoUserGuid } } });
  });
});
