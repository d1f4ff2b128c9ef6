import { randomBytes } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { detectChanges } from '../../status/change.js';
import type { StatusChange, Swap, UserRecord } from '../../status/change.js';
import type { Observation } from '../../status/observation.js';
import type { Position } from '../../status/cursor.js';
import { MAX_CHANGES_PER_USER, CHANGE_RETENTION_MS, changesAfter } from '../store.js';
import type { Snapshot, StatusStore } from '../store.js';
import type { Connection } from './redis.js';
import { changesKey, channelOf, recordKey } from './keys.js';
import { asArray, parseChange, parseRecord, asString } from './parse.js';
import { createScript, LUA_NOW } from './redis.js';

/** TTL of the keys: a day longer than that of the changes, so that a rarely read user keeps its record. */
const KEY_TTL_MS = CHANGE_RETENTION_MS + 24 * 3_600_000;

/**
 * Compare-and-swap: writes a record and its changes and publishes them if the stored version is the expected one.
 * Otherwise returns the stored version and record. A record with a new epoch deletes the changes of the previous one.
 * ARGV: expected version, new version, record, "new" for a new epoch, channel, message (empty for none), then the id
 * and the JSON of each change.
 */
const SWAP = createScript(`
local stored = redis.call('HMGET', KEYS[1], 'v', 'json')
if (stored[1] or '') ~= ARGV[1] then return {stored[1] or '', stored[2] or ''} end
${LUA_NOW}
if ARGV[4] == 'new' then redis.call('DEL', KEYS[2]) end
for i = 7, #ARGV, 2 do redis.call('XADD', KEYS[2], ARGV[i], 'change', ARGV[i + 1]) end
if #ARGV > 6 then
  redis.call('XTRIM', KEYS[2], 'MAXLEN', ${MAX_CHANGES_PER_USER})
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', now - ${CHANGE_RETENTION_MS}))
end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'json', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ${KEY_TTL_MS})
redis.call('PEXPIRE', KEYS[2], ${KEY_TTL_MS})
if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[5], ARGV[6]) end
return false
`);

/** Returns the version and the record, then the changes from an id on, or none if the id is empty. */
const READ = createScript(`
local stored = redis.call('HMGET', KEYS[1], 'v', 'json')
local reply = {stored[1] or '', stored[2] or ''}
if ARGV[1] ~= '' then
  for _, entry in ipairs(redis.call('XRANGE', KEYS[2], ARGV[1], '+')) do reply[#reply + 1] = entry[2][2] end
end
return reply
`);

/** A record as stored in Redis. The cache holds JSON because it takes less memory than objects. */
interface StoredRecord {
  /** Unique per write. Not a counter: after a loss of data, an old version must not equal a new one. */
  readonly version: string;
  readonly json: string;
}

/** The result of a swap, and the stored record that it was computed from. */
interface Write extends Swap {
  readonly expected: StoredRecord;
  readonly next: StoredRecord;
  readonly isNew: boolean;
}

/** Maximum size of the cache of records, in characters. */
const MAX_CACHED_CHARACTERS = 32_000_000;
/** What a record takes beside its JSON: its key, its version and its place in the cache. */
const CHARACTERS_PER_RECORD = 500;
/** Maximum number of compare-and-swap attempts. Each one that fails means that another writer has succeeded. */
const MAX_ATTEMPTS = 100;

const isParsed = <T>(value: T | null): value is T => value !== null;

/** Redis store, shared by many instances. Changes are detected here by `detectChanges`; Lua only compares and swaps. */
export class RedisStore implements StatusStore {
  readonly #redis: Connection;
  /** The last known record of each user. It is usually still current, which saves a read before each swap. */
  readonly #cache = new LRUCache<string, StoredRecord>({
    maxSize: MAX_CACHED_CHARACTERS,
    sizeCalculation: ({ json }) => json.length + CHARACTERS_PER_RECORD,
  });

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  async swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]> {
    let expected = this.#cache.get(userGuid) ?? (await this.#read(userGuid, null)).stored;
    for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt += 1) {
      const before = parseRecord(expected.json);
      const { record, changes } = detectChanges(before, observation);
      if (!record) return [];
      const next = { version: randomBytes(9).toString('base64url'), json: JSON.stringify(record) };
      const actual = await this.#write(userGuid, { expected, next, isNew: !before, record, changes });
      if (!actual) {
        this.#cache.set(userGuid, next);
        return changes;
      }
      expected = actual;
    }
    throw new Error(`The record of ${userGuid} changed during each of ${MAX_ATTEMPTS} attempts.`);
  }

  async readSnapshot(userGuid: string, after: Position | null): Promise<Snapshot> {
    const { stored, changes } = await this.#read(userGuid, after && `${after.ms}-${after.n}`);
    const record = parseRecord(stored.json);
    if (!after) return { record, missedChanges: [] };
    const parsed = changes.map(parseChange);
    return {
      record,
      missedChanges: parsed.every(isParsed) ? changesAfter({ record, changes: parsed }, after) : null,
    };
  }

  async history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }> {
    const { stored, changes } = await this.#read(userGuid, '-');
    const record = parseRecord(stored.json);
    return { record, changes: record ? changes.map(parseChange).filter(isParsed) : [] };
  }

  /** Reads the record and the changes from an id on; no changes if `from` is null. */
  async #read(
    userGuid: string,
    from: string | null,
  ): Promise<{ stored: StoredRecord; changes: readonly string[] }> {
    const reply = await this.#redis.run(READ, [recordKey(userGuid), changesKey(userGuid)], [from ?? '']);
    const [version = '', json = '', ...changes] = asArray(reply).map(asString);
    return { stored: { version, json }, changes };
  }

  /** Writes the record if the stored version is `expected`. Returns null on success, else the stored record. */
  async #write(
    userGuid: string,
    { expected, next, isNew, record, changes }: Write,
  ): Promise<StoredRecord | null> {
    const mustPublish = record && (isNew || changes.length > 0);
    const reply = await this.#redis.run(
      SWAP,
      [recordKey(userGuid), changesKey(userGuid)],
      [
        expected.version,
        next.version,
        next.json,
        isNew ? 'new' : '',
        channelOf(userGuid),
        mustPublish ? JSON.stringify({ epoch: record.epoch, changes }) : '',
        ...changes.flatMap((change) => [`${change.ms}-${change.n}`, JSON.stringify(change)]),
      ],
    );
    if (reply === null) return null;
    const [version = '', json = ''] = asArray(reply).map(asString);
    return { version, json };
  }
}
