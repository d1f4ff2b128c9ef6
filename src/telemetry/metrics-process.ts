import { collectDefaultMetrics, Registry } from 'prom-client';

let ofProcess: Registry | undefined;

/**
 * What prom-client measures of the process: processor time, memory, event loop, garbage collection. A process has it
 * once, however many servers it runs: each set of it has observers of its own that nothing ever ends.
 */
export function processMetrics(): Registry {
  if (!ofProcess) {
    ofProcess = new Registry();
    collectDefaultMetrics({ register: ofProcess });
  }
  return ofProcess;
}
