import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

/** Delay of MX's lists after a create, in milliseconds. What is missing after it was not created. */
const LIST_LAG_MS = 600;

/**
 * Names an attempt to create something, so that a retry by the client finds what the first attempt created. MX stores it
 * with the object. It includes the user and the input, because clients may use simple counters, and other input with
 * the same key is another attempt. It is a digest, because MX limits length and characters. Without a key it is random.
 */
export function attemptId(userGuid: string, key: string | null, input: readonly string[]): string {
  const parts = [userGuid, ...input, key ?? randomUUID()].join('\n');
  return `attempt-${createHash('sha256').update(parts).digest('hex').slice(0, 40)}`;
}

/** Looks for what an attempt may have created, and a second time if MX's list may not show it yet. */
export async function findWithRetry<T>(find: () => Promise<T | undefined>): Promise<T | undefined> {
  const found = await find();
  if (found !== undefined) return found;
  await delay(LIST_LAG_MS);
  return find();
}
