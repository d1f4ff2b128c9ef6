import { MxError } from './errors.js';
import { foreignOwner } from './member-list.js';
import { parseListPage, parseListRows } from './list-page.js';
import { isJson, parseCredentials, parseMember, uniqueByGuid } from './parse.js';
import type { Json } from './parse.js';
import { parseInstitution } from './parse-institution.js';
import type { MxCredentialList, MxInstitution, MxMember } from './types.js';

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

/** Parses an institution. Throws `malformed` if it cannot be read. */
export function toInstitution(body: Json | null, endpoint: string): MxInstitution {
  const row = unwrap(body, 'institution', endpoint);
  const institution = isJson(row) ? parseInstitution(row) : null;
  if (!institution) throw new MxError('malformed', { endpoint });
  return institution;
}

/** Parses the credential fields of an institution. Throws `malformed` if some cannot be read. */
export function toCredentialList(body: Json | null, endpoint: string): MxCredentialList {
  const page = parseListPage(body, 'credentials', endpoint);
  const fields = parseListRows(page, parseCredentials, endpoint);
  // A form without one of its fields could not be submitted.
  const expected = Math.max(page.rows.length, page.claimedTotal ?? 0);
  if (fields.length < expected) throw new MxError('malformed', { endpoint });
  return { fields: uniqueByGuid(fields), total: page.total };
}
