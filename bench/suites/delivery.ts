import type { Bare, Sending } from '../live/bare.js';
import { delaysOf, latencyOf, numberOf } from '../live/latency.js';
import type { Latency } from '../live/latency.js';
import { Stack, startBare, startLiveUpstream, startProbed, startSubscribers } from '../live/processes.js';
import type { Running, RunningServer } from '../live/processes.js';
import type { DriveOrder, Probe } from '../live/probe.js';
import { WITH_MEMBER, WITHOUT_MEMBER } from '../live/queries.js';
import type { Subscribers } from '../live/subscribers.js';
import { processorSeconds } from '../accounting.js';
import { figure, goalTable, markdownTable, median } from '../report.js';
import type { Goal, SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

const PER_SECOND = 500;
const TIMES_BARE = 3;
const ARRIVES_WITHIN_MS = 10_000;

interface Scale {
  readonly subscribers: number;
  readonly rounds: number;
}
const scaleOf = (effort: Effort): Scale =>
  effort === EFFORTS.short ? { subscribers: 200, rounds: 1 } : { subscribers: 5_000, rounds: 3 };

/** How changes come about, and what of them is told. */
interface Scene {
  readonly name: string;
  readonly mode: DriveOrder['mode'];
  readonly query: string;
}

const SCENES: readonly Scene[] = [
  { name: 'put into the store, without `member`', mode: 'swap', query: WITHOUT_MEMBER },
  { name: 'read from MX, with `member`', mode: 'read', query: WITH_MEMBER },
];

interface Stage {
  readonly product: RunningServer<Probe>;
  readonly bare: RunningServer<Bare>;
  readonly ours: Running<Subscribers>;
  readonly theirs: Running<Subscribers>;
  readonly upstream: string;
  readonly scale: Scale;
}

/** One round of one server. */
interface Round extends Latency {
  /** Processor time of the server per change, in milliseconds. */
  readonly processorMs: number;
}

interface Outcome {
  readonly scene: string;
  readonly product: Round;
  readonly bare: Round;
  readonly rounds: readonly { readonly product: Round; readonly bare: Round }[];
}

/** From a change being detected to each of thousands of subscribers knowing of theirs, beside a bare server. */
export async function delivery(effort: Effort): Promise<SuiteReport> {
  const scale = scaleOf(effort);
  const stack = new Stack();
  try {
    const { url } = await stack.start(startLiveUpstream({ isRestless: true }));
    const stage: Stage = {
      product: await stack.start(startProbed(url)),
      bare: await stack.start(startBare()),
      ours: await stack.start(startSubscribers()),
      theirs: await stack.start(startSubscribers()),
      ...{ upstream: url, scale },
    };
    const outcomes: Outcome[] = [];
    for (const scene of SCENES) outcomes.push(await play(scene, stage));
    return reportOf(outcomes, scale);
  } finally {
    await stack.stop();
  }
}

async function play(scene: Scene, stage: Stage): Promise<Outcome> {
  const { product, bare, ours, theirs, upstream, scale } = stage;
  const all = { upstream, from: 0, count: scale.subscribers, query: scene.query };
  await ours.remote.ask('open', { ...all, url: product.url });
  await theirs.remote.ask('open', { ...all, url: bare.url });
  const rounds: Outcome['rounds'][number][] = [];
  // The first round warms both up.
  for (let round = 0; round <= scale.rounds; round += 1) {
    const { sendings, ...ofProduct } = await roundOfProduct(scene, stage);
    const ofBare = await roundOfBare(sendings, stage);
    console.error(
      `${scene.name}, round ${round}: p99 ${ofProduct.p99.toFixed(2)} ms, bare ${ofBare.p99.toFixed(2)} ms`,
    );
    if (round > 0) rounds.push({ product: ofProduct, bare: ofBare });
  }
  await Promise.all([ours.remote.ask('close'), theirs.remote.ask('close')]);
  const middle = (of: 'product' | 'bare'): Round => medianOf(rounds.map((round) => round[of]));
  return { scene: scene.name, product: middle('product'), bare: middle('bare'), rounds };
}

/** Each user once. Gives also what was sent, for the bare server to send it again. */
async function roundOfProduct(
  { mode }: Scene,
  { product, ours, scale }: Stage,
): Promise<Round & { sendings: Sending[] }> {
  const users = Array.from({ length: scale.subscribers }, (_, user) => user);
  await ours.remote.ask('record');
  const before = processorSeconds(product.pid);
  const order = { mode, users, perSecond: PER_SECOND, changes: users.length };
  const detections = await product.remote.ask('drive', order);
  const arrivals = await ours.remote.ask('collect', {
    expected: users.length,
    timeoutMs: ARRIVES_WITHIN_MS,
  });
  const processorMs = ((processorSeconds(product.pid) - before) * 1_000) / users.length;
  const textOf = new Map(arrivals.map((arrival) => [`${arrival.user}/${numberOf(arrival)}`, arrival.text]));
  const begunAt = detections[0]?.at ?? 0;
  const sendings = detections.map(({ user, n, at }) => ({
    ...{ user, offset: at - begunAt },
    text: textOf.get(`${user}/${n}`) ?? '',
  }));
  return { ...latencyOf(delaysOf(detections, arrivals)), processorMs, sendings };
}

async function roundOfBare(sendings: readonly Sending[], { bare, theirs }: Stage): Promise<Round> {
  await theirs.remote.ask('record');
  const before = processorSeconds(bare.pid);
  const sentAt = await bare.remote.ask('replay', sendings);
  const arrivals = await theirs.remote.ask('collect', {
    expected: sendings.length,
    timeoutMs: ARRIVES_WITHIN_MS,
  });
  const processorMs = ((processorSeconds(bare.pid) - before) * 1_000) / sendings.length;
  const detections = sendings.map(({ user, text }, index) => ({
    ...{ user, n: numberOf({ text }) },
    at: sentAt[index] ?? Number.NaN,
  }));
  return { ...latencyOf(delaysOf(detections, arrivals)), processorMs };
}

function medianOf(rounds: readonly Round[]): Round {
  const middle = (pick: (round: Round) => number): number => median(rounds.map(pick));
  return {
    count: rounds.reduce((sum, { count }) => sum + count, 0),
    p50: middle(({ p50 }) => p50),
    p99: middle(({ p99 }) => p99),
    max: Math.max(...rounds.map(({ max }) => max)),
    processorMs: middle(({ processorMs }) => processorMs),
  };
}

function reportOf(outcomes: readonly Outcome[], { subscribers }: Scale): SuiteReport {
  const row = (name: string, { p50, p99, max, processorMs }: Round, ratio: string): string[] => [
    name,
    ...[p50, p99, max, processorMs].map((value) => figure(value)),
    ratio,
  ];
  const rows = outcomes.flatMap(({ scene, product, bare }) => [
    row(`mx-member-graphql: ${scene}`, product, figure(product.p99 / bare.p99)),
    row('bare `ws` server, the same bytes at the same times', bare, ''),
  ]);
  const goals = outcomes.map(({ scene, product, bare }): Goal => {
    const ratio = product.p99 / bare.p99;
    const goal = `p99 at most ${TIMES_BARE} times bare: ${scene}`;
    return { goal, got: figure(ratio), isMet: ratio <= TIMES_BARE };
  });
  const text = [
    `### Delivery: ${subscribers} subscribers, each its own user, ${PER_SECOND} changes a second`,
    markdownTable(['', 'p50 ms', 'p99 ms', 'max ms', 'CPU ms/change', 'p99 to bare'], rows),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { subscribers, perSecond: PER_SECOND, outcomes, goals } };
}
