import type { MxMember } from '../mx/types.js';
import { pastTime } from './freshness.js';
import { aggregatableAt } from './throttle.js';
import type { MemberView } from './reading.js';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long after the last job another attempt makes sense, in milliseconds. After the last of them: once a day. */
const DELAYS_MS: readonly number[] = [15 * MINUTE_MS, HOUR_MS, 4 * HOUR_MS, DAY_MS];

/** The first of these delays by kind of trouble: MX has already tried several times where it is longer. */
const FIRST_DELAY_MS: ReadonlyMap<string, number> = new Map([
  ['DEGRADED', HOUR_MS],
  ['DISCONNECTED', DAY_MS],
]);
/** Maintenance is planned, and takes hours. */
const MAINTENANCE_CODE = '3001';

function firstDelay({ connection_status, error }: MxMember): number {
  const byStatus = FIRST_DELAY_MS.get(connection_status ?? '') ?? 0;
  return error?.error_code === MAINTENANCE_CODE ? Math.max(byStatus, HOUR_MS) : byStatus;
}

/** The next time of the back-off, counted from the last job. */
function nextAttempt(member: MxMember, now: number): number {
  const from = pastTime(member.aggregated_at, now) ?? now;
  const delay = DELAYS_MS.find((ms) => ms >= firstDelay(member) && from + ms > now);
  return from + (delay ?? DAY_MS * (Math.floor((now - from) / DAY_MS) + 1));
}

/** When to act on a member that cannot be acted on now. */
export interface RetryContext {
  /** In milliseconds since 1970, by the wall clock, like the next one. */
  readonly now: number;
  /** Until when no request is sent to MX, because it does not respond; null if requests are sent. */
  readonly upstreamPausedUntil: number | null;
}

/**
 * When to try again, for a member that waits for a later attempt: after the back-off if it fails, after MX's minimum
 * interval between jobs, and not while no request is sent to MX. Null if there is nothing to try, or it can be tried now.
 */
export function retryAt(member: MxMember, view: MemberView, context: RetryContext): Date | null {
  const { now, upstreamPausedUntil } = context;
  if (member.is_being_aggregated) return null;
  const { requiredAction, row } = view;
  const isFailing =
    requiredAction === 'RETRY_LATER' || (requiredAction === 'WAIT' && row.status === 'DISCONNECTED');
  if (!isFailing && requiredAction !== 'AGGREGATE') return null;
  const at = Math.max(
    isFailing ? nextAttempt(member, now) : 0,
    aggregatableAt(member, now)?.getTime() ?? 0,
    upstreamPausedUntil ?? 0,
  );
  return at > now ? new Date(at) : null;
}
