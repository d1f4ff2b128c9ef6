import { parseListPage } from './list-page.js';
import type { ListPage } from './list-page.js';
import type { MxHttpResponse } from './response.js';
import { MAX_ATTEMPTS } from './retry.js';
import type { Attempts, MxRequest } from './transport.js';

/** Sends a request to MX. `attempts` are those of the read that it belongs to, and default to those of a new one. */
export type Send = (request: MxRequest, attempts?: Attempts) => Promise<MxHttpResponse>;

/** Reads the pages of one list. Each has one attempt, and the retries are shared: a list is one read. */
export function createPageReader(
  send: Send,
  key: string,
  endpoint: string,
): (request: MxRequest) => Promise<ListPage> {
  const attempts = { left: MAX_ATTEMPTS - 1 };
  return async (request) => {
    attempts.left += 1;
    return parseListPage((await send(request, attempts)).body, key, endpoint);
  };
}
