import type { SharedRateLimit } from '../rate-limit.js';
import { rateLimitKey } from './keys.js';
import type { Connection } from './redis.js';
import { createScript, LUA_NOW } from './redis.js';

const MINUTE_MS = 60_000;

/**
 * ARGV: number of operations, limit per minute. The key stores the time until which the viewer has used up the limit.
 * Each operation advances it by its share of a minute; the limit is exceeded when it is more than a minute ahead.
 */
const CONSUME = createScript(`
${LUA_NOW}
local until_ms = math.max(now, tonumber(redis.call('GET', KEYS[1]) or now))
until_ms = math.min(until_ms + ARGV[1] * ${MINUTE_MS} / ARGV[2], now + ${2 * MINUTE_MS})
local ahead = math.ceil(until_ms - now)
redis.call('SET', KEYS[1], string.format('%d', now + ahead), 'PX', math.max(ahead, 1))
return math.max(0, ahead - ${MINUTE_MS})
`);

/** Redis rate limit, shared by many instances, on the clock of Redis. */
export class RedisRateLimit implements SharedRateLimit {
  readonly #redis: Connection;
  readonly #perMinute: number;

  constructor(redis: Connection, perMinute: number) {
    this.#redis = redis;
    this.#perMinute = perMinute;
  }

  async consume(viewerId: string, operations: number): Promise<number> {
    return Number(await this.#redis.run(CONSUME, [rateLimitKey(viewerId)], [operations, this.#perMinute]));
  }
}
