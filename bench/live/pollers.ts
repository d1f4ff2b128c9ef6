import { setTimeout as sleep } from 'node:timers/promises';
import { Pool } from 'undici';

import { memberGuid, userDigits, userGuid } from '../fixture.js';
import { monotonicMs } from './clock.js';
import { serve } from './remote.js';

/** A process of frontends as they are without the product: each asks MX for its member, over and over. */
export interface Pollers {
  start(order: { readonly upstream: string; readonly users: number; readonly everyMs: number }): void;
  /** Ends the asking; resolves to the changes that were seen. */
  stop(): Sighting[];
}

/** A member seen by a frontend as it was not before. */
export interface Sighting {
  readonly user: number;
  readonly member: number;
  readonly status: string;
  readonly isBeingAggregated: boolean;
  readonly at: number;
}

interface Answer {
  readonly member: { readonly connection_status: string; readonly is_being_aggregated: boolean };
}

const sightings: Sighting[] = [];
let isStopped = false;

async function poll(pool: Pool, user: number, everyMs: number): Promise<void> {
  const path = `/users/${userGuid(user)}/members/${memberGuid(userDigits(user), 0)}`;
  let known = '';
  await sleep(Math.random() * everyMs);
  while (!isStopped) {
    const askedAt = monotonicMs();
    const { body } = await pool.request({ method: 'GET', path });
    const { connection_status: status, is_being_aggregated: isBeingAggregated } = (
      (await body.json()) as Answer
    ).member;
    const seen = `${status} ${isBeingAggregated}`;
    if (seen !== known) sightings.push({ user, member: 0, status, isBeingAggregated, at: monotonicMs() });
    known = seen;
    await sleep(everyMs - (monotonicMs() - askedAt));
  }
}

serve<Pollers>({
  start: ({ upstream, users, everyMs }) => {
    const pool = new Pool(upstream, { connections: 64 });
    for (let user = 0; user < users; user += 1) void poll(pool, user, everyMs);
  },
  stop: () => {
    isStopped = true;
    return sightings;
  },
});
process.once('disconnect', () => process.exit(0));
