import { randomBytes } from 'node:crypto';

import { LOCK_MS, RESULT_TTL_MS } from '../write-locks.js';
import type { WriteLockResult, WriteLocks, WriteOutcome, WriteRequest } from '../write-locks.js';
import { writeLockKey } from './keys.js';
import { asArray, asString } from './parse.js';
import { createScript } from './redis.js';
import type { Connection } from './redis.js';

/**
 * A key is the hash of the last write: its `token`, the `digest` of its values, and its `result` or `failure` once it
 * has ended. ARGV: digest, token of the write that was waited for, token of a write that may be granted.
 */
const ACQUIRE = createScript(`
local last = redis.call('HMGET', KEYS[1], 'token', 'digest', 'result', 'failure')
local isSame = last[2] == ARGV[1]
if last[1] and not last[3] and not last[4] then return {'pending', last[1]} end
if last[3] and isSame then return {'done', last[3]} end
if last[4] and isSame and last[1] == ARGV[2] then return {'failed', last[4]} end
redis.call('DEL', KEYS[1])
redis.call('HSET', KEYS[1], 'token', ARGV[3], 'digest', ARGV[1])
redis.call('PEXPIRE', KEYS[1], ${LOCK_MS})
return {'granted', ARGV[3]}
`);

/** Keeps a lock that is still held. ARGV: token. */
const RENEW = createScript(`
if redis.call('HGET', KEYS[1], 'token') == ARGV[1] then redis.call('PEXPIRE', KEYS[1], ${LOCK_MS}) end
return 1
`);

/** Stores how a write ended. ARGV: token, then "result" or "failure" and its value, or "" to release the lock. */
const COMPLETE = createScript(`
if redis.call('HGET', KEYS[1], 'token') ~= ARGV[1] then return 0 end
if ARGV[2] == '' then return redis.call('DEL', KEYS[1]) end
redis.call('HSET', KEYS[1], ARGV[2], ARGV[3])
redis.call('PEXPIRE', KEYS[1], ${RESULT_TTL_MS})
return 1
`);

/** Write locks in Redis. */
export class RedisWriteLocks implements WriteLocks {
  readonly #redis: Connection;

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  async acquire(request: WriteRequest, waitedFor: string | null): Promise<WriteLockResult> {
    const args = [request.digest, waitedFor ?? '', randomBytes(9).toString('base64url')];
    const reply = asArray(await this.#redis.run(ACQUIRE, [writeLockKey(request)], args)).map(asString);
    const [kind, text = ''] = reply;
    if (kind === 'done') return { kind, result: text };
    if (kind === 'failed') return { kind, failure: text };
    return { kind: kind === 'pending' ? kind : 'granted', token: text };
  }

  async renew(request: WriteRequest, token: string): Promise<void> {
    await this.#redis.run(RENEW, [writeLockKey(request)], [token]);
  }

  async complete(request: WriteRequest, token: string, outcome: WriteOutcome): Promise<void> {
    const [[name, value] = ['', '']] = Object.entries<string>(outcome ?? {});
    await this.#redis.run(COMPLETE, [writeLockKey(request)], [token, name, value]);
  }
}
