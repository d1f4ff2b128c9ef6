import { isMxError } from './errors.js';

/** Maximum number of attempts of a read. A write has one, because it may have taken effect although it failed. */
export const MAX_ATTEMPTS = 4;

const FIRST_DELAY_MS = 100;
const MAX_DELAY_MS = 2_000;

/**
 * Returns true if a read that failed with this error may succeed on a retry within the deadline. Not if MX asks for a
 * pause (429, or `Retry-After`), which is up to the caller, nor after a redirect, which would only be repeated.
 */
export function isRetryable(error: unknown): boolean {
  if (!isMxError(error, 'timeout', 'network', 'malformed', 'unavailable')) return false;
  const { status = 200, retryAfterMs } = error.details;
  const isRedirect = status >= 300 && status <= 399;
  return retryAfterMs === undefined && !isRedirect;
}

/**
 * Computes the delay before a retry, in milliseconds: exponential back-off with full jitter, so that callers that failed
 * together do not retry together.
 *
 * @param failures number of failed attempts, from 1
 * @param random a number in [0, 1)
 */
export function retryDelay(failures: number, random: number): number {
  return random * Math.min(MAX_DELAY_MS, FIRST_DELAY_MS * 2 ** (failures - 1));
}
