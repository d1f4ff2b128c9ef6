import { MxError } from './errors.js';
import { foreignOwner } from './member-list.js';
import { isJson, parseMember } from './parse.js';
import type { Json } from './parse.js';
import type { MxMember } from './types.js';

/** Returns the property that wraps the result of an endpoint. Throws `malformed` if the body has none. */
export function unwrap(body: Json | null, key: string, endpoint: string): unknown {
  if (body && key in body) return body[key];
  throw new MxError('malformed', { endpoint });
}

/** A user, and one of its members if the request was about one. */
export interface Subject {
  readonly userGuid: string;
  readonly memberGuid?: string;
}

/** Parses the member that MX answered a write with. Throws `malformed` for any other member than the requested one. */
export function toMember(body: Json | null, endpoint: string, { userGuid, memberGuid }: Subject): MxMember {
  const row = unwrap(body, 'member', endpoint);
  const member = isJson(row) ? parseMember(row) : null;
  if (!member || !isJson(row)) throw new MxError('malformed', { endpoint });
  const isOther = memberGuid !== undefined && member.guid !== memberGuid;
  if (isOther || foreignOwner(row, userGuid) !== null) throw new MxError('malformed', { endpoint });
  return member;
}
