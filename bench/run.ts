import { saveResults } from './report.js';
import { EFFORTS } from './rounds.js';
import { calls } from './suites/calls.js';
import { checkouts } from './suites/checkouts.js';
import { cpu } from './suites/cpu.js';
import { delivery } from './suites/delivery.js';
import { firstList } from './suites/first-list.js';
import { growth } from './suites/growth.js';
import { memory } from './suites/memory.js';
import { peers } from './suites/peers.js';
import { scaleOut } from './suites/scale-out.js';
import { smoke } from './suites/smoke.js';
import { watching } from './suites/watching.js';

const USAGE = `npx tsx bench/run.ts calls|cpu|peers|growth|delivery|memory|watching|scale-out|first-list|all [--short]
npx tsx bench/run.ts smoke [target …]
npx tsx bench/run.ts checkouts <folder> <folder> …`;

const SUITES = {
  calls,
  cpu,
  peers,
  growth,
  delivery,
  memory,
  watching,
  'scale-out': scaleOut,
  'first-list': firstList,
};

const isSuite = (name: string): name is keyof typeof SUITES => name in SUITES;

/** Prints the tables; keeps the figures under results/, unless they are of a short run. */
async function run(args: readonly string[]): Promise<void> {
  const isShort = args.includes('--short');
  const [suite = '', ...rest] = args.filter((arg) => !arg.startsWith('--'));
  if (suite === 'smoke') return print(await smoke(EFFORTS.short, rest));
  if (suite === 'checkouts') return print(await checkouts(isShort ? EFFORTS.short : EFFORTS.long, rest));
  const names = suite === 'all' ? Object.keys(SUITES).filter(isSuite) : [suite].filter(isSuite);
  if (names.length === 0) throw new Error(USAGE);
  for (const name of names) {
    const { text, figures } = await SUITES[name](isShort ? EFFORTS.short : EFFORTS.long);
    print(text);
    if (!isShort) saveResults(name, figures);
  }
}

const print = (text: string): void => console.log(`${text}\n`);

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1));

run(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
