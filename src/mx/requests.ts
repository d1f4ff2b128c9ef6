import type { MxRequest } from './transport.js';
import type { MxOauthOptions } from './types.js';

/** Encodes a part of a path. */
export const encode = encodeURIComponent;

/** Creates a GET request. `template` names the endpoint in logs and metrics; `path` contains the actual values. */
export function get(template: string, path: string): MxRequest {
  return { method: 'GET', endpoint: `GET ${template}`, path };
}

/** Creates a request that writes. See `get`. */
export function write(
  method: 'POST' | 'PUT' | 'DELETE',
  template: string,
  rest: Pick<MxRequest, 'path' | 'body' | 'limitScope'>,
): MxRequest {
  return { method, endpoint: `${method} ${template}`, ...rest };
}

/** The path of a member. */
export const memberPath = (userGuid: string, memberGuid: string) =>
  `/users/${encode(userGuid)}/members/${encode(memberGuid)}`;

/** Omits fields without a value: MX would store null. */
export function omitNulls(
  fields: Readonly<Record<string, string | boolean | null>>,
): [string, string | boolean][] {
  return Object.entries(fields).flatMap(([name, value]) => (value === null ? [] : [[name, value]]));
}

/** The options as a query string with `?`; empty if none has a value. */
export function toQueryString(options: MxOauthOptions): string {
  const pairs = omitNulls({ ...options }).map(([name, value]): [string, string] => [name, String(value)]);
  return pairs.length === 0 ? '' : `?${new URLSearchParams(pairs).toString()}`;
}
