import { GraphQLError, Source } from 'graphql';
import { describe, expect, it } from 'vitest';

import { ApiError, ERROR_TABLE } from '../../../src/errors/api-error.js';
import { formatError, toApiError } from '../../../src/errors/format-error.js';
import type { ErrorCode } from '../../../src/errors/api-error.js';
import { isMxError, kindOfStatus, MxError } from '../../../src/mx/errors.js';
import type { MxErrorKind } from '../../../src/mx/errors.js';

/** Which code a client is told for each way in which a call to MX can fail; the compiler holds it against the kinds. */
const CODE_OF_KIND: Readonly<Record<MxErrorKind, ErrorCode>> = {
  unauthorized: 'UPSTREAM_MISCONFIGURED',
  forbidden: 'UPSTREAM_MISCONFIGURED',
  version: 'UPSTREAM_MISCONFIGURED',
  not_found: 'NOT_FOUND',
  conflict: 'UPSTREAM_REJECTED',
  constraint: 'UPSTREAM_REJECTED',
  invalid: 'UPSTREAM_REJECTED',
  throttled: 'UPSTREAM_THROTTLED',
  unavailable: 'UPSTREAM_UNAVAILABLE',
  network: 'UPSTREAM_UNAVAILABLE',
  circuit_open: 'UPSTREAM_UNAVAILABLE',
  timeout: 'UPSTREAM_TIMEOUT',
  malformed: 'UPSTREAM_MALFORMED',
  overloaded: 'OVERLOADED',
};
const KINDS = Object.entries(CODE_OF_KIND) as [MxErrorKind, ErrorCode][];

/** An error as GraphQL hands it over: it arose in a field, at a place in a document. */
const inField = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['viewer', 'members', 3], originalError });

const format = (thrown: unknown) =>
  formatError(
    { message: 'as graphql-js has it', path: ['a', 1], locations: [{ line: 1, column: 2 }] },
    thrown,
  );

describe('a failed call to MX', () => {
  it.each(KINDS)('of the kind %s is told as %s', (kind, code) => {
    const error = new MxError(kind, { endpoint: 'GET /users/:user/members', status: 599 });
    const told = format(inField(error));
    expect(told.extensions).toEqual({ code, retryable: ERROR_TABLE[code].retryable });
    expect(format(error)).toEqual(told);
  });

  it.each(KINDS)('of the kind %s tells nothing of the inside', (kind) => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.1:443 Basic c2VjcmV0');
    const error = new MxError(kind, {
      endpoint: 'GET /users/:user/members',
      status: 599,
      type: 'inner_type',
      existingGuid: 'MBR-1',
      cause,
    });
    const text = JSON.stringify(format(inField(error)));
    expect(text).not.toMatch(
      /10\.0\.0\.1|ECONNREFUSED|c2VjcmV0|\/users|599|inner_type|MBR-1|stack|cause|MxError/,
    );
  });

  it('keeps its cause for the log', () => {
    const cause = new Error('inside');
    const error = new MxError('network', { endpoint: 'GET /x', cause });
    expect(error.cause).toBe(cause);
    expect(toApiError(error)).toBeInstanceOf(ApiError);
    expect((toApiError(error) as ApiError).cause).toBe(error);
  });

  it('can be told by its kind', () => {
    const error = new MxError('timeout', { endpoint: 'GET /x' });
    expect(isMxError(error)).toBe(true);
    expect(isMxError(error, 'timeout', 'network')).toBe(true);
    expect(isMxError(error, 'network')).toBe(false);
    expect(isMxError(new Error('timeout'))).toBe(false);
    expect(isMxError({ kind: 'timeout' }, 'timeout')).toBe(false);
  });
});

describe('kindOfStatus', () => {
  it.each<[number, MxErrorKind]>([
    [301, 'malformed'],
    [400, 'invalid'],
    [401, 'unauthorized'],
    [402, 'invalid'],
    [403, 'forbidden'],
    [404, 'not_found'],
    [405, 'constraint'],
    [406, 'version'],
    [409, 'conflict'],
    [418, 'invalid'],
    [422, 'invalid'],
    [429, 'throttled'],
    [500, 'unavailable'],
    [502, 'unavailable'],
    [503, 'unavailable'],
    [504, 'unavailable'],
    [599, 'unavailable'],
  ])('reads %i as %s', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });
});

describe('formatError', () => {
  it.each(Object.keys(ERROR_TABLE) as ErrorCode[])(
    'tells an error of our own with its code %s, and where it arose',
    (code) => {
      const told = format(inField(new ApiError(code, 'What happened.', new Error('inside'))));
      expect(told).toEqual({
        message: 'What happened.',
        path: ['a', 1],
        locations: [{ line: 1, column: 2 }],
        extensions: { code, retryable: ERROR_TABLE[code].retryable },
      });
    },
  );

  it('says the sentence of the table where none is given', () => {
    expect(format(new ApiError('NOT_FOUND')).message).toBe(ERROR_TABLE.NOT_FOUND.message);
  });

  it.each([
    new TypeError("Cannot read properties of undefined (reading 'secret')"),
    new Error('password=hunter2'),
    'a thrown text: hunter2',
    { message: 'hunter2' },
    null,
    undefined,
    5,
  ])('tells nothing of what nobody expected (%j)', (thrown) => {
    const told = format(thrown instanceof Error ? inField(thrown) : thrown);
    expect(told.message).toBe(ERROR_TABLE.INTERNAL_SERVER_ERROR.message);
    expect(told.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', retryable: false });
  });

  it('leaves out where an error arose when it arose nowhere', () => {
    expect(formatError({ message: '' }, new ApiError('BAD_REQUEST'))).toEqual({
      message: ERROR_TABLE.BAD_REQUEST.message,
      extensions: { code: 'BAD_REQUEST', retryable: false },
    });
  });

  it('passes on what GraphQL says of the document, with the code that is known of it', () => {
    const error = new GraphQLError('Syntax Error: Expected Name.', { source: new Source('{') });
    const formatted = { message: error.message, extensions: { code: 'GRAPHQL_PARSE_FAILED' } };
    expect(formatError(formatted, error)).toEqual({
      message: 'Syntax Error: Expected Name.',
      extensions: { code: 'GRAPHQL_PARSE_FAILED', retryable: false },
    });
  });

  it.each([
    [
      'Cannot query field "viewr" on type "Query". Did you mean "viewer"?',
      'Cannot query field "viewr" on type "Query".',
    ],
    ['Unknown type "Usr". Did you mean "User", "A", or "B"?', 'Unknown type "Usr".'],
    [
      'Value "X" does not exist in "Y" enum. Did you mean the enum value "Z"?',
      'The value does not exist in "Y" enum.',
    ],
    ['Did you know?', 'Did you know?'],
  ])('offers no names of the schema: %s', (message, told) => {
    expect(format(new GraphQLError(message)).message).toBe(told);
  });
});

describe('the table of errors', () => {
  it('says something of every code, and no two of them the same', () => {
    const rows = Object.values(ERROR_TABLE);
    expect(new Set(rows.map(({ message }) => message)).size).toBe(rows.length);
    for (const { message } of rows) expect(message).toMatch(/^[A-Z].*\.$/);
  });
});
