import { ApiError } from '../errors/api-error.js';
import type { UserRef } from './loaders.js';
import type { MxAccount, MxInstitution } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';

/** What an `id` names: a type of the graph and what is needed to read the object again. */
export type NodeRef =
  | { readonly type: 'User'; readonly userGuid: string }
  | { readonly type: 'Member'; readonly userGuid: string; readonly memberGuid: string }
  | { readonly type: 'Account'; readonly userGuid: string; readonly accountGuid: string }
  | { readonly type: 'Institution'; readonly code: string };

/** Parent object of a `Node`: one of the types that implement it. */
export type NodeObject = UserRef | ObservedMember | MxAccount | MxInstitution;

const USER_GUID = /^USR-[\w-]{1,60}$/;
const MEMBER_GUID = /^MBR-[\w-]{1,60}$/;
const ACCOUNT_GUID = /^ACT-[\w-]{1,60}$/;
const INSTITUTION_CODE = /^[\w.-]{1,100}$/;

/** Excerpt of an invalid value for error messages. */
function quote(value: string): string {
  return JSON.stringify(value.length > 60 ? `${value.slice(0, 60)}…` : value);
}

function assertForm(form: RegExp, value: string, wanted: string): void {
  if (!form.test(value)) throw new ApiError('BAD_USER_INPUT', `Expected ${wanted}; got ${quote(value)}.`);
}

/** Throws BAD_USER_INPUT unless the value has the form of a user's guid. */
export function assertUserGuid(value: string): void {
  assertForm(USER_GUID, value, 'the guid of an MX user, such as "USR-…"');
}

/** Throws BAD_USER_INPUT unless the value has the form of a member's guid. */
export function assertMemberGuid(value: string): void {
  assertForm(MEMBER_GUID, value, 'the guid of an MX member, such as "MBR-…"');
}

/** Throws BAD_USER_INPUT unless the value has the form of an institution's code. */
export function assertInstitutionCode(value: string): void {
  assertForm(INSTITUTION_CODE, value, 'the code of an institution, such as "mxbank"');
}

/** The opaque `id` of an object. */
export function encodeNodeId(ref: NodeRef): string {
  switch (ref.type) {
    case 'User':
      return encode(`User:${ref.userGuid}`);
    case 'Member':
      return encode(`Member:${ref.userGuid}:${ref.memberGuid}`);
    case 'Account':
      return encode(`Account:${ref.userGuid}:${ref.accountGuid}`);
    case 'Institution':
      return encode(`Institution:${ref.code}`);
  }
}

/** The opaque `id` of an object that clients cache by it, but that cannot be fetched by it. `guid` is MX's. */
export function encodePartId(type: 'Challenge' | 'CredentialField', guid: string): string {
  return encode(`${type}:${guid}`);
}

function encode(text: string): string {
  return Buffer.from(text).toString('base64url');
}

function parse(text: string): NodeRef | null {
  const [type, first = '', second = '', ...rest] = text.split(':');
  if (rest.length > 0) return null;
  if (type === 'Member' && USER_GUID.test(first) && MEMBER_GUID.test(second)) {
    return { type, userGuid: first, memberGuid: second };
  }
  if (type === 'Account' && USER_GUID.test(first) && ACCOUNT_GUID.test(second)) {
    return { type, userGuid: first, accountGuid: second };
  }
  if (second !== '') return null;
  if (type === 'User' && USER_GUID.test(first)) return { type, userGuid: first };
  if (type === 'Institution' && INSTITUTION_CODE.test(first)) return { type, code: first };
  return null;
}

/** Decodes an `id`. Throws BAD_USER_INPUT if this API did not create it. */
export function decodeNodeId(id: string): NodeRef {
  const ref = parse(Buffer.from(id, 'base64url').toString());
  if (ref && encodeNodeId(ref) === id) return ref;
  throw new ApiError(
    'BAD_USER_INPUT',
    `Expected the "id" of a User, Member, Account or Institution; got ${quote(id)}.`,
  );
}
