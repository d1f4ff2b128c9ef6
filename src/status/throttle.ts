import type { MxMember } from '../mx/types.js';
import { pastTime } from './freshness.js';

/** Minimum time between a successful job and the next one. MX accepts earlier requests, but starts no job. */
const MIN_AGGREGATION_INTERVAL_MS = 3 * 3_600_000;

/** MX's test bank is not throttled. */
const UNTHROTTLED_INSTITUTIONS: ReadonlySet<string | null> = new Set(['mxbank']);

/** When a request for a job will next start one. Null if it would start one now, or one is running. `now` is in ms. */
export function aggregatableAt(member: MxMember, now: number): Date | null {
  if (member.is_being_aggregated || UNTHROTTLED_INSTITUTIONS.has(member.institution_code)) return null;
  const lastSuccess = pastTime(member.successfully_aggregated_at, now);
  if (lastSuccess === null || lastSuccess + MIN_AGGREGATION_INTERVAL_MS <= now) return null;
  return new Date(lastSuccess + MIN_AGGREGATION_INTERVAL_MS);
}

/** Returns true if MX accepted a request for a job but started none: none is running and the last one is the same. */
export function didNotStartJob(before: MxMember, after: MxMember): boolean {
  return !after.is_being_aggregated && after.aggregated_at === before.aggregated_at;
}
