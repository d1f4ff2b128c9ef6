import { composeServices } from '@apollo/composition';
import { buildClientSchema, getIntrospectionQuery, parse, printType } from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../src/graphql/node-id.js';
import { demoMember, membersOf } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import type { AskOptions } from '../support/graphql-client.js';
import { connectSocket } from '../support/live-client.js';
import { useStack, startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

const LIST = 'GET /users/:user/members';
const INSTITUTION = 'GET /institutions/:institution';

const ENTITIES = `query Entities($representations: [_Any!]!) { _entities(representations: $representations) {
  __typename ... on User { id guid members { guid } } ... on Member { id guid connectionStatus userMessage }
  ... on Institution { id code name } } }`;
const NAMES = `query Names($representations: [_Any!]!) { _entities(representations: $representations) {
  ... on Node { id } } }`;

interface Entities {
  readonly _entities: readonly (Readonly<Record<string, unknown>> | null)[];
}

/** What a gateway sends to be given objects. */
function ask(
  stack: Stack,
  representations: readonly unknown[],
  options: AskOptions & { query?: string } = {},
) {
  const { query = ENTITIES, ...rest } = options;
  return stack.graphql<Entities>(query, { representations }, rest);
}

const userId = (guid: string) => encodeNodeId({ type: 'User', userGuid: guid });
const memberId = (user: string, guid: string) =>
  encodeNodeId({ type: 'Member', userGuid: user, memberGuid: guid });
const institutionId = (code: string) => encodeNodeId({ type: 'Institution', code });

let stack: Stack;
beforeAll(async () => {
  stack = await startStack({ federation: true, freshnessMs: 0 });
});
afterAll(() => stack.dispose());

describe('the schema of the subgraph', () => {
  /** Another team's, which keeps orders and notes, and knows MX's guids. */
  const ORDERS = `
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.3", import: ["@key", "@shareable"])
    type Query { orders: [Order!]! }
    type Order @key(fields: "id") { id: ID! paidFrom: Member paidBy: User bank: Institution }
    type Member @key(fields: "guid user { guid }") { guid: String! user: User! notes: [String!]! }
    type User @key(fields: "guid", resolvable: false) { guid: String! }
    type Institution @key(fields: "code", resolvable: false) { code: String! }
    type PageInfo @shareable { hasNextPage: Boolean! endCursor: String }
  `;

  async function compose(other: string) {
    const { _service } = dataOf(await stack.graphql<{ _service: { sdl: string } }>('{ _service { sdl } }'));
    const services = { connections: _service.sdl, orders: other };
    return composeServices(
      Object.entries(services).map(([name, sdl]) => ({
        name,
        typeDefs: parse(sdl),
        url: `http://${name}.example`,
      })),
    );
  }

  it('composes with a subgraph that extends a member and references all entities', async () => {
    stack.forgetCalls();
    const { errors, supergraphSdl } = await compose(ORDERS);
    expect(errors).toBeUndefined();
    expect(supergraphSdl).toContain('notes: [String!]! @join__field(graph: ORDERS)');
    expect(supergraphSdl).toContain('type Subscription');
    const { _service } = dataOf(await stack.graphql<{ _service: { sdl: string } }>('{ _service { sdl } }'));
    expect(_service.sdl).toContain('viewer: User @semanticNonNull');
    expect(stack.calls()).toEqual({});
  });

  it.each(['Member @key(fields: "id") { id: ID!', 'Institution @key(fields: "id") { id: ID!'])(
    'composes with one that extends type %s',
    async (begin) => {
      const link = ORDERS.slice(0, ORDERS.indexOf('type Query'));
      const other = `${link} type Query { a: Int } type ${begin} b: Int }`;
      expect((await compose(other)).errors).toBeUndefined();
    },
  );

  it('tells gateways which inputs are @oneOf, and refuses values that break the rule', async () => {
    const query = `query One($by: MemberBy!) { member(by: $by) { guid } }`;
    const { _service } = dataOf(await stack.graphql<{ _service: { sdl: string } }>('{ _service { sdl } }'));
    expect(_service.sdl).toMatch(/input MemberBy\s+@oneOf/);
    expect(_service.sdl).toMatch(/input MemberAccess\s+@oneOf/);
    for (let run = 0; run < 4; run += 1) {
      const { status, body } = await stack.graphql(query, { by: { id: 'x', guid: 'MBR-1' } });
      expect([status, body.errors?.map(({ message }) => message)]).toEqual([
        400,
        ['Variable "$by" got an invalid value: Exactly one key must be specified for OneOf type "MemberBy".'],
      ]);
    }
  });

  it('is the same schema with the additions of federation', async () => {
    const typesOf = async (one: Stack) => {
      const introspection = dataOf(
        await one.graphql<IntrospectionQuery>(getIntrospectionQuery({ oneOf: true })),
      );
      const types = Object.values(buildClientSchema(introspection).getTypeMap());
      return new Map(types.map((type) => [type.name, printType(type)]));
    };
    const plain = await typesOf(await useStack());
    const subgraph = await typesOf(stack);
    expect([...plain.keys()].filter((name) => /^_[^_]|federation/.test(name))).toEqual([]);
    expect(plain.size).toBeGreaterThan(40);
    const words = (text = '') => text.replace(/"""[^]*?"""/g, (said) => said.replace(/\s+/g, ' '));
    for (const [name, text] of plain) {
      if (name !== 'Query') expect(words(subgraph.get(name))).toBe(words(text));
    }
    const ofFederation = ['_Any', '_Entity', '_Service', 'federation__FieldSet', 'federation__Scope'];
    const added = [...subgraph.keys()].filter((name) => !plain.has(name));
    expect([...ofFederation, 'link__Import', 'link__Purpose']).toEqual(expect.arrayContaining(added));
  });

  it('is disabled by default', async () => {
    const plain = await useStack();
    const answer = await plain.graphql('{ _service { sdl } }');
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });
});

describe('an object that a gateway asks for', () => {
  it('is found by each of its keys', async () => {
    const { demoUserGuid: user } = stack.sandbox;
    const { guid } = demoMember(stack.sandbox, 'DENIED');
    const member = { id: memberId(user, guid), guid, connectionStatus: 'DENIED' };
    const { _entities: found } = dataOf(
      await ask(stack, [
        { __typename: 'User', guid: user },
        { __typename: 'User', id: userId(user) },
        { __typename: 'Member', id: member.id },
        { __typename: 'Member', guid, user: { __typename: 'User', guid: user } },
        { __typename: 'Institution', code: 'mxbank' },
        { __typename: 'Institution', id: institutionId('mxbank') },
      ]),
    );
    expect(found[0]).toMatchObject({ __typename: 'User', id: userId(user), guid: user });
    expect(found[0]?.['members']).toHaveLength(23);
    expect(found[1]).toEqual(found[0]);
    expect(found[2]).toMatchObject({ __typename: 'Member', ...member });
    expect(found[3]).toEqual(found[2]);
    expect(found[4]).toMatchObject({ __typename: 'Institution', code: 'mxbank' });
    expect(found[5]).toEqual(found[4]);
    expect(found).toHaveLength(6);
  });

  it('costs one list call for all members of its user', async () => {
    const { demoUserGuid: user } = stack.sandbox;
    const members = membersOf(stack.sandbox, user).map(({ guid }) => ({
      __typename: 'Member',
      id: memberId(user, guid),
    }));
    stack.forgetCalls();
    const asked = [{ __typename: 'User', guid: user }, ...members];
    const query = ENTITIES.replace('userMessage', '');
    const { _entities: found } = dataOf(await ask(stack, asked, { query }));
    expect(found.map((one) => one?.['id'])).toEqual([userId(user), ...members.map(({ id }) => id)]);
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });

  it('of three users costs three list calls, and an institution one', async () => {
    const issuer = await issuerOfTest();
    const own = await useStack({ federation: true, auth: issuer.auth });
    const { demoUserGuid, otherUserGuid } = own.sandbox;
    const token = await issuer.mint({ scope: 'mx:support' });
    const refs = [demoUserGuid, otherUserGuid].flatMap((user) =>
      membersOf(own.sandbox, user).map(({ guid }) => ({ __typename: 'Member', guid, user: { guid: user } })),
    );
    const bank = { __typename: 'Institution', code: 'mxbank' };
    own.forgetCalls();
    const asked = [...refs, { __typename: 'User', guid: 'USR-nobody' }, bank, bank];
    const { _entities: found } = dataOf(await ask(own, asked, { query: NAMES, token }));
    expect(found.filter(Boolean)).toHaveLength(refs.length + 2);
    expect(own.calls()).toEqual({ [LIST]: 3, [INSTITUTION]: 1 });
  });

  it('is null without an error if it does not exist', async () => {
    const { demoUserGuid: user } = stack.sandbox;
    const answer = await ask(stack, [
      { __typename: 'Member', id: memberId(user, 'MBR-nobody') },
      { __typename: 'Institution', code: 'no_such_bank' },
      { __typename: 'User', guid: user },
    ]);
    const { _entities: found } = dataOf(answer);
    expect(found.map((one) => one?.['__typename'] ?? null)).toEqual([null, null, 'User']);
  });

  it('fails alone if MX fails', async () => {
    const own = await useStack({ federation: true, freshnessMs: 0 });
    own.sandbox.control.setFaults([{ endpoint: LIST, kind: 'status', status: 403 }]);
    const answer = await ask(own, [
      { __typename: 'User', guid: own.sandbox.demoUserGuid },
      { __typename: 'Institution', code: 'mxbank' },
    ]);
    expect(answer.body.data?._entities.map((one) => one?.['code'] ?? null)).toEqual([null, 'mxbank']);
    expect(codesOf(answer)).toEqual(['UPSTREAM_MISCONFIGURED']);
    expect(answer.body.errors?.[0]?.path).toEqual(['_entities', 0]);
  });
});

describe('an object of somebody else’s', () => {
  async function asDemoUser() {
    const issuer = await issuerOfTest();
    const own = await useStack({ federation: true, auth: issuer.auth, freshnessMs: 0 });
    const { demoUserGuid, otherUserGuid } = own.sandbox;
    const token = await issuer.mint({ [issuer.auth.userClaim]: demoUserGuid });
    return { own, token, demoUserGuid, otherUserGuid };
  }

  it('is indistinguishable from one that does not exist, in response and calls', async () => {
    const { own, token, otherUserGuid } = await asDemoUser();
    const theirs = membersOf(own.sandbox, otherUserGuid)[0]?.guid ?? '';
    const outcomeOf = async (representation: object) => {
      own.forgetCalls();
      const { status, text } = await ask(own, [representation], { token });
      return { status, text, calls: own.calls() };
    };
    const absent = await outcomeOf({ __typename: 'Member', id: memberId('USR-nobody', 'MBR-nobody') });
    expect(absent).toEqual({ status: 200, text: '{"data":{"_entities":[null]}}\n', calls: { [LIST]: 1 } });
    const id = memberId(otherUserGuid, theirs);
    const byGuids = { __typename: 'Member', guid: theirs, user: { guid: otherUserGuid } };
    expect(theirs).toMatch(/^MBR-/);
    expect(await outcomeOf({ __typename: 'Member', id })).toEqual(absent);
    expect(await outcomeOf(byGuids)).toEqual(absent);
  });

  it('is FORBIDDEN for a user, whether it exists or not, like `user`', async () => {
    const { own, token, otherUserGuid, demoUserGuid } = await asDemoUser();
    const users = [otherUserGuid, 'USR-nobody', demoUserGuid];
    own.forgetCalls();
    const answer = await ask(
      own,
      users.map((guid) => ({ __typename: 'User', guid })),
      { token },
    );
    expect(answer.body.data?._entities.map((one) => one?.['guid'] ?? null)).toEqual([
      null,
      null,
      demoUserGuid,
    ]);
    const direct = await own.graphql(`{ user(guid: "${otherUserGuid}") { guid } }`, {}, { token });
    const [said] = direct.body.errors ?? [];
    expect(codesOf(answer)).toEqual(['FORBIDDEN', 'FORBIDDEN']);
    expect(answer.body.errors?.map(({ message }) => message)).toEqual([said?.message, said?.message]);
    expect(own.calls()).toEqual({ [LIST]: 1 });
  });

  it('requires a token of the gateway', async () => {
    const { own } = await asDemoUser();
    expect((await ask(own, [{ __typename: 'Institution', code: 'mxbank' }])).status).toBe(401);
  });
});

describe('a representation that cannot be read', () => {
  it.each([
    ['a text', 'Member'],
    ['a number', 5],
    ['a list', [1]],
    ['no type', { id: institutionId('mxbank') }],
    ['an unknown type', { __typename: 'Account', guid: 'ACT-1' }],
    ['a type without keys', { __typename: 'CredentialField', guid: 'CRD-1' }],
    ['no key', { __typename: 'Member' }],
    ['a guid without its user', { __typename: 'Member', guid: 'MBR-1' }],
    ['a user that is no object', { __typename: 'Member', guid: 'MBR-1', user: 'USR-1' }],
    ['an id of another type', { __typename: 'Member', id: institutionId('mxbank') }],
    ['an id of nobody’s', { __typename: 'Member', id: 'nonsense' }],
    ['a key of another type', { __typename: 'User', code: 'mxbank' }],
    ['a guid of another form', { __typename: 'User', guid: 'MBR-1' }],
    ['a guid that climbs', { __typename: 'User', guid: 'USR-1/../../x' }],
    ['a code of another form', { __typename: 'Institution', code: 'a/b' }],
    ['keys that are no texts', { __typename: 'Institution', code: { $gt: '' } }],
    ['a name of every object', { __typename: 'constructor', id: 'x' }],
  ])('is BAD_USER_INPUT in its own place: %s', async (_, representation) => {
    const answer = await ask(stack, [representation, { __typename: 'Institution', code: 'mxbank' }]);
    expect(answer.status).toBe(200);
    expect(answer.body.data?._entities.map((one) => one?.['code'] ?? null)).toEqual([null, 'mxbank']);
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]?.path).toEqual(['_entities', 0]);
  });
});

describe('the limits', () => {
  const users = (count: number) =>
    Array.from({ length: count }, () => ({ __typename: 'User', guid: stack.sandbox.demoUserGuid }));

  it('allow 100 objects, and no more', async () => {
    const { _entities: found } = dataOf(await ask(stack, users(100), { query: NAMES }));
    expect(found).toHaveLength(100);
    stack.forgetCalls();
    const answer = await ask(stack, users(101), { query: NAMES });
    expect(answer.body.data).toBeNull();
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]?.message).toBe('101 representations exceed the limit of 100.');
    expect(stack.calls()).toEqual({});
  });

  const FIELDS = 'guid name phase isTerminal requiredAction waitingOn actionSteps';
  const COSTLY = `... on User { members { ${FIELDS} institution { id code name } } }`;

  it('count the cost of each object: many are rejected before a call to MX', async () => {
    const query = `query Costly($representations: [_Any!]!) {
      _entities(representations: $representations) { ${COSTLY} } }`;
    expect(dataOf(await ask(stack, users(1), { query }))._entities).toHaveLength(1);
    stack.forgetCalls();
    const answer = await ask(stack, users(100), { query });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]?.message).toMatch(/^Operation cost \d{5} exceeds the limit of 20000/);
    expect(stack.calls()).toEqual({});
  });

  it('count several aliases together', async () => {
    const part = (name: string) => `${name}: _entities(representations: $representations) { ...F }`;
    const query = `query Several($representations: [_Any!]!) { ${['a', 'b', 'c', 'd', 'e'].map(part).join(' ')} }
      fragment F on _Entity { ${COSTLY} }`;
    const answer = await ask(stack, users(20), { query });
    expect(codesOf(answer)).toContain('BAD_USER_INPUT');
    expect(dataOf(await ask(stack, users(2), { query }))).toHaveProperty('e');
  });
});

describe('an operation of a gateway’s', () => {
  it('costs the same when repeated, with a failing object among the others', async () => {
    const user = { __typename: 'User', guid: stack.sandbox.demoUserGuid };
    // Two in three of what an operation may cost: counted twice, it would be too much.
    const asked = [{ __typename: 'User', id: 'no id' }, ...Array.from({ length: 48 }, () => user)];
    const query = `query Q($representations: [_Any!]!, $no: Boolean!) {
      _entities(representations: $representations) { ...F ...F @include(if: $no) } }
      fragment F on User { members { guid name phase isTerminal institution @include(if: $no) { id code name } } }`;
    const send = () => stack.graphql<Entities>(query, { representations: asked, no: false });
    const first = await send();
    expect(codesOf(first)).toEqual(['BAD_USER_INPUT']);
    expect(first.body.data?._entities).toHaveLength(49);
    for (let run = 1; run < 6; run += 1) expect((await send()).text).toBe(first.text);
  });

  it('may have variables inside literals', async () => {
    const { guid } = demoMember(stack.sandbox, 'DENIED');
    const query = `query Q($guid: String!, $user: String) { _entities(representations: [
      { __typename: "Member", guid: $guid, user: { guid: $user } }]) { ... on Member { guid } } }`;
    const variables = { guid, user: stack.sandbox.demoUserGuid };
    for (let run = 0; run < 5; run += 1) {
      expect(dataOf(await stack.graphql(query, variables))).toEqual({ _entities: [{ guid }] });
    }
  });

  it.each(['variables', 'literals'])('has the same result when it is compiled: with %s', async (kind) => {
    const own = await useStack({ federation: true, freshnessMs: 3_600_000 });
    const { demoUserGuid: user } = own.sandbox;
    const { guid } = demoMember(own.sandbox, 'DENIED');
    const literals = `{ _entities(representations: [{ __typename: "Member", guid: "${guid}", user: { guid: "${user}" } },
      { __typename: "User", guid: "USR-nobody" }, { __typename: "Institution", code: "no_such" }, 5]) {
      __typename ... on Member { guid observedAt institution { name } } } }`;
    const query = kind === 'literals' ? literals : ENTITIES;
    const variables = [
      { __typename: 'Member', id: memberId(user, guid) },
      { __typename: 'User', guid: 'USR-nobody' },
      { __typename: 'Institution', code: 'no_such' },
      { __typename: 'Institution', code: 'mxbank' },
      5,
    ];
    const answers = [];
    for (let run = 0; run < 4; run += 1) answers.push((await ask(own, variables, { query })).text);
    expect(new Set(answers)).toEqual(new Set([answers[0]]));
    expect(answers[0]).toContain('"__typename":"Member"');
    expect(answers[0]).toContain('FORBIDDEN');
    expect(answers[0]).toContain('BAD_USER_INPUT');
  });

  it('receives no inline traces, which would slow down every field', async () => {
    const headers = { 'apollo-federation-include-trace': 'ftv1' };
    const bank = [{ __typename: 'Institution', code: 'mxbank' }];
    const { body } = await ask(stack, bank, { query: NAMES, headers });
    expect(Object.keys(body)).toEqual(['data']);
  });

  it('may subscribe and mutate', async () => {
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    const live = await connectSocket(stack.url);
    const fields = 'cause member { guid }';
    live.subscribe('1', `subscription { memberStatusChanged(memberGuid: "${guid}") { ${fields} } }`);
    const { payload } = await live.next();
    expect(payload?.data).toEqual({ memberStatusChanged: { cause: 'SNAPSHOT', member: { guid } } });
    const aggregate = `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { userErrors { code } } }`;
    expect(dataOf(await stack.graphql(aggregate))).toEqual({ aggregateMember: { userErrors: [] } });
  });
});
