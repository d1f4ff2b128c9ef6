import {
  buildClientSchema,
  getIntrospectionQuery,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
} from 'graphql';
import type { IntrospectionQuery } from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';

import { dataOf } from '../support/graphql-client.js';
import { startStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';

let stack: Stack;
let introspection: IntrospectionQuery;
beforeAll(async () => {
  stack = await startStack();
  introspection = dataOf(
    await stack.graphql<IntrospectionQuery>(getIntrospectionQuery({ inputValueDeprecation: true })),
  );
});
afterAll(() => stack.dispose());

interface Described {
  readonly name: string;
  readonly description?: string | null | undefined;
}

/** Every type, field, argument, input field and enum value of the schema, as `Type.field(argument)`. */
function everythingIn(source: IntrospectionQuery): Described[] {
  const types = Object.values(buildClientSchema(source).getTypeMap()).filter(
    ({ name }) => !name.startsWith('__'),
  );
  return types.flatMap((type) => {
    const named = (name: string, { description }: { description?: string | null | undefined }) => ({
      name,
      description,
    });
    const here = named(type.name, type);
    if (isEnumType(type))
      return [here, ...type.getValues().map((value) => named(`${type.name}.${value.name}`, value))];
    if (isInputObjectType(type)) {
      return [
        here,
        ...Object.values(type.getFields()).map((field) => named(`${type.name}.${field.name}`, field)),
      ];
    }
    if (!isObjectType(type) && !isInterfaceType(type)) return [here];
    const fields = Object.values(type.getFields()).flatMap((field) => [
      named(`${type.name}.${field.name}`, field),
      ...field.args.map((arg) => named(`${type.name}.${field.name}(${arg.name})`, arg)),
    ]);
    return [here, ...fields];
  });
}

it('has a description for every type, field, argument and enum value', () => {
  const everything = everythingIn(introspection);
  expect(everything.length).toBeGreaterThan(150);
  expect(everything.map(({ name }) => name)).toEqual(
    expect.arrayContaining(['Query.user(guid)', 'Member.oauthWindowUrl', 'Party.NOBODY', 'Node', 'URL']),
  );
  expect(everything.filter(({ description }) => !description?.trim()).map(({ name }) => name)).toEqual([]);
});

it('describes each in whole sentences', () => {
  const spoken = everythingIn(introspection).filter(
    ({ name }) => !['String', 'Int', 'Float', 'Boolean', 'ID'].includes(name),
  );
  expect(
    spoken.filter(({ description }) => !/[.!?]$/.test(description ?? '')).map(({ name }) => name),
  ).toEqual([]);
});

/** Parts of a form: a client caches them by their id, but they cannot be fetched without their member. */
const isPart = (name: string): boolean => name.endsWith('Challenge') || name === 'CredentialField';

it('gives every object that has an id the interface Node, except the parts of a form', () => {
  const types = Object.values(buildClientSchema(introspection).getTypeMap()).filter(isObjectType);
  const withId = types.filter((type) => 'id' in type.getFields());
  expect(types.filter(({ name }) => isPart(name)).every((type) => withId.includes(type))).toBe(true);
  expect(withId.map(({ name }) => name).sort()).toEqual(
    expect.arrayContaining(['Institution', 'Member', 'User']),
  );
  for (const type of withId.filter(({ name }) => !isPart(name)))
    expect(type.getInterfaces().map(({ name }) => name)).toContain('Node');
});

it('works for GraphiQL’s query without a call to MX', async () => {
  stack.forgetCalls();
  const answer = await stack.graphql(
    getIntrospectionQuery({ descriptions: true, schemaDescription: true, specifiedByUrl: true }),
  );
  expect(dataOf(answer)).toHaveProperty('__schema');
  expect(stack.calls()).toEqual({});
});
