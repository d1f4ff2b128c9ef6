import { figure, goalTable, markdownTable, sampleTable, summarise } from '../report.js';
import type { SuiteReport, Summary } from '../report.js';
import { interleave } from '../rounds.js';
import type { Effort } from '../rounds.js';
import { targetNamed } from '../targets.js';

const MEMBERS = [1, 5, 25];
const CONNECTIONS = [1, 16, 256];
const PRODUCTS = ['product', 'product-window-off'];
const TARGETS = [...PRODUCTS, 'proxy'];
const LONG_SHAPE = { page: 'full', members: 25, connections: 64 } as const;
const MEMORY_GOAL_MIB = 220;

type Cell = Summary & { readonly members: number; readonly connections: number };

/** The short page with 1, 5, 25 members, each over 1, 16, 256 connections; memory under load. */
export async function growth(effort: Effort): Promise<SuiteReport> {
  const cells: Cell[] = [];
  for (const members of MEMBERS) {
    for (const connections of CONNECTIONS) {
      const shape = { page: 'short', members, connections } as const;
      const samples = await interleave({ targets: TARGETS, effort: fewer(effort), shape });
      cells.push(...summarise(samples).map((summary) => ({ ...summary, members, connections })));
    }
  }
  const long = summarise(await interleave({ targets: PRODUCTS, effort: longer(effort), shape: LONG_SHAPE }));
  const ours = [...cells, ...long].filter(({ target }) => PRODUCTS.includes(target));
  const peak = Math.max(...ours.map((summary) => summary.highWaterMiB));
  const goals = [
    { goal: `resident at most ${MEMORY_GOAL_MIB} MiB`, got: figure(peak, 0), isMet: peak <= MEMORY_GOAL_MIB },
  ];
  const text = [
    '### Growth, short page',
    growthTable(cells),
    '### Memory under a long load, full page, 64 connections',
    sampleTable(long, 'proxy'),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { cells, long, goals } };
}

/** Many cells, and one connection is slow: shorter runs of each. */
const fewer = (effort: Effort): Effort => ({
  ...effort,
  rounds: 1,
  maxSeconds: Math.min(effort.maxSeconds, 6),
});

/** Memory is only at its height after as many requests as a heap needs to be grown and collected a few times. */
const longer = (effort: Effort): Effort => ({
  ...effort,
  rounds: 1,
  requests: effort.requests * 5,
  maxSeconds: effort.maxSeconds * 3,
});

const growthTable = (cells: readonly Cell[]): string =>
  markdownTable(
    ['', 'members', 'connections', 'req/s', 'CPU ms/req', 'calls/req', 'p50 ms', 'p99 ms', 'RSS MiB'],
    cells.map((cell) => [
      targetNamed(cell.target).label,
      String(cell.members),
      String(cell.connections),
      figure(cell.requestsPerSecond, 0),
      figure(cell.processorMs),
      figure(cell.upstreamCalls),
      figure(cell.p50, 1),
      figure(cell.p99, 1),
      figure(cell.highWaterMiB, 0),
    ]),
  );
