import { monitorEventLoopDelay } from 'node:perf_hooks';
import { getHeapStatistics } from 'node:v8';

import { setUnrefInterval } from './timers.js';

/** The load of the process. */
export interface Load {
  /** Mean delay of the event loop, in milliseconds. */
  readonly delayMs: number;
  /** Fraction of the heap in use, from 0 to 1. */
  readonly heap: number;
}

/** Decides whether requests are rejected because of the load. */
export interface LoadShedder {
  readonly isShedding: () => boolean;
  readonly stop: () => void;
}

const SAMPLE_INTERVAL_MS = 1_000;
const RESOLUTION_MS = 10;
const MAX_DELAY_MS = 500;
/** Above it, most time goes to garbage collection, and the process soon runs out of memory. */
const MAX_HEAP = 0.9;

function isOverloaded({ delayMs, heap }: Load): boolean {
  return delayMs > MAX_DELAY_MS || heap > MAX_HEAP;
}

function createMeasure(): { measure: () => Load; stop: () => void } {
  const delays = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  delays.enable();
  const measure = () => {
    const { used_heap_size: used, heap_size_limit: limit } = getHeapStatistics();
    // Without a sample since the last check, the mean is NaN: assume no delay.
    const delayMs = Number.isNaN(delays.mean) ? 0 : delays.mean / 1e6 - RESOLUTION_MS;
    delays.reset();
    return { delayMs, heap: used / limit };
  };
  return { measure, stop: () => delays.disable() };
}

/**
 * Samples the load once a second. Shedding starts after two samples in a row above the limit: a single pause, such as
 * for building a schema or collecting a large heap, is over by the time it is measured.
 */
export function createLoadShedder(measure?: () => Load, intervalMs = SAMPLE_INTERVAL_MS): LoadShedder {
  const own = measure ? null : createMeasure();
  const sample = measure ?? own?.measure;
  let overloadedSamples = 0;
  const stopSampling = setUnrefInterval(intervalMs, () => {
    overloadedSamples = sample && isOverloaded(sample()) ? overloadedSamples + 1 : 0;
  });
  return {
    isShedding: () => overloadedSamples >= 2,
    stop: () => {
      stopSampling();
      own?.stop();
    },
  };
}
