import { figure, goalTable, sampleTable, summarise } from '../report.js';
import type { Goal, SuiteReport, Summary } from '../report.js';
import { interleave } from '../rounds.js';
import type { Effort } from '../rounds.js';

const SHAPE = { page: 'full', members: 25, connections: 16 } as const;
const PRODUCTS = ['product', 'product-window-off'];
const TARGETS = [
  ...PRODUCTS,
  'proxy',
  'product-token-per-user',
  'proxy-verifying',
  'apollo-naive',
  'apollo-naive-per-field',
];

/** So few users that the freshness window answers nearly all: what the window alone is worth. */
const FEW_USERS = 50;

/** Processor time per full page: the product against the proxy without GraphQL and against naive Apollo. */
export async function cpu(effort: Effort): Promise<SuiteReport> {
  const apart = summarise(await interleave({ targets: TARGETS, effort, shape: SHAPE }));
  const again = summarise(
    await interleave({ targets: [...PRODUCTS, 'proxy'], effort, shape: { ...SHAPE, users: FEW_USERS } }),
  );
  const goals = PRODUCTS.flatMap((name) => goalsOf(name, apart));
  const text = [
    '### Processor time, full page, a different user per request',
    sampleTable(apart, 'proxy'),
    goalTable(goals),
    `### The same, ${FEW_USERS} users only (information)`,
    sampleTable(again, 'proxy'),
  ].join('\n\n');
  return { text, figures: { differentUsers: apart, fewUsers: again, goals } };
}

function goalsOf(name: string, summaries: readonly Summary[]): Goal[] {
  const time = (target: string): number =>
    summaries.find((summary) => summary.target === target)?.processorMs ?? Number.NaN;
  const toProxy = time(name) / time('proxy');
  const toApollo = time(name) / time('apollo-naive');
  return [
    { goal: `${name}: at most 1.5 times the proxy`, got: figure(toProxy), isMet: toProxy <= 1.5 },
    { goal: `${name}: at most half of naive Apollo`, got: figure(toApollo), isMet: toApollo <= 0.5 },
  ];
}
