import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { describe, expect, it, onTestFinished } from 'vitest';

import { runSteps } from '../../../scripts/run-steps.js';
import type { RunOptions, Step } from '../../../scripts/run-steps.js';
import { waitFor } from '../../support/wait-for.js';

async function useFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'steps-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

async function run(steps: readonly Step[], options: Partial<RunOptions> = {}) {
  const written: string[] = [];
  const hasPassed = await runSteps(steps, { limit: 2, write: (text) => void written.push(text), ...options });
  return { hasPassed, text: written.join('') };
}

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('a run of steps', () => {
  it('starts a step after those that it needs have passed', async () => {
    const log = join(await useFolder(), 'log');
    const { hasPassed } = await run([
      { name: 'last', command: `echo last >> ${log}`, after: ['first', 'second'] },
      { name: 'first', command: `sleep 0.1; echo first >> ${log}` },
      { name: 'second', command: `sleep 0.2; echo second >> ${log}` },
    ]);
    expect(hasPassed).toBe(true);
    expect(await readFile(log, 'utf8')).toBe('first\nsecond\nlast\n');
  });

  it('prints the output of each step in one piece', async () => {
    const talk = (name: string) => ({ name, command: `echo ${name} 1; sleep 0.1; echo ${name} 2 >&2` });
    const { text } = await run([talk('a'), talk('b')]);
    expect(text).toMatch(/── a\na 1\na 2\npassed +\d+\.\d s {2}a\n/);
    expect(text).toMatch(/── b\nb 1\nb 2\npassed +\d+\.\d s {2}b\n/);
    expect(text).toMatch(/total +\d+\.\d s\n$/);
  });

  it('runs no more steps at a time than the limit', async () => {
    const log = join(await useFolder(), 'log');
    const command = `echo begin >> ${log}; sleep 0.1; echo end >> ${log}`;
    await run(
      [1, 2, 3].map((number) => ({ name: `step ${number}`, command })),
      { limit: 1 },
    );
    expect(await readFile(log, 'utf8')).toBe('begin\nend\n'.repeat(3));
  });

  it('stops all steps, with their children, when one fails, and starts no other', async () => {
    const file = join(await useFolder(), 'pid');
    const { hasPassed, text } = await run([
      { name: 'endless', command: `sh -c 'sleep 60 & echo $! > ${file}; wait'` },
      { name: 'failing', command: `while ! test -s ${file}; do sleep 0.02; done; echo reason; exit 3` },
      { name: 'later', command: 'echo never', after: ['failing'] },
    ]);
    expect(hasPassed).toBe(false);
    expect(text).toContain('── failing\nreason\nfailed');
    expect(text).toMatch(/stopped .* endless\n/);
    expect(text).toMatch(/not run +later\n/);
    const pid = Number(await readFile(file, 'utf8'));
    await waitFor(() => !isAlive(pid), { what: 'the end of the child of a stopped step' });
  });

  it('fails when it is interrupted', async () => {
    const interruption = new AbortController();
    const running = run([{ name: 'endless', command: 'sleep 60' }], { signal: interruption.signal });
    interruption.abort();
    const { hasPassed, text } = await running;
    expect(hasPassed).toBe(false);
    expect(text).toMatch(/stopped .* endless\n/);
  });
});
