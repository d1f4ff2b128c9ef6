import { collectDefaultMetrics, Registry } from 'prom-client';

let ofProcess: Registry | undefined;

/**
 * prom-client's metrics of the process: processor time, memory, event loop, garbage collection. Registered once per
 * process, however many servers it runs, because their observers can never be removed.
 */
export function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}
