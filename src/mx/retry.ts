import { isMxError } from './errors.js';

/** At most so many tries of a read; a write has one, for a write whose answer was lost may have been done. */
export const MAX_TRIES = 4;

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;
/** A longer wait than this would outlive the caller's patience: the failure is reported at once instead. */
const MAX_RETRY_AFTER_MS = 5_000;

/** Whether a failed read may succeed when it is asked again within the caller's deadline. */
export function isRetryable(error: unknown): boolean {
  if (!isMxError(error, 'timeout', 'network', 'malformed', 'unavailable', 'throttled')) return false;
  return (error.details.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
}

/**
 * How long to wait before the next try, in milliseconds: full jitter, so that many callers that failed together do
 * not come back together, and never before MX's `Retry-After`.
 *
 * @param failures how many tries have failed, from 1
 * @param random a number in [0, 1)
 */
export function retryDelay(error: unknown, failures: number, random: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  const asked = isMxError(error) ? (error.details.retryAfterMs ?? 0) : 0;
  return asked + random * ceiling;
}

/** Reads a `Retry-After` header, seconds or an HTTP date, as milliseconds from `now`; undefined when it says nothing. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
