import { randomBytes } from 'node:crypto';

import type { LeaseRequest, ReadOutcome, ReadLeases, SharedWrite, LeaseResult } from '../read-leases.js';
import type { Connection } from './redis.js';
import { userOf, readLeaseKey, writesKey } from './keys.js';
import { listOf, textOf } from './parse.js';
import { createScript, LUA_NOW } from './redis.js';

export interface RedisReadLeasesOptions {
  /** A read upstream is good for so long after it began; 0 for reads that are each their own. */
  readonly ttlMs: number;
  /** A read that has not ended after so long is taken for dead. */
  readonly leaseMs: number;
  /** What was read is kept for so long. */
  readonly retentionMs: number;
}

/** MX's lists may lag so far behind a write. */
const WRITE_SETTLES_MS = 10_000;

/** What all scripts forget when a window is ended: the good list, the failure and the flight, but not the last hint. */
const ENDED = `'version', 'begunAt', 'text', 'failure', 'failedAt', 'flight', 'flightAt'`;

/**
 * Decides who reads. A window is a hash: the good list (`version`, `begunAt`, `text`), the failure (`failure`,
 * `failedAt`), the flight under way (`flight`, `flightAt`) and when one was last begun for a hint (`hintedAt`).
 * ARGV: known, after, forced, freshness, flight, kept, the version of the read that may be granted.
 */
const BEGIN = createScript(`
${LUA_NOW}
local fresh, flying = tonumber(ARGV[4]), tonumber(ARGV[5])
local after = tonumber(ARGV[2])
local window = redis.call('HMGET', KEYS[1], 'version', 'begunAt', 'failedAt', 'flightAt', 'hintedAt')
local writes = redis.call('HGETALL', KEYS[2])
local function within(at, ms) return at and now < tonumber(at) + ms end
local function suits(at) return not after or tonumber(at) > after end
local function say(...) return {now, writes, ...} end

if ARGV[3] ~= '' then
  redis.call('HDEL', KEYS[1], ${ENDED})
else
  if within(window[2], fresh) and suits(window[2]) then
    if window[1] == ARGV[1] then return say('unchanged') end
    return say('hit', window[1], redis.call('HGET', KEYS[1], 'text'), tonumber(window[2]))
  end
  if not after and within(window[3], fresh) then
    return say('failed', redis.call('HGET', KEYS[1], 'failure'))
  end
  if fresh > 0 and within(window[4], flying) and suits(window[4]) then return say('pending') end
  if after and within(window[5], fresh) then return say('deferred', tonumber(window[5]) + fresh) end
  if after then redis.call('HSET', KEYS[1], 'hintedAt', now) end
end
redis.call('HSET', KEYS[1], 'flight', ARGV[7], 'flightAt', now)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return say('granted')
`);

/** Takes what was read, if that read is the one under way. ARGV: its version, "text" or "failure", that, kept. */
const END = createScript(`
local flight = redis.call('HMGET', KEYS[1], 'flight', 'flightAt')
if flight[1] ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'flight', 'flightAt', 'failure', 'failedAt')
if ARGV[2] == 'text' then
  redis.call('HSET', KEYS[1], 'version', flight[1], 'begunAt', flight[2], 'text', ARGV[3])
else
  redis.call('HSET', KEYS[1], 'failedAt', flight[2], 'failure', ARGV[3])
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);

const EXPIRE = createScript(`return redis.call('HDEL', KEYS[1], ${ENDED})`);

/** Keeps a write under its member as "<ms> <json>", without the JSON for a deleted one. ARGV: the member, the rest. */
const NOTE_WRITE = createScript(`
${LUA_NOW}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ${WRITE_SETTLES_MS})
redis.call('HDEL', KEYS[2], ${ENDED})
redis.call('HDEL', KEYS[3], ${ENDED})
return now
`);

const NOW = createScript(`${LUA_NOW} return now`);

/** The writes that lists may not have heard of, of a reply of names and values by turns. */
function writesOf(reply: unknown, now: number): SharedWrite[] {
  const texts = listOf(reply).map(textOf);
  return texts.flatMap((memberGuid, i) => {
    const [, at, member = null] = /^(\d+)(?: (.*))?$/s.exec((i % 2 === 0 && texts[i + 1]) || '') ?? [];
    return at !== undefined && Number(at) > now - WRITE_SETTLES_MS
      ? [{ memberGuid, member, at: Number(at) }]
      : [];
  });
}

/** Freshness windows that many instances share, on the clock of Redis. */
export class RedisReadLeases implements ReadLeases {
  readonly #redis: Connection;
  readonly #options: RedisReadLeasesOptions;
  readonly #keptMs: number;

  constructor(redis: Connection, options: RedisReadLeasesOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#keptMs = Math.max(options.retentionMs, options.ttlMs, options.leaseMs);
  }

  async acquire(key: string, { known, after, isForced }: LeaseRequest) {
    const { ttlMs, leaseMs } = this.#options;
    const version = randomBytes(9).toString('base64url');
    const reply = await this.#redis.run(
      BEGIN,
      [readLeaseKey(key), writesKey(userOf(key))],
      [known ?? '', after ?? '', isForced ? 'forced' : '', ttlMs, leaseMs, this.#keptMs, version],
    );
    const [now, writes, ...said] = listOf(reply);
    return {
      result: toLeaseResult(said, { version, begunAt: Number(now) }),
      writes: writesOf(writes, Number(now)),
    };
  }

  async complete(key: string, landing: ReadOutcome): Promise<boolean> {
    const outcome = 'text' in landing ? ['text', landing.text] : ['failure', landing.failure];
    return (
      (await this.#redis.run(END, [readLeaseKey(key)], [landing.version, ...outcome, this.#keptMs])) === 1
    );
  }

  async expire(key: string): Promise<void> {
    await this.#redis.run(EXPIRE, [readLeaseKey(key)], []);
  }

  async noteWrite(userGuid: string, { memberGuid, member }: Omit<SharedWrite, 'at'>): Promise<number> {
    const keys = [writesKey(userGuid), readLeaseKey(userGuid), readLeaseKey(`${userGuid}/${memberGuid}`)];
    const text = member === null ? '' : ` ${member}`;
    return Number(await this.#redis.run(NOTE_WRITE, keys, [memberGuid, text]));
  }

  async now(): Promise<number> {
    return Number(await this.#redis.run(NOW, [], []));
  }
}

/** What the script said, in the words of the interface; `granted` is the read that it granted, if it did. */
function toLeaseResult(said: readonly unknown[], granted: { version: string; begunAt: number }): LeaseResult {
  const [kind, first, second, third] = said;
  switch (kind) {
    case 'unchanged':
    case 'pending':
      return { kind };
    case 'hit':
      return { kind, version: textOf(first), text: textOf(second), begunAt: Number(third) };
    case 'failed':
      return { kind, failure: textOf(first) };
    case 'deferred':
      return { kind, retryAt: Number(first) };
    default:
      return { kind: 'granted', ...granted };
  }
}
