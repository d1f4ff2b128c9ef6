import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { GraphqlBody } from '../../support/graphql-client.js';
import { connectSocket, openStream } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

const JSON_TYPE = { 'content-type': 'application/json' };

describe('a batch of operations', () => {
  const one = { query: '{ viewer { guid } }' };
  it.each([
    ['several operations', [one, one]],
    ['one operation', [one]],
    ['no operation', []],
  ])('is refused by a message that says what is expected: %s', async (_, body) => {
    const answer = await sendRaw(stack.url, { headers: JSON_TYPE, body: JSON.stringify(body) });
    expect(answer.status).toBe(400);
    const { errors } = JSON.parse(answer.text) as GraphqlBody<unknown>;
    expect(errors).toEqual([
      {
        message: 'Batching is not supported: the body must be one JSON object, not an array.',
        extensions: { code: 'BAD_REQUEST', retryable: false },
      },
    ]);
  });
});

const CONDITIONS: [string, string][] = [
  ['@skip of a variable', 'subscription ($a: Boolean!) { memberStatusChanged @skip(if: $a) { cause } }'],
  [
    '@include of a variable',
    'subscription ($a: Boolean!) { memberStatusChanged @include(if: $a) { cause } }',
  ],
  [
    'a condition with a default',
    'subscription ($a: Boolean = true) { memberStatusChanged @include(if: $a) { cause } }',
  ],
  [
    'a spread with a condition',
    'subscription ($a: Boolean!) { ...F @skip(if: $a) } fragment F on Subscription { memberStatusChanged { cause } }',
  ],
  [
    'a condition in a fragment',
    'subscription ($a: Boolean!) { ...F } fragment F on Subscription { memberStatusChanged @skip(if: $a) { cause } }',
  ],
  [
    'an inline fragment with a condition',
    'subscription ($a: Boolean!) { ... @include(if: $a) { memberStatusChanged { cause } } }',
  ],
  [
    'a literal @skip',
    'subscription ($a: Boolean!) { memberStatusChanged @skip(if: true) { cause @skip(if: $a) } }',
  ],
  [
    'a literal @include',
    'subscription ($a: Boolean!) { memberStatusChanged @include(if: false) { cause @skip(if: $a) } }',
  ],
  [
    'a condition without its argument',
    'subscription ($a: Boolean!) { memberStatusChanged @skip { cause @skip(if: $a) } }',
  ],
  [
    'a condition of an unknown variable',
    'subscription ($a: Boolean!) { memberStatusChanged @skip(if: $b) { cause @skip(if: $a) } }',
  ],
  [
    'a subscription beside the query that is executed',
    'query Q($a: Boolean!) { viewer { guid @skip(if: $a) } } subscription S($a: Boolean!) { memberStatusChanged @skip(if: $a) { cause } }',
  ],
];

describe.each(CONDITIONS)('a subscription whose root field has %s', (name, query) => {
  const operationName = name.endsWith('executed') ? 'Q' : undefined;
  it('is refused as invalid by HTTP, as it is by WebSocket and SSE', async () => {
    const { status, body } = await stack.graphql(
      query,
      { a: false },
      operationName === undefined ? {} : { operationName },
    );
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions?.code).toBe('GRAPHQL_VALIDATION_FAILED');
    const live = await connectSocket(stack.url);
    live.send({ type: 'subscribe', id: '1', payload: { query, operationName, variables: { a: false } } });
    expect(await live.next()).toMatchObject({ type: 'error', payload: body.errors });
    const stream = await openStream(stack.url, query, {
      variables: { a: false },
      ...(operationName !== undefined && { operationName }),
    });
    expect((await stream.next()).data).toEqual({ errors: body.errors });
  });
});
