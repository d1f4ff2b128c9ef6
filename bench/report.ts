import { mkdirSync, writeFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import type { Sample } from './measure.js';
import { targetNamed } from './targets.js';

/** What a suite gives: markdown to read and figures to keep. */
export interface SuiteReport {
  readonly text: string;
  readonly figures: unknown;
}

/** One target's runs of one shape, each figure the median of them. */
export type Summary = Sample & { readonly runs: number };

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

export function summarise(samples: readonly Sample[]): Summary[] {
  const targets = [...new Set(samples.map((sample) => sample.target))];
  return targets.map((target) => {
    const runs = samples.filter((sample) => sample.target === target);
    const middle = (pick: (sample: Sample) => number): number => median(runs.map(pick));
    return {
      target,
      runs: runs.length,
      requestsPerSecond: middle((sample) => sample.requestsPerSecond),
      p50: middle((sample) => sample.p50),
      p99: middle((sample) => sample.p99),
      processorMs: middle((sample) => sample.processorMs),
      upstreamCalls: middle((sample) => sample.upstreamCalls),
      callsByEndpoint: runs.at(-1)?.callsByEndpoint ?? {},
      peakResidentMiB: Math.max(...runs.map((sample) => sample.peakResidentMiB)),
      highWaterMiB: Math.max(...runs.map((sample) => sample.highWaterMiB)),
    };
  });
}

export function markdownTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
  const rule = header.map((_, column) => (column === 0 ? '---' : '---:'));
  return [header, rule, ...rows].map(line).join('\n');
}

export const figure = (value: number, digits = 2): string => value.toFixed(digits);

/** The figures of each target and their ratio to the baseline of the same run. */
export function sampleTable(summaries: readonly Summary[], baseline: string): string {
  const base = summaries.find((summary) => summary.target === baseline);
  return markdownTable(
    ['', 'req/s', 'ratio', 'CPU ms/req', 'ratio', 'calls/req', 'p50 ms', 'p99 ms', 'RSS MiB'],
    summaries.map((row) => [
      targetNamed(row.target).label,
      figure(row.requestsPerSecond, 0),
      base ? figure(row.requestsPerSecond / base.requestsPerSecond) : '',
      figure(row.processorMs),
      base ? figure(row.processorMs / base.processorMs) : '',
      figure(row.upstreamCalls),
      figure(row.p50, 1),
      figure(row.p99, 1),
      figure(row.peakResidentMiB, 0),
    ]),
  );
}

export interface Goal {
  readonly goal: string;
  readonly got: string;
  readonly isMet: boolean;
}

export const goalTable = (goals: readonly Goal[]): string =>
  markdownTable(
    ['goal', 'measured', 'met'],
    goals.map(({ goal, got, isMet }) => [goal, got, isMet ? 'yes' : '**no**']),
  );

/** Keeps the figures of a suite, with what they were measured on, under results/. */
export function saveResults(suite: string, figures: unknown): void {
  const folder = new URL('results/', import.meta.url);
  mkdirSync(folder, { recursive: true });
  const machine = { cores: availableParallelism(), node: process.version, platform: process.platform };
  const text = JSON.stringify({ suite, machine, figures }, rounded, 2);
  writeFileSync(new URL(`${suite}.json`, folder), `${text}\n`);
}

const rounded = (_key: string, value: unknown): unknown =>
  typeof value === 'number' ? Math.round(value * 1000) / 1000 : value;
