import { randomBytes } from 'node:crypto';

import { LRUCache } from 'lru-cache';

import { detectChanges } from '../../status/change.js';
import type { Observation, Position, StatusChange, Swap, UserRecord } from '../../status/change.js';
import { CHANGES_KEPT, CHANGES_KEPT_MS, changesAfter } from '../store.js';
import type { Snapshot, StatusStore } from '../store.js';
import type { Connection } from './redis.js';
import { changesKey, channelOf, recordKey } from './keys.js';
import { listOf, parseChange, parseRecord, textOf } from './parse.js';
import { createScript, LUA_NOW } from './redis.js';

/** The keys outlive what is in them by a day, that a user who is seen rarely is not begun anew each time. */
const KEYS_KEPT_MS = CHANGES_KEPT_MS + 24 * 3_600_000;

/**
 * Writes a record and its changes, and tells them, if the record is still the one that was decided on; else answers
 * with the record there is. A row that begins anew has none of the changes of the one before.
 * ARGV: the version decided on, the new version, the record, "new" for a new row, channel, publication or empty,
 * then the id and the text of each change.
 */
const SWAP = createScript(`
local known = redis.call('HMGET', KEYS[1], 'v', 'json')
if (known[1] or '') ~= ARGV[1] then return {known[1] or '', known[2] or ''} end
${LUA_NOW}
if ARGV[4] == 'new' then redis.call('DEL', KEYS[2]) end
for i = 7, #ARGV, 2 do redis.call('XADD', KEYS[2], ARGV[i], 'change', ARGV[i + 1]) end
if #ARGV > 6 then
  redis.call('XTRIM', KEYS[2], 'MAXLEN', ${CHANGES_KEPT})
  redis.call('XTRIM', KEYS[2], 'MINID', string.format('%.0f', now - ${CHANGES_KEPT_MS}))
end
redis.call('HSET', KEYS[1], 'v', ARGV[2], 'json', ARGV[3])
redis.call('PEXPIRE', KEYS[1], ${KEYS_KEPT_MS})
redis.call('PEXPIRE', KEYS[2], ${KEYS_KEPT_MS})
if ARGV[6] ~= '' then redis.call('PUBLISH', ARGV[5], ARGV[6]) end
return false
`);

/** Gives the version and the record, then the changes from an id on; none of them where the id is empty. */
const READ = createScript(`
local known = redis.call('HMGET', KEYS[1], 'v', 'json')
local found = {known[1] or '', known[2] or ''}
if ARGV[1] ~= '' then
  for _, entry in ipairs(redis.call('XRANGE', KEYS[2], ARGV[1], '+')) do found[#found + 1] = entry[2][2] end
end
return found
`);

/** A record as Redis has it: as text, for many of them are kept. */
interface Kept {
  /** Another one for each write, so that an old one is never taken for the present one, not even after a loss. */
  readonly version: string;
  readonly json: string;
}

const MAX_KEPT = 20_000;
const MAX_KEPT_CHARACTERS = 32_000_000;
/** Each try that fails is another's that succeeded. */
const MAX_TRIES = 100;

const isParsed = <T>(value: T | null): value is T => value !== null;

/** The store that instances share; what is decided about a record, `detectChanges` decides. */
export class RedisStore implements StatusStore {
  readonly #redis: Connection;
  /** What each record was when last seen: mostly what it still is, which spares reading it. */
  readonly #kept = new LRUCache<string, Kept>({
    max: MAX_KEPT,
    maxSize: MAX_KEPT_CHARACTERS,
    sizeCalculation: ({ json }) => json.length + 1,
  });

  constructor(redis: Connection) {
    this.#redis = redis;
  }

  async swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]> {
    let known = this.#kept.get(userGuid) ?? (await this.#read(userGuid, null)).kept;
    for (let tries = 0; tries < MAX_TRIES; tries += 1) {
      const before = parseRecord(known.json);
      const { record, changes } = detectChanges(before, observation);
      if (!record) return [];
      const next = { version: randomBytes(9).toString('base64url'), json: JSON.stringify(record) };
      const present = await this.#write(userGuid, { known, next, isNew: !before, record, changes });
      if (!present) {
        this.#kept.set(userGuid, next);
        return changes;
      }
      known = present;
    }
    throw new Error(`The record of ${userGuid} did not stand still in ${MAX_TRIES} tries.`);
  }

  async open(userGuid: string, after: Position | null): Promise<Snapshot> {
    const { kept, changes } = await this.#read(userGuid, after && `${after.ms}-${after.n}`);
    const record = parseRecord(kept.json);
    if (!after) return { record, missedChanges: [] };
    const parsed = changes.map(parseChange);
    return {
      record,
      missedChanges: parsed.every(isParsed) ? changesAfter({ record, changes: parsed }, after) : null,
    };
  }

  async history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }> {
    const { kept, changes } = await this.#read(userGuid, '-');
    const record = parseRecord(kept.json);
    return { record, changes: record ? changes.map(parseChange).filter(isParsed) : [] };
  }

  /** The record, and the changes from an id on. */
  async #read(userGuid: string, from: string | null): Promise<{ kept: Kept; changes: readonly string[] }> {
    const reply = await this.#redis.run(READ, [recordKey(userGuid), changesKey(userGuid)], [from ?? '']);
    const [version = '', json = '', ...changes] = listOf(reply).map(textOf);
    return { kept: { version, json }, changes };
  }

  /** Null when it is written; else what is there instead of what was known. */
  async #write(
    userGuid: string,
    { known, next, isNew, record, changes }: Swap & { known: Kept; next: Kept; isNew: boolean },
  ): Promise<Kept | null> {
    const isTold = record && (isNew || changes.length > 0);
    const reply = await this.#redis.run(
      SWAP,
      [recordKey(userGuid), changesKey(userGuid)],
      [
        known.version,
        next.version,
        next.json,
        isNew ? 'new' : '',
        channelOf(userGuid),
        isTold ? JSON.stringify({ epoch: record.epoch, changes }) : '',
        ...changes.flatMap((change) => [`${change.ms}-${change.n}`, JSON.stringify(change)]),
      ],
    );
    if (reply === null) return null;
    const [version = '', json = ''] = listOf(reply).map(textOf);
    return { version, json };
  }
}
