import type { Backplane, BackplaneOptions } from '../backplane.js';
import type { SharedRateLimit } from '../rate-limit.js';
import type { ReadLeases } from '../read-leases.js';
import { RedisBus } from './bus.js';
import { createRedis } from './client.js';
import { RedisInbox } from './inbox.js';
import { RedisWatchLeases } from './watch-leases.js';
import { RedisPollBudget } from './poll-budget.js';
import { RedisReadLeases } from './read-leases.js';
import type { RedisReadLeasesOptions } from './read-leases.js';
import { RedisRateLimit } from './rate-limit.js';
import { RedisStore } from './store.js';

/** Options of `createRedisBackplane`. */
export interface RedisBackplaneOptions extends BackplaneOptions {
  /** Address in one of the forms that `parseRedisUrl` accepts. */
  readonly url: string;
  /** Called for errors that no caller receives; repeatedly while Redis is unavailable. */
  readonly onError: (error: unknown) => void;
}

/** The backplane and the two parts that only many instances need. */
export interface RedisBackplane extends Backplane {
  readLeases(options: RedisReadLeasesOptions): ReadLeases;
  rateLimit(perMinute: number): SharedRateLimit;
}

/** Creates the Redis backplane, shared by many instances. Throws on an invalid URL, but not if Redis is unavailable. */
export function createRedisBackplane({
  url,
  watchReadsPerSecond,
  onError,
}: RedisBackplaneOptions): RedisBackplane {
  const redis = createRedis(url, onError);
  return {
    store: new RedisStore(redis.main),
    bus: new RedisBus(redis),
    watchLeases: new RedisWatchLeases(redis.main),
    inbox: new RedisInbox(redis),
    pollBudget: new RedisPollBudget(redis.main, watchReadsPerSecond),
    readLeases: (options) => new RedisReadLeases(redis.main, options),
    rateLimit: (perMinute) => new RedisRateLimit(redis.main, perMinute),
    state: () => redis.state(),
    start: () => redis.start(),
    stop: () => redis.stop(),
  };
}
