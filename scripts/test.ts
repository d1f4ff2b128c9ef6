/** Everything that CI checks, side by side as far as the steps allow it: `npm test`. */
import { availableParallelism } from 'node:os';

import { runSteps } from './run-steps.js';
import type { Step } from './run-steps.js';

const vitest = (...projects: readonly string[]) =>
  ['vitest run', ...projects.map((project) => `--project ${project}`)].join(' ');

/** Quick steps come first, so that a slip is told of soon. */
const QUICK: readonly Step[] = [
  { name: 'unit', command: vitest('unit') },
  { name: 'types', command: 'npm run --silent check:types' },
  { name: 'generated', command: 'npm run --silent check:generated' },
  // The build reads generated files.
  { name: 'build', command: 'npm run --silent build', after: ['generated'] },
  // The longest step starts as early as it can.
  { name: 'browser', command: vitest('browser'), after: ['types', 'build'] },
  { name: 'format', command: 'npm run --silent check:format' },
  { name: 'lint', command: 'npm run --silent check:lint' },
  {
    name: 'sandbox, contract, e2e',
    command: vitest('sandbox', 'contract', 'e2e'),
    after: ['unit', 'build'],
  },
];

/** The fault tests measure how soon instances notice each other's end, so nothing runs beside them. */
const STEPS: readonly Step[] = [
  ...QUICK,
  { name: 'faults', command: vitest('faults'), after: QUICK.map(({ name }) => name) },
];

const interruption = new AbortController();
for (const name of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(name, () => interruption.abort());

const hasPassed = await runSteps(STEPS, {
  limit: Math.max(2, Math.floor(availableParallelism() / 2)),
  write: (text) => void process.stdout.write(text),
  signal: interruption.signal,
});
process.exitCode = hasPassed ? 0 : 1;
