import { DEFAULT_PAGE_SIZE, parseListRows } from './list-page.js';
import type { ListPage } from './list-page.js';
import { isJson, parseInstitution } from './parse.js';
import type { MxInstitutionPage } from './types.js';

/** MX's maximum page size of the list of institutions. MX silently replaces a larger one by 25. */
export const INSTITUTIONS_PER_PAGE = 100;

/** Reads a page of a size from MX. */
type ReadPage = (page: number, size: number) => Promise<ListPage>;

/** Returns true if MX has used smaller pages than it was asked for: then this is another part of the list. */
function isSmaller({ rows, total, totalPages }: ListPage, before: number): boolean {
  if (total === null) return false;
  const expected = Math.max(0, Math.min(INSTITUTIONS_PER_PAGE, total - before));
  return (
    rows.length !== expected ||
    (totalPages !== null && totalPages > Math.max(1, Math.ceil(total / INSTITUTIONS_PER_PAGE)))
  );
}

/** Reads the rows of a page in pages of MX's default size. */
async function readInSmallPages(page: number, readPage: ReadPage): Promise<ListPage> {
  const perPage = INSTITUTIONS_PER_PAGE / DEFAULT_PAGE_SIZE;
  const first = (page - 1) * perPage + 1;
  let list = await readPage(first, DEFAULT_PAGE_SIZE);
  for (let next = first + 1; next < first + perPage; next += 1) {
    if (list.rows.length < (next - first) * DEFAULT_PAGE_SIZE) break;
    const { rows } = await readPage(next, DEFAULT_PAGE_SIZE);
    list = { ...list, rows: [...list.rows, ...rows] };
  }
  return list;
}

/**
 * Reads a page of institutions, counted from 1, of at most `INSTITUTIONS_PER_PAGE`: in one request, and in up to four
 * more if MX uses smaller pages than it was asked for. Rejects with `malformed` if there are rows but no institutions.
 */
export async function readInstitutionPage(
  page: number,
  endpoint: string,
  readPage: ReadPage,
): Promise<MxInstitutionPage> {
  const before = (page - 1) * INSTITUTIONS_PER_PAGE;
  const asked = await readPage(page, INSTITUTIONS_PER_PAGE);
  const list = isSmaller(asked, before) ? await readInSmallPages(page, readPage) : asked;
  // A page after the last one is empty, although there are institutions.
  const total = list.total ?? before + list.rows.length;
  const rest = { ...list, total: Math.max(0, total - before) };
  const parse = (rows: readonly unknown[]) =>
    rows.flatMap((row, at) => {
      const institution = isJson(row) ? parseInstitution(row) : null;
      return institution ? [{ index: before + at, institution }] : [];
    });
  return { rows: parseListRows(rest, parse, endpoint), total };
}
