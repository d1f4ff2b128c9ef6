import { setTimeout as sleep } from 'node:timers/promises';

import type { RunningUpstream } from './processes.js';

/** A member by its numbers. */
export interface MemberNumber {
  readonly user: number;
  readonly member: number;
}

export interface JobsOptions {
  readonly upstream: RunningUpstream;
  readonly users: number;
  readonly membersPerUser: number;
  /** How many jobs run at any time. */
  readonly atOnce: number;
  /** Asks for a job, as a frontend does. */
  readonly begin: (member: MemberNumber) => Promise<void>;
}

const SHORTEST_MS = 10_000;
const LONGEST_MS = 20_000;
/** Nobody begins anew before it is known how the last job ended. */
const REST_MS = 5_000;

/** Keeps so many members busy: when the job of one ends, that of another begins. */
export class Jobs {
  readonly #options: JobsOptions;
  readonly #busy = new Set<string>();
  readonly #resting = new Set<string>();
  #isStopped = false;
  #begun = 0;
  /** Drawn alike in every run. */
  #seed = 1;

  constructor(options: JobsOptions) {
    this.#options = options;
  }

  /** Begins them one by one, so that they do not end together. */
  start(): void {
    const { atOnce } = this.#options;
    for (let lane = 0; lane < atOnce; lane += 1) void this.#keepBusy((lane * SHORTEST_MS) / atOnce);
  }

  stop(): void {
    this.#isStopped = true;
  }

  /** How many were begun since the last time. */
  takeBegun(): number {
    const begun = this.#begun;
    this.#begun = 0;
    return begun;
  }

  get busyUsers(): number {
    return new Set([...this.#busy].map((key) => key.split('/')[0])).size;
  }

  async #keepBusy(afterMs: number): Promise<void> {
    const { upstream, begin } = this.#options;
    await sleep(afterMs);
    while (!this.#isStopped) {
      const chosen = this.#choose();
      const key = `${chosen.user}/${chosen.member}`;
      const ms = SHORTEST_MS + this.#draw() * (LONGEST_MS - SHORTEST_MS);
      this.#busy.add(key);
      this.#begun += 1;
      await upstream.remote.ask('planJob', { ...chosen, ms });
      await begin(chosen);
      await sleep(ms);
      this.#busy.delete(key);
      this.#resting.add(key);
      setTimeout(() => this.#resting.delete(key), REST_MS).unref();
    }
  }

  #choose(): MemberNumber {
    const { users, membersPerUser } = this.#options;
    for (;;) {
      const user = Math.floor(this.#draw() * users);
      const member = Math.floor(this.#draw() * membersPerUser);
      const key = `${user}/${member}`;
      if (!this.#busy.has(key) && !this.#resting.has(key)) return { user, member };
    }
  }

  /** From 0 to 1: the minimal standard generator. */
  #draw(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}
