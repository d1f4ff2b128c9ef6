import { GraphQLError, parse, validate } from 'graphql';
import { getVariableValues } from 'graphql/execution/values.js';
import { Kind } from 'graphql/language/kinds.js';
import { describe, expect, it } from 'vitest';

import { createSchema } from '../../../src/graphql/schema.js';
import { redactMessage } from '../../../src/errors/redact-message.js';

const SECRET = 'hunter2';
const schema = createSchema();

/** The original messages of graphql-js about a document and its variables. */
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
  create(`{ institutionCode: "mxbank", access: { credentials: [{ guid: "CRD-1", value: ${text} }] } }`);
const VARIABLE = 'mutation ($v: CreateMemberInput!) { createMember(input: $v) { userErrors { code } } }';

const row = (name: string, source: string, ...messages: string[]) => [name, source, messages] as const;

describe('redactMessage for a document', () => {
  it.each([
    row('an enum value instead of a string', value(SECRET), 'String cannot represent the value.'),
    row('a list instead of a string', value(`["${SECRET}"]`), 'String cannot represent the value.'),
    row('an object instead of a string', value(`{ a: "${SECRET}" }`), 'String cannot represent the value.'),
    row(
      'a string instead of an input object',
      create(`"${SECRET}"`),
      'Expected value of type "CreateMemberInput!"; the value has the wrong type.',
    ),
    row(
      'an enum value instead of an input object',
      create(SECRET),
      'Expected value of type "CreateMemberInput!"; the value has the wrong type.',
    ),
    row(
      'an unknown enum value',
      create(`{ institutionCode: "a", access: { oauth: { referralSource: ${SECRET} } } }`),
      'The value does not exist in "OauthReferralSource" enum.',
    ),
    row(
      'a string instead of an enum value',
      create(`{ institutionCode: "a", access: { oauth: { referralSource: "${SECRET}" } } }`),
      'Enum "OauthReferralSource" cannot represent the value.',
    ),
    row(
      'a string instead of a boolean',
      create(`{ institutionCode: "a", access: { oauth: { enableApp2app: "${SECRET}" } } }`),
      'Boolean cannot represent the value.',
    ),
    row(
      'an invalid URL',
      create(`{ institutionCode: "a", access: { oauth: { clientRedirectUrl: "${SECRET}" } } }`),
      'Expected an absolute URL.',
    ),
    row('an unterminated string', value(`"${SECRET}`), 'Syntax Error: Unterminated string.'),
    row('an unterminated block string', value(`"""${SECRET}`), 'Syntax Error: Unterminated string.'),
    row(
      'an invalid escape sequence',
      value(`"\\q${SECRET}"`),
      'Syntax Error: Invalid character escape sequence.',
    ),
    row(
      'an invalid Unicode escape sequence',
      value(`"\\u{${SECRET}}"`),
      'Syntax Error: Invalid Unicode escape sequence.',
    ),
    row(
      'two strings in a row',
      value(`"${SECRET}" "${SECRET}"`),
      'Syntax Error: Expected Name, found String.',
    ),
    row('a string instead of a document', `"${SECRET}"`, 'Syntax Error: Unexpected <EOF>.'),
    row('a name after the last operation', `{ a } ${SECRET}`, 'Syntax Error: Unexpected Name.'),
    row('an unknown field', 'query { viewers { guid } }', 'Cannot query field "viewers" on type "Query".'),
  ])('returns a message without the value for %s', (_, source, expected) => {
    expect(messagesOf(source).map(redactMessage)).toEqual(expected);
  });

  it('does not change a message without values', () => {
    expect(messagesOf('query ($a: String) { viewer { guid } }').map(redactMessage)).toEqual([
      'Variable "$a" is never used.',
    ]);
    expect(redactMessage('')).toBe('');
  });
});

describe('redactMessage for a variable', () => {
  const invalid = (path: string, why: string) => `Variable "$v" got an invalid value at "v${path}": ${why}`;
  const OTHER = 'the value has the wrong type.';

  it.each<readonly [string, unknown, readonly string[]]>([
    [
      'a string instead of an object',
      SECRET,
      ['Variable "$v" got an invalid value: Expected type "CreateMemberInput" to be an object.'],
    ],
    [
      'null instead of an object',
      null,
      ['Variable "$v" of non-null type "CreateMemberInput!" must not be null.'],
    ],
    [
      'a list instead of a string',
      { institutionCode: [SECRET], access: { oauth: {} } },
      [invalid('.institutionCode', OTHER)],
    ],
    [
      'a string instead of a list of objects',
      { institutionCode: 'a', access: { credentials: SECRET } },
      [invalid('.access.credentials', 'Expected type "CredentialInput" to be an object.')],
    ],
    [
      'an object instead of a string',
      { institutionCode: 'a', access: { credentials: [{ guid: 'b', value: { c: SECRET } }] } },
      [invalid('.access.credentials[0].value', OTHER)],
    ],
    [
      'a missing required field',
      { institutionCode: 'a', access: { credentials: [{ value: SECRET }] } },
      [invalid('.access.credentials[0]', 'Field "guid" of required type "String!" was not provided.')],
    ],
    [
      'null in a required field',
      { institutionCode: 'a', access: { credentials: [{ guid: null, value: SECRET }] } },
      [invalid('.access.credentials[0].guid', 'Expected non-nullable type "String!" not to be null.')],
    ],
    [
      'two fields of which one is allowed',
      { institutionCode: 'a', access: { credentials: [{ guid: 'b', value: SECRET }], oauth: {} } },
      [invalid('.access', 'Exactly one key must be specified for OneOf type "MemberAccess".')],
    ],
    [
      'null in the one field that is allowed',
      { institutionCode: 'a', access: { credentials: null } },
      [invalid('.access.credentials', 'Field "credentials" must be non-null.')],
    ],
    [
      'an unknown field',
      { institutionCode: 'a', access: { credentials: [{ guid: 'b', value: SECRET, more: SECRET }] } },
      [invalid('.access.credentials[0]', 'Field "more" is not defined by type "CredentialInput".')],
    ],
    [
      'an unknown field that is named by the secret',
      { institutionCode: 'a', access: { credentials: [{ guid: 'b', value: 'c', [`${SECRET}!`]: 1 }] } },
      [invalid('.access.credentials[0]', OTHER)],
    ],
    [
      'a value that imitates the message',
      {
        institutionCode: 'a',
        access: { credentials: [{ guid: [`" at "${SECRET}"; Expected`], value: SECRET }] },
      },
      ['Variable "$v" got an invalid value: the value has the wrong type.'],
    ],
    [
      'an unknown enum value',
      { institutionCode: 'a', access: { oauth: { referralSource: SECRET } } },
      [invalid('.access.oauth.referralSource', OTHER)],
    ],
    [
      'an invalid URL',
      { institutionCode: 'a', access: { oauth: { clientRedirectUrl: SECRET } } },
      [invalid('.access.oauth.clientRedirectUrl', OTHER)],
    ],
  ])('names the variable and the path, but never the value, for %s', (_, v, expected) => {
    const messages = messagesOf(VARIABLE, { v }).map(redactMessage);
    expect(messages).toEqual(expected);
    for (const message of messages) expect(message).not.toContain(SECRET);
  });
});

describe('redactMessage for a document with a typo', () => {
  const document = value(`"${SECRET}"`);
  const marks = [...'"{}()[]:$@!\'\\&|=#.,1a-', '"""', '\n', '\u0007'];
  const typos = [...document].flatMap((_, at) => {
    const [head, tail] = [document.slice(0, at), document.slice(at)];
    return [head + tail.slice(1), head, ...marks.map((mark) => head + mark + tail)];
  });

  it('never returns the value, wherever the typo is', () => {
    const messages = typos.flatMap((typo) =>
      // A typo inside the value splits it: the two parts cannot be recognized, so only longer ones are looked for.
      messagesOf(typo).map((message) => ({ typo, message: redactMessage(message) })),
    );
    expect(messages.length).toBeGreaterThan(1_000);
    expect(messages.filter(({ message }) => /hunt|nter2/.test(message))).toEqual([]);
  });
});
