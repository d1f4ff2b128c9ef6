import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { endWithUs, freePort, stopProcess } from '../processes.js';

const EXECUTABLE = 'redis-server';
const READY_WITHIN_MS = 5_000;

export interface RunningRedis {
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

/** A real Redis that keeps its data as one in production does, on a free port over a directory of its own. */
export async function startRedis(): Promise<RunningRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'redis-of-bench-'));
  const port = await freePort();
  const place = ['--port', String(port), '--bind', '127.0.0.1', '--dir', directory];
  const keeping = ['--save', '', '--appendonly', 'yes', '--appendfsync', 'everysec'];
  const child = spawn(EXECUTABLE, [...place, ...keeping], { stdio: 'ignore' });
  endWithUs(child);
  await once(child, 'spawn');
  await untilListening(port);
  return {
    url: `redis://127.0.0.1:${port}`,
    pid: child.pid ?? 0,
    stop: async () => {
      await stopProcess(child);
      await rm(directory, { recursive: true, force: true });
    },
  };
}

async function untilListening(port: number): Promise<void> {
  for (const deadline = Date.now() + READY_WITHIN_MS; Date.now() < deadline; await sleep(50)) {
    const socket = connect(port, '127.0.0.1');
    const isOpen = await once(socket, 'connect').then(
      () => true,
      () => false,
    );
    socket.destroy();
    if (isOpen) return;
  }
  throw new Error(`Redis does not listen on port ${port}`);
}
