import type { PollBudget } from '../poll-budget.js';
import type { Connection } from './redis.js';
import { POLL_BUDGET_KEY } from './keys.js';
import { createScript } from './redis.js';

/** ARGV: maximum number of polls per second. */
const TAKE = createScript(`
local second = redis.call('TIME')[1]
local spent = redis.call('HMGET', KEYS[1], 'second', 'taken')
local taken = spent[1] == second and tonumber(spent[2]) or 0
if taken >= tonumber(ARGV[1]) then return 0 end
redis.call('HSET', KEYS[1], 'second', second, 'taken', taken + 1)
redis.call('PEXPIRE', KEYS[1], 2000)
return 1
`);

/** Redis poll budget, shared by many instances, on the clock of Redis. One fixed key, as a cluster needs known keys. */
export class RedisPollBudget implements PollBudget {
  readonly #redis: Connection;
  readonly #perSecond: number;

  constructor(redis: Connection, perSecond: number) {
    this.#redis = redis;
    this.#perSecond = perSecond;
  }

  async take(): Promise<boolean> {
    return (await this.#redis.run(TAKE, [POLL_BUDGET_KEY], [this.#perSecond])) === 1;
  }
}
