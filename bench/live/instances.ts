import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

import { processorSeconds } from '../accounting.js';
import { monotonicMs } from './clock.js';
import { latencyOf, numberOf } from './latency.js';
import type { Latency } from './latency.js';
import {
  Stack,
  startLiveUpstream,
  startProbed,
  startSubscribers,
  untilQuiet,
  WITHOUT_BACKLOG,
} from './processes.js';
import type { Running, RunningServer, RunningUpstream } from './processes.js';
import type { Detection, DriveOrder, Probe } from './probe.js';
import { startRedis } from './redis.js';
import type { Arrival, Subscribers } from './subscribers.js';

/** So many changes a second, for a while, and what became of them. */
export interface Step {
  readonly perSecond: number;
  /** Changes that subscribers were told of, per second from the first to the last. */
  readonly delivered: number;
  readonly lost: number;
  readonly latency: Latency;
  /** Cores in use: by the instances, and by Redis. */
  readonly cores: { readonly instances: number; readonly redis: number };
}

export interface Load {
  readonly mode: DriveOrder['mode'];
  readonly query: string;
  readonly subscribers: number;
  readonly rates: readonly number[];
  readonly seconds: number;
}

/** Instances over one Redis. */
interface Scene {
  readonly instances: readonly RunningServer<Probe>[];
  readonly subscribers: Running<Subscribers>;
  readonly upstream: RunningUpstream;
  readonly redisPid: number;
}

const ARRIVES_WITHIN_MS = 5_000;
const MAX_P99_MS = 1_000;
const MIN_DELIVERED = 0.95;

export const isSustained = ({ perSecond, delivered, lost, latency }: Step): boolean =>
  lost === 0 && latency.p99 <= MAX_P99_MS && delivered >= perSecond * MIN_DELIVERED;

async function withInstances<T>(
  count: number,
  isRestless: boolean,
  act: (scene: Scene) => Promise<T>,
): Promise<T> {
  const stack = new Stack();
  try {
    const redis = await stack.start(startRedis());
    const upstream = await stack.start(startLiveUpstream({ isRestless }));
    const instances: RunningServer<Probe>[] = [];
    while (instances.length < count) {
      instances.push(
        await stack.start(startProbed(upstream.url, { ...WITHOUT_BACKLOG, REDIS_URL: redis.url })),
      );
    }
    const subscribers = await stack.start(startSubscribers());
    return await act({ instances, subscribers, upstream, redisPid: redis.pid });
  } finally {
    await stack.stop();
  }
}

/** Raises the rate till it is no longer sustained; gives each step. */
export function climb(count: number, load: Load): Promise<Step[]> {
  return withInstances(count, load.mode === 'read', async (scene) => {
    const { instances, subscribers, upstream } = scene;
    const { query } = load;
    const each = load.subscribers / count;
    for (const [at, { url }] of instances.entries()) {
      await subscribers.remote.ask('open', {
        url,
        upstream: upstream.url,
        from: at * each,
        count: each,
        query,
      });
    }
    await untilQuiet(upstream);
    const steps: Step[] = [];
    // The first rate is taken twice: once for warming up.
    for (const perSecond of [load.rates[0] ?? 1, ...load.rates]) {
      const step = await take(scene, { ...load, perSecond });
      console.error(
        `${count} instance(s), ${perSecond} a second: ${step.delivered.toFixed(0)} delivered, p99 ${step.latency.p99.toFixed(1)} ms, ${step.lost} lost`,
      );
      steps.push(step);
      if (!isSustained(step) && steps.length > 1) break;
    }
    return steps.slice(1);
  });
}

async function take(scene: Scene, load: Load & { readonly perSecond: number }): Promise<Step> {
  const { instances, subscribers, redisPid } = scene;
  const { mode, perSecond, seconds } = load;
  const changes = perSecond * seconds;
  const seconds0 = cpuOf(scene);
  await subscribers.remote.ask('record');
  const begunAt = monotonicMs();
  const driven = await Promise.all(
    instances.map(({ remote }, at) =>
      remote.ask('drive', {
        mode,
        users: usersOfNext(at, instances.length, load.subscribers),
        perSecond: perSecond / instances.length,
        changes: changes / instances.length,
      }),
    ),
  );
  const detections = driven.flat();
  const arrivals = await subscribers.remote.ask('collect', {
    expected: detections.length,
    timeoutMs: ARRIVES_WITHIN_MS,
  });
  const wall = (monotonicMs() - begunAt) / 1_000;
  const used = processorSeconds(redisPid);
  const delays = delaysOf(detections, arrivals);
  const spread = (arrivals.at(-1)?.at ?? 0) - (arrivals[0]?.at ?? 0);
  return {
    perSecond,
    delivered: (arrivals.length / spread) * 1_000,
    lost: detections.length - delays.length,
    latency: latencyOf(delays),
    cores: {
      instances: (cpuOf(scene).instances - seconds0.instances) / wall,
      redis: (used - seconds0.redis) / wall,
    },
  };
}

/** Those whose sockets are at the next instance: every change has to cross over. */
function usersOfNext(at: number, count: number, all: number): number[] {
  const each = all / count;
  const from = ((at + 1) % count) * each;
  return Array.from({ length: each }, (_, index) => from + index);
}

const cpuOf = ({ instances, redisPid }: Scene): { instances: number; redis: number } => ({
  instances: instances.reduce((sum, { pid }) => sum + processorSeconds(pid), 0),
  redis: processorSeconds(redisPid),
});

function delaysOf(detections: readonly Detection[], arrivals: readonly Arrival[]): number[] {
  const arrivedAt = new Map(arrivals.map((one) => [`${one.user}/${numberOf(one)}`, one.at]));
  return detections.flatMap(({ user, n, at }) => {
    const arrived = arrivedAt.get(`${user}/${n}`);
    return arrived === undefined ? [] : [arrived - at];
  });
}

/** How often MX was asked for users whom both instances are asked for all the time. */
export interface Sharing {
  readonly users: number;
  readonly seconds: number;
  readonly queries: number;
  readonly lists: number;
  /** The most list calls for any one user. */
  readonly most: number;
  /** The shortest time between two reads for one user, from when each was granted, on the clock of Redis. */
  readonly shortestMs: number;
}

const QUERY = JSON.stringify({ query: '{ viewer { members { id connectionStatus } } }' });

/** Asks both instances for the same users, each so many times a second. */
export function askBoth(users: number, seconds: number, everyMs: number): Promise<Sharing> {
  return withInstances(2, false, async ({ instances, upstream }) => {
    const tokens = (await (await fetch(`${upstream.url}/bench/tokens?count=${users}`)).json()) as string[];
    const end = monotonicMs() + seconds * 1_000;
    let queries = 0;
    const asking = instances.flatMap(({ port }) => {
      const pool = new Pool(`http://127.0.0.1:${port}`, { connections: 32 });
      return tokens.map(async (token) => {
        await sleep(Math.random() * everyMs);
        for (; monotonicMs() < end; await sleep(everyMs)) {
          queries += 1;
          await query(pool, token);
        }
      });
    });
    await Promise.all(asking);
    const { lists } = await upstream.remote.ask('takeCalls');
    const verdicts = await Promise.all(instances.map(({ remote }) => remote.ask('verdicts')));
    const granted = verdicts.flatMap((one) => one.granted).toSorted((a, b) => a.at - b.at);
    const counts = new Map<number, number>();
    for (const { user } of lists) counts.set(user, (counts.get(user) ?? 0) + 1);
    return {
      ...{ users, seconds, queries, lists: lists.length },
      most: Math.max(...counts.values()),
      shortestMs: shortestGap(granted),
    };
  });
}

async function query(pool: Pool, token: string): Promise<void> {
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` };
  const { body } = await pool.request({ method: 'POST', path: '/graphql', headers, body: QUERY });
  const text = await body.text();
  if (!text.includes('"connectionStatus"')) throw new Error(`answered ${text}`);
}

function shortestGap(reads: readonly { readonly key: string; readonly at: number }[]): number {
  const lastAt = new Map<string, number>();
  let shortest = Infinity;
  for (const { key, at } of reads) {
    shortest = Math.min(shortest, at - (lastAt.get(key) ?? -Infinity));
    lastAt.set(key, at);
  }
  return shortest;
}
