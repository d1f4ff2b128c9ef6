import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

import { processorSeconds } from './accounting.js';
import { endWithUs, freePort, stopProcess } from './processes.js';
import type { Target } from './targets.js';

/** What a server takes from its start until it listens, in milliseconds. */
export interface Start {
  readonly processorMs: number;
  readonly wallMs: number;
}

/** Starts a server, measures until it writes that it listens, and stops it. */
export async function measureStart(target: Target, upstream: string): Promise<Start> {
  const { file, args, cwd, env } = target.command({ port: await freePort(), upstream });
  const startedAt = performance.now();
  const child = spawn(file, [...args], {
    cwd,
    env: { PATH: process.env['PATH'], NODE_ENV: 'production', ...env, LOG_LEVEL: 'info' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  endWithUs(child);
  try {
    for await (const line of createInterface({ input: child.stdout })) {
      if (!/listening/i.test(line)) continue;
      return {
        wallMs: performance.now() - startedAt,
        processorMs: processorSeconds(child.pid ?? 0) * 1_000,
      };
    }
    throw new Error(`${target.name} ended before it listened`);
  } finally {
    await stopProcess(child);
  }
}
