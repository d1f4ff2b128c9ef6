/** Everything that CI checks, side by side as far as the steps allow it: `npm test`. */
import { availableParallelism } from 'node:os';

import { runSteps } from './run-steps.js';
import type { Step } from './run-steps.js';

const vitest = (...projects: readonly string[]) =>
  ['vitest run', ...projects.map((project) => `--project ${project}`)].join(' ');

/**
 * In the order in which they start. Quick steps come first, so that a slip is told of soon; the end-to-end tests, which
 * a busy machine disturbs most, come last, when fewer others run.
 */
const STEPS: readonly Step[] = [
  { name: 'unit', command: vitest('unit') },
  { name: 'types', command: 'npm run --silent check:types' },
  { name: 'generated', command: 'npm run --silent check:generated' },
  // This check and the build read what is generated.
  { name: 'schema', command: 'npm run --silent check:schema', after: ['generated'] },
  { name: 'build', command: 'npm run --silent build', after: ['generated'] },
  { name: 'browser', command: vitest('browser'), after: ['types', 'build'] },
  { name: 'format', command: 'npm run --silent check:format' },
  { name: 'lint', command: 'npm run --silent check:lint' },
  { name: 'faults', command: vitest('faults'), after: ['unit', 'build'] },
  {
    name: 'sandbox, contract, e2e',
    command: vitest('sandbox', 'contract', 'e2e'),
    after: ['unit', 'build'],
  },
];

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interruption.abort());

const hasPassed = await runSteps(STEPS, {
  limit: Math.max(2, Math.floor(availableParallelism() / 2)),
  write: (text) => void process.stdout.write(text),
  signal: interruption.signal,
});
process.exitCode = hasPassed ? 0 : 1;
