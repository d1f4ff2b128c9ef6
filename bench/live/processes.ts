import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

import { endWithUs, forkModule, freePort, keepOutput, stopProcess, untilReady } from '../processes.js';
import { targetNamed } from '../targets.js';
import type { Bare } from './bare.js';
import type { Pollers } from './pollers.js';
import type { Probe } from './probe.js';
import { Remote } from './remote.js';
import type { Api } from './remote.js';
import type { Subscribers } from './subscribers.js';
import type { LiveUpstream } from './upstream.js';

/** Starts things, and stops all that have been started when they are done with, whatever happens. */
export class Stack {
  readonly #running: { stop(): Promise<void> }[] = [];

  async start<T extends { stop(): Promise<void> }>(starting: T | Promise<T>): Promise<T> {
    const running = await starting;
    this.#running.push(running);
    return running;
  }

  async stop(): Promise<void> {
    await Promise.all(this.#running.map((running) => running.stop()));
  }
}

/** A process that is asked what to do, and ended. */
export interface Running<A extends Api<A>> {
  readonly remote: Remote<A>;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface RunningServer<A extends Api<A>> extends Running<A> {
  readonly port: number;
  /** Where its sockets are. */
  readonly url: string;
  output(): string;
}

export interface RunningUpstream extends Running<LiveUpstream> {
  readonly url: string;
}

export interface UpstreamSettings {
  readonly membersPerUser?: number;
  readonly isRestless?: boolean;
  readonly latencyMs?: number;
}

const fork = <A extends Api<A>>(file: string, env?: Record<string, string>): Running<A> => {
  const child = forkModule(file, env);
  return { remote: new Remote<A>(child), pid: child.pid ?? 0, stop: () => stopProcess(child) };
};

export const startPollers = (): Running<Pollers> => fork('live/pollers.ts');
export const startSubscribers = (): Running<Subscribers> => fork('live/subscribers.ts');

export async function startLiveUpstream({
  membersPerUser = 1,
  isRestless = false,
  latencyMs = 20,
}: UpstreamSettings = {}): Promise<RunningUpstream> {
  const running = fork<LiveUpstream>('live/upstream.ts', {
    MEMBERS: String(membersPerUser),
    RESTLESS: isRestless ? 'yes' : 'no',
    LATENCY_MS: String(latencyMs),
  });
  return { ...running, url: `http://127.0.0.1:${await running.remote.ask('port')}` };
}

const QUIET_MS = 1_000;
const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Alike for both: what the product sets for itself in `main.ts` is set for the bare server too. */
const NODE_FLAGS = ['--expose-gc', '--heap-growing-percent=100', '--import', 'tsx'];

async function startServer<A extends Api<A>>(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  readyPath: string,
): Promise<RunningServer<A>> {
  const port = await freePort();
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, [...NODE_FLAGS, ...args], {
    cwd: ROOT,
    env: { PATH, HOME, NODE_ENV: 'production', ...env, PORT: String(port) },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  endWithUs(child);
  const output = keepOutput(child);
  const remote = new Remote<A>(child);
  const running = { remote, pid: child.pid ?? 0, port, output, stop: () => stopProcess(child) };
  try {
    await untilReady(child, `http://127.0.0.1:${port}${readyPath}`);
  } catch (error) {
    await running.stop();
    throw new Error(`${args.join(' ')} did not start: ${String(error)}\n${output()}`, { cause: error });
  }
  return { ...running, url: `ws://127.0.0.1:${port}/graphql` };
}

/** Looks that are due are not put off: thousands who come at once are each looked at once more. */
export const WITHOUT_BACKLOG = { WATCH_READS_PER_SECOND: '2000' };

/** The product as in production, with the probe in its process. */
export function startProbed(
  upstream: string,
  env: Readonly<Record<string, string>> = {},
): Promise<RunningServer<Probe>> {
  const product = targetNamed('product').command({ port: 0, upstream });
  const probe = new URL('probe.ts', import.meta.url).href;
  return startServer(['--import', probe, 'dist/main.js'], { ...product.env, ...env }, '/readyz');
}

/** Resolves once MX is asked nothing any more, for what was asked for at the start is done with. */
export async function untilQuiet({ remote }: RunningUpstream): Promise<void> {
  for (let isQuiet = false; !isQuiet;) {
    await sleep(QUIET_MS);
    const { lists } = await remote.ask('takeCalls');
    isQuiet = lists.length === 0;
  }
}

/** The bare server. */
export const startBare = (): Promise<RunningServer<Bare>> => startServer(['bench/live/bare.ts'], {}, '/');
