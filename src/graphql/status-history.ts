import { ApiError } from '../errors/api-error.js';
import type { Loaders } from './loaders.js';
import { decodeCursor, encodeCursor } from '../status/cursor.js';
import { toPeriods } from '../status/history.js';
import type { ObservedPeriod } from '../status/history.js';
import type { ObservedMember } from '../status/observed-member.js';
import { assertPageLength, toConnection } from './connection.js';
import type { Connection } from './connection.js';

/** A period in the history of a member. */
export interface MemberPeriod extends ObservedPeriod {
  readonly member: ObservedMember;
}

const DEFAULT_LENGTH = 25;

const cursorOf = ({ position }: ObservedPeriod) => encodeCursor(position);

/** Returns the index of the first period after the cursor. New periods do not invalidate a cursor. */
function startAfter(periods: readonly ObservedPeriod[], after: string): number {
  const position = decodeCursor(after);
  const index = periods.findIndex((period) => cursorOf(period) === after);
  if (position && index >= 0) return index + 1;
  throw new ApiError(
    'BAD_USER_INPUT',
    'Expected `after` to be a cursor of this history that has not expired.',
  );
}

/** Reads a page of a member's history, newest first. Rejects with BAD_USER_INPUT if an argument is invalid. */
export async function readHistory(
  member: ObservedMember,
  { first, after }: { first?: number | null; after?: string | null },
  loaders: Loaders,
): Promise<Connection<MemberPeriod>> {
  const length = first ?? DEFAULT_LENGTH;
  assertPageLength(length);
  const periods = toPeriods(await loaders.changeLog(member.userGuid), member.guid);
  const start = typeof after === 'string' ? startAfter(periods, after) : 0;
  const nodes = periods.slice(start, start + length).map((period) => ({ ...period, member }));
  return toConnection(nodes, { start, end: start + nodes.length, total: periods.length, cursorOf });
}
