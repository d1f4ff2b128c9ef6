import { randomBytes } from 'node:crypto';

import { steadyNow } from '../../clock.js';
import type {
  Acquired,
  LeaseRequest,
  LeaseResult,
  ReadLeases,
  ReadOutcome,
  SharedValue,
  SharedWrite,
} from '../read-leases.js';
import { readLeaseKey, userOf, writesKey } from './keys.js';
import { asArray, asString } from './parse.js';
import { createScript, LUA_NOW } from './redis.js';
import type { Connection } from './redis.js';

export interface RedisReadLeasesOptions {
  /** How long a value is fresh, in milliseconds from the start of its read; 0 makes each read its own. */
  readonly ttlMs: number;
  /** How long a granted read may take, in milliseconds, before another instance may read. */
  readonly leaseMs: number;
  /** How long Redis stores a value, in milliseconds. */
  readonly retentionMs: number;
}

/** How long MX's lists may lag behind a write. */
const LIST_LAG_MS = 10_000;

/** The fields that invalidating a key deletes: the value, the failure and the lease, but not the last hint. */
const INVALIDATED = `'version', 'startedAt', 'text', 'failure', 'failedAt', 'lease', 'leasedAt'`;

/**
 * Decides who reads. Each key is a hash of the value (`version`, `startedAt`, `text`), the last failure (`failure`,
 * `failedAt`), the lease of the read in flight (`lease`, `leasedAt`) and when the last read for a hint was granted
 * (`hintedAt`).
 * ARGV: known version, after, forced, TTL, lease time, retention, the version of a read that may be granted.
 */
const ACQUIRE = createScript(`
${LUA_NOW}
local ttl, leaseTime = tonumber(ARGV[4]), tonumber(ARGV[5])
local after = tonumber(ARGV[2])
local entry = redis.call('HMGET', KEYS[1], 'version', 'startedAt', 'failedAt', 'leasedAt', 'hintedAt')
local writes = redis.call('HGETALL', KEYS[2])
local function within(at, ms) return at and now < tonumber(at) + ms end
local function isNewEnough(at) return not after or tonumber(at) > after end
local function answer(...) return {now, writes, ...} end

if ARGV[3] ~= '' then
  redis.call('HDEL', KEYS[1], ${INVALIDATED})
else
  if within(entry[2], ttl) and isNewEnough(entry[2]) then
    if entry[1] == ARGV[1] then return answer('unchanged') end
    return answer('hit', entry[1], redis.call('HGET', KEYS[1], 'text'), tonumber(entry[2]))
  end
  if not after and within(entry[3], ttl) then
    return answer('failed', redis.call('HGET', KEYS[1], 'failure'))
  end
  if ttl > 0 and within(entry[4], leaseTime) and isNewEnough(entry[4]) then return answer('pending') end
  if after and within(entry[5], ttl) then return answer('deferred', tonumber(entry[5]) + ttl) end
  if after then redis.call('HSET', KEYS[1], 'hintedAt', now) end
end
redis.call('HSET', KEYS[1], 'lease', ARGV[7], 'leasedAt', now)
redis.call('PEXPIRE', KEYS[1], ARGV[6])
return answer('granted')
`);

/**
 * Stores the outcome of a read that still holds the lease. ARGV: version, "text", "failure" or "answer" (a failure that
 * replaces the value), the text or the failure, retention.
 */
const COMPLETE = createScript(`
local lease = redis.call('HMGET', KEYS[1], 'lease', 'leasedAt')
if lease[1] ~= ARGV[1] then return 0 end
redis.call('HDEL', KEYS[1], 'lease', 'leasedAt', 'failure', 'failedAt')
if ARGV[2] == 'text' then
  redis.call('HSET', KEYS[1], 'version', lease[1], 'startedAt', lease[2], 'text', ARGV[3])
else
  redis.call('HSET', KEYS[1], 'failedAt', lease[2], 'failure', ARGV[3])
  if ARGV[2] == 'answer' then redis.call('HDEL', KEYS[1], 'version', 'startedAt', 'text') end
end
redis.call('PEXPIRE', KEYS[1], ARGV[4])
return 1
`);

const LATEST = createScript(`return redis.call('HMGET', KEYS[1], 'version', 'startedAt', 'text')`);

const EXPIRE = createScript(`return redis.call('HDEL', KEYS[1], ${INVALIDATED})`);

/** Stores a write under its member as "<ms> <json>", or "<ms>" if it was deleted. ARGV: the member, the rest. */
const NOTE_WRITE = createScript(`
${LUA_NOW}
redis.call('HSET', KEYS[1], ARGV[1], string.format('%.0f', now) .. ARGV[2])
redis.call('PEXPIRE', KEYS[1], ${LIST_LAG_MS})
redis.call('HDEL', KEYS[2], ${INVALIDATED})
redis.call('HDEL', KEYS[3], ${INVALIDATED})
return now
`);

const NOW = createScript(`${LUA_NOW} return now`);

/** Parses writes from a reply of alternating names and values; those that MX's lists must show by now are left out. */
function toWrites(reply: unknown, now: number): SharedWrite[] {
  const texts = asArray(reply).map(asString);
  return texts.flatMap((memberGuid, i) => {
    const [, at, member = null] = /^(\d+)(?: (.*))?$/s.exec((i % 2 === 0 && texts[i + 1]) || '') ?? [];
    return at !== undefined && Number(at) > now - LIST_LAG_MS ? [{ memberGuid, member, at: Number(at) }] : [];
  });
}

/** Read leases in Redis, on its clock. */
export class RedisReadLeases implements ReadLeases {
  readonly #redis: Connection;
  readonly #options: RedisReadLeasesOptions;
  readonly #retentionMs: number;
  /** How far the clock of Redis is ahead of this instance's steady clock, in milliseconds. */
  #aheadMs = 0;

  constructor(redis: Connection, options: RedisReadLeasesOptions) {
    this.#redis = redis;
    this.#options = options;
    this.#retentionMs = Math.max(options.retentionMs, options.ttlMs, options.leaseMs);
  }

  async acquire(key: string, { known, after, isForced }: LeaseRequest): Promise<Acquired> {
    const { ttlMs, leaseMs } = this.#options;
    const version = randomBytes(9).toString('base64url');
    const reply = await this.#redis.run(
      ACQUIRE,
      [readLeaseKey(key), writesKey(userOf(key))],
      [known ?? '', after ?? '', isForced ? 'forced' : '', ttlMs, leaseMs, this.#retentionMs, version],
    );
    const [time, writes, ...answer] = asArray(reply);
    const now = this.#noteTime(time);
    return { result: toLeaseResult(answer, { version, startedAt: now }), writes: toWrites(writes, now) };
  }

  async latest(key: string): Promise<SharedValue | null> {
    const [version, startedAt, text] = asArray(await this.#redis.run(LATEST, [readLeaseKey(key)], []));
    if (typeof version !== 'string' || typeof text !== 'string') return null;
    return { version, startedAt: Number(startedAt), text };
  }

  async complete(key: string, outcome: ReadOutcome): Promise<boolean> {
    const args = [outcome.version, ...toOutcomeArgs(outcome), this.#retentionMs];
    return (await this.#redis.run(COMPLETE, [readLeaseKey(key)], args)) === 1;
  }

  async expire(key: string): Promise<void> {
    await this.#redis.run(EXPIRE, [readLeaseKey(key)], []);
  }

  async noteWrite(userGuid: string, { memberGuid, member }: Omit<SharedWrite, 'at'>): Promise<number> {
    const keys = [writesKey(userGuid), readLeaseKey(userGuid), readLeaseKey(`${userGuid}/${memberGuid}`)];
    const json = member === null ? '' : ` ${member}`;
    return this.#noteTime(await this.#redis.run(NOTE_WRITE, keys, [memberGuid, json]));
  }

  async now(): Promise<number> {
    return this.#noteTime(await this.#redis.run(NOW, [], []));
  }

  localNow(): number {
    return steadyNow() + this.#aheadMs;
  }

  #noteTime(time: unknown): number {
    this.#aheadMs = Number(time) - steadyNow();
    return Number(time);
  }
}

function toOutcomeArgs(outcome: ReadOutcome): [kind: string, value: string] {
  if ('text' in outcome) return ['text', outcome.text];
  return [outcome.isAnswer ? 'answer' : 'failure', outcome.failure];
}

/** `granted` completes the answer of a read that was granted. */
function toLeaseResult(
  answer: readonly unknown[],
  granted: { version: string; startedAt: number },
): LeaseResult {
  const [kind, first, second, third] = answer;
  switch (kind) {
    case 'unchanged':
    case 'pending':
      return { kind };
    case 'hit':
      return { kind, version: asString(first), text: asString(second), startedAt: Number(third) };
    case 'failed':
      return { kind, failure: asString(first) };
    case 'deferred':
      return { kind, retryAt: Number(first) };
    default:
      return { kind: 'granted', ...granted };
  }
}
