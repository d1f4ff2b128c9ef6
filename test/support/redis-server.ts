import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { Redis } from 'ioredis';
import { onTestFinished } from 'vitest';

import { freePort } from './free-port.js';
import { waitFor } from './wait-for.js';

const EXECUTABLE = '/usr/bin/redis-server';

/** True where tests over Redis are to be left out: there is none, and this is not CI, where there must be one. */
export const skipsRedis = !existsSync(EXECUTABLE) && process.env['CI'] === undefined;

if (skipsRedis) {
  console.warn(
    `SKIPPED: the tests over Redis need its server: apt-get install redis-server (looked for ${EXECUTABLE})`,
  );
}

export interface RedisServer {
  readonly url: string;
  readonly port: number;
  /** Sends one command past the code under test. */
  command(name: string, ...args: readonly (string | number)[]): Promise<unknown>;
  /** Forgets everything. */
  flush(): Promise<void>;
  /** Resolves when all writes are in the file: Redis delays them by up to 2 s while the disk is busy. */
  persisted(): Promise<void>;
  /** Ends it without a farewell. */
  kill(): Promise<void>;
  /** Starts it again, on the same port over the same files. */
  restart(): Promise<void>;
  /** Makes it silent: connections are taken, and nothing is answered. */
  pause(): void;
  resume(): void;
  /** Ends it, and removes its files. */
  dispose(): Promise<void>;
}

export interface RedisServerOptions {
  /** A cluster of one node, which has all slots. */
  readonly isCluster?: boolean;
}

/** A Redis server that keeps its data as one in production does. */
class ServerOfTest implements RedisServer {
  readonly url: string;
  readonly #args: readonly string[];
  readonly #directory: string;
  #process: ChildProcess | undefined;

  constructor(
    readonly port: number,
    { directory, busPort }: { directory: string; busPort: number | null },
  ) {
    this.url = `redis${busPort === null ? '' : '+cluster'}://127.0.0.1:${port}`;
    this.#directory = directory;
    const args = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory, '--save', ''];
    const cluster = ['--cluster-enabled', 'yes', '--cluster-announce-ip', '127.0.0.1'];
    this.#args = [
      ...args,
      ...['--appendonly', 'yes', '--appendfsync', 'everysec'],
      ...(busPort === null ? [] : [...cluster, '--cluster-port', String(busPort)]),
    ];
  }

  async command(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    const client = new Redis({
      port: this.port,
      lazyConnect: true,
      retryStrategy: null,
      maxRetriesPerRequest: 0,
    });
    // What goes wrong is told by the command.
    client.on('error', () => undefined);
    try {
      return await client.call(name, ...args);
    } finally {
      client.disconnect();
    }
  }

  async flush(): Promise<void> {
    await this.command('flushall');
  }

  async persisted(): Promise<void> {
    const isWritten = async () =>
      /aof_buffer_length:0\b/.test(String(await this.command('info', 'persistence')));
    await waitFor(isWritten, { what: 'a Redis that has written its file' });
  }

  async kill(): Promise<void> {
    const child = this.#process;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  async restart(): Promise<void> {
    await this.kill();
    this.#process = spawn(EXECUTABLE, this.#args, { stdio: 'ignore' });
    await waitFor(async () => (await this.command('ping')) === 'PONG', { what: 'a Redis that answers' });
  }

  pause(): void {
    this.#process?.kill('SIGSTOP');
  }

  resume(): void {
    this.#process?.kill('SIGCONT');
  }

  async dispose(): Promise<void> {
    await this.kill();
    await rm(this.#directory, { recursive: true, force: true });
  }
}

/** Starts a real Redis on a free port over a directory of its own; whoever starts it stops it. */
export async function startRedis({ isCluster = false }: RedisServerOptions = {}): Promise<RedisServer> {
  const directory = await mkdtemp(join(tmpdir(), 'redis-of-test-'));
  const server = new ServerOfTest(await freePort(), {
    directory,
    busPort: isCluster ? await freePort() : null,
  });
  await server.restart();
  if (isCluster) {
    await server.command('cluster', 'addslotsrange', 0, 16_383);
    const isOk = async () => String(await server.command('cluster', 'info')).includes('cluster_state:ok');
    await waitFor(isOk, { what: 'a cluster that takes commands' });
  }
  return server;
}

/** A Redis that lives as long as the test that calls this. */
export async function redisOfTest(options: RedisServerOptions = {}): Promise<RedisServer> {
  const server = await startRedis(options);
  onTestFinished(() => server.dispose());
  return server;
}
