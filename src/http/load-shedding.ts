import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

import { setUnrefInterval } from './timers.js';

/** How busy the process is. */
export interface Load {
  /** How long what is due waits until it is done, in milliseconds, on average. */
  readonly delayMs: number;
  /** How much of the heap is in use, from 0 to 1. */
  readonly heap: number;
}

/** Tells when there is more to do than can be done. */
export interface LoadShedder {
  readonly isShedding: () => boolean;
  readonly stop: () => void;
}

const MEASURE_EVERY_MS = 1_000;
const RESOLUTION_MS = 10;
const MAX_DELAY_MS = 500;
/** Beyond that, collections take most of the time, and then the process ends. */
const MAX_HEAP = 0.9;

function isTooMuch({ delayMs, heap }: Load): boolean {
  return delayMs > MAX_DELAY_MS || heap > MAX_HEAP;
}

function createMeasure(): { measure: () => Load; stop: () => void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const measure = () => {
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    // Without a sample since the last look there is no mean: nothing is known to wait.
    const delayMs = Number.isNaN(delays.mean) ? 0 : delays.mean / 1e6 - RESOLUTION_MS;
    delays.reset();
    return { delayMs, heap: used / limit };
  };
  return { measure, stop: () => delays.disable() };
}

/**
 * Looks at the process once a second. Only what is found twice running is pressure: a single pause, as when a schema is
 * built or a large heap is collected, is over by the time that it is seen.
 */
export function createLoadShedder(measure?: () => Load, lookEveryMs = MEASURE_EVERY_MS): LoadShedder {
  const own = measure ? null : createMeasure();
  const look = measure ?? own?.measure;
  let found = 0;
  const stopLooking = setUnrefInterval(lookEveryMs, () => {
    found = look && isTooMuch(look()) ? found + 1 : 0;
  });
  return {
    isShedding: () => found >= 2,
    stop: () => {
      stopLooking();
      own?.stop();
    },
  };
}
