import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectSocket, openStream } from '../../support/live-client.js';
import type { RawRequest } from '../../support/raw-request.js';
import { sendRaw } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { DOCUMENTS, HUGE } from '../bad-documents.rows.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

interface Asked {
  readonly query: string;
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

const askedBy = ({ body }: RawRequest): Asked => JSON.parse((body ?? '').toString()) as Asked;
/** A socket takes no message of this length, and says so by closing. */
const fitsSocket = ({ query }: Asked) => query.length < 120_000;

const ROWS = [...DOCUMENTS, ...HUGE].filter(({ status }) => status !== 413);

async function overSocket(asked: Asked): Promise<unknown> {
  const live = await connectSocket(stack.url);
  live.send({ type: 'subscribe', id: '1', payload: asked });
  const { type, payload } = await live.next();
  live.send({ type: 'ping' });
  // What could not be run is told as an error, and the socket goes on.
  expect((await live.next()).type).toBe(type === 'next' ? 'complete' : 'pong');
  live.socket.terminate();
  return type === 'error' ? payload : (payload as { errors: unknown }).errors;
}

async function overStream(asked: Asked): Promise<unknown> {
  const stream = await openStream(stack.url, asked.query, asked);
  const { event, data } = await stream.next();
  expect(event).toBe('next');
  expect(await stream.next()).toEqual({ event: 'complete', data: null });
  await stream.ended;
  expect(data).not.toHaveProperty('data');
  return data?.errors;
}

describe('a document that cannot be run is answered over WebSocket and SSE just as by POST', () => {
  it.each(ROWS)('$name', async ({ request }) => {
    const asked = askedBy(request);
    const answer = await sendRaw(stack.url, request);
    const { errors } = JSON.parse(answer.text) as { errors: unknown };
    expect(await overStream(asked)).toEqual(errors);
    if (fitsSocket(asked)) expect(await overSocket(asked)).toEqual(errors);
  });

  it('in more than thirty ways', () => {
    expect(ROWS.filter(({ request }) => fitsSocket(askedBy(request))).length).toBeGreaterThan(30);
  });
});

describe('an operation is answered over WebSocket and SSE just as by POST', () => {
  const MEMBERS = '{ viewer { guid members { guid name connectionStatus isTerminal } } }';
  const ONE = 'query One($guid: String!) { member(by: { guid: $guid }) { guid } viewer { guid } }';

  it.each<[string, Asked]>([
    ['a query', { query: MEMBERS }],
    ['one of several by name', { query: `query A { __typename } query B ${MEMBERS}`, operationName: 'B' }],
    ['one whose field fails', { query: ONE, variables: { guid: 'MBR-nobodys' } }],
    ['one whose variables do not fit', { query: ONE, variables: { guid: { hush: 1 } } }],
    ['one that lacks a variable', { query: 'query N($id: ID!) { node(id: $id) { id } }' }],
    [
      'a mutation that is refused',
      {
        query:
          'mutation { deleteMember(input: { member: { guid: "MBR-nobodys" } }) { deletedMemberId userErrors { message } } }',
      },
    ],
  ])('%s', async (_, asked) => {
    const { body } = await stack.graphql(asked.query, asked.variables, asked);
    const live = await connectSocket(stack.url);
    live.send({ type: 'subscribe', id: '1', payload: asked });
    expect(await live.next()).toEqual({ type: 'next', id: '1', payload: body });
    expect(await live.next()).toEqual({ type: 'complete', id: '1' });
    const stream = await openStream(stack.url, asked.query, asked);
    expect(await stream.next()).toEqual({ event: 'next', data: body });
    expect(await stream.next()).toEqual({ event: 'complete', data: null });
    // The same documents a third time and more: run in their compiled form.
    for (let round = 0; round < 3; round += 1) {
      live.send({ type: 'subscribe', id: 'again', payload: asked });
      expect((await live.next()).payload).toEqual(body);
      await live.next();
    }
  });
});
