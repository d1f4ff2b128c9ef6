/**
 * How old a member's data is: FRESH, LATE or STALE, by the time of the last success, or NEVER if there was none.
 */
export type Freshness = 'FRESH' | 'LATE' | 'STALE' | 'NEVER';

/** The ages up to which data is fresh, and up to which it is only late, in milliseconds. */
export interface FreshnessLimits {
  readonly freshMs: number;
  readonly lateMs: number;
}

const HOUR_MS = 3_600_000;

/** The settings `FRESH_HOURS` and `STALE_HOURS`. */
interface FreshnessHours {
  readonly fresh?: number | undefined;
  readonly stale?: number | undefined;
}

/** Converts the settings. The defaults allow for MX, which refreshes connected members about once in 24 hours. */
export function toFreshnessLimits({ fresh = 36, stale = 72 }: FreshnessHours): FreshnessLimits {
  return { freshMs: fresh * HOUR_MS, lateMs: stale * HOUR_MS };
}

export const DEFAULT_FRESHNESS_LIMITS: FreshnessLimits = toFreshnessLimits({});

/** How far the clocks of MX and of this process may differ, in milliseconds. A later time is not a time of the past. */
const CLOCK_SKEW_MS = 5 * 60_000;

/** True if a time that MX reports, in milliseconds since 1970, is not in the future, as far as clocks agree. */
export const isPast = (ms: number, now: number): boolean => ms <= now + CLOCK_SKEW_MS;

/** A time that MX reports of the past, in milliseconds since 1970. Null if it is no time, before 1970, or in the future. */
export function pastTime(time: string | null | undefined, now: number): number | null {
  const ms = Date.parse(time ?? '');
  return ms >= 0 && isPast(ms, now) ? ms : null;
}

/**
 * The freshness of data that was last updated at an instant.
 *
 * @param dataAt as `pastTime` returns it
 */
export function freshnessOf(dataAt: number | null, now: number, limits: FreshnessLimits): Freshness {
  if (dataAt === null) return 'NEVER';
  const age = now - dataAt;
  if (age <= limits.freshMs) return 'FRESH';
  return age <= limits.lateMs ? 'LATE' : 'STALE';
}

/** When the freshness changes next without new data, in milliseconds since 1970. `Infinity` if it does not. */
export function nextFreshnessChange(
  dataAt: number | null,
  freshness: Freshness | null,
  limits: FreshnessLimits,
): number {
  if (dataAt === null) return Infinity;
  if (freshness === 'FRESH') return dataAt + limits.freshMs + 1;
  return freshness === 'LATE' ? dataAt + limits.lateMs + 1 : Infinity;
}
