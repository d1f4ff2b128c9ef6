import { isMxError, MxError } from './errors.js';
import { MIN_PAGE_SIZE } from './list-page.js';
import type { ListPage } from './list-page.js';
import { isJson, parseMember } from './parse.js';
import type { Json } from './parse.js';
import type { MxForeignRow, MxMember, MxMemberList } from './types.js';

/** Maximum number of members of a user. A longer list is an error. */
export const MAX_MEMBERS = 2_000;
const MAX_PAGES = MAX_MEMBERS / MIN_PAGE_SIZE;
/** Each of these becomes an error of its own, so that a response needs a limit. */
const MAX_UNREADABLE_ROWS = 100;
/** Time limit of reading all pages, in milliseconds. */
const DEADLINE_MS = 10_000;

/** What the pages of one list have said so far. */
interface Collected {
  readonly members: Map<string, MxMember>;
  readonly foreignRows: Map<string, MxForeignRow>;
  readonly totals: Set<number | null>;
  readonly unreadableRows: number[];
  /** Number of rows on the pages read so far. */
  rowCount: number;
}

const size = ({ members, foreignRows }: Collected) => members.size + foreignRows.size;

/** The owner of a row of `userGuid` if it is another user; null if it is this one. A row without an owner belongs to the user asked. */
export function foreignOwner(row: Json, userGuid: string): string | null {
  const owner = row['user_guid'];
  const isForeign = typeof owner === 'string' && owner !== '' && owner !== userGuid;
  // Users can be addressed by their own id instead of MX's guid.
  return isForeign && row['user_id'] !== userGuid ? owner : null;
}

/** Adds a row. Of a member that is listed twice, the last row counts. Returns false if the row is no member. */
function addRow({ members, foreignRows }: Collected, row: unknown, userGuid: string): boolean {
  const member = isJson(row) ? parseMember(row) : null;
  if (!isJson(row) || !member) return false;
  const ownerGuid = foreignOwner(row, userGuid);
  if (ownerGuid === null) members.set(member.guid, member);
  else foreignRows.set(member.guid, { memberGuid: member.guid, ownerGuid });
  return true;
}

/** Adds the rows of a page. */
function addRows(collected: Collected, rows: readonly unknown[], userGuid: string): void {
  const before = size(collected);
  const unreadable = rows.flatMap((row, at) =>
    addRow(collected, row, userGuid) ? [] : [collected.rowCount + at],
  );
  collected.rowCount += rows.length;
  // A page whose members are all known is one that MX has sent before, with its unreadable rows.
  const isRepeated = size(collected) === before && unreadable.length < rows.length;
  if (!isRepeated) collected.unreadableRows.push(...unreadable);
}

/** Returns true if MX says, or its silence leaves possible, that there are rows on later pages. */
export function mayHaveMore(
  { rows, claimedTotal, totalPages }: ListPage,
  page: number,
  found: number,
): boolean {
  if (found < (claimedTotal ?? 0) || page < (totalPages ?? 0)) return true;
  // A total that the rows exceed says as little as none.
  const isSilent = claimedTotal === null ? totalPages === null : claimedTotal < found;
  return isSilent && rows.length >= MIN_PAGE_SIZE;
}

/** Throws another error for a later page that is "not found": only the first page says that MX has no such user. */
export function rethrow(error: unknown, page: number, endpoint: string): never {
  if (page > 1 && isMxError(error, 'not_found')) throw new MxError('malformed', { endpoint });
  throw error;
}

function toMemberList(collected: Collected): MxMemberList {
  const { members, foreignRows, totals, unreadableRows } = collected;
  const [total = null] = totals;
  const isSteady = totals.size === 1;
  return {
    members: [...members.values()],
    isWhole: isSteady && foreignRows.size + unreadableRows.length === 0 && members.size === total,
    isShort: !isSteady || (total !== null && members.size < total),
    foreignRows: [...foreignRows.values()],
    unreadableRows: unreadableRows.slice(0, MAX_UNREADABLE_ROWS),
  };
}

/**
 * Reads all pages of a user's members. MX may use smaller pages than it was asked for, so that only the number of rows
 * shows whether there are more. Rejects with `malformed` if there are rows but no members, with `too_long` beyond
 * `MAX_MEMBERS`, and as `readPage` does.
 */
export async function readMemberList(
  userGuid: string,
  endpoint: string,
  readPage: (page: number) => Promise<ListPage>,
): Promise<MxMemberList> {
  const deadlineAt = performance.now() + DEADLINE_MS;
  const collected: Collected = {
    members: new Map(),
    foreignRows: new Map(),
    totals: new Set(),
    unreadableRows: [],
    rowCount: 0,
  };
  for (let page = 1; ; page += 1) {
    const answer = await readPage(page).catch((error: unknown) => rethrow(error, page, endpoint));
    const before = size(collected);
    addRows(collected, answer.rows, userGuid);
    collected.totals.add(answer.total);
    const found = size(collected);
    if (Math.max(answer.total ?? 0, found) > MAX_MEMBERS) throw new MxError('too_long', { endpoint });
    if (found === 0 && (answer.rows.length > 0 || (answer.total ?? 0) > 0))
      throw new MxError('malformed', { endpoint });
    // A page that adds nothing ends the list, whatever MX says: it may send the same page for each number.
    if (found === before || !mayHaveMore(answer, page, found)) return toMemberList(collected);
    if (page === MAX_PAGES) throw new MxError('malformed', { endpoint });
    if (performance.now() > deadlineAt) throw new MxError('timeout', { endpoint });
  }
}
