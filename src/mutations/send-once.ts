import { isMxError } from '../mx/errors.js';

export interface Write<T> {
  /** Sends the write. It is sent once. */
  readonly send: () => Promise<T>;
  /** Looks at MX whether the write was done though its answer is lost; undefined where it cannot have been. */
  readonly verify: () => Promise<T | undefined>;
}

/** After such an end nobody knows whether MX did what it was asked. */
function isAnswerLost(error: unknown): boolean {
  return isMxError(error, 'network', 'timeout', 'unavailable', 'malformed');
}

/**
 * Performs a write at most once. MX knows no idempotency key, so a write is never sent again: where its answer is
 * lost, MX is asked what has become of the member. What is found done is a success; else the first failure stands,
 * and the client may try again.
 */
export async function sendOnce<T>({ send, verify }: Write<T>): Promise<T> {
  try {
    return await send();
  } catch (error) {
    if (!isAnswerLost(error)) throw error;
    const found = await verify().catch(() => undefined);
    if (found === undefined) throw error;
    return found;
  }
}
