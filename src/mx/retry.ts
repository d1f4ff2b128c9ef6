import { isMxError } from './errors.js';

/** Maximum number of attempts of a read. A write has one, because it may have taken effect although it failed. */
export const MAX_ATTEMPTS = 4;

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;
/** Longest `Retry-After` that is waited for, in milliseconds. A longer one would exceed the caller's deadline. */
const MAX_RETRY_AFTER_MS = 5_000;

/** Returns true if a read that failed with this error may succeed on a retry within the deadline. */
export function isRetryable(error: unknown): boolean {
  if (!isMxError(error, 'timeout', 'network', 'malformed', 'unavailable', 'throttled')) return false;
  return (error.details.retryAfterMs ?? 0) <= MAX_RETRY_AFTER_MS;
}

/**
 * Computes the delay before a retry, in milliseconds: MX's `Retry-After` plus exponential back-off with full jitter, so
 * that callers that failed together do not retry together.
 *
 * @param failures number of failed attempts, from 1
 * @param random a number in [0, 1)
 */
export function retryDelay(error: unknown, failures: number, random: number): number {
  const ceiling = Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
  const retryAfterMs = isMxError(error) ? (error.details.retryAfterMs ?? 0) : 0;
  return retryAfterMs + random * ceiling;
}

/** Parses a `Retry-After` header (seconds or an HTTP date) to milliseconds from `now`. Undefined if it is invalid. */
export function parseRetryAfter(header: string | undefined, now: number): number | undefined {
  if (header === undefined) return undefined;
  if (/^\d{1,9}$/.test(header.trim())) return Number(header) * 1_000;
  const at = Date.parse(header);
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
