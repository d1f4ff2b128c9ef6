import { askBoth, climb, isSustained } from '../live/instances.js';
import type { Load, Sharing, Step } from '../live/instances.js';
import { WITH_MEMBER, WITHOUT_MEMBER } from '../live/queries.js';
import { figure, goalTable, markdownTable } from '../report.js';
import type { Goal, SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

const INSTANCES = [1, 2];
const WINDOW_MS = 3_000;

interface Climb {
  readonly name: string;
  readonly load: Load;
}

const climbsOf = (effort: Effort): Climb[] => {
  const isShort = effort === EFFORTS.short;
  const some = { subscribers: isShort ? 100 : 1_000, seconds: isShort ? 1 : 4 };
  const rates = isShort ? [100, 200] : [250, 500, 750, 1_000, 1_500, 2_000, 3_000, 4_000, 6_000, 8_000];
  return [
    {
      name: 'put into the store, without `member`',
      load: { ...some, rates, mode: 'swap', query: WITHOUT_MEMBER },
    },
    { name: 'read from MX, with `member`', load: { ...some, rates, mode: 'read', query: WITH_MEMBER } },
  ];
};

interface Outcome {
  readonly name: string;
  readonly instances: number;
  readonly steps: readonly Step[];
}

/** Instances over one Redis: how many changes a second they carry, and whether MX is asked once for all of them. */
export async function scaleOut(effort: Effort): Promise<SuiteReport> {
  const outcomes: Outcome[] = [];
  for (const { name, load } of climbsOf(effort)) {
    for (const instances of INSTANCES) {
      outcomes.push({ name, instances, steps: await climb(instances, load) });
    }
  }
  const sharing = effort === EFFORTS.short ? await askBoth(10, 4, 250) : await askBoth(50, 15, 250);
  const goals = goalsOf(sharing);
  const text = [
    '### Changes a second over one Redis; with two instances, each is told at the other one than finds it',
    climbTable(outcomes),
    '### The same users asked for at two instances',
    sharingTable(sharing),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { outcomes, sharing, goals } };
}

const climbTable = (outcomes: readonly Outcome[]): string =>
  markdownTable(
    [
      '',
      'instances',
      'sustained/s',
      'p50 ms',
      'p99 ms',
      'max ms',
      'cores',
      'cores of Redis',
      'then at',
      'gave',
    ],
    outcomes.map(({ name, instances, steps }) => {
      const best = steps.findLast(isSustained);
      const beyond = steps.find((step) => !isSustained(step));
      const { p50 = Number.NaN, p99 = Number.NaN, max = Number.NaN } = best?.latency ?? {};
      return [
        name,
        String(instances),
        best ? figure(best.perSecond, 0) : 'none',
        ...[p50, p99, max].map((value) => figure(value, 1)),
        figure(best?.cores.instances ?? Number.NaN),
        figure(best?.cores.redis ?? Number.NaN),
        beyond ? figure(beyond.perSecond, 0) : '',
        beyond
          ? `${figure(beyond.delivered, 0)}/s, p99 ${figure(beyond.latency.p99, 0)} ms, ${beyond.lost} lost`
          : '',
      ];
    }),
  );

const sharingTable = ({ users, seconds, queries, lists, most, shortestMs }: Sharing): string =>
  markdownTable(
    ['users', 'seconds', 'queries', 'list calls', 'most for one user', 'least ms between two reads'],
    [[users, seconds, queries, lists, most, shortestMs].map((value) => figure(value, 0))],
  );

function goalsOf({ seconds, lists, users, most, shortestMs }: Sharing): Goal[] {
  const windows = Math.floor((seconds * 1_000) / WINDOW_MS) + 1;
  return [
    {
      goal: `two instances: at most 1 list call per user in a window of ${WINDOW_MS} ms`,
      got: `${figure(lists / users)} a user in ${windows} windows, ${figure(shortestMs, 0)} ms between two at least`,
      isMet: shortestMs >= WINDOW_MS && most <= windows,
    },
  ];
}
