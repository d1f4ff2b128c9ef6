import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { connectSocket, openStream } from '../support/live-client.js';
import { startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

const RUNS = 10;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 3_600_000 });
});
afterAll(() => stack.dispose());

const QUERY = 'query Q($guid: String = "MBR-1") { viewer { member(guid: $guid) { guid } } }';
const NULL = { guid: null };
/** The document of a kind of operation, with the column at which its variable is declared. */
const KINDS: readonly (readonly [kind: string, document: string, column: number, type: string])[] = [
  ['query', QUERY, 9, 'String!'],
  [
    'mutation',
    'mutation M($guid: MemberBy = { guid: "MBR-1" }) { deleteMember(input: { member: $guid }) { deletedMemberId } }',
    12,
    'MemberBy!',
  ],
  [
    'subscription',
    `subscription S($guid: String = "MBR-1") { memberStatusChanged { member { user { member(guid: $guid) { guid } } } } }`,
    16,
    'String!',
  ],
];

const errorsAt = (column: number, type: string) => [
  {
    message: `Variable "$guid" must not be null: it is used where "${type}" is expected.`,
    locations: [{ line: 1, column }],
    extensions: { code: 'BAD_USER_INPUT', retryable: false },
  },
];
const ERRORS = errorsAt(9, 'String!');

describe('null for a variable that has a default and is used where null is not allowed is refused', () => {
  it('with 400 over HTTP', async () => {
    for (let run = 0; run < RUNS; run += 1) {
      const { status, body } = await stack.graphql(QUERY, NULL);
      expect({ status, body }).toEqual({ status: 400, body: { errors: ERRORS } });
    }
  });

  it('with 400 over HTTP, by a mutation before it has begun', async () => {
    stack.forgetCalls();
    for (let run = 0; run < RUNS; run += 1) {
      const { status, body } = await stack.graphql(KINDS[1]?.[1] ?? '', NULL);
      expect({ status, body }).toEqual({ status: 400, body: { errors: errorsAt(12, 'MemberBy!') } });
    }
    expect(stack.calls()).toEqual({});
  });

  it('with 400 over HTTP by GET', async () => {
    const search = new URLSearchParams({ query: QUERY, variables: JSON.stringify(NULL) });
    for (let run = 0; run < RUNS; run += 1) {
      const response = await fetch(`${stack.url}/graphql?${search.toString()}`, {
        headers: { 'apollo-require-preflight': 'yes' },
      });
      expect({ status: response.status, body: await response.json() }).toEqual({
        status: 400,
        body: { errors: ERRORS },
      });
    }
  });

  it.each(KINDS)('over WebSocket: a %s', async (...[, document, column, type]) => {
    const live = await connectSocket(stack.url);
    for (let run = 0; run < RUNS; run += 1) {
      live.subscribe(`${run}`, document, NULL);
      expect(await live.next()).toMatchObject({ id: `${run}`, payload: { errors: errorsAt(column, type) } });
      expect(await live.next()).toEqual({ type: 'complete', id: `${run}` });
    }
  });

  it.each(KINDS)('over SSE: a %s', async (...[, document, column, type]) => {
    for (let run = 0; run < RUNS; run += 1) {
      const stream = await openStream(stack.url, document, { variables: NULL });
      expect(await stream.next()).toEqual({ event: 'next', data: { errors: errorsAt(column, type) } });
      expect(await stream.next()).toEqual({ event: 'complete', data: null });
    }
  });
});
