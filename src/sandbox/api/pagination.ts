export interface Pagination {
  current_page: number;
  per_page: number;
  total_entries: number;
  total_pages: number;
}

export interface Page<T> {
  rows: readonly T[];
  pagination: Pagination;
}

const DEFAULT_SIZE = 25;
const SMALLEST = 10;

/** MX does not clamp: a size outside the valid range becomes the default. */
function pageSize(asked: unknown, largest: number): number {
  const size = Number(asked);
  return Number.isInteger(size) && size >= SMALLEST && size <= largest ? size : DEFAULT_SIZE;
}

/** Cuts one page out of rows by the query's `page` and `records_per_page`. */
export function paginate<T>(rows: readonly T[], query: unknown, largest = 1000): Page<T> {
  const { page, records_per_page } = query as Record<string, unknown>;
  const per_page = pageSize(records_per_page, largest);
  const asked = Number(page ?? 1);
  const current_page = Number.isInteger(asked) && asked > 0 ? asked : 1;
  const start = (current_page - 1) * per_page;
  const total_pages = Math.max(1, Math.ceil(rows.length / per_page));
  return {
    rows: rows.slice(start, start + per_page),
    pagination: { current_page, per_page, total_entries: rows.length, total_pages },
  };
}
