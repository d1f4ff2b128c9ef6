import { randomUUID } from 'node:crypto';

import { LEASE_MS } from '../watch-leases.js';
import type { WatchLeases } from '../watch-leases.js';
import type { Connection } from './redis.js';
import { watchLeaseKey } from './keys.js';
import { createScript } from './redis.js';
import type { Script } from './redis.js';

/** ARGV: id of the instance. */
const ACQUIRE = createScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ${LEASE_MS})
return 1
`);

/** ARGV: id of the instance. */
const RELEASE = createScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);

/** Maximum number of scripts in flight. More could delay the last reply beyond the command timeout. */
const MAX_IN_FLIGHT = 500;

/** Leases in Redis, shared by many instances: one key per user, which expires unless its holder renews it. */
export class RedisWatchLeases implements WatchLeases {
  readonly #redis: Connection;
  readonly #instance = randomUUID();

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  async acquire(userGuids: readonly string[]): Promise<ReadonlySet<string>> {
    const replies = await this.#runForEach(ACQUIRE, userGuids);
    return new Set(userGuids.filter((_, i) => replies[i] === 1));
  }

  async release(userGuids: readonly string[]): Promise<void> {
    await this.#runForEach(RELEASE, userGuids);
  }

  async isHeld(userGuid: string): Promise<boolean> {
    return (await this.#redis.call('exists', watchLeaseKey(userGuid))) === 1;
  }

  /** Pipelines one script call per user. A single script cannot do it, because a cluster spreads users over nodes. */
  async #runForEach(script: Script, userGuids: readonly string[]): Promise<unknown[]> {
    const replies: unknown[] = [];
    for (let i = 0; i < userGuids.length; i += MAX_IN_FLIGHT) {
      const batch = userGuids.slice(i, i + MAX_IN_FLIGHT);
      const sent = batch.map((userGuid) =>
        this.#redis.run(script, [watchLeaseKey(userGuid)], [this.#instance]),
      );
      replies.push(...(await Promise.all(sent)));
    }
    return replies;
  }
}
