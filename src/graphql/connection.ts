import { ApiError } from '../errors/api-error.js';

/** One page of a Relay connection whose rows are counted from the first of all pages. */
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

const MAX_PAGE = 100;
const PREFIX = 'row:';

const encodeCursor = (row: number) => Buffer.from(`${PREFIX}${row}`).toString('base64url');

/** The number of the row that follows the one the cursor marks; throws BAD_USER_INPUT for what is no cursor. */
export function rowAfter(cursor: string | null): number {
  if (cursor === null) return 0;
  const digits = /^row:(\d{1,9})$/.exec(Buffer.from(cursor, 'base64url').toString())?.[1];
  if (digits !== undefined && encodeCursor(Number(digits)) === cursor) return Number(digits) + 1;
  throw new ApiError('BAD_USER_INPUT', 'Expected `after` to be a cursor returned by this API.');
}

/** Throws BAD_USER_INPUT for a length that no page may have. */
export function assertPageLength(first: number): void {
  if (first >= 1 && first <= MAX_PAGE) return;
  throw new ApiError('BAD_USER_INPUT', `Expected \`first\` to be from 1 to ${MAX_PAGE}; got ${first}.`);
}

/** Makes a page of the rows from number `start` on, of `totalCount` in all. */
export function toConnection<T>(nodes: readonly T[], start: number, totalCount: number): Connection<T> {
  const edges = nodes.map((node, index) => ({ cursor: encodeCursor(start + index), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasPreviousPage: start > 0,
      hasNextPage: start + nodes.length < totalCount && nodes.length > 0,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount,
  };
}
