import { ApiError } from '../errors/api-error.js';
import type { Loaders, MemberKey } from './loaders.js';
import { decodeCursor, encodeCursor } from '../status/change.js';
import { toPeriods } from '../status/history.js';
import type { ObservedPeriod } from '../status/history.js';
import { assertPageLength } from './connection.js';
import type { Connection } from './connection.js';

const DEFAULT_LENGTH = 25;

const cursorOf = ({ position }: ObservedPeriod) => encodeCursor(position);

/** How many periods, newest first, come before those that follow the cursor; new ones do not shift it. */
function countTo(periods: readonly ObservedPeriod[], after: string): number {
  const position = decodeCursor(after);
  const index = periods.findIndex((period) => cursorOf(period) === after);
  if (position && index >= 0) return index + 1;
  throw new ApiError(
    'BAD_USER_INPUT',
    'Expected `after` to be a cursor of this history that has not expired.',
  );
}

/** One page of the states that a member has been in, newest first. */
export async function readHistory(
  { userGuid, memberGuid }: MemberKey,
  { first, after }: { first?: number | null; after?: string | null },
  loaders: Loaders,
): Promise<Connection<ObservedPeriod>> {
  const length = first ?? DEFAULT_LENGTH;
  assertPageLength(length);
  const periods = toPeriods(await loaders.changeLog(userGuid), memberGuid);
  const start = typeof after === 'string' ? countTo(periods, after) : 0;
  const nodes = periods.slice(start, start + length);
  const edges = nodes.map((node) => ({ cursor: cursorOf(node), node }));
  return {
    edges,
    nodes,
    pageInfo: {
      hasPreviousPage: start > 0,
      hasNextPage: start + nodes.length < periods.length,
      startCursor: edges.at(0)?.cursor ?? null,
      endCursor: edges.at(-1)?.cursor ?? null,
    },
    totalCount: periods.length,
  };
}
