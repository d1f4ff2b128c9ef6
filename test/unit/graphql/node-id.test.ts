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

const REFS: readonly NodeRef[] = [
  { type: 'User', userGuid: USER },
  { type: 'Member', userGuid: USER, memberGuid: MEMBER },
  { type: 'Institution', code: 'mxbank' },
  { type: 'Institution', code: 'a.b-c_d.1' },
];

const base64url = (text: string) => Buffer.from(text).toString('base64url');

/** The error that a call throws. */
function thrownBy(call: () => unknown): ApiError {
  try {
    call();
  } catch (error) {
    if (error instanceof ApiError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}

describe('an id', () => {
  it.each(REFS)('of %o can be read again', (ref) => {
    expect(decodeNodeId(encodeNodeId(ref))).toEqual(ref);
  });

  it('is opaque, safe in an address, and another for every object', () => {
    const ids = REFS.map(encodeNodeId);
    expect(new Set(ids).size).toBe(REFS.length);
    for (const id of ids) {
      expect(id).toMatch(/^[\w-]+$/);
      expect(id).not.toContain('USR-');
    }
  });

  it.each([
    ['nothing', ''],
    ['blanks', '   '],
    ['no base64', '!!!'],
    ['text that is not encoded', `Member:${USER}:${MEMBER}`],
    ['a type alone', base64url('User')],
    ['a type without a guid', base64url('User:')],
    ['a type that is not there', base64url(`Account:${USER}`)],
    ['a type in another case', base64url(`user:${USER}`)],
    ['a name of an object’s own', base64url('__proto__:x')],
    ['a user named as a member', base64url(`User:${MEMBER}`)],
    ['a user with something behind it', base64url(`User:${USER}:${MEMBER}`)],
    ['a member without its user', base64url(`Member:${MEMBER}`)],
    ['a member the wrong way round', base64url(`Member:${MEMBER}:${USER}`)],
    ['a member with something behind it', base64url(`Member:${USER}:${MEMBER}:x`)],
    ['a member whose guid leads elsewhere', base64url(`Member:${USER}:MBR-1/../x`)],
    ['an institution with a path for its code', base64url('Institution:../users')],
    ['an institution without a code', base64url('Institution:')],
    ['padding', `${Buffer.from(`User:${USER}`).toString('base64')}=`],
    ['a line break', `${encodeNodeId({ type: 'User', userGuid: USER })}\n`],
    ['a blank in front', ` ${encodeNodeId({ type: 'User', userGuid: USER })}`],
    ['a null character', base64url(`User:${USER}\u0000`)],
    ['bytes that are no text', Buffer.from([0xff, 0xfe, 0x00]).toString('base64url')],
    ['a page of text', 'x'.repeat(100_000)],
  ])('is refused that is made of %s', (_, id) => {
    const error = thrownBy(() => decodeNodeId(id));
    expect(error.extensions['code']).toBe('BAD_USER_INPUT');
    expect(error.message.length).toBeLessThan(150);
  });

  it('has one form only: another spelling of the same bytes is refused', () => {
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

describe('what MX’s names look like', () => {
  it.each([USER, 'USR-1', `USR-${'a'.repeat(60)}`])('a user may be called %s', (guid) => {
    expect(() => assertUserGuid(guid)).not.toThrow();
  });

  it.each([MEMBER, 'MBR-1'])('a member may be called %s', (guid) => {
    expect(() => assertMemberGuid(guid)).not.toThrow();
  });

  it.each(['mxbank', 'mx_bank.oauth-2', 'x'.repeat(100)])('an institution may be called %s', (code) => {
    expect(() => assertInstitutionCode(code)).not.toThrow();
  });

  it.each(['', 'USR-', 'usr-1', MEMBER, 'USR-1 ', 'USR-1\n', 'USR-../x', 'USR-ü', `USR-${'a'.repeat(61)}`])(
    'a user is not called %j',
    (guid) => {
      expect(() => assertUserGuid(guid)).toThrow(ApiError);
    },
  );

  it.each(['', 'MBR-', USER, 'MBR-1/status', 'MBR-%2e', `MBR-${'a'.repeat(61)}`])(
    'a member is not called %j',
    (guid) => {
      expect(() => assertMemberGuid(guid)).toThrow(ApiError);
    },
  );

  it.each(['', 'a b', 'a/b', 'ü', 'x'.repeat(101)])('an institution is not called %j', (code) => {
    expect(() => assertInstitutionCode(code)).toThrow(ApiError);
  });

  it('a name that is refused is said back, but never a page of it', () => {
    const { message } = thrownBy(() => assertMemberGuid('y'.repeat(10_000)));
    expect(message).toContain(`"${'y'.repeat(60)}…"`);
    expect(message.length).toBeLessThan(150);
  });
});
