import { setTimeout as sleep } from 'node:timers/promises';
import { goalTable, markdownTable } from '../report.js';
import type { Goal, SuiteReport } from '../report.js';
import { startServer, startUpstream } from '../processes.js';
import type { RunningServer, RunningUpstream } from '../processes.js';
import { targetNamed } from '../targets.js';
import { askAtOnce } from '../one-page.js';

const WINDOW_MS = 3000;
const MEMBERS = 25;
const EQUAL_QUERIES = 1000;

interface Count {
  readonly target: string;
  readonly moment: string;
  readonly list: number;
  readonly institution: number;
  readonly other: number;
}

/** Upstream calls for the full page of one user: cold, inside the window, after it, and a thousand at once. */
export async function calls(): Promise<SuiteReport> {
  const counts = [
    ...(await countsOf('product')),
    ...(await countsOf('product-window-off')),
    ...(await countsOf('apollo-naive')),
    ...(await countsOf('apollo-dataloader')),
  ];
  const goals = goalsOf(counts);
  const rows = counts.map(({ target, moment, list, institution, other }) => [
    `${targetNamed(target).label}: ${moment}`,
    ...[list, institution, other].map(String),
  ]);
  const text = [
    '### Upstream calls, full page of 25 members, 5 institutions',
    markdownTable(['', 'list', 'institution', 'other'], rows),
    goalTable(goals),
  ].join('\n\n');
  return { text, figures: { counts, goals } };
}

interface Scene {
  readonly target: string;
  readonly server: RunningServer;
  readonly upstream: RunningUpstream;
  readonly tokens: readonly string[];
}

async function countsOf(target: string): Promise<Count[]> {
  const upstream = await startUpstream({ members: MEMBERS, latencyMs: 200 });
  try {
    const answer = await fetch(`${upstream.url}/bench/tokens?count=2`);
    const tokens = (await answer.json()) as string[];
    const server = await startServer(targetNamed(target), upstream.url);
    try {
      return await playOut({ target, server, upstream, tokens });
    } finally {
      await server.stop();
    }
  } finally {
    await upstream.stop();
  }
}

async function playOut(scene: Scene): Promise<Count[]> {
  const counts = [await count(scene, { moment: 'cold', user: 0, times: 1 })];
  counts.push(await count(scene, { moment: 'again at once', user: 0, times: 1 }));
  await sleep(WINDOW_MS + 500);
  counts.push(await count(scene, { moment: 'after the window', user: 0, times: 1 }));
  if (scene.target === 'apollo-naive') return counts; // a thousand would be 51,000 calls
  counts.push(
    await count(scene, { moment: `${EQUAL_QUERIES} equal queries at once`, user: 1, times: EQUAL_QUERIES }),
  );
  return counts;
}

interface Moment {
  readonly moment: string;
  readonly user: number;
  readonly times: number;
}

async function count(
  { target, server, upstream, tokens }: Scene,
  { moment, user, times }: Moment,
): Promise<Count> {
  await upstream.takeLog();
  const token = tokens[user] ?? '';
  await askAtOnce({ target: targetNamed(target), port: server.port, user, token, members: MEMBERS, times });
  const { members: list = 0, institution = 0, ...rest } = await upstream.takeLog();
  const other = Object.values(rest).reduce((sum, one) => sum + one, 0);
  return { target, moment, list, institution, other };
}

function goalsOf(counts: readonly Count[]): Goal[] {
  const of = (moment: string): Count | undefined =>
    counts.find((one) => one.target === 'product' && one.moment.startsWith(moment));
  const goal = (text: string, moment: string, isMet: (count: Count) => boolean): Goal => {
    const got = of(moment);
    if (!got) return { goal: text, got: 'not measured', isMet: false };
    return { goal: text, got: `${got.list} + ${got.institution} + ${got.other}`, isMet: isMet(got) };
  };
  const total = (one: Count): number => one.list + one.institution + one.other;
  return [
    goal('cold: 1 list and at most 5 institution calls', 'cold', (one) => one.list === 1 && total(one) <= 6),
    goal('inside the window: none', 'again', (one) => total(one) === 0),
    goal('warm: at most 1', 'after', (one) => total(one) <= 1),
    goal(`${EQUAL_QUERIES} equal queries: 1 list call`, String(EQUAL_QUERIES), (one) => one.list === 1),
  ];
}
