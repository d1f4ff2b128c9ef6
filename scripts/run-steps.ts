import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';

/** One command of a run. */
export interface Step {
  readonly name: string;
  /** A shell command; programs of `node_modules/.bin` are found if npm runs the script. */
  readonly command: string;
  /** Names of the steps that must have passed before this one starts. None by default. */
  readonly after?: readonly string[];
}

export interface RunOptions {
  /** How many steps run at the same time. */
  readonly limit: number;
  /** Receives text to print, whole lines at a time. */
  readonly write: (text: string) => void;
  /** Stops all steps when it aborts; the run has then failed. */
  readonly signal?: AbortSignal;
}

type Outcome = 'passed' | 'failed' | 'stopped';

interface Result {
  readonly name: string;
  readonly outcome: Outcome;
  readonly seconds: string;
  readonly output: string;
}

/** How long a step that is stopped has to stop its own processes, in milliseconds. */
const GRACE_MS = 5_000;

/** Stops a step with all processes of its group; browsers, which have groups of their own, are stopped by their parents. */
function stopGroup(child: ChildProcess): void {
  const kill = (signal: 'SIGTERM' | 'SIGKILL') => {
    try {
      process.kill(-(child.pid ?? 0), signal);
    } catch {
      // No process of the group is left.
    }
  };
  if (child.pid === undefined) return;
  kill('SIGTERM');
  const timer = setTimeout(() => kill('SIGKILL'), GRACE_MS);
  child.once('close', () => clearTimeout(timer));
}

async function runStep({ name, command }: Step, signal: AbortSignal): Promise<Result> {
  const start = performance.now();
  const child = spawn(command, { shell: true, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (text: string) => (output += text));
  }
  const stop = () => stopGroup(child);
  signal.addEventListener('abort', stop);
  const [code] = (await once(child, 'close')) as [number | null];
  signal.removeEventListener('abort', stop);
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const failure: Outcome = signal.aborted ? 'stopped' : 'failed';
  return { name, outcome: code === 0 ? 'passed' : failure, seconds, output };
}

const lineOf = ({ name, outcome, seconds }: Result) => `${outcome} ${seconds.padStart(6)} s  ${name}\n`;

function report({ write }: RunOptions, result: Result): void {
  const end = result.output === '' || result.output.endsWith('\n') ? '' : '\n';
  if (result.outcome !== 'stopped') write(`\n── ${result.name}\n${result.output}${end}`);
  write(lineOf(result));
}

/**
 * Runs steps, as many at a time as `limit` says, in their order as far as `after` allows. The output of a step is printed
 * when the step ends, so that the outputs do not mix. The first step that fails stops all others. Gives whether all passed.
 */
export async function runSteps(steps: readonly Step[], options: RunOptions): Promise<boolean> {
  const start = performance.now();
  const failure = new AbortController();
  const signal = AbortSignal.any([failure.signal, ...(options.signal ? [options.signal] : [])]);
  const results: Result[] = [];
  const running = new Map<string, Promise<void>>();
  const waiting = new Set(steps);
  const isReady = ({ after = [] }: Step) =>
    after.every((name) => results.some((result) => result.name === name && result.outcome === 'passed'));

  const begin = async (step: Step) => {
    const result = await runStep(step, signal);
    results.push(result);
    running.delete(step.name);
    report(options, result);
    if (result.outcome === 'failed') failure.abort();
  };
  for (;;) {
    for (const step of waiting) {
      if (signal.aborted || running.size >= options.limit) break;
      if (!isReady(step)) continue;
      waiting.delete(step);
      running.set(step.name, begin(step));
    }
    if (running.size === 0) break;
    await Promise.race(running.values());
  }
  const seconds = ((performance.now() - start) / 1_000).toFixed(1);
  const left = [...waiting].map(({ name }) => `not run          ${name}\n`);
  options.write(`\n${results.map(lineOf).join('')}${left.join('')}total  ${seconds.padStart(6)} s\n`);
  return waiting.size === 0 && results.every(({ outcome }) => outcome === 'passed');
}
