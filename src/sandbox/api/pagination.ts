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
const MIN_SIZE = 10;

/** MX does not clamp: a size outside the valid range becomes the default. */
function pageSize(requested: unknown, max: number): number {
  const size = Number(requested);
  return Number.isInteger(size) && size >= MIN_SIZE && size <= max ? size : DEFAULT_SIZE;
}

/** Returns one page of rows by the query's `page` and `records_per_page`. `maxSize` defaults to 1,000. */
export function paginate<T>(rows: readonly T[], query: unknown, maxSize = 1000): Page<T> {
  const { page, records_per_page } = query as Record<string, unknown>;
  const per_page = pageSize(records_per_page, maxSize);
  const requested = Number(page ?? 1);
  const current_page = Number.isInteger(requested) && requested > 0 ? requested : 1;
  const start = (current_page - 1) * per_page;
  const total_pages = Math.max(1, Math.ceil(rows.length / per_page));
  return {
    rows: rows.slice(start, start + per_page),
    pagination: { current_page, per_page, total_entries: rows.length, total_pages },
  };
}
