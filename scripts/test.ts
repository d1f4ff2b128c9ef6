/** Everything that CI checks, side by side as far as the steps allow it: `npm test`. */
import { availableParallelism } from 'node:os';

import { runSteps } from './run-steps.js';
import type { Step } from './run-steps.js';

const vitest = (...projects: readonly string[]) =>
  ['vitest run', ...projects.map((project) => `--project ${project}`)].join(' ');

/**
 * In the order in which they start. The longest start as soon as they can, and short ones fill the gaps at the end, so
 * that no step is left to run alone.
 */
const STEPS: readonly Step[] = [
  { name: 'unit', command: vitest('unit') },
  { name: 'types', command: 'npm run --silent check:types' },
  { name: 'generated', command: 'npm run --silent check:generated' },
  // The build reads what is generated.
  { name: 'build', command: 'npm run --silent build', after: ['generated'] },
  {
    name: 'sandbox, contract, e2e',
    command: vitest('sandbox', 'contract', 'e2e'),
    after: ['types', 'build'],
  },
  { name: 'browser', command: vitest('browser'), after: ['build'] },
  { name: 'faults', command: vitest('faults'), after: ['build'] },
  { name: 'lint', command: 'npm run --silent check:lint' },
  { name: 'format', command: 'npm run --silent check:format' },
];

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interruption.abort());

const hasPassed = await runSteps(STEPS, {
  limit: Math.max(2, Math.floor(availableParallelism() / 2)),
  write: (text) => void process.stdout.write(text),
  signal: interruption.signal,
});
process.exitCode = hasPassed ? 0 : 1;
