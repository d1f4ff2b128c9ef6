import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

/** The operating system's own books on a process and its descendants. Linux only: read from /proc. */
const TICKS_PER_SECOND = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** Seconds of processor time so far, all threads, user and system, with children living and reaped. */
export function processorSeconds(pid: number): number {
  return family(pid).reduce((sum, member) => sum + ticksOf(member), 0) / TICKS_PER_SECOND;
}

export interface Memory {
  readonly residentMiB: number;
  readonly highWaterMiB: number;
}

export function memoryOf(pid: number): Memory {
  const statuses = family(pid).map((member) => readProc(member, 'status'));
  const total = (field: string): number =>
    statuses.reduce((sum, text) => sum + Number(new RegExp(`${field}:\\s+(\\d+)`).exec(text)?.[1] ?? 0), 0) /
    1024;
  return { residentMiB: total('VmRSS'), highWaterMiB: total('VmHWM') };
}

function family(pid: number): number[] {
  return [pid, ...childrenOf(pid).flatMap(family)];
}

function childrenOf(pid: number): number[] {
  return readdirSync(`/proc/${pid}/task`).flatMap((thread) =>
    readProc(pid, `task/${thread}/children`).split(' ').filter(Boolean).map(Number),
  );
}

function ticksOf(pid: number): number {
  const text = readProc(pid, 'stat');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  const [user, system, reapedUser, reapedSystem] = fields.slice(11, 15).map(Number);
  return (user ?? 0) + (system ?? 0) + (reapedUser ?? 0) + (reapedSystem ?? 0);
}

function readProc(pid: number, name: string): string {
  try {
    return readFileSync(`/proc/${pid}/${name}`, 'utf8');
  } catch {
    return ''; // a thread or child that ended between listing and reading
  }
}
