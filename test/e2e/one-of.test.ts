import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { demoMember } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { connectSocket, openStream } from '../support/live-client.js';
import { startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

/** A query is compiled when it comes for the third time. */
const RUNS = 10;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 3_600_000 });
});
afterAll(() => stack.dispose());

const MEMBER = 'query One($by: MemberBy!) { member(by: $by) { guid } }';
const DEFAULT = 'query One($by: MemberBy! = { guid: "MBR-1" }) { member(by: $by) { guid } }';
const DELETE = 'mutation M($by: MemberBy!) { deleteMember(input: { member: $by }) { deletedMemberId } }';
const DELETE_INPUT = 'mutation M($by: DeleteMemberInput!) { deleteMember(input: $by) { deletedMemberId } }';
const CREATE = 'mutation M($by: CreateMemberInput!) { createMember(input: $by) { member { guid } } }';
const ACCESS = `mutation M($by: MemberAccess!) {
  createMember(input: { institutionCode: "mxbank", access: $by }) { member { guid } } }`;

const EXACTLY_ONE = 'Exactly one key must be specified for OneOf type "MemberBy".';
const EXACTLY_ONE_ACCESS = 'Exactly one key must be specified for OneOf type "MemberAccess".';
const BOTH = { id: 'hush', guid: 'MBR-hush' };
const CREDENTIALS = [{ guid: 'CRD-1', value: 'hush' }];
const create = (access: unknown) => ({ institutionCode: 'mxbank', access });

type Row = readonly [what: string, query: string, by: unknown, reasons: readonly string[]];

const at = (path: string, reason: string) =>
  `Variable "$by" got an invalid value${path && ` at "by${path}"`}: ${reason}`;

const ROWS: readonly Row[] = [
  ['two fields', MEMBER, BOTH, [at('', EXACTLY_ONE)]],
  ['two fields instead of a default', DEFAULT, BOTH, [at('', EXACTLY_ONE)]],
  [
    'one field and one that is null',
    MEMBER,
    { guid: 'MBR-hush', id: null },
    [at('', EXACTLY_ONE), at('.id', 'Field "id" must be non-null.')],
  ],
  ['no field', MEMBER, {}, [at('', EXACTLY_ONE)]],
  ['a field that is null', MEMBER, { guid: null }, [at('.guid', 'Field "guid" must be non-null.')]],
  [
    'two fields that are null',
    MEMBER,
    { guid: null, id: null },
    [at('', EXACTLY_ONE), at('.id', 'Field "id" must be non-null.')],
  ],
  [
    'a misspelt field',
    MEMBER,
    { gud: 'MBR-hush' },
    [at('', 'Field "gud" is not defined by type "MemberBy".'), at('', EXACTLY_ONE)],
  ],
  ['a string', MEMBER, 'MBR-hush', [at('', 'Expected type "MemberBy" to be an object.')]],
  ['null', MEMBER, null, ['Variable "$by" of non-null type "MemberBy!" must not be null.']],
  ['nothing', MEMBER, undefined, ['Variable "$by" of required type "MemberBy!" was not provided.']],
  ['two fields of a mutation', DELETE, BOTH, [at('', EXACTLY_ONE)]],
  ['two fields within an input', DELETE_INPUT, { member: BOTH }, [at('.member', EXACTLY_ONE)]],
  [
    'a null within an input',
    DELETE_INPUT,
    { member: { id: null } },
    [at('.member.id', 'Field "id" must be non-null.')],
  ],
  [
    'both ways of access',
    CREATE,
    create({ credentials: CREDENTIALS, oauth: {} }),
    [at('.access', EXACTLY_ONE_ACCESS)],
  ],
  ['no way of access', CREATE, create({}), [at('.access', EXACTLY_ONE_ACCESS)]],
  [
    'both ways of access alone',
    ACCESS,
    { credentials: CREDENTIALS, oauth: null },
    [at('', EXACTLY_ONE_ACCESS)],
  ],
  [
    'what is no way of access',
    ACCESS,
    { products: ['REWARDS'] },
    [at('', 'Field "products" is not defined by type "MemberAccess".'), at('', EXACTLY_ONE_ACCESS)],
  ],
  [
    'null credentials',
    ACCESS,
    { credentials: null },
    [at('.credentials', 'Field "credentials" must be non-null.')],
  ],
];

const bodyOf = (reasons: readonly string[]) => ({
  errors: reasons.map((message) => ({
    message,
    locations: [{ line: 1, column: expect.any(Number) as number }],
    extensions: { code: 'BAD_USER_INPUT', retryable: false },
  })),
});

describe('a variable that breaks a rule of @oneOf is refused, as often as it comes', () => {
  it.each(ROWS)('%s, with 400 over HTTP', async (...[, query, by, reasons]) => {
    stack.forgetCalls();
    for (let run = 0; run < RUNS; run += 1) {
      const { status, body, text } = await stack.graphql(query, { by });
      expect({ status, body }).toEqual({ status: 400, body: bodyOf(reasons) });
      expect(text).not.toMatch(/hush|Did you mean/);
    }
    expect(stack.calls()).toEqual({});
  });

  it.each(ROWS)('%s, over WebSocket', async (...[, query, by, reasons]) => {
    const live = await connectSocket(stack.url);
    for (let run = 0; run < RUNS; run += 1) {
      live.subscribe(`${run}`, query, { by });
      expect(await live.next()).toMatchObject({ id: `${run}`, payload: bodyOf(reasons) });
      expect(await live.next()).toEqual({ type: 'complete', id: `${run}` });
    }
  });

  it.each(ROWS)('%s, over SSE', async (...[, query, by, reasons]) => {
    for (let run = 0; run < RUNS; run += 1) {
      const stream = await openStream(stack.url, query, { variables: { by } });
      expect(await stream.next()).toEqual({ event: 'next', data: bodyOf(reasons) });
      expect(await stream.next()).toEqual({ event: 'complete', data: null });
    }
  });

  it('also between values that are right, once the operation is compiled', async () => {
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    for (let run = 0; run < RUNS; run += 1) {
      expect(dataOf(await stack.graphql(MEMBER, { by: { guid } }))).toEqual({ member: { guid } });
      expect((await stack.graphql(MEMBER, { by: { ...BOTH, guid } })).status).toBe(400);
    }
  });
});

describe('a literal that breaks a rule of @oneOf makes the document invalid', () => {
  const by = (literal: string) => `{ member(by: ${literal}) { guid } }`;
  const KEYS = 'OneOf Input Object "MemberBy" must specify exactly one key.';

  it.each([
    ['two fields', by('{ id: "hush", guid: "MBR-hush" }'), KEYS],
    ['one field and one that is null', by('{ id: null, guid: "MBR-hush" }'), KEYS],
    ['no field', by('{}'), KEYS],
    ['a field that is null', by('{ guid: null }'), 'Field "MemberBy.guid" must be non-null.'],
    [
      'a variable that may be null',
      `query ($x: String = "MBR-hush") ${by('{ guid: $x }')}`,
      'Variable "$x" must be non-nullable to be used for OneOf Input Object "MemberBy".',
    ],
    [
      'a variable that may be null, within a fragment',
      `query ($x: ID) { ...F } fragment F on Query ${by('{ id: $x }')}`,
      'Variable "$x" must be non-nullable to be used for OneOf Input Object "MemberBy".',
    ],
    [
      'a variable that may be null, within an input',
      'mutation ($x: String) { deleteMember(input: { member: { guid: $x } }) { deletedMemberId } }',
      'Variable "$x" must be non-nullable to be used for OneOf Input Object "MemberBy".',
    ],
    [
      'a default with two fields',
      `query ($x: MemberBy = { id: "hush", guid: "MBR-hush" }) ${by('$x')}`,
      KEYS,
    ],
    [
      'both ways of access',
      `mutation { createMember(input: { institutionCode: "mxbank", access: {
        credentials: [{ guid: "CRD-1", value: "hush" }], oauth: {} } }) { member { guid } } }`,
      'OneOf Input Object "MemberAccess" must specify exactly one key.',
    ],
    ['a misspelt field', by('{ gud: "MBR-hush" }'), 'Field "gud" is not defined by type "MemberBy".'],
  ])('%s', async (_, query, message) => {
    for (let run = 0; run < 3; run += 1) {
      const { status, body, text } = await stack.graphql(query);
      expect(status).toBe(400);
      expect(body.errors?.map((error) => error.message)).toContain(message);
      expect(new Set(body.errors?.map(({ extensions }) => extensions?.code))).toEqual(
        new Set(['GRAPHQL_VALIDATION_FAILED']),
      );
      expect(text).not.toMatch(/hush|Did you mean/);
    }
  });
});

describe('the schema', () => {
  it('says which inputs are @oneOf', async () => {
    const query = `{ by: __type(name: "MemberBy") { isOneOf } access: __type(name: "MemberAccess") { isOneOf }
      input: __type(name: "CreateMemberInput") { isOneOf } }`;
    expect(dataOf(await stack.graphql(query))).toEqual({
      by: { isOneOf: true },
      access: { isOneOf: true },
      input: { isOneOf: false },
    });
  });
});
