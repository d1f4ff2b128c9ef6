import { execFile } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';

import { afterAll, beforeAll, describe, expect, it } from 'vitest';

import { startPair } from '../support/cluster.js';
import type { Cluster, ClusterViewer, Instance } from '../support/cluster.js';
import { follow } from '../support/follower.js';
import { codesOf } from '../support/graphql-client.js';
import { mutationOf } from '../support/mutations.js';
import { skipsRedis } from '../support/redis-server.js';
import { force, WORDS } from './driving.js';

/** 15 s in `npm test`; `npm run test:soak` sets a minute. */
const SOAK_MS = Number(process.env['SOAK_MS'] ?? 15_000);
const WARM_UP_MS = SOAK_MS / 3;
const VIEWERS = 20;
/** A process takes memory in steps as its garbage collector sees fit; a leak of this load would be several times that. */
const MAX_GROWTH_MB = 40;
const MEMBERS =
  '{ viewer { members { guid connectionStatus userMessage requiredAction challenges { label } } } }';
/** What a failing MX may lead to; anything else is a fault of ours. */
const OF_THE_FAULT = /^(UPSTREAM_|OVERLOADED$)/;

async function residentMb({ process: { pid } }: Instance): Promise<number> {
  const { stdout } = await promisify(execFile)('ps', ['-o', 'rss=', '-p', String(pid)]);
  return Number(stdout) / 1_024;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;

/** A row of numbers from 0 to 1 that is the same in each run. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Everything that clients, MX and end users do at once, till a time. */
class Load {
  readonly codes = new Map<string, number>();
  readonly #until = Date.now() + SOAK_MS;
  readonly #random = createRandom(20_261_122);

  constructor(
    readonly cluster: Cluster,
    readonly pair: readonly Instance[],
    readonly viewers: readonly ClusterViewer[],
  ) {}

  async run(): Promise<readonly (readonly number[])[]> {
    const all = [
      ...Array.from({ length: 4 }, () => this.#repeat(30, () => this.#query())),
      ...Array.from({ length: 2 }, () => this.#repeat(200, () => this.#mutate())),
      ...Array.from({ length: 10 }, () => this.#repeat(50, () => this.#comeAndGo())),
      this.#repeat(40, () => this.#change()),
    ];
    const resident: number[][] = this.pair.map(() => []);
    const measuring = this.#repeat(200, async () => {
      if (Date.now() < this.#until - SOAK_MS + WARM_UP_MS) return;
      const sizes = await Promise.all(this.pair.map(residentMb));
      for (const [at, mb] of sizes.entries()) resident[at]?.push(mb);
    });
    await Promise.all([...all, measuring]);
    return resident;
  }

  async #repeat(everyMs: number, act: () => void | Promise<void>): Promise<void> {
    while (Date.now() < this.#until) {
      await act();
      await pause(everyMs * (0.5 + this.#random()));
    }
  }

  #one<T>(list: readonly T[]): T {
    const one = list[Math.floor(this.#random() * list.length)];
    if (one === undefined) throw new Error('The list is empty.');
    return one;
  }

  #note(codes: readonly (string | undefined)[]): void {
    for (const code of codes) this.codes.set(code ?? 'none', (this.codes.get(code ?? 'none') ?? 0) + 1);
  }

  async #query(): Promise<void> {
    this.#note(codesOf(await this.#one(this.pair).graphql(MEMBERS, {}, this.#one(this.viewers))));
  }

  async #mutate(): Promise<void> {
    const viewer = this.#one(this.viewers);
    const input = { input: { member: { guid: this.#one(viewer.members) } } };
    this.#note(codesOf(await this.#one(this.pair).graphql(mutationOf('aggregateMember'), input, viewer)));
  }

  async #comeAndGo(): Promise<void> {
    const follower = await follow(this.#one(this.pair).url, this.#one(this.viewers));
    await pause(200 + 1_300 * this.#random());
    this.#note(follower.faults.map(({ extensions }) => extensions?.code));
    follower.leave();
  }

  /** MX itself, which tells now one instance and now the other. */
  #change(): void {
    if (this.#random() < 0.05) {
      this.cluster.sandbox.control.setWebhooks(this.cluster.receiverAt(this.#one(this.pair)));
    }
    force(this.cluster, this.#one(this.#one(this.viewers).members), this.#one(WORDS));
  }
}

describe.skipIf(skipsRedis)(
  'two instances, after a minute of everything at once',
  { timeout: 150_000 },
  () => {
    let cluster: Cluster;
    let pair: readonly Instance[] = [];

    beforeAll(async () => {
      const started = await startPair({ freshnessMs: 500 });
      [cluster, pair] = [started.cluster, started.pair];
    }, 60_000);
    afterAll(() => cluster?.dispose());

    it('report no errors but those of MX, do not leak memory, and stop quickly', async () => {
      const { control } = cluster.sandbox;
      const viewers: ClusterViewer[] = [];
      for (let count = 0; count < VIEWERS; count += 1) viewers.push(await cluster.viewer(5));
      const [first] = pair;
      if (!first) throw new Error('There is no instance.');
      control.setWebhooks(cluster.receiverAt(first));
      control.setFaults([{ kind: 'status', status: 503, probability: 0.1, seed: 1 }]);
      const load = new Load(cluster, pair, viewers);
      const resident = await load.run();
      control.clearFaults();
      control.clearWebhooks();

      expect([...load.codes.keys()].filter((code) => !OF_THE_FAULT.test(code))).toEqual([]);
      // A busy machine takes fewer samples.
      const parts = resident.map((mb) => {
        const count = Math.min(10, Math.floor(mb.length / 3));
        return { first: median(mb.slice(0, count)), last: median(mb.slice(-count)) };
      });
      const growth = parts.map(({ first, last }) => last - first);
      const held = parts.map(({ last }) => Math.round(last));
      console.info(`Soak: ${held.join(' and ')} MB held, ${growth.map(Math.round).join(' and ')} MB grown.`);
      expect(resident.every((mb) => mb.length >= 9)).toBe(true);
      for (const mb of growth) expect(mb).toBeLessThan(MAX_GROWTH_MB);

      for (const instance of pair) {
        instance.process.kill('SIGTERM');
        expect(await instance.process.ended(10_000)).toBe(0);
      }
    });
  },
);
