import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { GraphqlBody, GraphqlFault } from '../../support/graphql-client.js';
import { connectSocket } from '../../support/live-client.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawRequest } from '../../support/raw-request.js';
import { startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

/** Each code once: a document may have more than one fault. */
const codesOf = (errors: readonly GraphqlFault[] = []) => [
  ...new Set(errors.map(({ extensions }) => extensions?.code)),
];

const QUERY = '{ viewer { guid } }';
const MEMBER = 'query ($guid: String!) { member(by: { guid: $guid }) { guid } }';
const nested = (depth: number) =>
  `{ viewer ${'{ members { user '.repeat(depth)} { guid } ${'} }'.repeat(depth)} }`;

/** Payloads that are answered with one error under their id, while the socket stays open. */
const PAYLOADS: readonly (readonly [name: string, code: string, payload: object])[] = [
  ['no query', 'BAD_REQUEST', {}],
  ['an empty query', 'BAD_REQUEST', { query: '' }],
  [
    'a hash where none is known',
    'BAD_REQUEST',
    { extensions: { persistedQuery: { version: 1, sha256Hash: 'a' } } },
  ],
  ['an id where none is known', 'BAD_REQUEST', { documentId: 'sha256:a' }],
  ['blanks', 'GRAPHQL_PARSE_FAILED', { query: '  ' }],
  ['half a query', 'GRAPHQL_PARSE_FAILED', { query: '{ viewer {' }],
  ['a NUL', 'GRAPHQL_PARSE_FAILED', { query: '{ viewer\0 }' }],
  ['too many tokens', 'GRAPHQL_PARSE_FAILED', { query: `{ ${'guid '.repeat(2_001)} }` }],
  ['braces beyond the stack', 'GRAPHQL_PARSE_FAILED', { query: '{a'.repeat(40_000) }],
  ['an unknown field', 'GRAPHQL_VALIDATION_FAILED', { query: '{ viewr { guid } }' }],
  ['an unknown directive', 'GRAPHQL_VALIDATION_FAILED', { query: '{ viewer @defer { guid } }' }],
  ['a fragment of itself', 'GRAPHQL_VALIDATION_FAILED', { query: '{ ...A } fragment A on Query { ...A }' }],
  ['too deep a query', 'GRAPHQL_VALIDATION_FAILED', { query: nested(7) }],
  [
    'two root fields of a subscription',
    'GRAPHQL_VALIDATION_FAILED',
    {
      query: 'subscription { a: memberStatusChanged { cause } b: memberStatusChanged { cause } }',
    },
  ],
  [
    'two operations and no name',
    'OPERATION_RESOLUTION_FAILURE',
    { query: 'query A { viewer { id } } query B { viewer { id } }' },
  ],
  ['a name of none', 'OPERATION_RESOLUTION_FAILURE', { query: QUERY, operationName: 'B' }],
];

/** Those that are read, and fail as they are run. */
const RUNS: readonly (readonly [name: string, code: string, payload: object])[] = [
  ['a variable that is missing', 'BAD_USER_INPUT', { query: MEMBER }],
  ['a variable that is a number', 'BAD_USER_INPUT', { query: MEMBER, variables: { guid: 5 } }],
  ['a variable that is a list', 'BAD_USER_INPUT', { query: MEMBER, variables: { guid: ['MBR-1'] } }],
  ['a guid that is none', 'BAD_USER_INPUT', { query: MEMBER, variables: { guid: '../x' } }],
  [
    'a member that is none',
    'BAD_USER_INPUT',
    { query: 'subscription { memberStatusChanged(memberGuid: "x") { cause } }' },
  ],
];

describe('over WebSocket', () => {
  it.each(PAYLOADS)('%s is answered with %s, and the socket stays open', async (name, code, payload) => {
    const live = await connectSocket(stack.url);
    live.send({ type: 'subscribe', id: name, payload });
    const { type, id, payload: told } = await live.next();
    expect({ type, id }).toEqual({ type: 'error', id: name });
    expect(codesOf(told as readonly GraphqlFault[])).toEqual([code]);
    live.subscribe('after', QUERY);
    expect((await live.next()).type).toBe('next');
  });

  it.each(RUNS)('%s is answered with %s', async (_, code, payload) => {
    const live = await connectSocket(stack.url);
    live.send({ type: 'subscribe', id: '1', payload });
    const { payload: told } = await live.next();
    const errors = Array.isArray(told) ? (told as readonly GraphqlFault[]) : told?.errors;
    expect(codesOf(errors)).toEqual([code]);
  });
});

describe('as a stream', () => {
  const TYPE = { accept: 'text/event-stream', 'content-type': 'application/json' };
  const post = (body: unknown, headers: Record<string, string> = TYPE): RawRequest => ({
    headers,
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });

  it.each([...PAYLOADS.filter(([, code]) => code !== 'BAD_REQUEST'), ...RUNS])(
    '%s is answered with %s, and the stream ends',
    async (_, code, payload) => {
      const { status, text } = await sendRaw(stack.url, { path: '/graphql/stream', ...post(payload) });
      expect(status).toBe(200);
      const { errors } = JSON.parse(/data: ?(\{.*)/.exec(text)?.[1] ?? '{}') as GraphqlBody<unknown>;
      expect(codesOf(errors)).toEqual([code]);
      expect(text).toContain('event: complete');
    },
  );

  it.each<[string, number, RawRequest]>([
    ['no query', 400, post({})],
    ['an empty query', 400, post({ query: '' })],
    ['a query that is a number', 400, post({ query: 5 })],
    ['a batch', 400, post([{ query: QUERY }])],
    ['JSON null', 400, post('null')],
    ['broken JSON', 400, post('{')],
    ['an empty body', 400, post('')],
    ['variables that are a list', 400, post({ query: QUERY, variables: [] })],
    ['a name that is a number', 400, post({ query: QUERY, operationName: 5 })],
    ['a body in UTF-16', 415, post('{}', { ...TYPE, 'content-type': 'application/json; charset=utf-16' })],
    ['a form', 415, post('query=x', { ...TYPE, 'content-type': 'application/x-www-form-urlencoded' })],
    ['a body that is packed', 415, post('{}', { ...TYPE, 'content-encoding': 'gzip' })],
    ['those who want no stream', 406, post({ query: QUERY }, { 'content-type': 'application/json' })],
    [
      'GET with variables that are no JSON',
      400,
      { method: 'GET', path: '/graphql/stream?query=x&variables=%7B', headers: TYPE },
    ],
    [
      'GET with extensions that are no JSON',
      400,
      { method: 'GET', path: '/graphql/stream?query=x&extensions=%7B', headers: TYPE },
    ],
    ['GET with two queries', 400, { method: 'GET', path: '/graphql/stream?query=x&query=y', headers: TYPE }],
    ['PATCH', 405, { method: 'PATCH', headers: TYPE }],
    [
      'an unknown token of a shared stream',
      404,
      { ...post({ query: QUERY }), path: '/graphql/stream?token=x' },
    ],
  ])('%s is refused with %i', async (_, expected, request) => {
    const { status, text } = await sendRaw(stack.url, { path: '/graphql/stream', ...request });
    expect(status).toBe(expected);
    expect((JSON.parse(text) as GraphqlBody<unknown>).errors).toHaveLength(1);
  });
});

describe('as a webhook', () => {
  const authorization = `Basic ${Buffer.from('mx:webhook-password').toString('base64')}`;
  const TYPE = { authorization, 'content-type': 'application/json' };

  it.each<[string, number, RawRequest]>([
    ['an empty body', 400, { headers: TYPE }],
    ['broken JSON', 400, { headers: TYPE, body: '{' }],
    ['a list', 400, { headers: TYPE, body: '[]' }],
    ['a text', 400, { headers: TYPE, body: '"x"' }],
    ['null', 400, { headers: TYPE, body: 'null' }],
    ['a number', 400, { headers: TYPE, body: '5' }],
    ['a prototype', 400, { headers: TYPE, body: '{"__proto__":{"x":1}}' }],
    [
      'a form',
      415,
      { headers: { ...TYPE, 'content-type': 'application/x-www-form-urlencoded' }, body: 'a=b' },
    ],
    [
      'a body in UTF-7',
      415,
      { headers: { ...TYPE, 'content-type': 'application/json; charset=utf-7' }, body: '{}' },
    ],
    ['a body that is packed', 415, { headers: { ...TYPE, 'content-encoding': 'gzip' }, body: '{}' }],
    ['another password', 401, { headers: { ...TYPE, authorization: 'Basic bXg6eA==' }, body: '{}' }],
    ['no password', 401, { headers: { 'content-type': 'application/json' }, body: '{}' }],
    ['a token of a viewer', 401, { headers: { ...TYPE, authorization: 'Bearer e30.e30.e30' }, body: '{}' }],
    ['a body of more than 1 MB', 413, { headers: TYPE, body: JSON.stringify('x'.repeat(1_000_001)) }],
    ['GET', 405, { method: 'GET', headers: TYPE }],
    ['DELETE', 405, { method: 'DELETE', headers: TYPE }],
  ])('%s is refused with %i', async (_, expected, request) => {
    const { status, text } = await sendRaw(stack.url, { path: '/webhooks/mx', ...request });
    expect(status).toBe(expected);
    expect((JSON.parse(text) as GraphqlBody<unknown>).errors).toHaveLength(1);
  });
});
