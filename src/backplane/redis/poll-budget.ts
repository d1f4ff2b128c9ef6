import type { PollBudget } from '../poll-budget.js';
import type { Connection } from './redis.js';
import { POLL_BUDGET_KEY } from './keys.js';
import { createScript } from './redis.js';

/** Longest time that a debt is remembered, in milliseconds. */
const DEBT_TTL_MS = 60_000;

/** Sets the local `taken` to the requests of the current second. ARGV: maximum number per second. */
const LUA_TAKEN = `
local second = tonumber(redis.call('TIME')[1])
local per_second = tonumber(ARGV[1])
local spent = redis.call('HMGET', KEYS[1], 'second', 'taken')
local elapsed = math.max(0, second - (tonumber(spent[1]) or 0))
local taken = math.max(0, (tonumber(spent[2]) or 0) - per_second * elapsed)
local function store(count)
  redis.call('HSET', KEYS[1], 'second', second, 'taken', count)
  redis.call('PEXPIRE', KEYS[1], ${DEBT_TTL_MS})
end
`;

const TAKE = createScript(`
${LUA_TAKEN}
if taken >= per_second then return 0 end
store(taken + 1)
return 1
`);

/** ARGV: maximum number per second, number of requests. */
const CHARGE = createScript(`
${LUA_TAKEN}
store(math.max(0, taken + tonumber(ARGV[2])))
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

  async charge(requests: number): Promise<void> {
    await this.#redis.run(CHARGE, [POLL_BUDGET_KEY], [this.#perSecond, requests]);
  }
}
