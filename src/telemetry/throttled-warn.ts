import type { Logger } from 'pino';

import { steadyNow } from '../clock.js';

/** Minimum time between two log lines about Redis, in milliseconds: every attempt fails during an outage. */
const LOG_THROTTLE_MS = 5_000;

/** Creates a function that logs an error as a warning, at most once per 5 s. */
export function throttledWarn(log: Logger, message: string): (error: unknown) => void {
  let loggedAt = -Infinity;
  return (error) => {
    if (steadyNow() < loggedAt + LOG_THROTTLE_MS) return;
    loggedAt = steadyNow();
    log.warn({ err: error }, message);
  };
}
