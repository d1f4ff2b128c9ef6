import { assertInterfaceType, getNamedType, isAbstractType } from 'graphql';
import { isCompositeType, isObjectType, isRequiredArgument } from 'graphql';
import type { GraphQLField, GraphQLNamedType, GraphQLObjectType } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../../src/graphql/node-id.js';
import { createSchema } from '../../../src/graphql/schema.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import type { GraphqlBody } from '../../support/graphql-client.js';
import { requestStream } from '../../support/live-client.js';
import { useStack, startStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { startIssuer } from '../../support/token-issuer.js';
import type { TokenIssuer } from '../../support/token-issuer.js';
import { COVERED_ELSEWHERE, MUTATIONS, QUERIES, ROLES, SUBSCRIPTIONS, TYPES } from './matrix.rows.js';
import type { MatrixMutation, Outcome, Outcomes, Role } from './matrix.rows.js';

const SCHEMA = createSchema();
/** The arguments of fields that require some. */
const ARGS: Readonly<Record<string, string>> = { member: '(guid: $guid)' };
const UNKNOWN = 'MBR-00000000-0000-4000-8000-000000000000';
type AnyField = GraphQLField<unknown, unknown>;

const objectType = (name: string): GraphQLObjectType => {
  const type = SCHEMA.getType(name);
  if (isObjectType(type)) return type;
  throw new Error(`There is no type ${name}.`);
};
const fieldsOf = (name: string): AnyField[] => Object.values(objectType(name).getFields());
const typeOf = (field: AnyField): GraphQLNamedType => getNamedType(field.type);
const namesOf = (name: string) =>
  fieldsOf(name)
    .map((field) => field.name)
    .sort();

/** A selection of one field, valid as a document. */
function alone(field: AnyField): string {
  const args = field.args.some(isRequiredArgument) ? (ARGS[field.name] ?? '') : '';
  return `${field.name}${args}${isCompositeType(typeOf(field)) ? ' { __typename }' : ''}`;
}

/** A selection of all fields without required arguments, including those of user errors. */
/** The fields of all types of user errors. */
function everyUserError(): string {
  const types = SCHEMA.getPossibleTypes(assertInterfaceType(SCHEMA.getType('UserError')));
  return types.map((type) => `... on ${type.name} { ${everythingOf(type)} }`).join(' ');
}

function everythingOf(type: GraphQLNamedType): string {
  if (!isObjectType(type)) return '__typename';
  return Object.values(type.getFields())
    .filter(({ args }) => !args.some(isRequiredArgument))
    .map((field) =>
      typeOf(field).name === 'UserError' ? `userErrors { ${everyUserError()} }` : alone(field),
    )
    .join(' ');
}

let issuer: TokenIssuer;
let stack: Stack;
beforeAll(async () => {
  issuer = await startIssuer();
  stack = await startStack({ auth: issuer.auth });
});
afterAll(async () => {
  await stack.dispose();
  await issuer.goDown();
});

async function headersOf(role: Role, { sandbox }: Stack): Promise<Record<string, string>> {
  if (role === 'nobody') return {};
  const claims = {
    owner: { mx_user_guid: sandbox.demoUserGuid },
    other: { mx_user_guid: sandbox.otherUserGuid },
    support: { scope: 'mx:support' },
  }[role];
  return { authorization: `Bearer ${await issuer.mint(claims)}` };
}

function variablesOf({ sandbox }: Stack) {
  const user = sandbox.demoUserGuid;
  const { guid } = demoMember(sandbox, 'CONNECTED');
  const toId = (memberGuid: string) => encodeNodeId({ type: 'Member', userGuid: user, memberGuid });
  return { user, guid, id: toId(guid), challengedId: toId(demoMember(sandbox, 'CHALLENGED').guid) };
}

const VARIABLES = { user: 'String!', guid: 'String!', id: 'ID!', challengedId: 'ID!' } as const;

/** A document that declares the variables that it uses. */
function documentOf(operation: string, fields: string): string {
  const used = Object.entries(VARIABLES).filter(([name]) => new RegExp(`\\$${name}\\b`).test(fields));
  const declared = used.map(([name, type]) => `$${name}: ${type}`).join(', ');
  return `${operation}${declared && `(${declared})`} { ${fields} }`;
}

const wanted = (outcomes: Outcomes, role: Role): Outcome | 'UNAUTHENTICATED' =>
  role === 'nobody' ? 'UNAUTHENTICATED' : outcomes[role];

/** The outcome of a response: "data" if it has no errors, else its error codes. */
const outcomeOf = ({ errors }: GraphqlBody<unknown>): string =>
  errors ? [...new Set(errors.map(({ extensions }) => extensions?.code))].join() : 'data';

/** A rejected caller must receive nothing that only the owner may know. */
function expectNothingOf(owner: string, { sandbox }: Stack, text: string): void {
  for (const { guid, name } of membersOf(sandbox, owner)) {
    expect(text).not.toContain(guid);
    expect(text).not.toContain(`"${name}"`);
  }
}

async function expectOutcome(fields: string, outcome: string, role: Role): Promise<void> {
  const headers = await headersOf(role, stack);
  const { status, body, text } = await stack.graphql(documentOf('query', fields), variablesOf(stack), {
    headers,
  });
  expect(`${outcomeOf(body)} ${status}`).toBe(`${outcome} ${outcome === 'UNAUTHENTICATED' ? 401 : 200}`);
  if (outcome !== 'data') expectNothingOf(stack.sandbox.demoUserGuid, stack, text);
}

/** The subject of the titles. */
const CALLERS: Readonly<Record<Role, string>> = {
  owner: 'owner',
  other: 'another user',
  support: 'support',
  nobody: 'a caller without a token',
};

/** The verb of the titles, e.g. "can read" or "gets NOT_FOUND for". */
function verbOf(outcomes: Outcomes, role: Role, verb: string): string {
  const outcome = wanted(outcomes, role);
  return outcome === 'data' ? `can ${verb}` : `gets ${outcome} for`;
}

describe('the access matrix', () => {
  it('has a row for every root field and object type of the schema, and no others', () => {
    expect(Object.keys(QUERIES).sort()).toEqual(namesOf('Query'));
    expect(Object.keys(MUTATIONS).sort()).toEqual(namesOf('Mutation'));
    expect(Object.keys(SUBSCRIPTIONS).sort()).toEqual(namesOf('Subscription'));
    const isRowed = (name: string) =>
      !name.startsWith('__') &&
      !['Query', 'Mutation', 'Subscription'].includes(name) &&
      !name.endsWith('Payload') &&
      !COVERED_ELSEWHERE.has(name);
    const types = Object.values(SCHEMA.getTypeMap())
      .filter(isObjectType)
      .map(({ name }) => name);
    expect(Object.keys(TYPES).sort()).toEqual(types.filter(isRowed).sort());
    expect(
      Object.values(SCHEMA.getTypeMap())
        .filter(isAbstractType)
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['Challenge', 'Node', 'UserError']);
  });
});

describe.each(ROLES.map((role) => [CALLERS[role], role] as const))('%s', (_, role) => {
  const queries = Object.entries(QUERIES).map(
    ([name, access]) => [verbOf(access.outcomes, role, 'read'), name, access] as const,
  );
  it.each(queries)('%s Query.%s', async (__, name, { outcomes, around }) => {
    const field = objectType('Query').getFields()[name];
    const selection = field ? everythingOf(typeOf(field)) : '';
    await expectOutcome(around(selection), wanted(outcomes, role), role);
  });

  const fields = Object.entries(TYPES).flatMap(([name, access]) =>
    fieldsOf(name).map(
      (field) =>
        [verbOf(access.outcomes, role, 'read'), `${name}.${field.name}`, { field, ...access }] as const,
    ),
  );
  it.each(fields)('%s %s', async (__, ___, { field, outcomes, around }) => {
    await expectOutcome(around(alone(field)), wanted(outcomes, role), role);
  });

  const mutations = (Object.keys(MUTATIONS) as MatrixMutation[]).map(
    (name) => [verbOf(MUTATIONS[name].outcomes, role, 'call'), name] as const,
  );
  it.each(mutations)('%s Mutation.%s', async (__, name) => {
    const own = await useStack({ auth: issuer.auth });
    const { outcomes, toInput } = MUTATIONS[name];
    const field = objectType('Mutation').getFields()[name];
    const [argument] = field?.args ?? [];
    const payload = field ? everythingOf(typeOf(field)) : '';
    const document = `mutation ($input: ${String(argument?.type)}) { ${name}(input: $input) { ${payload} } }`;
    const { guid } = demoMember(own.sandbox, 'CONNECTED');
    const headers = await headersOf(role, own);
    own.forgetCalls();
    const { body, text } = await own.graphql(document, { input: toInput(guid) }, { headers });
    const outcome = wanted(outcomes, role);
    expect(outcomeOf(body)).toBe(outcome);
    if (outcome === 'data') return;
    expectNothingOf(own.sandbox.demoUserGuid, own, text);
    expect(Object.keys(own.calls()).filter((call) => !call.startsWith('GET '))).toEqual([]);
  });

  const subscriptions = Object.entries(SUBSCRIPTIONS).flatMap(([field, rows]) =>
    rows.map((row) => {
      const verb = verbOf(row.outcomes, role, 'subscribe to');
      return [verb, `${field} (${row.name})`, { ...row, field }] as const;
    }),
  );
  it.each(subscriptions)('%s Subscription.%s', async (__, ___, { field, outcomes, args }) => {
    const type = objectType('Subscription').getFields()[field];
    const selection = type ? everythingOf(typeOf(type)) : '';
    const { guid, user } = variablesOf(stack);
    const query = documentOf('subscription', `${field}${args} { ${selection} }`);
    const leaving = new AbortController();
    const headers = await headersOf(role, stack);
    const variables = args === '' ? {} : { guid, user };
    const response = await requestStream(stack.url, query, { variables, headers, signal: leaving.signal });
    let text = '';
    for await (const chunk of response.body ?? []) {
      text += Buffer.from(chunk as Uint8Array).toString();
      if (response.status !== 200 ? false : text.includes('\n\n', text.indexOf('data:'))) break;
    }
    leaving.abort();
    const json = /\{.*\}/.exec(text)?.[0] ?? '{}';
    const outcome = wanted(outcomes, role);
    expect(outcomeOf(JSON.parse(json) as GraphqlBody<unknown>)).toBe(outcome);
    if (outcome !== 'data' || role === 'other') expectNothingOf(stack.sandbox.demoUserGuid, stack, text);
  });
});

describe('a member of another user', () => {
  const FIELDS = {
    'member(guid:)': 'query ($guid: String!) { member(by: { guid: $guid }) { guid } }',
    'member(id:)': 'query ($id: ID!) { member(by: { id: $id }) { guid } }',
    'node(id:)': 'query ($id: ID!) { node(id: $id) { id } }',
  };

  async function observe(query: string) {
    const own = await useStack({ auth: issuer.auth, freshnessMs: 0 });
    const { demoUserGuid: userGuid } = own.sandbox;
    const headers = await headersOf('other', own);
    const ask = async (memberGuid: string) => {
      const variables = { guid: memberGuid, id: encodeNodeId({ type: 'Member', userGuid, memberGuid }) };
      own.forgetCalls();
      const startedAt = performance.now();
      const { status, text } = await own.graphql(query, variables, { headers });
      return { ms: performance.now() - startedAt, answer: { status, text, calls: own.calls() } };
    };
    const [foreign, unknown] = [[], []] as [
      Awaited<ReturnType<typeof ask>>[],
      Awaited<ReturnType<typeof ask>>[],
    ];
    // Alternating, so that other load on the machine affects both.
    for (let at = 0; at < 30; at += 1) {
      foreign.push(await ask(variablesOf(own).guid));
      unknown.push(await ask(UNKNOWN));
    }
    return { foreign, unknown };
  }

  const median = (times: readonly { readonly ms: number }[]) =>
    times.map(({ ms }) => ms).sort((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;

  it.each(Object.entries(FIELDS))(
    'cannot be told from an unknown one by %s: the response, calls and time are equal',
    async (_, query) => {
      const { foreign, unknown } = await observe(query);
      const [first] = foreign;
      expect(first?.answer.text).toContain('NOT_FOUND');
      for (const { answer } of [...foreign, ...unknown]) expect(answer).toEqual(first?.answer);
      // The calls show that the work is the same. The tolerance is for the noise of a busy machine.
      expect(Math.abs(median(foreign) - median(unknown))).toBeLessThan(0.5 * median(unknown) + 5);
    },
  );
});
