import { ApiError } from '../errors/api-error.js';

/** A page of a Relay connection. */
export interface Connection<T> {
  readonly edges: readonly { readonly cursor: string; readonly node: T }[];
  readonly nodes: readonly T[];
  readonly pageInfo: {
    readonly hasPreviousPage: boolean;
    readonly hasNextPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly totalCount: number;
}

/** The place of a page among all rows. */
export interface Page<T> {
  /** Number of rows before the page. */
  readonly start: number;
  /** Number of rows up to the last one of the page. */
  readonly end: number;
  /** Number of rows on all pages. */
  readonly total: number;
  readonly cursorOf: (row: T, index: number) => string;
}

const MAX_PAGE_LENGTH = 100;
const PREFIX = 'row:';

/** Returns the cursor of a row that is identified by its number. */
export const encodeRowCursor = (row: number): string => Buffer.from(`${PREFIX}${row}`).toString('base64url');

/** Returns the number of the row after the cursor. Throws BAD_USER_INPUT if the cursor is invalid. */
export function rowAfter(cursor: string | null): number {
  if (cursor === null) return 0;
  const digits = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (digits !== undefined && encodeRowCursor(Number(digits)) === cursor) return Number(digits) + 1;
  throw new ApiError('BAD_USER_INPUT', 'Expected `after` to be a cursor returned by this API.');
}

/** Throws BAD_USER_INPUT if the length of a page is out of range. */
export function assertPageLength(first: number): void {
  if (first >= 1 && first <= MAX_PAGE_LENGTH) return;
  throw new ApiError(
    'BAD_USER_INPUT',
    `Expected \`first\` to be from 1 to ${MAX_PAGE_LENGTH}; got ${first}.`,
  );
}

/** Builds a page of a connection from its rows. */
export function toConnection<T>(
  nodes: readonly T[],
  { start, end, total, cursorOf }: Page<T>,
): Connection<T> {
  const edges = nodes.map((node, index) => ({ cursor: cursorOf(node, index), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasPreviousPage: start > 0,
      hasNextPage: end < total && nodes.length > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: total,
  };
}
