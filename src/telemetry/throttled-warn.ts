import type { Logger } from 'pino';

/** While Redis is away, each attempt to reach it fails: once in a while is enough to be told. */
const LOG_THROTTLE_MS = 5_000;

/** Tells the log of a fault, but not of each of many. */
export function throttledWarn(log: Logger, message: string): (error: unknown) => void {
  let toldAt = 0;
  return (error) => {
    if (Date.now() < toldAt + LOG_THROTTLE_MS) return;
    toldAt = Date.now();
    log.warn({ err: error }, message);
  };
}
