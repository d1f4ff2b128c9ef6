import type { MxMember } from '../mx/types.js';

/** MX starts no standard job so soon after a success; it accepts the request all the same. */
const AGGREGATION_WINDOW_MS = 3 * 3_600_000;

/** MX's test bank may be aggregated as often as one likes. */
const WITHOUT_WINDOW: ReadonlySet<string | null> = new Set(['mxbank']);

/** When MX will next start a job if asked to; null when it would now, or runs one. `now` in milliseconds since 1970. */
export function nextAttemptAt(member: MxMember, now: number): Date | null {
  if (member.is_being_aggregated || WITHOUT_WINDOW.has(member.institution_code)) return null;
  const success = Date.parse(member.successfully_aggregated_at ?? '');
  return success + AGGREGATION_WINDOW_MS > now ? new Date(success + AGGREGATION_WINDOW_MS) : null;
}

/** True when a request for a job that MX accepted has started none: the member is at rest, its last job the old one. */
export function didNotStartJob(before: MxMember, after: MxMember): boolean {
  return !after.is_being_aggregated && after.aggregated_at === before.aggregated_at;
}
