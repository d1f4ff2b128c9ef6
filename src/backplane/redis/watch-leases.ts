import { randomUUID } from 'node:crypto';

import { LEASE_MS } from '../watch-leases.js';
import type { WatchLeases } from '../watch-leases.js';
import type { Connection } from './redis.js';
import { watchLeaseKey } from './keys.js';
import { createScript } from './redis.js';
import type { Script } from './redis.js';

/** ARGV: who asks. */
const ACQUIRE = createScript(`
local holder = redis.call('GET', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('SET', KEYS[1], ARGV[1], 'PX', ${LEASE_MS})
return 1
`);

const RELEASE = createScript(`
if redis.call('GET', KEYS[1]) == ARGV[1] then redis.call('DEL', KEYS[1]) end
return 1
`);

/** More at once could keep the last one waiting so long that Redis would seem silent. */
const AT_ONCE = 500;

/** The leases of many instances: each is a key that goes by itself when its holder no longer renews it. */
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

  /** Sent without waiting for each other; in one script all users would have to lie together in a cluster. */
  async #runForEach(script: Script, userGuids: readonly string[]): Promise<unknown[]> {
    const replies: unknown[] = [];
    for (let i = 0; i < userGuids.length; i += AT_ONCE) {
      const some = userGuids.slice(i, i + AT_ONCE);
      const sent = some.map((userGuid) =>
        this.#redis.run(script, [watchLeaseKey(userGuid)], [this.#instance]),
      );
      replies.push(...(await Promise.all(sent)));
    }
    return replies;
  }
}
