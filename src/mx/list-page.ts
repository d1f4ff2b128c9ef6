import { MxError } from './errors.js';
import { isJson } from './parse.js';
import { MAX_ATTEMPTS } from './retry.js';
import type { Attempts, MxRequest, MxTransport } from './transport.js';
import type { Json } from './parse.js';

/** Minimum size of a full page: MX's pages have at least 10 rows. */
export const MIN_PAGE_SIZE = 10;
/** MX's default page size, which it silently uses instead of a size that it does not accept. */
export const DEFAULT_PAGE_SIZE = 25;

/** One page of a list, with what MX says about the whole list. */
export interface ListPage {
  readonly rows: readonly unknown[];
  /** Number of rows on all pages; null if MX does not say. */
  readonly total: number | null;
  /** Number of pages; null if MX does not say. */
  readonly totalPages: number | null;
  /** As `total`, also from a string. It may be wrong, so it only says whether to read on. */
  readonly claimedTotal: number | null;
}

function parseCount(value: unknown): number | null {
  return typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
}

/** A number that MX has sent as a string of digits. */
function parseDigits(value: unknown): number | null {
  return typeof value === 'string' && /^\d{1,9}$/.test(value) ? Number(value) : null;
}

/** Parses a page. Throws `malformed` if the body has no list under the key. */
export function parseListPage(body: Json | null, key: string, endpoint: string): ListPage {
  const rows = body?.[key];
  if (!Array.isArray(rows)) throw new MxError('malformed', { endpoint });
  const pagination = isJson(body?.['pagination']) ? body['pagination'] : {};
  const { total_entries: entries, total_pages: pages } = pagination;
  return {
    rows,
    total: parseCount(entries),
    totalPages: parseCount(pages) ?? parseDigits(pages),
    claimedTotal: parseCount(entries) ?? parseDigits(entries),
  };
}

/** Sends a request to MX. */
export type Send = (request: MxRequest, attempts?: Attempts) => ReturnType<MxTransport['send']>;

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

/**
 * Parses the rows of a list. Throws `malformed` if MX says that there are rows and none of them can be read: such an
 * answer says nothing, and must not be taken for an empty list.
 */
export function parseListRows<T>(
  page: ListPage,
  parse: (rows: readonly unknown[]) => T[],
  endpoint: string,
): T[] {
  const parsed = parse(page.rows);
  const isExpected = page.rows.length > 0 || (page.total ?? 0) > 0;
  if (parsed.length === 0 && isExpected) throw new MxError('malformed', { endpoint });
  return parsed;
}
