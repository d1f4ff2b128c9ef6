import { measure } from './measure.js';
import type { Sample, Shape } from './measure.js';
import { startUpstream } from './processes.js';
import { targetNamed } from './targets.js';

/** How much of everything: `short` shows that it works, `long` gives figures worth writing down. */
export interface Effort {
  readonly rounds: number;
  readonly warmUp: number;
  readonly requests: number;
  readonly maxSeconds: number;
}

export const EFFORTS = {
  short: { rounds: 1, warmUp: 200, requests: 400, maxSeconds: 3 },
  long: { rounds: 3, warmUp: 1500, requests: 4000, maxSeconds: 10 },
} as const satisfies Record<string, Effort>;

export const USERS = 8000;
export const LATENCY_MS = 20;

export interface Plan {
  readonly targets: readonly string[];
  readonly effort: Effort;
  readonly shape: Pick<Shape, 'page' | 'members' | 'connections'> & Partial<Shape>;
}

/** Measures the targets one after the other, as often as there are rounds: A B A B, never A A B B. */
export async function interleave({ targets, effort, shape }: Plan): Promise<Sample[]> {
  const upstream = await startUpstream({ members: shape.members, latencyMs: LATENCY_MS });
  const { warmUp, requests, maxSeconds } = effort;
  const samples: Sample[] = [];
  try {
    for (let round = 1; round <= effort.rounds; round++) {
      for (const target of targets.filter((name) => canAnswer(name, shape.page))) {
        const sample = await measure(
          target,
          { users: USERS, warmUp, requests, maxSeconds, ...shape },
          upstream,
        );
        progress(round, sample);
        samples.push(sample);
      }
    }
  } finally {
    await upstream.stop();
  }
  return samples;
}

function canAnswer(name: string, page: Shape['page']): boolean {
  const { pages } = targetNamed(name);
  return !pages || pages.includes(page);
}

function progress(round: number, sample: Sample): void {
  const calls = JSON.stringify(sample.callsByEndpoint, (_key, value: unknown) =>
    typeof value === 'number' ? Number(value.toFixed(2)) : value,
  );
  console.error(
    `round ${round} ${sample.target}: ${sample.requestsPerSecond.toFixed(0)} req/s, ` +
      `${sample.processorMs.toFixed(2)} ms CPU, calls ${calls}, RSS ${sample.peakResidentMiB.toFixed(0)} MiB`,
  );
}
