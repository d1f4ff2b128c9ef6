import { setTimeout as sleep } from 'node:timers/promises';

import {
  Stack,
  startBare,
  startLiveUpstream,
  startProbed,
  startSubscribers,
  untilQuiet,
  WITHOUT_BACKLOG,
} from '../live/processes.js';
import type { RunningServer } from '../live/processes.js';
import type { Held } from '../live/memory.js';
import { WITH_MEMBER } from '../live/queries.js';
import { figure, goalTable, markdownTable, median } from '../report.js';
import type { SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

const GOAL_KIB = 20;
const FIRST_OF_WARM_UP = 1_000_000;
const KIB = 1_024;
const MIB = KIB * KIB;

interface Scale {
  /** How many subscribers there are when memory is looked at. */
  readonly steps: readonly number[];
  /** So many come and go before: what is made once is made then. They are others than those who come after. */
  readonly warmUp: number;
  /** Whoever has gone is watched for a while longer. */
  readonly forgottenAfterMs: number;
  readonly rounds: number;
}
const scaleOf = (effort: Effort): Scale =>
  effort === EFFORTS.short
    ? { steps: [0, 200, 400], warmUp: 50, forgottenAfterMs: 0, rounds: 1 }
    : { steps: [0, 5_000, 10_000], warmUp: 1_000, forgottenAfterMs: 36_000, rounds: 2 };

type Server = Pick<RunningServer<{ held(): Promise<Held> }>, 'remote' | 'url' | 'stop'>;
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

async function grow(name: Name, { steps, warmUp, forgottenAfterMs }: Scale): Promise<Measured[]> {
  const stack = new Stack();
  try {
    const upstream = await stack.start(startLiveUpstream());
    const starting: Promise<Server> =
      name === 'bare' ? startBare() : startProbed(upstream.url, WITHOUT_BACKLOG);
    const server = await stack.start(starting);
    const subscribers = await stack.start(startSubscribers());
    const all = { url: server.url, upstream: upstream.url, query: WITH_MEMBER };
    await subscribers.remote.ask('open', { ...all, from: FIRST_OF_WARM_UP, count: warmUp });
    await subscribers.remote.ask('close');
    if (name === 'product') await sleep(forgottenAfterMs);
    const measured: Measured[] = [];
    let present = 0;
    for (const count of steps) {
      await subscribers.remote.ask('open', { ...all, from: present, count: count - present });
      present = count;
      await untilQuiet(upstream);
      const held = await server.remote.ask('held');
      console.error(`${name}, ${count} subscribers: ${(held.resident / MIB).toFixed(1)} MiB`);
      measured.push({ server: name, subscribers: count, held });
    }
    return measured;
  } finally {
    await stack.stop();
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
  const most = Math.max(...steps);
  const whole = (at('product', most, resident) - at('bare', most, resident)) / most;
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
    `The whole difference between the processes at ${most}, with all that does not grow: ${toKiB(whole)} KiB each.`,
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { rounds, overBare, wholeDifferencePerSubscriber: whole, goals } };
}
