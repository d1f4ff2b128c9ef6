import { GraphQLError, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { Kind } from 'graphql/language/kinds.js';
import { describe, expect, it } from 'vitest';

import { createSchema } from '../../../src/graphql/schema.js';
import { redactMessage } from '../../../src/errors/redact-message.js';

const SECRET = 'hunter2';
const schema = createSchema();

/** What graphql-js says of a document and its variables, as it says it. */
function messagesOf(source: string, variables: Record<string, unknown> = {}): string[] {
  try {
    const document = parse(source);
    const invalid = validate(schema, document);
    if (invalid.length > 0) return invalid.map(({ message }) => message);
    const [operation] = document.definitions;
    if (operation?.kind !== Kind.OPERATION_DEFINITION) return [];
    const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
    return (coerced.errors ?? []).map(({ message }) => message);
  } catch (error) {
    if (error instanceof GraphQLError) return [error.message];
    throw error;
  }
}

const create = (input: string) => `mutation { createMember(input: ${input}) { userErrors { code } } }`;
const value = (text: string) =>
  create(`{ institutionCode: "mxbank", credentials: [{ guid: "CRD-1", value: ${text} }] }`);
const VARIABLE = 'mutation ($v: CreateMemberInput!) { createMember(input: $v) { userErrors { code } } }';

const of = (source: string, ...said: string[]) => [source, said] as const;

describe('a message about a document', () => {
  it.each([
    of(value(SECRET), 'String cannot represent the value.'),
    of(value(`["${SECRET}"]`), 'String cannot represent the value.'),
    of(value(`{ a: "${SECRET}" }`), 'String cannot represent the value.'),
    of(create(`"${SECRET}"`), 'Expected value of type "CreateMemberInput!"; the value has the wrong type.'),
    of(create(SECRET), 'Expected value of type "CreateMemberInput!"; the value has the wrong type.'),
    of(
      create(`{ institutionCode: "a", oauth: { referralSource: ${SECRET} } }`),
      'The value does not exist in "OauthReferralSource" enum.',
    ),
    of(
      create(`{ institutionCode: "a", oauth: { referralSource: "${SECRET}" } }`),
      'Enum "OauthReferralSource" cannot represent the value.',
    ),
    of(
      create(`{ institutionCode: "a", oauth: { enableApp2app: "${SECRET}" } }`),
      'Boolean cannot represent the value.',
    ),
    of(
      create(`{ institutionCode: "a", oauth: { clientRedirectUrl: "${SECRET}" } }`),
      'Expected an absolute URL.',
    ),
    of(value(`"${SECRET}`), 'Syntax Error: Unterminated string.'),
    of(value(`"""${SECRET}`), 'Syntax Error: Unterminated string.'),
    of(value(`"\\q${SECRET}"`), 'Syntax Error: Invalid character escape sequence.'),
    of(value(`"\\u{${SECRET}}"`), 'Syntax Error: Invalid Unicode escape sequence.'),
    of(value(`"${SECRET}" "${SECRET}"`), 'Syntax Error: Expected Name, found String.'),
    of(`"${SECRET}"`, 'Syntax Error: Unexpected <EOF>.'),
    of(`{ a } ${SECRET}`, 'Syntax Error: Unexpected Name.'),
    of('query { viewers { guid } }', 'Cannot query field "viewers" on type "Query".'),
  ])('%s', (source, said) => {
    expect(messagesOf(source).map(redactMessage)).toEqual(said);
  });

  it('says what it says where nothing of the document is in it', () => {
    expect(messagesOf('query ($a: String) { viewer { guid } }').map(redactMessage)).toEqual([
      'Variable "$a" is never used.',
    ]);
    expect(redactMessage('')).toBe('');
  });
});

describe('a message about a variable', () => {
  const invalid = (path: string, why: string) => `Variable "$v" got an invalid value at "v${path}": ${why}`;
  const OTHER = 'the value has the wrong type.';

  it.each<readonly [unknown, readonly string[]]>([
    [SECRET, ['Variable "$v" got an invalid value: Expected type "CreateMemberInput" to be an object.']],
    [null, ['Variable "$v" of non-null type "CreateMemberInput!" must not be null.']],
    [{ institutionCode: [SECRET] }, [invalid('.institutionCode', OTHER)]],
    [
      { institutionCode: 'a', credentials: SECRET },
      [invalid('.credentials', 'Expected type "CredentialInput" to be an object.')],
    ],
    [
      { institutionCode: 'a', credentials: [{ guid: 'b', value: { c: SECRET } }] },
      [invalid('.credentials[0].value', OTHER)],
    ],
    [
      { institutionCode: 'a', credentials: [{ value: SECRET }] },
      [invalid('.credentials[0]', 'Field "guid" of required type "String!" was not provided.')],
    ],
    [
      { institutionCode: 'a', credentials: [{ guid: null, value: SECRET }] },
      [invalid('.credentials[0].guid', 'Expected non-nullable type "String!" not to be null.')],
    ],
    [
      { institutionCode: 'a', credentials: [{ guid: 'b', value: SECRET, more: SECRET }] },
      [invalid('.credentials[0]', 'Field "more" is not defined by type "CredentialInput".')],
    ],
    [
      { institutionCode: 'a', credentials: [{ guid: 'b', value: 'c', [`${SECRET}!`]: 1 }] },
      [invalid('.credentials[0]', OTHER)],
    ],
    [
      { institutionCode: 'a', credentials: [{ guid: [`" at "${SECRET}"; Expected`], value: SECRET }] },
      ['Variable "$v" got an invalid value: the value has the wrong type.'],
    ],
    [{ institutionCode: 'a', oauth: { referralSource: SECRET } }, [invalid('.oauth.referralSource', OTHER)]],
    [
      { institutionCode: 'a', oauth: { clientRedirectUrl: SECRET } },
      [invalid('.oauth.clientRedirectUrl', OTHER)],
    ],
  ])('%j names the variable, the place where it is sure of it, and never the value', (v, said) => {
    const messages = messagesOf(VARIABLE, { v }).map(redactMessage);
    expect(messages).toEqual(said);
    for (const message of messages) expect(message).not.toContain(SECRET);
  });
});

describe('whatever slip of the finger is in a document', () => {
  const document = value(`"${SECRET}"`);
  const marks = [...'"{}()[]:$@!\'\\&|=#.,1a-', '"""', '\n', '\u0007'];
  const slips = [...document].flatMap((_, at) => {
    const [head, tail] = [document.slice(0, at), document.slice(at)];
    return [head + tail.slice(1), head, ...marks.map((mark) => head + mark + tail)];
  });

  it('no message about it has the value in it', () => {
    const said = slips.flatMap((slip) =>
      // A slip inside of the value itself leaves a part of it that nobody could know for a part.
      messagesOf(slip).map((message) => ({ slip, message: redactMessage(message) })),
    );
    expect(said.length).toBeGreaterThan(1_000);
    expect(said.filter(({ message }) => /hunt|nter2/.test(message))).toEqual([]);
  });
});
