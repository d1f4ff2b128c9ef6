import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../support/demo-members.js';
import { dataOf } from '../support/graphql-client.js';
import { useStack, startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { STATUS_COLUMNS, textOf } from '../support/status-fixtures.js';
import { waitFor } from '../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';
const OAUTH = 'GET /users/:user/members/:member/oauth_window_uri';
const INSTITUTION = 'GET /institutions/:institution';
const CREDENTIALS = 'GET /institutions/:institution/credentials';

/** So long a window that no test outlives it. */
const LONG_MS = 3_600_000;

const PAGE = `{ viewer { members { guid connectionStatus userMessage requiredAction actionSteps isTerminal
  institution { code name url } } } }`;
const EVERYTHING = `{ viewer { id guid members {
  id guid name user { guid } institution { id name } connectionStatus connectionStatusCode rawConnectionStatus
  statusInfo { description } phase userMessage providerMessage requiredAction actionSteps isTerminal waitingOn
  isBeingAggregated isManual isOauth aggregatedAt successfullyAggregatedAt observedAt
  challenges { guid label } credentialFields { guid label } oauthWindowUrl
} } }`;

/** What asking a query costs at MX. */
async function costOf(stack: Stack, query: string, variables = {}): Promise<Record<string, number>> {
  stack.forgetCalls();
  dataOf(await stack.graphql(query, variables));
  return stack.calls();
}

describe('a page of members', () => {
  it('costs one list call and one call per institution with an empty cache', async () => {
    const stack = await useStack();
    expect(await costOf(stack, PAGE)).toEqual({ [LIST]: 1, [INSTITUTION]: 8 });
  });

  it('costs five institution calls if the members are at five institutions', async () => {
    const stack = await useStack();
    const codes = ['mxbank', 'harbor_lane', 'juniper_trust', 'copper_fox', 'north_orchard'];
    membersOf(stack.sandbox, stack.sandbox.demoUserGuid).forEach(({ guid }, index) => {
      stack.sandbox.control.forceMember(guid, { institution_code: codes[index % codes.length] });
    });
    expect(await costOf(stack, PAGE)).toEqual({ [LIST]: 1, [INSTITUTION]: 5 });
  });

  it('costs nothing within the TTL', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    await costOf(stack, PAGE);
    expect(await costOf(stack, PAGE)).toEqual({});
  });

  it('costs one list call, and no institution call, each time after the TTL', async () => {
    const stack = await useStack({ freshnessMs: 0 });
    await costOf(stack, PAGE);
    expect(await costOf(stack, PAGE)).toEqual({ [LIST]: 1 });
    expect(await costOf(stack, PAGE)).toEqual({ [LIST]: 1 });
  });

  it('shows a new status after the TTL', async () => {
    const stack = await useStack({ freshnessMs: 200 });
    const { guid } = demoMember(stack.sandbox, 'CREATED');
    const query = `{ member(by: { guid: "${guid}" }) { connectionStatus } }`;
    const read = async () =>
      dataOf(await stack.graphql<{ member: { connectionStatus: string } }>(query)).member.connectionStatus;
    expect(await read()).toBe('CREATED');
    stack.sandbox.control.forceMember(guid, { connection_status: 'CONNECTED' });
    await waitFor(async () => (await read()) === 'CONNECTED', { what: 'the new status' });
    expect(stack.calls()).toEqual({ [LIST]: 2 });
  });

  it('with all fields costs one more call for each institution’s fields, challenge and OAuth window', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    expect(await costOf(stack, EVERYTHING)).toEqual({
      [LIST]: 1,
      [INSTITUTION]: 8,
      [CREDENTIALS]: 3,
      [STATUS]: 1,
      [OAUTH]: 1,
    });
    // An OAuth window is good for one visit: each asking is given one of its own.
    expect(await costOf(stack, EVERYTHING)).toEqual({ [OAUTH]: 1 });
  });
});

describe('concurrent queries', () => {
  it('that are identical, a thousand of them, cost one list call', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    const answers: Awaited<ReturnType<typeof stack.graphql>>[] = [];
    // In waves: the system resets connections beyond the 511 that wait for a busy server.
    while (answers.length < 1_000)
      answers.push(...(await Promise.all(Array.from({ length: 250 }, () => stack.graphql(PAGE)))));
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(stack.calls()).toEqual({ [LIST]: 1, [INSTITUTION]: 8 });
  });

  it('share one request even with a TTL of 0', async () => {
    const stack = await useStack({ freshnessMs: 0 });
    stack.sandbox.control.setFaults([{ endpoint: LIST, kind: 'latency', ms: 2_000 }]);
    const answers = await Promise.all(
      Array.from({ length: 50 }, () => stack.graphql('{ viewer { members { guid } } }')),
    );
    expect(answers.map(({ status }) => status)).toEqual(Array.from({ length: 50 }, () => 200));
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });
});

describe('within one query', () => {
  let stack: Stack;
  beforeAll(async () => {
    stack = await startStack({ freshnessMs: 0 });
  });
  afterAll(() => stack.dispose());

  it('two members of one user cost one list call', async () => {
    const a = demoMember(stack.sandbox, 'DENIED').guid;
    const b = demoMember(stack.sandbox, 'LOCKED').guid;
    const query = `query Two($a: String!, $b: String!) { a: member(by: { guid: $a }) { guid } b: member(by: { guid: $b }) { guid } }`;
    expect(await costOf(stack, query, { a, b })).toEqual({ [LIST]: 1 });
  });

  it('the same member by guid, by id, as a node, through its user and in the list costs one list call', async () => {
    const { guid } = demoMember(stack.sandbox, 'DENIED');
    const { member } = dataOf(
      await stack.graphql<{ member: { id: string } }>(
        'query($guid: String!) { member(by: { guid: $guid }) { id } }',
        {
          guid,
        },
      ),
    );
    const query = `query Five($guid: String!, $id: ID!) {
      member(by: { guid: $guid }) { name } byId: member(by: { id: $id }) { name } node(id: $id) { id }
      viewer { member(guid: $guid) { name } members { name user { members { guid } } } }
    }`;
    expect(await costOf(stack, query, { guid, id: member.id })).toEqual({ [LIST]: 1 });
  });

  it('one institution under three names costs one call', async () => {
    const query = `{ a: institution(code: "plain_pantry") { name } b: institution(code: "plain_pantry") { url }
      c: institution(code: "plain_pantry") { code } }`;
    expect(await costOf(stack, query)).toEqual({ [INSTITUTION]: 1 });
    expect(await costOf(stack, query)).toEqual({});
  });

  it.each([
    ['the viewer’s own names', '{ viewer { id guid } }'],
    ['the status table', '{ connectionStatuses { status description } }'],
    ['introspection', '{ __schema { types { name } } __typename }'],
    ['fields that are skipped', '{ viewer { guid members @skip(if: true) { guid } } }'],
  ])('%s costs nothing', async (_, query) => {
    expect(await costOf(stack, query)).toEqual({});
  });
});

describe('a field that needs a call of its own', () => {
  let stack: Stack;
  beforeEach(async () => {
    stack = await startStack({ freshnessMs: LONG_MS });
    await costOf(stack, '{ viewer { members { guid } } }');
    return () => stack.dispose();
  });

  /** What each action of a member makes worth asking for. */
  const CALL_OF: Readonly<Record<string, string>> = {
    ANSWER_CHALLENGE: STATUS,
    UPDATE_CREDENTIALS: CREDENTIALS,
    COMPLETE_OAUTH: OAUTH,
  };
  const FIELDS_OF: Readonly<Record<string, string>> = {
    ANSWER_CHALLENGE: 'challenges',
    UPDATE_CREDENTIALS: 'credentialFields',
    COMPLETE_OAUTH: 'oauthWindowUrl',
  };
  const QUERY = `query Needs($guid: String!) { member(by: { guid: $guid }) {
    challenges { guid } credentialFields { guid } oauthWindowUrl } }`;
  const rows = STATUS_COLUMNS.filter(({ status }) => status !== 'UNKNOWN').map((row) => ({
    ...row,
    name: String(row.status),
  }));

  it.each(rows)('requests only what a member in $name needs', async (row) => {
    const { guid } = demoMember(stack.sandbox, row.status);
    stack.forgetCalls();
    const { member } = dataOf(await stack.graphql<{ member: Record<string, unknown> }>(QUERY, { guid }));
    const call = CALL_OF[row.action];
    expect(stack.calls()).toEqual(call === undefined ? {} : { [call]: 1 });
    const given = Object.keys(member).filter((field) => member[field] !== null);
    expect(given).toEqual(FIELDS_OF[row.action] === undefined ? [] : [FIELDS_OF[row.action]]);
  });

  it('requests no credential fields while a job runs', async () => {
    const { guid } = demoMember(stack.sandbox, 'DENIED');
    stack.sandbox.control.forceMember(guid, { is_being_aggregated: true });
    const running = await useStack({
      mx: { baseUrl: stack.sandbox.url },
      auth: { kind: 'anonymous', userGuid: stack.sandbox.demoUserGuid },
    });
    stack.forgetCalls();
    const { member } = dataOf(await running.graphql<{ member: Record<string, unknown> }>(QUERY, { guid }));
    expect(member).toEqual({ challenges: null, credentialFields: null, oauthWindowUrl: null });
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });

  it('requests the challenges of a member once per TTL', async () => {
    const { guid } = demoMember(stack.sandbox, 'CHALLENGED');
    const query = `query Asked($guid: String!) { member(by: { guid: $guid }) { challenges { guid } }
      again: member(by: { guid: $guid }) { challenges { label } } }`;
    expect(await costOf(stack, query, { guid })).toEqual({ [STATUS]: 1 });
    expect(await costOf(stack, query, { guid })).toEqual({});
  });

  it('requests the fields of an institution once for all its members', async () => {
    const query = '{ viewer { members { connectionStatus credentialFields { label } } } }';
    expect(await costOf(stack, query)).toEqual({ [CREDENTIALS]: 3 });
    expect(await costOf(stack, query)).toEqual({});
  });

  it.each(rows)(
    'looks the institution up for the sentence of $name only if it names it',
    async ({ status }) => {
      const { guid } = demoMember(stack.sandbox, status);
      const isNamed = textOf(status)?.message?.includes('[…]') === true;
      const query = 'query Says($guid: String!) { member(by: { guid: $guid }) { userMessage } }';
      expect(await costOf(stack, query, { guid })).toEqual(isNamed ? { [INSTITUTION]: 1 } : {});
    },
  );
});
