import { describe, expect, it } from 'vitest';

import { ApiError } from '../../../src/errors/api-error.js';
import {
  assertInstitutionCode,
  assertMemberGuid,
  assertUserGuid,
  decodeNodeId,
  encodeNodeId,
} from '../../../src/graphql/node-id.js';
import type { NodeRef } from '../../../src/graphql/node-id.js';

const USER = 'USR-4f2e41f1-195c-4137-a187-a560d175b706';
const MEMBER = 'MBR-4cc631cb-0193-4264-a49c-6d8a914ccc11';

const ROWS: readonly [name: string, ref: NodeRef][] = [
  ['a user', { type: 'User', userGuid: USER }],
  ['a member', { type: 'Member', userGuid: USER, memberGuid: MEMBER }],
  [
    'an account',
    { type: 'Account', userGuid: USER, accountGuid: 'ACT-25073243-6a78-486c-a55c-1c54302f4dde' },
  ],
  ['an institution', { type: 'Institution', code: 'mxbank' }],
  ['an institution with punctuation in its code', { type: 'Institution', code: 'a.b-c_d.1' }],
];
const REFS = ROWS.map(([, ref]) => ref);

const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** The ApiError that a call throws. */
function thrownBy(call: () => unknown): ApiError {
  try {
    call();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('a node id', () => {
  it.each(ROWS)('of %s decodes to the same object', (_, ref) => {
    expect(decodeNodeId(encodeNodeId(ref))).toEqual(ref);
  });

  it('is opaque, URL-safe and unique', () => {
    const ids = REFS.map(encodeNodeId);
    expect(new Set(ids).size).toBe(REFS.length);
    for (const id of ids) {
      expect(id).toMatch(/^[\w-]+$/);
      expect(id).not.toContain('USR-');
    }
  });

  it.each([
    ['empty', ''],
    ['blank', '   '],
    ['not base64', '!!!'],
    ['not encoded', `Member:${USER}:${MEMBER}`],
    ['a type alone', base64url('User')],
    ['a type without a guid', base64url('User:')],
    ['of an unknown type', base64url(`Account:${USER}`)],
    ['of a type in lower case', base64url(`user:${USER}`)],
    ['of the type __proto__', base64url('__proto__:x')],
    ['a user with a member guid', base64url(`User:${MEMBER}`)],
    ['a user with a trailing part', base64url(`User:${USER}:${MEMBER}`)],
    ['a member without its user', base64url(`Member:${MEMBER}`)],
    ['a member with its guids swapped', base64url(`Member:${MEMBER}:${USER}`)],
    ['a member with a trailing part', base64url(`Member:${USER}:${MEMBER}:x`)],
    ['a member whose guid contains a path', base64url(`Member:${USER}:MBR-1/../x`)],
    ['an institution whose code is a path', base64url('Institution:../users')],
    ['an institution without a code', base64url('Institution:')],
    ['padded base64', `${Buffer.from(`User:${USER}`).toString('base64')}=`],
    ['followed by a line break', `${encodeNodeId({ type: 'User', userGuid: USER })}\n`],
    ['preceded by a space', ` ${encodeNodeId({ type: 'User', userGuid: USER })}`],
    ['a user with a null character', base64url(`User:${USER}\u0000`)],
    ['not UTF-8', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
    ['100,000 characters long', 'x'.repeat(100_000)],
  ])('is rejected when it is %s', (_, id) => {
    const error = thrownBy(() => decodeNodeId(id));
    expect(error.extensions['code']).toBe('BAD_USER_INPUT');
    expect(error.message.length).toBeLessThan(150);
  });

  it('has one form only: any other spelling of the same bytes is rejected', () => {
    const id = encodeNodeId({ type: 'Institution', code: 'mx_bank' });
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
    const bytes = Buffer.from(id, 'base64url');
    const spellings = [...alphabet]
      .map((letter) => id.slice(0, -1) + letter)
      .filter((other) => other !== id && Buffer.from(other, 'base64url').equals(bytes));
    expect(spellings).toHaveLength(15);
    for (const other of spellings) expect(() => decodeNodeId(other)).toThrow(ApiError);
  });
});

describe('assertUserGuid', () => {
  it.each([
    ['a UUID', USER],
    ['one character', 'USR-1'],
    ['60 characters', `USR-${'a'.repeat(60)}`],
  ])('accepts a guid of %s', (_, guid) => {
    expect(() => assertUserGuid(guid)).not.toThrow();
  });

  it.each([
    ['empty', ''],
    ['a prefix alone', 'USR-'],
    ['in lower case', 'usr-1'],
    ['of a member', MEMBER],
    ['followed by a space', 'USR-1 '],
    ['followed by a line break', 'USR-1\n'],
    ['a path', 'USR-../x'],
    ['not ASCII', 'USR-ü'],
    ['61 characters long', `USR-${'a'.repeat(61)}`],
  ])('rejects a guid that is %s', (_, guid) => {
    expect(() => assertUserGuid(guid)).toThrow(ApiError);
  });
});

describe('assertMemberGuid', () => {
  it.each([
    ['a UUID', MEMBER],
    ['one character', 'MBR-1'],
  ])('accepts a guid of %s', (_, guid) => {
    expect(() => assertMemberGuid(guid)).not.toThrow();
  });

  it.each([
    ['empty', ''],
    ['a prefix alone', 'MBR-'],
    ['of a user', USER],
    ['a path', 'MBR-1/status'],
    ['percent-encoded', 'MBR-%2e'],
    ['61 characters long', `MBR-${'a'.repeat(61)}`],
  ])('rejects a guid that is %s', (_, guid) => {
    expect(() => assertMemberGuid(guid)).toThrow(ApiError);
  });

  it('repeats only the first characters of a long guid in its error message', () => {
    const { message } = thrownBy(() => assertMemberGuid('y'.repeat(10_000)));
    expect(message).toContain(`"${'y'.repeat(60)}…"`);
    expect(message.length).toBeLessThan(150);
  });
});

describe('assertInstitutionCode', () => {
  it.each([
    ['of letters', 'mxbank'],
    ['with punctuation', 'mx_bank.oauth-2'],
    ['of 100 characters', 'x'.repeat(100)],
  ])('accepts a code %s', (_, code) => {
    expect(() => assertInstitutionCode(code)).not.toThrow();
  });

  it.each([
    ['empty', ''],
    ['two words', 'a b'],
    ['a path', 'a/b'],
    ['not ASCII', 'ü'],
    ['101 characters long', 'x'.repeat(101)],
  ])('rejects a code that is %s', (_, code) => {
    expect(() => assertInstitutionCode(code)).toThrow(ApiError);
  });
});
