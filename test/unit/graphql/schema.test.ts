import { isNonNullType, isObjectType } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createSchema } from '../../../src/graphql/schema.js';

const schema = createSchema();
const fieldsOf = (name: string) => {
  const type = schema.getType(name);
  if (!isObjectType(type)) throw new Error(`The schema has no object type ${name}.`);
  return Object.values(type.getFields());
};

/** The fields of a type that have @semanticNonNull. */
const markedIn = (name: string) =>
  fieldsOf(name)
    .filter(({ astNode }) =>
      astNode?.directives?.some((directive) => directive.name.value === 'semanticNonNull'),
    )
    .map((field) => field.name);

describe('a field that is null only with an error', () => {
  it.each(['Query', 'Mutation'])('is each of %s, and has @semanticNonNull unless nothing fails', (name) => {
    const nullable = fieldsOf(name).filter(({ type }) => !isNonNullType(type));
    expect(nullable.length).toBeGreaterThan(5);
    expect(markedIn(name)).toEqual(nullable.map((field) => field.name));
  });

  it.each([
    ['User', ['members', 'member']],
    ['Institution', ['canConnect', 'credentialFields']],
    ['Member', ['accounts', 'statusHistory']],
  ])('has @semanticNonNull in %s', (name, fields) => {
    expect(markedIn(name)).toEqual(expect.arrayContaining(fields));
  });

  it.each([
    [
      'Member',
      ['institution', 'progress', 'challenges', 'credentialFields', 'oauthWindowUrl', 'error', 'userMessage'],
    ],
    ['User', ['canConnectMore']],
    ['Institution', ['status', 'cannotConnectReason']],
    ['MemberExistsError', ['existingMember']],
    ['MemberStatusChange', ['member']],
    ['ImageChallenge', ['image']],
  ])('is none of those of %s that are null for another reason', (name, fields) => {
    expect(fieldsOf(name).map((field) => field.name)).toEqual(expect.arrayContaining(fields));
    expect(markedIn(name).filter((field) => fields.includes(field))).toEqual([]);
  });
});
