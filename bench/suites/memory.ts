import { startBare, startLiveUpstream, startProbed, startSubscribers } from '../live/processes.js';
import type { RunningServer } from '../live/processes.js';
import type { Held } from '../live/memory.js';
import { WITH_MEMBER } from '../live/queries.js';
import { figure, goalTable, markdownTable, median } from '../report.js';
import type { SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

const GOAL_KIB = 20;
const KIB = 1_024;
const MIB = KIB * KIB;

interface Scale {
  /** How many subscribers there are when memory is looked at. */
  readonly steps: readonly number[];
  /** So many come and go before: what is made once is made then. */
  readonly warmUp: number;
  readonly rounds: number;
}
const scaleOf = (effort: Effort): Scale =>
  effort === EFFORTS.short
    ? { steps: [0, 200, 400], warmUp: 50, rounds: 1 }
    : { steps: [0, 5_000, 10_000], warmUp: 1_000, rounds: 2 };

type Server = Pick<RunningServer<{ held(): Promise<Held> }>, 'remote' | 'url' | 'output' | 'stop'>;
type Name = 'product' | 'bare';

interface Measured {
  readonly server: Name;
  readonly subscribers: number;
  readonly held: Held;
}

/** What idle subscribers cost, each with a user and a socket of its own, beside a bare server. */
export async function memory(effort: Effort): Promise<SuiteReport> {
  const scale = scaleOf(effort);
  const rounds: Measured[][] = [];
  for (let round = 0; round < scale.rounds; round += 1) {
    rounds.push([...(await grow('bare', scale)), ...(await grow('product', scale))]);
  }
  return reportOf(rounds, scale);
}

async function grow(name: Name, { steps, warmUp }: Scale): Promise<Measured[]> {
  const upstream = await startLiveUpstream();
  const server: Server = name === 'bare' ? await startBare() : await startProbed(upstream.url);
  const subscribers = startSubscribers();
  const all = { url: server.url, upstream: upstream.url, query: WITH_MEMBER };
  try {
    await subscribers.remote.ask('open', { ...all, from: 0, count: warmUp });
    await subscribers.remote.ask('close');
    const measured: Measured[] = [];
    let present = 0;
    for (const count of steps) {
      await subscribers.remote.ask('open', { ...all, from: present, count: count - present });
      present = count;
      const held = await server.remote.ask('held');
      console.error(`${name}, ${count} subscribers: ${(held.resident / MIB).toFixed(1)} MiB`);
      measured.push({ server: name, subscribers: count, held });
    }
    return measured;
  } catch (error) {
    throw new Error(`memory: ${String(error)}\n${server.output()}`, { cause: error });
  } finally {
    await Promise.all([subscribers, server, upstream].map((running) => running.stop()));
  }
}

const toKiB = (bytes: number): string => figure(bytes / KIB, 1);

function reportOf(rounds: readonly Measured[][], { steps, warmUp }: Scale): SuiteReport {
  const at = (name: Name, count: number, pick: (held: Held) => number): number =>
    median(
      rounds
        .flat()
        .flatMap(({ server, subscribers, held }) =>
          server === name && subscribers === count ? [pick(held)] : [],
        ),
    );
  const per = (name: Name, count: number, pick: (held: Held) => number): number =>
    (at(name, count, pick) - at(name, 0, pick)) / count;
  const resident = ({ resident: bytes }: Held): number => bytes;
  const rows = steps.flatMap((count) =>
    (['product', 'bare'] as const).map((name) => [
      name === 'product' ? 'mx-member-graphql' : 'bare `ws` server',
      String(count),
      figure(at(name, count, resident) / MIB, 1),
      ...(count === 0
        ? ['', '', '']
        : [resident, (held: Held) => held.heap, (held: Held) => held.external].map((pick) =>
            toKiB(per(name, count, pick)),
          )),
    ]),
  );
  const overBare = steps.slice(1).map((count) => ({
    subscribers: count,
    bytes: per('product', count, resident) - per('bare', count, resident),
  }));
  const goals = overBare.map(({ subscribers, bytes }) => ({
    goal: `${subscribers} subscribers: at most ${GOAL_KIB} KiB each over bare`,
    got: toKiB(bytes),
    isMet: bytes <= GOAL_KIB * KIB,
  }));
  const text = [
    `### Memory of idle subscribers, after ${warmUp} others have come and gone`,
    markdownTable(
      ['', 'subscribers', 'resident MiB', 'KiB each', 'of that heap', 'and outside the heap'],
      rows,
    ),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { rounds, overBare, goals } };
}
