import type { PageKind } from './fixture.js';
import { checkDeeply, checkQuickly, requestBytes } from './page-request.js';
import type { Page } from './page-request.js';
import { RawConnection } from './raw-connection.js';
import type { RawAnswer } from './raw-connection.js';
import type { Target } from './targets.js';
import { targetNamed } from './targets.js';

/** What the load process is asked to do; sent to it once, as its first message. */
export interface LoadJob {
  readonly target: string;
  readonly page: PageKind;
  readonly port: number;
  readonly upstream: string;
  readonly users: number;
  readonly members: number;
  readonly connections: number;
  readonly warmUp: number;
  readonly requests: number;
  /** Ends a phase of a slow server early. */
  readonly maxSeconds: number;
}

export interface LoadResult {
  readonly requests: number;
  readonly seconds: number;
  readonly p50: number;
  readonly p99: number;
}

export type LoadMessage =
  | { readonly kind: 'warm' }
  | { readonly kind: 'done'; readonly result: LoadResult }
  | { readonly kind: 'failed'; readonly reason: string };

const DEEP_CHECK_EVERY = 50;

class Load {
  readonly #job: LoadJob;
  readonly #target: Target;
  readonly #requests: Buffer[];
  readonly #connections: RawConnection[] = [];
  #next = 0;

  constructor(job: LoadJob, tokens: readonly string[]) {
    this.#job = job;
    this.#target = targetNamed(job.target);
    this.#requests = tokens.map((token, user) => requestBytes(this.#page(user), token));
  }

  async connect(): Promise<void> {
    for (let count = 0; count < this.#job.connections; count++) {
      this.#connections.push(await RawConnection.open(this.#job.port));
    }
  }

  async run(requests: number): Promise<LoadResult> {
    const latencies: number[] = [];
    const end = this.#next + requests;
    const started = performance.now();
    const deadline = started + this.#job.maxSeconds * 1000;
    const worker = async (connection: RawConnection): Promise<void> => {
      while (this.#next < end && performance.now() < deadline) {
        const sequence = this.#next++;
        const user = sequence % this.#requests.length;
        const asked = performance.now();
        const answer = await connection.request(this.#requests[user] ?? Buffer.alloc(0));
        latencies.push(performance.now() - asked);
        this.#check(answer, user, sequence);
      }
    };
    await Promise.all(this.#connections.map(worker));
    return summary(latencies, (performance.now() - started) / 1000);
  }

  #check(answer: RawAnswer, user: number, sequence: number): void {
    const page = this.#page(user);
    checkQuickly(page, answer);
    if (sequence % DEEP_CHECK_EVERY === 0) checkDeeply(page, answer);
  }

  #page(user: number): Page {
    return { target: this.#target, user, members: this.#job.members, kind: this.#job.page };
  }
}

function summary(latencies: number[], seconds: number): LoadResult {
  const sorted = Float64Array.from(latencies).sort();
  const quantile = (part: number): number => sorted[Math.floor((sorted.length - 1) * part)] ?? Number.NaN;
  return { requests: sorted.length, seconds, p50: quantile(0.5), p99: quantile(0.99) };
}

const send = (message: LoadMessage): void => void process.send?.(message);

const sendLast = (message: LoadMessage): void => void process.send?.(message, () => process.disconnect());

async function tokensFor(job: LoadJob): Promise<string[]> {
  if (targetNamed(job.target).tokens === 'per-user') {
    const answer = await fetch(`${job.upstream}/bench/tokens?count=${job.users}`);
    return (await answer.json()) as string[];
  }
  const answer = await fetch(`${job.upstream}/bench/support-token`);
  return new Array<string>(job.users).fill((await answer.json()) as string);
}

async function prepare(job: LoadJob): Promise<void> {
  const load = new Load(job, await tokensFor(job));
  await load.connect();
  await load.run(job.warmUp);
  process.on('message', () => {
    load.run(job.requests).then((result) => send({ kind: 'done', result }), fail);
  });
  send({ kind: 'warm' });
}

function fail(error: unknown): void {
  process.exitCode = 1;
  sendLast({ kind: 'failed', reason: error instanceof Error ? error.message : String(error) });
}

process.once('disconnect', () => process.exit());
process.once('message', (job: LoadJob) => {
  prepare(job).catch(fail);
});
