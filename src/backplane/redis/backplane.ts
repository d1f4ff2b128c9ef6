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

export interface RedisBackplaneOptions extends BackplaneOptions {
  readonly url: string;
  /** Hears of what fails without a caller; of an absence, many times over. */
  readonly onError: (error: unknown) => void;
}

export interface RedisBackplane extends Backplane {
  readLeases(options: RedisReadLeasesOptions): ReadLeases;
  rateLimit(perMinute: number): SharedRateLimit;
}

/** The backplane of many instances. Throws where the address cannot be read, but not where nothing is there. */
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
