import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { memoryOf, processorSeconds } from './accounting.js';
import type { PageKind } from './fixture.js';
import type { LoadJob, LoadMessage, LoadResult } from './load.js';
import { forkModule, startServer } from './processes.js';
import type { RunningServer, RunningUpstream } from './processes.js';
import { targetNamed } from './targets.js';

/** How long and how hard one server is asked; the suites vary it. */
export interface Shape {
  readonly page: PageKind;
  readonly users: number;
  readonly members: number;
  readonly connections: number;
  readonly warmUp: number;
  readonly requests: number;
  readonly maxSeconds: number;
}

/** What one run of one server gave. */
export interface Sample {
  readonly target: string;
  readonly requestsPerSecond: number;
  readonly p50: number;
  readonly p99: number;
  readonly processorMs: number;
  readonly upstreamCalls: number;
  readonly callsByEndpoint: Readonly<Record<string, number>>;
  readonly peakResidentMiB: number;
  readonly highWaterMiB: number;
}

const SAMPLE_MEMORY_EVERY_MS = 100;

/** A fresh server, warmed up, measured, stopped. */
export async function measure(target: string, shape: Shape, upstream: RunningUpstream): Promise<Sample> {
  const server = await startServer(targetNamed(target), upstream.url);
  const load = forkModule('load.ts');
  try {
    const { connections, page, users, members, warmUp, requests, maxSeconds } = shape;
    const job: LoadJob = {
      ...{ target, port: server.port, upstream: upstream.url },
      ...{ connections, page, users, members, warmUp, requests, maxSeconds },
    };
    load.send(job);
    await nextMessage(load, 'warm');
    return await measureWarm({ load, server, upstream, target });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`${target}: ${reason}\n${server.output()}`, { cause: error });
  } finally {
    load.kill('SIGKILL');
    await server.stop();
  }
}

interface Warm {
  readonly load: ChildProcess;
  readonly server: RunningServer;
  readonly upstream: RunningUpstream;
  readonly target: string;
}

async function measureWarm({ load, server, upstream, target }: Warm): Promise<Sample> {
  await upstream.takeLog();
  let peak = 0;
  const watch = (): void => {
    peak = Math.max(peak, memoryOf(server.pid).residentMiB);
  };
  const watching = setInterval(watch, SAMPLE_MEMORY_EVERY_MS);
  const before = processorSeconds(server.pid);
  load.send('go');
  try {
    const { result } = await nextMessage(load, 'done');
    const processor = processorSeconds(server.pid) - before;
    watch();
    const log = await upstream.takeLog();
    return toSample(result, {
      target,
      processor,
      log,
      peak,
      highWater: memoryOf(server.pid).highWaterMiB,
    });
  } finally {
    clearInterval(watching);
  }
}

interface Books {
  readonly target: string;
  readonly processor: number;
  readonly log: Record<string, number>;
  readonly peak: number;
  readonly highWater: number;
}

function toSample(result: LoadResult, { target, processor, log, peak, highWater }: Books): Sample {
  const perRequest = (count: number): number => count / result.requests;
  return {
    target,
    requestsPerSecond: result.requests / result.seconds,
    p50: result.p50,
    p99: result.p99,
    processorMs: perRequest(processor * 1000),
    upstreamCalls: perRequest(Object.values(log).reduce((sum, count) => sum + count, 0)),
    callsByEndpoint: Object.fromEntries(
      Object.entries(log).map(([endpoint, count]) => [endpoint, perRequest(count)]),
    ),
    peakResidentMiB: peak,
    highWaterMiB: highWater,
  };
}

export async function nextMessage<K extends LoadMessage['kind']>(
  load: ChildProcess,
  kind: K,
): Promise<Extract<LoadMessage, { kind: K }>> {
  const stop = new AbortController();
  const ended = once(load, 'exit', stop).then(() => [{ kind: 'failed', reason: 'the load process ended' }]);
  const received = once(load, 'message', stop);
  const [message] = (await Promise.race([received, ended])) as [LoadMessage];
  stop.abort();
  void Promise.allSettled([received, ended]);
  if (message.kind === 'failed') throw new Error(message.reason);
  if (message.kind !== kind) throw new Error(`expected ${kind} of the load process, got ${message.kind}`);
  return message as Extract<LoadMessage, { kind: K }>;
}
