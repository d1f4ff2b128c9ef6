import type { Backplane, BackplaneOptions } from '../backplane.js';
import type { SharedSpending } from '../rate-limit.js';
import type { ReadWindows } from '../read-leases.js';
import { RedisBus } from './bus.js';
import { createRedis } from './client.js';
import { RedisInbox } from './inbox.js';
import { RedisLeases } from './watch-leases.js';
import { RedisReadBudget } from './poll-budget.js';
import { RedisReadWindows } from './read-leases.js';
import type { RedisReadWindowsOptions } from './read-leases.js';
import { RedisSpending } from './rate-limit.js';
import { RedisStore } from './store.js';

export interface RedisBackplaneOptions extends BackplaneOptions {
  readonly url: string;
  /** Hears of what fails without a caller; of an absence, many times over. */
  readonly onError: (error: unknown) => void;
}

export interface RedisBackplane extends Backplane {
  windows(options: RedisReadWindowsOptions): ReadWindows;
  spending(perMinute: number): SharedSpending;
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
    leases: new RedisLeases(redis.main),
    inbox: new RedisInbox(redis),
    readBudget: new RedisReadBudget(redis.main, watchReadsPerSecond),
    windows: (options) => new RedisReadWindows(redis.main, options),
    spending: (perMinute) => new RedisSpending(redis.main, perMinute),
    state: () => redis.state(),
    start: () => redis.start(),
    stop: () => redis.stop(),
  };
}
