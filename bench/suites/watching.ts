import { watchByPolling, watchWithProduct } from '../live/watch-scenes.js';
import type { WatchScale, Watched } from '../live/watch-scenes.js';
import { figure, goalTable, markdownTable } from '../report.js';
import type { Goal, SuiteReport } from '../report.js';
import { EFFORTS } from '../rounds.js';
import type { Effort } from '../rounds.js';

const FEWER_TIMES = 20;
const TOLD_WITHIN_MS = 4_000;

const scaleOf = (effort: Effort): WatchScale =>
  effort === EFFORTS.short
    ? { members: 100, active: 5, warmUpMs: 12_000, measureMs: 12_000 }
    : { members: 1_000, active: 50, warmUpMs: 25_000, measureMs: 90_000 };

interface Row {
  readonly name: string;
  readonly watched: Watched;
}

/** What of MX it takes to know of every change within seconds, beside every frontend polling. */
export async function watching(effort: Effort): Promise<SuiteReport> {
  const scale = scaleOf(effort);
  // At the same time: none of them needs a tenth of a core for long.
  const [alone, four, polled] = await Promise.all([
    watchWithProduct(scale, 1),
    watchWithProduct(scale, 4),
    watchByPolling(scale),
  ]);
  const rows: Row[] = [
    { name: 'mx-member-graphql, 1 member per user', watched: alone },
    { name: 'mx-member-graphql, 4 members per user', watched: four },
    { name: 'every frontend polls each 3 s', watched: polled },
  ];
  const goals = goalsOf(alone, four, polled);
  const text = [
    `### Watching ${scale.members} members, ${scale.active} of them with a running job at any time, without webhooks`,
    readsTable(rows, polled),
    reasonsTable(rows),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { scale, alone, four, polled, goals } };
}

const readsTable = (rows: readonly Row[], polled: Watched): string =>
  markdownTable(
    ['', 'jobs/s', 'reads/s', 'fewer by', 'told after p50 ms', 'p99 ms', 'max ms', 'changes', 'missed'],
    rows.map(({ name, watched: { jobsPerSecond, total, delay, missed } }) => [
      name,
      figure(jobsPerSecond),
      figure(total, 1),
      figure(polled.total / total, 1),
      ...[delay.p50, delay.p99, delay.max].map((value) => figure(value, 0)),
      ...[delay.count, missed].map(String),
    ]),
  );

const reasonsTable = (rows: readonly Row[]): string =>
  markdownTable(
    ['', 'reason', 'reads/s', 'share'],
    rows.flatMap(({ name, watched: { reads, total } }) =>
      Object.entries(reads).map(([reason, perSecond]) => [
        name,
        reason,
        figure(perSecond),
        `${figure((perSecond / total) * 100, 0)} %`,
      ]),
    ),
  );

function goalsOf(alone: Watched, four: Watched, polled: Watched): Goal[] {
  const ratio = polled.total / alone.total;
  const told = (name: string, { delay, missed }: Watched): Goal => ({
    goal: `${name}: every change told within ${TOLD_WITHIN_MS} ms`,
    got: `${figure(delay.max, 0)} at most, ${missed} missed`,
    isMet: delay.max <= TOLD_WITHIN_MS && missed === 0,
  });
  return [
    { goal: `1/${FEWER_TIMES} of the reads`, got: `1/${figure(ratio, 1)}`, isMet: ratio >= FEWER_TIMES },
    told('1 member per user', alone),
    told('4 members per user', four),
  ];
}
