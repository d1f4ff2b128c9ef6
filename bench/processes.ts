import { fork, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Target } from './targets.js';

const READY_WITHIN_MS = 60_000;
const STOP_WITHIN_MS = 5_000;
const KEPT_OUTPUT = 4_000;

export interface RunningServer {
  readonly pid: number;
  readonly port: number;
  /** The end of what it wrote: tells why it failed. */
  output(): string;
  stop(): Promise<void>;
}

export interface RunningUpstream {
  readonly url: string;
  /** The calls since the last time, by endpoint. */
  takeLog(): Promise<Record<string, number>>;
  stop(): Promise<void>;
}

export function forkModule(file: string, env: Record<string, string> = {}): ChildProcess {
  const child = fork(fileURLToPath(new URL(file, import.meta.url)), {
    execArgv: ['--import', 'tsx'],
    env: { ...process.env, ...env },
  });
  endWithUs(child);
  return child;
}

export async function startUpstream(settings: {
  members: number;
  latencyMs: number;
}): Promise<RunningUpstream> {
  const child = forkModule('upstream.ts', {
    PORT: '0',
    MEMBERS: String(settings.members),
    LATENCY_MS: String(settings.latencyMs),
  });
  const [message] = (await once(child, 'message')) as [{ port: number }];
  const url = `http://127.0.0.1:${message.port}`;
  return {
    url,
    takeLog: async () => {
      const answer = await fetch(`${url}/bench/log`, { method: 'DELETE' });
      return (await answer.json()) as Record<string, number>;
    },
    stop: () => stopProcess(child),
  };
}

/** What there is to know of a target to start it. */
type Startable = Pick<Target, 'name' | 'readyPath' | 'command'>;

export async function startServer(target: Startable, upstream: string): Promise<RunningServer> {
  const port = await freePort();
  const { file, args, cwd, env } = target.command({ port, upstream });
  const child = spawn(file, [...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'production', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  endWithUs(child);
  const output = keepOutput(child);
  try {
    await untilReady(child, `http://127.0.0.1:${port}${target.readyPath}`);
  } catch (error) {
    await stopProcess(child);
    throw new Error(`${target.name} did not start: ${String(error)}\n${output()}`, { cause: error });
  }
  return { pid: child.pid ?? 0, port, output, stop: () => stopProcess(child) };
}

export async function untilReady(child: ChildProcess, url: string): Promise<void> {
  const deadline = Date.now() + READY_WITHIN_MS;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`exit code ${child.exitCode}`);
    const answered = await fetch(url, { signal: AbortSignal.timeout(2_000) }).then(
      (answer) => answer.status < 500,
      () => false,
    );
    if (answered) return;
    await sleep(100);
  }
  throw new Error(`not ready within ${READY_WITHIN_MS} ms`);
}

/** Drains the pipes, so that no server ever waits for us, and keeps the end for the error message. */
export function keepOutput(child: ChildProcess): () => string {
  let text = '';
  const keep = (chunk: Buffer): void => {
    text = (text + chunk.toString()).slice(-KEPT_OUTPUT);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  return () => text;
}

/** Ends the child with us, should we be ended first. */
export function endWithUs(child: ChildProcess): void {
  const end = (): boolean => child.kill('SIGKILL');
  process.once('exit', end);
  child.once('exit', () => process.off('exit', end));
}

export async function stopProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exited = once(child, 'exit');
  child.kill('SIGTERM');
  const hard = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN_MS);
  await exited;
  clearTimeout(hard);
}

export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}
