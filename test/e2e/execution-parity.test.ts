import { getIntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import type { FaultRule } from '../../src/sandbox/control/faults.js';
import { demoMember } from '../support/demo-members.js';
import { upstreamOfTest } from '../support/scripted-upstream.js';
import { useStack, startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

/** An operation is compiled when it comes for the third time: its first two answers come of another executor. */
const RUNS = 4;

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ freshnessMs: 3_600_000 });
});
afterAll(() => stack.dispose());

/** One operation as it is sent. */
interface Asked {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>>;
  readonly operationName?: string;
}

/** Asks several times over, asserts that all answers are one, and gives it. */
async function sameAnswer(on: Stack, { query, variables, operationName }: Asked): Promise<string> {
  const answers: string[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const { status, text } = await on.graphql(
      query,
      variables,
      operationName === undefined ? {} : { operationName },
    );
    answers.push(`${status} ${text}`);
  }
  const [first = '', ...others] = answers;
  expect(others).toEqual(Array.from({ length: RUNS - 1 }, () => first));
  return first;
}

const SHARED = `query All($deep: Boolean!) { viewer { ...Card @include(if: $deep) ...Card } }
  query Short($deep: Boolean!) { viewer { id ...Card @include(if: $deep) ...Card @skip(if: $deep) } }
  query Plain { viewer { ...Name } ...Rest }
  fragment Card on User { ...Name members { guid } }
  fragment Name on User { guid }
  fragment Rest on Query { viewer { members { phase } } }`;

type Row = readonly [name: string, query: string, variables: Record<string, unknown>, includes: string];

const FLAGS = `query Flags($yes: Boolean!, $no: Boolean!) { viewer { guid @include(if: $yes) id @skip(if: $yes)
  members @include(if: $no) { guid } ...Named @skip(if: $no) ... on User @include(if: $no) { id } } }
  fragment Named on User { named: guid }`;

const ROWS: readonly Row[] = [
  ['a plain page', '{ viewer { members { guid name connectionStatus userMessage } } }', {}, 'CONNECTED'],
  [
    'aliases',
    '{ me: viewer { key: guid all: members { word: connectionStatus state: phase } } }',
    {},
    '"word":"DENIED"',
  ],
  [
    'the same field twice',
    '{ viewer { members { guid } members { name guid } guid } viewer { guid } }',
    {},
    '"name"',
  ],
  ['variables that skip and include', FLAGS, { yes: true, no: false }, '"named"'],
  ['the same variables the other way round', FLAGS, { yes: false, no: true }, '"members"'],
  [
    'type names',
    '{ __typename viewer { __typename members { __typename institution { __typename } } } }',
    {},
    '"Member"',
  ],
  [
    'a default of a variable',
    'query Some($which: [Party!] = [END_USER]) { viewer { members(waitingOn: $which) { connectionStatus } } }',
    {},
    'PENDING',
  ],
  [
    'null in the place of a default',
    'query Some($which: [Party!] = [END_USER]) { viewer { members(waitingOn: $which) { connectionStatus } } }',
    { which: null },
    'CONNECTED',
  ],
  [
    'an argument left out by its variable',
    'query Some($which: [Party!]) { viewer { members(waitingOn: $which) { guid } } }',
    {},
    'MBR-',
  ],
  [
    'lists of enums, as literals',
    '{ viewer { members(waitingOn: [MX, NOBODY], phase: [ENDED, UNAVAILABLE]) { connectionStatus } } }',
    {},
    '"CLOSED"',
  ],
  ['an empty list', '{ viewer { members(phase: []) { guid } } }', {}, '"members":[]'],
  ['a variable nobody declared', '{ viewer { guid } }', { which: 5 }, 'USR-'],
  [
    'enums, lists of enums and nulls',
    '{ connectionStatuses { status code requiredAction actionSteps } }',
    {},
    '"UNKNOWN"',
  ],
  [
    'dates and addresses',
    '{ viewer { members { observedAt aggregatedAt institution { url smallLogoUrl } } } }',
    {},
    'https://',
  ],
  [
    'every kind of call',
    '{ viewer { members { challenges { guid __typename } credentialFields { guid type } } } }',
    {},
    'PASSWORD',
  ],
  [
    'parts of the schema',
    '{ __schema { queryType { name fields { name args { name defaultValue } } } } }',
    {},
    'connectionStatuses',
  ],
  [
    'a type by name',
    'query Type($name: String!) { __type(name: $name) { kind enumValues { name } } }',
    { name: 'Party' },
    'NOBODY',
  ],
  ['a type that is not there', '{ __type(name: "Nope") { kind } }', {}, '"__type":null'],
  ['the whole schema', getIntrospectionQuery(), {}, '"ConnectionStatusInfo"'],
  [
    'a failing field between others',
    '{ a: viewer { guid } member(by: { guid: "MBR-nobody" }) { guid } b: viewer { id } }',
    {},
    'NOT_FOUND',
  ],
  [
    'two failing fields',
    '{ a: member(by: { guid: "MBR-nobody" }) { guid } b: member(by: { guid: "x" }) { guid } }',
    {},
    'BAD_USER_INPUT',
  ],
  [
    'a field that fails within a list of lists',
    '{ viewer { member(guid: "MBR-nobody") { user { members { guid } } } } }',
    {},
    'NOT_FOUND',
  ],
  ['another user', '{ user(guid: "USR-nobody") { guid } viewer { guid } }', {}, 'FORBIDDEN'],
  [
    'a variable of a wrong type',
    'query One($guid: String!) { member(by: { guid: $guid }) { guid } }',
    { guid: 5 },
    'BAD_USER_INPUT',
  ],
  [
    'a variable left out',
    'query One($guid: String!) { member(by: { guid: $guid }) { guid } }',
    {},
    'BAD_USER_INPUT',
  ],
  ['an id given as a number', 'query One($id: ID!) { node(id: $id) { id } }', { id: 5 }, 'BAD_USER_INPUT'],
  ['a document that does not fit', '{ viewer { nope } }', {}, 'GRAPHQL_VALIDATION_FAILED'],
];

describe('an operation that comes back is answered byte for byte as at first:', () => {
  it.each(ROWS.map(([name, query, variables, includes]) => ({ name, query, variables, includes })))(
    '$name',
    async ({ includes, ...asked }) => {
      expect(await sameAnswer(stack, asked)).toContain(includes);
    },
  );

  it('variables that differ between calls', async () => {
    const query = 'query Some($which: [Party!]) { viewer { members(waitingOn: $which) { guid } } }';
    const cycle = [{ which: ['MX'] }, { which: [] }, {}, { which: null }, { which: 'no' }];
    const round = async () => {
      const texts = [];
      for (const variables of cycle) texts.push((await stack.graphql(query, variables)).text);
      return texts;
    };
    const first = await round();
    expect(new Set(first).size).toBe(4);
    expect(await round()).toEqual(first);
    expect(await round()).toEqual(first);
  });

  it('one of two operations in a document, by its name', async () => {
    const query = 'query A { viewer { guid } } query B { viewer { id } }';
    const a = await sameAnswer(stack, { query, operationName: 'A' });
    const b = await sameAnswer(stack, { query, operationName: 'B' });
    expect(a).toContain('"guid"');
    expect(b).toContain('"id"');
  });

  it('operations that share fragments, whichever comes first and with any conditions, all at the same time', async () => {
    const asked = [
      { operationName: 'All', variables: { deep: true } },
      { operationName: 'Short', variables: { deep: false } },
      { operationName: 'Plain', variables: {} },
      { operationName: 'All', variables: { deep: false } },
      { operationName: 'Short', variables: { deep: true } },
    ];
    const round = () =>
      Promise.all(
        asked.map(async ({ operationName, variables }) => {
          const { status, text } = await stack.graphql(SHARED, variables, { operationName });
          return `${status} ${text}`;
        }),
      );
    const first = await round();
    expect(first[0]).toBe(first[3]);
    expect(first[1]).toBe(first[4]);
    for (const answer of first)
      expect(answer).toMatch(/^200 .*"viewer":\{("id":"[^"]+",)?"guid":"USR-[^"]+","members":\[/);
    for (let run = 1; run < 5; run += 1) expect(await round()).toEqual(first);
  });

  it('fragments on interfaces, for each implementing type', async () => {
    const { guid } = demoMember(stack.sandbox, 'DENIED');
    const ids = await stack.graphql<{
      viewer: { id: string; member: { id: string; institution: { id: string } } };
    }>(`{ viewer { id member(guid: "${guid}") { id institution { id } } } }`);
    const { id, member } = ids.body.data?.viewer ?? { id: '', member: { id: '', institution: { id: '' } } };
    const query = `query Any($id: ID!) { node(id: $id) { __typename id ...U ... on Member { guid connectionStatus }
      ... on Institution { code } ... on Node { again: id } } } fragment U on User { guid members { guid } }`;
    expect(await sameAnswer(stack, { query, variables: { id } })).toContain('"__typename":"User"');
    expect(await sameAnswer(stack, { query, variables: { id: member.id } })).toContain(
      '"connectionStatus":"DENIED"',
    );
    expect(await sameAnswer(stack, { query, variables: { id: member.institution.id } })).toContain(
      '"code":"copper_fox"',
    );
    expect(await sameAnswer(stack, { query, variables: { id: 'nonsense' } })).toContain('BAD_USER_INPUT');
  });

  it.each(['TEXT', 'OPTIONS', 'IMAGE_DATA', 'IMAGE_OPTIONS', 'TOKEN', 'SEVERAL'] as const)(
    'challenges of the type %s, told by word or by number',
    async (challenges) => {
      const query = `query Asked($guid: String!) { member(by: { guid: $guid }) { challenges { __typename guid label
        ... on OptionsChallenge { options { guid label value } } ... on ImageChallenge { image }
        ... on ImageOptionsChallenge { options { guid label value image } } ... on TokenChallenge { token } } } }`;
      for (const integerTypes of [false, true]) {
        const own = await useStack({ freshnessMs: 3_600_000 });
        const { guid } = demoMember(own.sandbox, 'CHALLENGED');
        own.sandbox.control.forceMember(guid, { challenges, integerTypes });
        const names = {
          IMAGE_DATA: 'ImageChallenge',
          IMAGE_OPTIONS: 'ImageOptionsChallenge',
          TEXT: 'TextChallenge',
        };
        const others = { OPTIONS: 'OptionsChallenge', TOKEN: 'TokenChallenge', SEVERAL: 'OptionsChallenge' };
        const answer = await sameAnswer(own, { query, variables: { guid } });
        expect(answer).toContain(`"__typename":"${{ ...names, ...others }[challenges]}"`);
        if (challenges.startsWith('IMAGE')) expect(answer).toContain('"image":"data:image/png;base64,');
      }
    },
  );

  it.each<[string, FaultRule]>([
    ['members that fail', { endpoint: 'GET /users/:user/members', kind: 'status', status: 403 }],
    ['institutions that fail', { endpoint: 'GET /institutions/:institution', kind: 'status', status: 403 }],
    [
      'challenges that fail',
      { endpoint: 'GET /users/:user/members/:member/status', kind: 'status', status: 403 },
    ],
  ])('%s', async (_, fault) => {
    const own = await useStack({ freshnessMs: fault.endpoint?.endsWith('/members') ? 0 : 3_600_000 });
    own.sandbox.control.setFaults([fault]);
    const query = '{ viewer { guid members { guid institution { name } userMessage challenges { guid } } } }';
    expect(await sameAnswer(own, { query })).toContain('"errors"');
    const deep = `{ a: viewer { m: member(guid: "MBR-1") { guid } members { institution { name } challenges { guid }
      user { members { institution { name } } member(guid: "MBR-1") { guid } } } n: member(by: { guid: "?" }) { guid } }
      c: institution(code: "mxbank") { name } b: viewer { members { guid userMessage(locale: "?") } } }`;
    expect(await sameAnswer(own, { query: deep })).toContain('"errors"');
  });

  it.each<[string, string, FaultRule]>([
    [
      'the credentials of an institution',
      '{ a: institution(code: "mxbank") { credentialFields { guid } } b: viewer { members { credentialFields { guid } } } }',
      { endpoint: 'GET /institutions/:institution/credentials', kind: 'status', status: 403 },
    ],
    [
      'a search',
      '{ a: institutions(search: "bank") { totalCount } b: institutions(search: "bank", first: 3) { totalCount } }',
      { endpoint: 'GET /institutions', kind: 'status', status: 403 },
    ],
  ])('%s that fails, and is asked of MX no more often than at first', async (_, query, fault) => {
    const own = await useStack({ freshnessMs: 3_600_000 });
    await own.graphql(
      '{ viewer { members { guid institution { code } } } institution(code: "mxbank") { code } }',
    );
    own.sandbox.control.setFaults([fault]);
    const calls: Record<string, number>[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      own.forgetCalls();
      expect((await own.graphql(query)).text).toContain('"errors"');
      calls.push(own.calls());
    }
    expect(calls).toEqual(Array.from({ length: RUNS }, () => calls[0]));
  });

  it('values of MX that no scalar can represent', async () => {
    const institution = {
      code: 'odd',
      name: 'Odd',
      url: 'not an address',
      small_logo_url: 'https://ok.example/',
    };
    const member = {
      guid: 'MBR-1',
      institution_code: 'odd',
      aggregated_at: 'yesterday',
      connection_status: 'DENIED',
    };
    const { baseUrl } = await upstreamOfTest((path) =>
      path.startsWith('/institutions') ? { body: { institution } } : { body: { members: [member] } },
    );
    const own = await useStack({ freshnessMs: 3_600_000, mx: { baseUrl } });
    const query = '{ viewer { members { guid aggregatedAt institution { name url smallLogoUrl } } } }';
    const answer = await sameAnswer(own, { query });
    expect(answer).toContain('"name":"Odd","url":null,"smallLogoUrl":"https://ok.example/"');
    expect(answer).toContain('"aggregatedAt":null');
    expect(answer).not.toMatch(/at .*\.js|TypeError/);
  });
});
