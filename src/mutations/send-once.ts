import { isMxError } from '../mx/errors.js';

/** A write and the way to find out whether it took effect. */
export interface Write<T> {
  /** Sends the write. Called once. */
  readonly send: () => Promise<T>;
  /** Called when the response was lost: reads from MX whether the write took effect. Undefined if it did not. */
  readonly verify: () => Promise<T | undefined>;
}

/** The result of a write. */
export interface Sent<T> {
  readonly result: T;
  /** True if MX's response was lost and a read has shown that the write took effect. */
  readonly isVerified: boolean;
}

/** Returns true for errors after which it is unknown whether MX executed the request. */
function isResponseLost(error: unknown): boolean {
  return isMxError(error, 'network', 'timeout', 'unavailable', 'malformed');
}

/**
 * Sends a write at most once. MX has no idempotency keys, so a failed write is never retried. If the response was lost,
 * `verify` reads the member to find out whether the write took effect; if it did, that is the result, otherwise the
 * original error is rethrown.
 */
export async function sendOnce<T>({ send, verify }: Write<T>): Promise<Sent<T>> {
  try {
    return { result: await send(), isVerified: false };
  } catch (error) {
    if (!isResponseLost(error)) throw error;
    const result = await verify().catch(() => undefined);
    if (result === undefined) throw error;
    return { result, isVerified: true };
  }
}
