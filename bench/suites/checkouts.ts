import { resolve } from 'node:path';

import { processorSeconds } from '../accounting.js';
import type { LoadJob } from '../load.js';
import { nextMessage } from '../measure.js';
import { forkModule, startServer, startUpstream } from '../processes.js';
import type { RunningUpstream } from '../processes.js';
import { figure, markdownTable, median } from '../report.js';
import { LATENCY_MS, USERS } from '../rounds.js';
import type { Effort } from '../rounds.js';
import { measureStart } from '../start-up.js';
import type { Start } from '../start-up.js';
import { checkoutTarget, targetNamed } from '../targets.js';

const MEMBERS = 25;
const CONNECTIONS = 16;
const ROUNDS = 30;
const REQUESTS_PER_ROUND = 300;
const STARTS = 10;

/**
 * Compares built checkouts of this project: processor time per request and start-up. The first is the baseline. All
 * servers run at once and are asked in turn, a moment each, so that whatever else the machine does meets all of them.
 */
export async function checkouts(effort: Effort, folders: readonly string[]): Promise<string> {
  const targets = folders.map((folder) => checkoutTarget(resolve(folder)));
  const isShort = effort.rounds === 1;
  const upstream = await startUpstream({ members: MEMBERS, latencyMs: LATENCY_MS });
  try {
    const times = await processorTimes({
      targets,
      upstream,
      warmUp: effort.warmUp,
      rounds: isShort ? 2 : ROUNDS,
    });
    const starts = await startInTurn(targets, upstream, isShort ? 2 : STARTS);
    const pick = (key: keyof Start) => starts.map((ofTarget) => ofTarget.map((start) => start[key]));
    return [
      '### Processor time, full page, a different user per request',
      ratioTable('CPU ms/req', targets, times),
      '### From the start of the process to the listening line',
      ratioTable('CPU ms', targets, pick('processorMs')),
      ratioTable('wall ms', targets, pick('wallMs')),
    ].join('\n\n');
  } finally {
    await upstream.stop();
  }
}

interface Comparison {
  readonly targets: readonly string[];
  readonly upstream: RunningUpstream;
  readonly warmUp: number;
  readonly rounds: number;
}

/** Milliseconds of processor time per request, by target and round. */
async function processorTimes({ targets, upstream, warmUp, rounds }: Comparison): Promise<number[][]> {
  const running = [];
  try {
    for (const target of targets) running.push(await startLoaded(target, upstream, warmUp));
    const times = running.map((): number[] => []);
    for (let round = 0; round < rounds; round++) {
      for (const [n, { measureRound }] of running.entries()) times[n]?.push(await measureRound());
      console.error(
        `round ${round + 1}: ${times.map((of) => figure(of.at(-1) ?? Number.NaN)).join(', ')} ms`,
      );
    }
    return times;
  } finally {
    await Promise.all(running.map(({ stop }) => stop()));
  }
}

/** A warm server with a load of its own. */
async function startLoaded(target: string, upstream: RunningUpstream, warmUp: number) {
  const server = await startServer(targetNamed(target), upstream.url);
  const load = forkModule('load.ts');
  const job: LoadJob = {
    ...{ target, port: server.port, upstream: upstream.url, connections: CONNECTIONS, page: 'full' },
    ...{ users: USERS, members: MEMBERS, warmUp, requests: REQUESTS_PER_ROUND, maxSeconds: 60 },
  };
  load.send(job);
  await nextMessage(load, 'warm');
  return {
    measureRound: async () => {
      const before = processorSeconds(server.pid);
      load.send('go');
      const { result } = await nextMessage(load, 'done');
      return ((processorSeconds(server.pid) - before) * 1_000) / result.requests;
    },
    stop: async () => {
      load.kill('SIGKILL');
      await server.stop();
    },
  };
}

async function startInTurn(
  targets: readonly string[],
  upstream: RunningUpstream,
  times: number,
): Promise<Start[][]> {
  const starts = targets.map((): Start[] => []);
  for (let time = 0; time < times; time++) {
    for (const [n, target] of targets.entries()) {
      starts[n]?.push(await measureStart(targetNamed(target), upstream.url));
    }
  }
  return starts;
}

function ratioTable(
  heading: string,
  targets: readonly string[],
  values: readonly (readonly number[])[],
): string {
  const mean = (of: readonly number[]): number => of.reduce((sum, value) => sum + value, 0) / of.length;
  const base = values[0] ?? [];
  const rows = targets.map((target, n) => {
    const of = values[n] ?? [];
    return [
      targetNamed(target).label,
      figure(mean(of), 3),
      figure(median(of), 3),
      figure(mean(of) / mean(base)),
      figure(median(of.map((value, round) => value / (base[round] ?? Number.NaN)))),
    ];
  });
  const header = ['', `${heading}, mean`, 'median', 'ratio of means', 'median of the ratios'];
  return markdownTable(header, rows);
}
