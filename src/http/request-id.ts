import { randomUUID } from 'node:crypto';

/** Header that identifies a request for clients, proxies and the log. */
export const REQUEST_ID_HEADER = 'x-request-id';

/** What goes into log lines and headers as it is. */
const FIT = /^[\w.-]{1,64}$/;

/** The id that the request came with, where that may be repeated; else a new one. */
export function requestIdOf(header: string | readonly string[] | undefined): string {
  return typeof header === 'string' && FIT.test(header) ? header : randomUUID();
}
