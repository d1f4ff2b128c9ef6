import { randomUUID } from 'node:crypto';

/** Header that identifies a request for clients, proxies and the log. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** Ids that are safe in log lines and headers. */
const SAFE_ID = /^[\w.-]{1,64}$/;

/** The id of the request's header if it is safe, else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && SAFE_ID.test(header) ? header : randomUUID();
}
