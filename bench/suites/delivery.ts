import type { Bare, Sending } from '../live/bare.js';
import { delaysOf, latencyOf, numberOf } from '../live/latency.js';
import type { Latency } from '../live/latency.js';
import {
  Stack,
  startBare,
  startLiveUpstream,
  startProbed,
  startSubscribers,
  untilQuiet,
  WITHOUT_BACKLOG,
} from '../live/processes.js';
import type { Running, RunningServer, RunningUpstream } from '../live/processes.js';
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
  /** They alternate each second, so that what disturbs the machine disturbs both. */
  readonly rounds: number;
}
/** The first of them warm both up. */
const WARM_UP = 3;
const scaleOf = (effort: Effort): Scale =>
  effort === EFFORTS.short ? { subscribers: 500, rounds: 2 } : { subscribers: 5_000, rounds: 30 };

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
  readonly upstream: RunningUpstream;
  readonly scale: Scale;
}

/** One round of one server. */
interface Round {
  readonly delays: readonly number[];
  /** Processor time of the server per change, in milliseconds. */
  readonly processorMs: number;
}

/** All rounds of one server. */
interface Summary extends Latency {
  /** The p99 of the median round: what it is when nothing else disturbs the machine. */
  readonly medianP99: number;
  readonly processorMs: number;
}

interface Outcome {
  readonly scene: string;
  readonly product: Summary;
  readonly bare: Summary;
}

/** From a change being detected to each of thousands of subscribers knowing of theirs, beside a bare server. */
export async function delivery(effort: Effort): Promise<SuiteReport> {
  const scale = scaleOf(effort);
  const stack = new Stack();
  try {
    const upstream = await stack.start(startLiveUpstream({ isRestless: true }));
    const stage: Stage = {
      product: await stack.start(startProbed(upstream.url, WITHOUT_BACKLOG)),
      bare: await stack.start(startBare()),
      ours: await stack.start(startSubscribers()),
      theirs: await stack.start(startSubscribers()),
      ...{ upstream, scale },
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
  const all = { upstream: upstream.url, from: 0, count: scale.subscribers, query: scene.query };
  await ours.remote.ask('open', { ...all, url: product.url });
  await theirs.remote.ask('open', { ...all, url: bare.url });
  await untilQuiet(upstream);
  const rounds: { product: Round; bare: Round }[] = [];
  for (let round = 0; round < WARM_UP + scale.rounds; round += 1) {
    const { sendings, ...ofProduct } = await roundOfProduct(scene, stage, round);
    rounds.push({ product: ofProduct, bare: await roundOfBare(sendings, stage) });
  }
  await Promise.all([ours.remote.ask('close'), theirs.remote.ask('close')]);
  const counted = rounds.slice(WARM_UP);
  const [ofProduct, ofBare] = (['product', 'bare'] as const).map((server) =>
    summaryOf(counted.map((round) => round[server])),
  );
  if (!ofProduct || !ofBare) throw new Error('no round was played');
  console.error(`${scene.name}: p99 ${ofProduct.p99.toFixed(2)} ms, bare ${ofBare.p99.toFixed(2)} ms`);
  return { scene: scene.name, product: ofProduct, bare: ofBare };
}

/** A second of changes, of other users than those of the round before. Gives also what was sent, for the bare server to send it again. */
async function roundOfProduct(
  { mode }: Scene,
  { product, ours, scale }: Stage,
  round: number,
): Promise<Round & { sendings: Sending[] }> {
  const first = (round * PER_SECOND) % scale.subscribers;
  const users = Array.from({ length: PER_SECOND }, (_, index) => first + index);
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
  return { delays: delaysOf(detections, arrivals), processorMs, sendings };
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
  return { delays: delaysOf(detections, arrivals), processorMs };
}

const summaryOf = (rounds: readonly Round[]): Summary => ({
  ...latencyOf(rounds.flatMap(({ delays }) => delays)),
  medianP99: median(rounds.map(({ delays }) => latencyOf(delays).p99)),
  processorMs: rounds.reduce((sum, { processorMs }) => sum + processorMs, 0) / rounds.length,
});

function goalsOf({ scene, product, bare }: Outcome): Goal[] {
  const goal = (what: string, ratio: number): Goal => ({
    goal: `${what} at most ${TIMES_BARE} times bare: ${scene}`,
    got: figure(ratio),
    isMet: ratio <= TIMES_BARE,
  });
  return [
    goal('p99', product.p99 / bare.p99),
    goal('p99 of the median second', product.medianP99 / bare.medianP99),
  ];
}

function reportOf(outcomes: readonly Outcome[], { subscribers }: Scale): SuiteReport {
  const row = (name: string, { p50, p99, max, medianP99, processorMs }: Summary): string[] => [
    name,
    ...[p50, p99, max, medianP99, processorMs].map((value) => figure(value)),
  ];
  const rows = outcomes.flatMap(({ scene, product, bare }) => [
    row(`mx-member-graphql: ${scene}`, product),
    row('bare `ws` server, the same bytes at the same times', bare),
  ]);
  const goals = outcomes.flatMap(goalsOf);
  const text = [
    `### Delivery: ${subscribers} subscribers, each its own user, ${PER_SECOND} changes a second`,
    markdownTable(['', 'p50 ms', 'p99 ms', 'max ms', 'p99 of the median second', 'CPU ms/change'], rows),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { subscribers, perSecond: PER_SECOND, outcomes, goals } };
}
