import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../src/graphql/node-id.js';
import { membersOf } from '../support/demo-members.js';
import type { GraphqlBody } from '../support/graphql-client.js';
import { sendRaw } from '../support/raw-request.js';
import { useStack, startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { DOCUMENTS, HUGE } from './bad-documents.rows.js';
import { NAMES, UNKNOWN_MEMBER, UNKNOWN_USER } from './bad-names.rows.js';
import { REQUESTS } from './bad-requests.rows.js';

let stack: Stack;
beforeAll(async () => {
  stack = await startStack();
});
afterAll(() => stack.dispose());

/** What must never leak: stack frames, files, addresses, credentials, names of the schema. */
const LEAKS =
  /node_modules|\.[tj]s:\d|\n\s+at |stacktrace|Did you mean|127\.0\.0\.1|sandbox-key|ECONN|"cause"/;

describe.each([
  ['an invalid name', NAMES],
  ['an invalid document', DOCUMENTS],
  ['an expensive document', HUGE],
  ['an invalid request', REQUESTS],
])('%s', (_, rows) => {
  const named = rows.map((row) => [row.name, row] as const);
  it.each(named)('is rejected with one clear error: %s', async (__, { request, code, status }) => {
    const answer = await sendRaw(stack.url, request);
    expect(answer.headers['content-type']).toMatch(/^application\/(graphql-response\+)?json/);
    const { errors = [] } = JSON.parse(answer.text) as GraphqlBody<unknown>;
    expect({ status: answer.status, codes: errors.map(({ extensions }) => extensions?.code) }).toEqual({
      status,
      codes: [code],
    });
    expect(errors[0]?.message).toMatch(/\w{3}/);
    expect(answer.text).not.toMatch(LEAKS);
  });
});

it('the tables of bad input have more than 120 rows, each with its own name', () => {
  const rows = [...NAMES, ...DOCUMENTS, ...HUGE, ...REQUESTS];
  expect(new Set(rows.map(({ name }) => name)).size).toBe(rows.length);
  expect(rows.length).toBeGreaterThan(120);
});

it('a malformed name causes no call to MX', async () => {
  const own = await useStack();
  for (const { request } of NAMES.filter(({ code }) => code === 'BAD_USER_INPUT')) {
    await sendRaw(own.url, request);
  }
  expect(own.calls()).toEqual({});
});

it('a field that fails leaves the other fields in the response', async () => {
  const { status, body } = await stack.graphql(
    'query Two($guid: String!) { member(by: { guid: $guid }) { guid } viewer { guid } }',
    {
      guid: UNKNOWN_MEMBER,
    },
  );
  expect(status).toBe(200);
  expect(body.data).toEqual({ member: null, viewer: { guid: stack.sandbox.demoUserGuid } });
  expect(body.errors?.map(({ path }) => path)).toEqual([['member']]);
});

it('misspelt names get no suggestions, and at most five errors plus a note that there are more', async () => {
  const { status, body, text } = await stack.graphql(`{ viewr { guid } membr { guid } nod { id }
    institutio { name } usr { guid } connectionStatuse { code } connectionStatusez { code } }`);
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(6);
  expect(body.errors?.at(-1)?.message).toBe(
    'Too many validation errors, error limit reached. Validation aborted.',
  );
  expect(text).not.toContain('Did you mean');
});

it('a request may have any JSON media type, whatever its parameters', async () => {
  for (const type of [
    'application/json',
    'application/json; charset=utf-8',
    'APPLICATION/JSON;charset="UTF-8"',
  ]) {
    const answer = await sendRaw(stack.url, {
      headers: { 'content-type': type },
      body: '{"query":"{ viewer { guid } }"}',
    });
    expect(answer.status).toBe(200);
  }
});

describe('a member of another user', () => {
  const BY_GUID = 'query One($guid: String!) { member(by: { guid: $guid }) { guid connectionStatus } }';
  const BY_ID = 'query One($id: ID!) { member(by: { id: $id }) { guid connectionStatus } }';
  const NODE =
    'query One($id: ID!) { node(id: $id) { id ... on Member { connectionStatus challenges { guid } } } }';

  async function observe(query: string, variables: Record<string, unknown>, freshnessMs: number) {
    const own = await useStack({ freshnessMs });
    const cold = await own.graphql(query, variables);
    const warm = await own.graphql(query, variables);
    return { answers: [cold, warm].map(({ status, text }) => ({ status, text })), calls: own.calls() };
  }

  const otherUser = () => stack.sandbox.otherUserGuid;
  const otherMember = () => membersOf(stack.sandbox, otherUser())[0]?.guid ?? '';
  const idOf = (userGuid: string, memberGuid: string) =>
    encodeNodeId({ type: 'Member', userGuid, memberGuid });

  it.each([3_000, 0])(
    'gets the same response and calls as an unknown member, with a TTL of %i ms',
    async (ms) => {
      const unknown = await observe(BY_GUID, { guid: UNKNOWN_MEMBER }, ms);
      expect(await observe(BY_GUID, { guid: otherMember() }, ms)).toEqual(unknown);
      expect(unknown.calls).toEqual({ 'GET /users/:user/members': ms === 0 ? 2 : 1 });
      expect(unknown.answers[0]?.text).toContain('NOT_FOUND');
    },
  );

  it.each([
    ['member(id:)', BY_ID],
    ['node(id:)', NODE],
  ])('gets the same response and calls from %s as an unknown member', async (_, query) => {
    const unknown = await observe(query, { id: idOf(UNKNOWN_USER, UNKNOWN_MEMBER) }, 0);
    expect(unknown.calls).toEqual({ 'GET /users/:user/members': 2 });
    expect(await observe(query, { id: idOf(otherUser(), otherMember()) }, 0)).toEqual(unknown);
    expect(await observe(query, { id: idOf(stack.sandbox.demoUserGuid, otherMember()) }, 0)).toEqual(unknown);
  });
});

it('the server still works after all bad input', async () => {
  const { status, body } = await stack.graphql('{ viewer { guid } }');
  expect(status).toBe(200);
  expect(body).toEqual({ data: { viewer: { guid: stack.sandbox.demoUserGuid } } });
});
