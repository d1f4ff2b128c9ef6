import { spawn } from 'node:child_process';
import type { ChildProcessByStdio } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { fileURLToPath } from 'node:url';

import { onTestFinished } from 'vitest';

import { waitFor } from './wait-for.js';

export interface ServerProcess {
  /** All that was written so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** The first group of a pattern, when it is there. */
  find(pattern: RegExp): Promise<string>;
  readonly pid: number;
  kill(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): void;
  /** Shifts the wall clock of the process from the real time, in milliseconds. Needs the option `hasClock`. */
  shiftClock(shiftMs: number): Promise<void>;
  /** The exit code once the process has ended, null where a signal ended it. */
  ended(deadlineMs?: number): Promise<number | null>;
}

/** A process that whoever starts it disposes of. */
export interface OwnedServerProcess extends ServerProcess {
  /** Ends it at once. */
  dispose(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
/** A first start compiles the sources, on a machine that may be busy. */
const START_MS = 30_000;

const newerThan = (time: number, folder: string): boolean =>
  readdirSync(folder, { withFileTypes: true }).some((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? newerThan(time, path) : statSync(path).mtimeMs > time;
  });

function isBuilt(): boolean {
  const built = statSync(join(ROOT, 'dist/main.js'), { throwIfNoEntry: false });
  return built !== undefined && !newerThan(built.mtimeMs, join(ROOT, 'src'));
}

/** The build starts in half the time. The sources are for those who have changed them since. */
const IS_BUILT = isBuilt();
const PROGRAM = IS_BUILT ? 'dist/main.js' : 'src/main.ts';

export interface ProcessOptions {
  /** Whether its wall clock can be shifted. */
  readonly hasClock?: boolean;
}

/** The server as `npm start` runs it, or from its sources if the build is older; it is given these settings and no others. */
export function startServerProcess(
  settings: Readonly<Record<string, string>> = {},
  { hasClock = false }: ProcessOptions = {},
): OwnedServerProcess {
  const imports = [
    ...(IS_BUILT && !hasClock ? [] : ['tsx']),
    ...(hasClock ? ['./test/fixtures/clock-on-message.ts'] : []),
  ];
  const args = [...imports.flatMap((name) => ['--import', name]), PROGRAM];
  const child = spawn(process.execPath, args, {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', ...settings },
    stdio: ['ignore', 'pipe', 'pipe', ...(hasClock ? ['ipc' as const] : [])],
  }) as ChildProcessByStdio<null, Readable, Readable>;
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => (stdout += text));
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text));
  // `close` comes after `exit`, when all that was written has been read.
  const closed = once(child, 'close').then(([code]) => ({ code: code as number | null }));

  return {
    get stdout() {
      return stdout;
    },
    get stderr() {
      return stderr;
    },
    find: (pattern) =>
      waitFor(() => pattern.exec(stdout)?.[1], {
        deadlineMs: START_MS,
        what: `${pattern} in: ${stdout}${stderr}`,
      }),
    pid: child.pid ?? 0,
    kill: (signal) => void child.kill(signal),
    async shiftClock(shiftMs) {
      const isShifted = once(child, 'message');
      child.send({ shiftMs });
      await isShifted;
    },
    async ended(deadlineMs = START_MS) {
      let end: { code: number | null } | undefined;
      void closed.then((value) => (end = value));
      const { code } = await waitFor(() => end, {
        deadlineMs,
        what: `the end of the process: ${stdout}${stderr}`,
      });
      return code;
    },
    async dispose() {
      child.kill('SIGKILL');
      await closed;
    },
  };
}

/** Such a process, which lives as long as the test that calls this. */
export function serverProcessOfTest(
  settings: Readonly<Record<string, string>> = {},
  options: ProcessOptions = {},
): ServerProcess {
  const server = startServerProcess(settings, options);
  onTestFinished(() => server.dispose());
  return server;
}
