import { figure, goalTable, sampleTable, summarise } from '../report.js';
import type { Goal, SuiteReport, Summary } from '../report.js';
import { interleave } from '../rounds.js';
import type { Effort } from '../rounds.js';

const SHAPE = { page: 'short', members: 25, connections: 16 } as const;
const MANY_CONNECTIONS = 256;
const PRODUCT = 'product-window-off';
const OURS = [PRODUCT, 'product', 'proxy'];

/** Each request asks for its institutions. */
const PEERS = ['apollo-dataloader', 'yoga', 'mercurius', 'hive-gateway', 'tailcall'];

/** Institutions outlive the request, by the peer's own cache or one written by hand: 1 upstream call each. */
const KEPT = PEERS.map((peer) => `${peer}-kept`);

const NOT_NODE = /^tailcall/;

/** Over 256 connections it answers a user with another's page, which ends the run. */
const MIXES_USERS = /^tailcall-kept/;

/** Side by side with what one would pick instead: 25 members with status and institution name. */
export async function peers(effort: Effort): Promise<SuiteReport> {
  const targets = [...OURS, ...PEERS, ...KEPT];
  const summaries = summarise(await interleave({ targets, effort, shape: SHAPE }));
  const crowd = summarise(
    await interleave({
      targets: [...OURS, ...KEPT.filter((peer) => !MIXES_USERS.test(peer))],
      effort: { ...effort, rounds: Math.ceil(effort.rounds / 2) },
      shape: { ...SHAPE, connections: MANY_CONNECTIONS },
    }),
  );
  const goals = [
    ...goalsAgainst('peers', PEERS, summaries),
    ...goalsAgainst('peers that keep institutions', KEPT, summaries),
    ...goalsAgainst(`the same at ${MANY_CONNECTIONS} connections`, KEPT, crowd),
  ];
  const text = [
    '### Side by side, short page, a different user per request, upstream latency 20 ms, 16 connections',
    sampleTable(summaries, PRODUCT),
    `### The same over ${MANY_CONNECTIONS} connections, where latency no longer sets the limit`,
    sampleTable(crowd, PRODUCT),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { sixteen: summaries, many: crowd, goals } };
}

function goalsAgainst(group: string, names: readonly string[], summaries: readonly Summary[]): Goal[] {
  const own = summaries.find((summary) => summary.target === PRODUCT);
  const others = summaries.filter((summary) => names.includes(summary.target));
  if (!own || others.length === 0) return [];
  const fastest = others.reduce((best, one) => (one.requestsPerSecond > best.requestsPerSecond ? one : best));
  const onNode = others.filter((summary) => !NOT_NODE.test(summary.target));
  const leanest = onNode.reduce((best, one) => (one.processorMs < best.processorMs ? one : best));
  const speed = own.requestsPerSecond / fastest.requestsPerSecond;
  const time = own.processorMs / leanest.processorMs;
  return [
    { goal: `${group}: twice the req/s of ${fastest.target}`, got: figure(speed), isMet: speed >= 2 },
    { goal: `${group}: less CPU than ${leanest.target}`, got: figure(time), isMet: time < 1 },
    { goal: `${group}: 1 upstream call`, got: figure(own.upstreamCalls), isMet: own.upstreamCalls <= 1.01 },
  ];
}
