import { GraphQLError, Source } from 'graphql';
import { describe, expect, it } from 'vitest';

import { ApiError, ERROR_TABLE } from '../../../src/errors/api-error.js';
import { formatError, toApiError } from '../../../src/errors/format-error.js';
import type { ErrorCode } from '../../../src/errors/api-error.js';
import { isMxError, kindOfStatus, MxError } from '../../../src/mx/errors.js';
import type { MxErrorKind } from '../../../src/mx/errors.js';

/** The error code of each kind of failed MX call. The type makes the compiler check that no kind is missing. */
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
  too_long: 'UPSTREAM_REJECTED',
  overloaded: 'OVERLOADED',
};
const KINDS = Object.entries(CODE_OF_KIND) as [MxErrorKind, ErrorCode][];

/** An error as graphql-js passes it on: thrown in a field, with its path. */
const inField = (originalError: Error) =>
  new GraphQLError(originalError.message, { path: ['viewer', 'members', 3], originalError });

const format = (thrown: unknown) =>
  formatError(
    { message: 'as graphql-js has it', path: ['a', 1], locations: [{ line: 1, column: 2 }] },
    thrown,
  );

describe('an MX error', () => {
  it.each(KINDS)('of kind %s is reported as %s', (kind, code) => {
    const error = new MxError(kind, { endpoint: 'GET /users/:user/members', status: 599 });
    const formatted = format(inField(error));
    expect(formatted.extensions).toEqual({ code, retryable: ERROR_TABLE[code].retryable });
    expect(format(error)).toEqual(formatted);
  });

  it.each(KINDS)('of kind %s does not leak internals', (kind) => {
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

  it('keeps its cause and becomes the cause of the ApiError, for the log', () => {
    const cause = new Error('inside');
    const error = new MxError('network', { endpoint: 'GET /x', cause });
    expect(error.cause).toBe(cause);
    expect(toApiError(error)).toBeInstanceOf(ApiError);
    expect((toApiError(error) as ApiError).cause).toBe(error);
  });

  it('is recognized by isMxError, optionally by its kind', () => {
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
  ])('maps HTTP %i to %s', (status, kind) => {
    expect(kindOfStatus(status)).toBe(kind);
  });
});

describe('formatError', () => {
  it.each(Object.keys(ERROR_TABLE) as ErrorCode[])(
    'returns the message, code %s, path and locations of an ApiError',
    (code) => {
      const formatted = format(inField(new ApiError(code, 'What happened.', new Error('inside'))));
      expect(formatted).toEqual({
        message: 'What happened.',
        path: ['a', 1],
        locations: [{ line: 1, column: 2 }],
        extensions: { code, retryable: ERROR_TABLE[code].retryable },
      });
    },
  );

  it('uses the message of ERROR_TABLE by default', () => {
    expect(format(new ApiError('NOT_FOUND')).message).toBe(ERROR_TABLE.NOT_FOUND.message);
  });

  it.each([
    ['a TypeError', new TypeError("Cannot read properties of undefined (reading 'secret')")],
    ['an Error', new Error('password=hunter2')],
    ['a string', 'a thrown text: hunter2'],
    ['an object', { message: 'hunter2' }],
    ['null', null],
    ['undefined', undefined],
    ['a number', 5],
  ])('reports %s that was thrown unexpectedly as an internal error, without its message', (_, thrown) => {
    const formatted = format(thrown instanceof Error ? inField(thrown) : thrown);
    expect(formatted.message).toBe(ERROR_TABLE.INTERNAL_SERVER_ERROR.message);
    expect(formatted.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR', retryable: false });
  });

  it('omits path and locations when the error has none', () => {
    expect(formatError({ message: '' }, new ApiError('BAD_REQUEST'))).toEqual({
      message: ERROR_TABLE.BAD_REQUEST.message,
      extensions: { code: 'BAD_REQUEST', retryable: false },
    });
  });

  it('passes on a syntax error of graphql-js with its code', () => {
    const error = new GraphQLError('Syntax Error: Expected Name.', { source: new Source('{') });
    const formatted = { message: error.message, extensions: { code: 'GRAPHQL_PARSE_FAILED' } };
    expect(formatError(formatted, error)).toEqual({
      message: 'Syntax Error: Expected Name.',
      extensions: { code: 'GRAPHQL_PARSE_FAILED', retryable: false },
    });
  });

  it.each([
    [
      'a field',
      'Cannot query field "viewr" on type "Query". Did you mean "viewer"?',
      'Cannot query field "viewr" on type "Query".',
    ],
    ['several types', 'Unknown type "Usr". Did you mean "User", "A", or "B"?', 'Unknown type "Usr".'],
    [
      'an enum value',
      'Value "X" does not exist in "Y" enum. Did you mean the enum value "Z"?',
      'The value does not exist in "Y" enum.',
    ],
    ['nothing', 'Did you know?', 'Did you know?'],
  ])('removes the suggestion from a message that suggests %s', (_, message, expected) => {
    expect(format(new GraphQLError(message)).message).toBe(expected);
  });
});

describe('ERROR_TABLE', () => {
  it('has a different sentence for every code', () => {
    const rows = Object.values(ERROR_TABLE);
    expect(new Set(rows.map(({ message }) => message)).size).toBe(rows.length);
    for (const { message } of rows) expect(message).toMatch(/^[A-Z].*\.$/);
  });
});
