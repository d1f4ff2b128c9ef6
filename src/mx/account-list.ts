import { MxError } from './errors.js';
import { MIN_PAGE_SIZE } from './list-page.js';
import type { ListPage } from './list-page.js';
import { foreignOwner, mayHaveMore, rethrow } from './member-list.js';
import { isJson } from './parse.js';
import { parseAccount } from './parse-account.js';
import type { MxAccount } from './types.js';

/** Maximum number of accounts of a user. A longer list is an error. */
const MAX_ACCOUNTS = 2_000;
const MAX_PAGES = MAX_ACCOUNTS / MIN_PAGE_SIZE;
/** Time limit of reading all pages, in milliseconds. */
const DEADLINE_MS = 10_000;

/** What the pages of one list have said so far. */
interface Collected {
  readonly accounts: Map<string, MxAccount>;
  /** Guids of the rows that belong to other users, which nobody is shown. */
  readonly foreign: Set<string>;
}

const size = ({ accounts, foreign }: Collected) => accounts.size + foreign.size;

/**
 * Adds the rows of a page. Of an account that is listed twice, the last row counts. Returns how many rows add nothing,
 * although MX counts them: those that cannot be read, and repetitions on the same page.
 */
function addRows({ accounts, foreign }: Collected, rows: readonly unknown[], userGuid: string): number {
  const onPage = new Set<string>();
  for (const row of rows) {
    const account = parseAccount(row, userGuid);
    if (!account || !isJson(row)) continue;
    onPage.add(account.guid);
    if (foreignOwner(row, userGuid) === null) accounts.set(account.guid, account);
    else foreign.add(account.guid);
  }
  return rows.length - onPage.size;
}

/** Throws for a page that says nothing, and for a list that is too long. */
function assertUsable({ rows, total }: ListPage, collected: Collected, endpoint: string): void {
  if (Math.max(total ?? 0, size(collected)) > MAX_ACCOUNTS) throw new MxError('too_long', { endpoint });
  if (collected.accounts.size === 0 && (rows.length > 0 || (total ?? 0) > 0))
    throw new MxError('malformed', { endpoint });
}

/**
 * Reads all pages of a user's accounts. Rows that cannot be read are left out, and so are those of other users. Rejects
 * with `malformed` if MX sends fewer rows than it says there are, because accounts would be missing, or if none of the
 * rows is an account of the user; with `too_long` beyond 2,000; and as `readPage` does.
 */
export async function readAccountList(
  userGuid: string,
  endpoint: string,
  readPage: (page: number) => Promise<ListPage>,
): Promise<MxAccount[]> {
  const deadlineAt = performance.now() + DEADLINE_MS;
  const collected: Collected = { accounts: new Map(), foreign: new Set() };
  let spare = 0;
  for (let page = 1; ; page += 1) {
    const answer = await readPage(page).catch((error: unknown) => rethrow(error, page, endpoint));
    const before = size(collected);
    const spareOfPage = addRows(collected, answer.rows, userGuid);
    assertUsable(answer, collected, endpoint);
    const isRepeated = size(collected) === before;
    if (!isRepeated) spare += spareOfPage;
    const found = size(collected) + spare;
    if (isRepeated || !mayHaveMore(answer, page, found)) {
      if (found < (answer.total ?? 0)) throw new MxError('malformed', { endpoint });
      return [...collected.accounts.values()];
    }
    if (page === MAX_PAGES) throw new MxError('malformed', { endpoint });
    if (performance.now() > deadlineAt) throw new MxError('timeout', { endpoint });
  }
}
