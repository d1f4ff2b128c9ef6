import type { Backplane, BackplaneOptions } from '../backplane.js';
import type { SharedRateLimit } from '../rate-limit.js';
import type { ReadLeases } from '../read-leases.js';
import type { WriteLocks } from '../write-locks.js';
import { RedisBus } from './bus.js';
import { createRedis } from './client.js';
import type { RedisOptions } from './client.js';
import { RedisInbox } from './inbox.js';
import type { RedisInboxOptions } from './inbox.js';
import { RedisWatchLeases } from './watch-leases.js';
import { RedisPollBudget } from './poll-budget.js';
import { RedisReadLeases } from './read-leases.js';
import type { RedisReadLeasesOptions } from './read-leases.js';
import { RedisRateLimit } from './rate-limit.js';
import { RedisStore } from './store.js';
import { RedisWriteLocks } from './write-locks.js';

/** Options of `createRedisBackplane`. */
export interface RedisBackplaneOptions extends BackplaneOptions, RedisOptions {
  /** Address in one of the forms that `parseRedisUrl` accepts. */
  readonly url: string;
  readonly inbox?: RedisInboxOptions;
}

/** The backplane and the parts that only many instances need. */
export interface RedisBackplane extends Backplane {
  readonly writeLocks: WriteLocks;
  readLeases(options: RedisReadLeasesOptions): ReadLeases;
  rateLimit(perMinute: number): SharedRateLimit;
}

/** Creates the Redis backplane, shared by many instances. Throws on an invalid URL, but not if Redis is unavailable. */
export function createRedisBackplane({
  url,
  watchReadsPerSecond,
  inbox,
  ...options
}: RedisBackplaneOptions): RedisBackplane {
  const redis = createRedis(url, options);
  return {
    store: new RedisStore(redis.main),
    bus: new RedisBus(redis),
    watchLeases: new RedisWatchLeases(redis.main),
    inbox: new RedisInbox(redis, inbox),
    pollBudget: new RedisPollBudget(redis.main, watchReadsPerSecond),
    writeLocks: new RedisWriteLocks(redis.main),
    readLeases: (options) => new RedisReadLeases(redis.main, options),
    rateLimit: (perMinute) => new RedisRateLimit(redis.main, perMinute),
    state: () => redis.state(),
    start: () => redis.start(),
    stop: () => redis.stop(),
  };
}
