import { MxError } from './errors.js';
import { DEFAULT_PAGE_SIZE } from './list-page.js';
import type { ListPage } from './list-page.js';
import { isJson } from './parse.js';
import { parseInstitution } from './parse-institution.js';
import type { MxInstitutionPage } from './types.js';

/** MX's maximum page size of the list of institutions. MX silently replaces a larger one by 25. */
export const INSTITUTIONS_PER_PAGE = 100;

/** Reads a page of a size from MX. */
type ReadPage = (page: number, size: number) => Promise<ListPage>;

interface NumberedRow {
  readonly index: number;
  readonly row: unknown;
}

/** How many institutions there are according to a page; null if MX does not say, or its rows say otherwise. */
function totalOf({ rows, claimedTotal }: ListPage, before: number): number | null {
  const isPossible = claimedTotal !== null && (rows.length === 0 || claimedTotal >= before + rows.length);
  return isPossible ? claimedTotal : null;
}

/** Returns true if MX has used its default page size instead: then these rows are another part of the list. */
function isDefaultSize({ rows, totalPages }: ListPage, before: number, total: number | null): boolean {
  if (total === null) return rows.length === DEFAULT_PAGE_SIZE;
  if (totalPages !== null) return totalPages > Math.max(1, Math.ceil(total / INSTITUTIONS_PER_PAGE));
  return rows.length === DEFAULT_PAGE_SIZE && Math.min(INSTITUTIONS_PER_PAGE, total - before) !== rows.length;
}

const numbered = (rows: readonly unknown[], before: number): NumberedRow[] =>
  rows.map((row, at) => ({ index: before + at, row }));

/** Reads the rows of a page in pages of MX's default size. */
async function readInDefaultSize(before: number, readPage: ReadPage): Promise<NumberedRow[]> {
  const found: NumberedRow[] = [];
  for (let at = before; at < before + INSTITUTIONS_PER_PAGE; at += DEFAULT_PAGE_SIZE) {
    const { rows } = await readPage(at / DEFAULT_PAGE_SIZE + 1, DEFAULT_PAGE_SIZE);
    if (rows.length === 0) break;
    found.push(...numbered(rows, at));
  }
  return found;
}

/** The institutions among the rows, each once. */
function parseInstitutionRows(rows: readonly NumberedRow[]): MxInstitutionPage['rows'] {
  const codes = new Set<string>();
  return rows.flatMap(({ index, row }) => {
    const institution = isJson(row) ? parseInstitution(row) : null;
    if (!institution || codes.has(institution.code)) return [];
    codes.add(institution.code);
    return [{ index, institution }];
  });
}

/**
 * Reads a page of institutions, counted from 1, of at most `INSTITUTIONS_PER_PAGE`: in one request, and in up to four
 * more if MX uses its default page size instead. Rejects with `malformed` if there are rows but no institutions, or if
 * the first page is empty and MX does not say that there are none.
 */
export async function readInstitutionPage(
  page: number,
  endpoint: string,
  readPage: ReadPage,
): Promise<MxInstitutionPage> {
  const before = (page - 1) * INSTITUTIONS_PER_PAGE;
  const asked = await readPage(page, INSTITUTIONS_PER_PAGE);
  const total = totalOf(asked, before);
  const rows = isDefaultSize(asked, before, total)
    ? await readInDefaultSize(before, readPage)
    : numbered(asked.rows, before);
  const institutions = parseInstitutionRows(rows);
  // A page after the last one is empty, although there are institutions.
  const isExpected = rows.length > 0 || (total === null ? page === 1 : total > before);
  if (institutions.length === 0 && isExpected) throw new MxError('malformed', { endpoint });
  // Without a total, a full page may have a next one.
  const end = (rows.at(-1)?.index ?? before - 1) + 1;
  const mayHaveMore = end === before + INSTITUTIONS_PER_PAGE;
  return { rows: institutions, total: total ?? end + (mayHaveMore ? 1 : 0) };
}
