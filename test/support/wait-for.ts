import { setTimeout as pause } from 'node:timers/promises';

export interface WaitOptions {
  /** How long to go on trying, in milliseconds. */
  readonly deadlineMs?: number;
  /** What is waited for, said when it did not come. */
  readonly what?: string;
}

/**
 * Tries until the outcome is neither false, null nor undefined, and gives it back; rejects at the deadline with the
 * last error. For conditions that come about by themselves: nothing waits a fixed time.
 */
export async function waitFor<T>(
  attempt: () => T | Promise<T>,
  { deadlineMs = 10_000, what = 'the condition' }: WaitOptions = {},
): Promise<NonNullable<T>> {
  const until = Date.now() + deadlineMs;
  let last: unknown;
  do {
    try {
      const outcome = await attempt();
      if (outcome !== false && outcome !== null && outcome !== undefined) return outcome;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(10);
  } while (Date.now() < until);
  throw new Error(`Waited ${deadlineMs} ms in vain for ${what}.`, { cause: last });
}
