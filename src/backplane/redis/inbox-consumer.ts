import { MAX_HINTS } from '../inbox.js';
import type { HintHandler } from '../inbox.js';
import { isReply } from './redis.js';
import type { Connection, Redis } from './redis.js';
import { INBOX_GROUP, INBOX_KEY } from './keys.js';
import { asArray, asString, parseNews } from './parse.js';
import { createScript } from './redis.js';

/** Maximum number of hints that one instance processes at once. The rest stays in Redis for any instance. */
const MAX_IN_PROGRESS = MAX_HINTS / 10;
const HINTS_PER_READ = 100;
/** How long a read blocks by default, in milliseconds. */
const BLOCK_MS = 1_000;
/** Default idle time after which another consumer claims a pending hint, in milliseconds. */
const IDLE_MS = 5_000;
/** Consumers renew the hints that they work on, and claim idle ones, this many times per idle time. */
const CLAIMS_PER_IDLE_TIME = 5;
const CLEANUP_INTERVAL_MS = 60_000;
/** Delay before a retry after an error, in milliseconds. */
const RETRY_MS = 250;

/** Acknowledges and deletes processed hints. ARGV: group, then their ids. */
const ACKNOWLEDGE = createScript(`
for i = 2, #ARGV do
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
return 1
`);

/** Deletes idle consumers, except those with pending hints, which would be lost. ARGV: group, idle time in ms. */
const DELETE_IDLE_CONSUMERS = createScript(`
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = {}
  for i = 1, #row, 2 do consumer[row[i]] = row[i + 1] end
  if consumer['pending'] == 0 and consumer['idle'] > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer['name'])
  end
end
return 1
`);

/** How often a consumer turns to Redis. */
export interface ConsumerTimings {
  /** How long a read of the inbox blocks, in milliseconds. Defaults to 1,000 ms. */
  readonly blockMs?: number;
  /**
   * Idle time after which another consumer claims a pending hint, in milliseconds. A consumer that still works on one
   * renews it five times as often. Defaults to 5,000 ms.
   */
  readonly idleMs?: number;
}

/** Options of `InboxConsumer`. */
export interface InboxConsumerOptions extends ConsumerTimings {
  /** Name of this consumer in Redis. */
  readonly name: string;
  readonly handle: HintHandler;
}

/** Parses an entry of the stream. */
function fieldsOf(entry: unknown): { id: string; fields: Map<string, string> } {
  const [id, rawFields] = asArray(entry);
  const values = asArray(rawFields).map(asString);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < values.length; i += 2) fields.set(values[i] ?? '', values[i + 1] ?? '');
  return { id: asString(id), fields };
}

/**
 * Consumes the inbox for one instance, through a Redis consumer group. Each hint is delivered to one consumer and stays
 * pending until it is acknowledged. If a consumer has gone or its handler failed, another one claims the hint.
 */
export class InboxConsumer {
  readonly #redis: Redis;
  readonly #reader: Connection;
  readonly #name: string;
  readonly #handle: HintHandler;
  readonly #blockMs: number;
  readonly #idleMs: number;
  readonly #inProgress = new Set<string>();
  /** Processed, but not acknowledged yet. */
  readonly #processed = new Set<string>();
  #isStopped = false;
  #isAcknowledging = false;
  #claimAt = 0;
  #cleanupAt = 0;
  #claimCursor = '0-0';

  constructor(redis: Redis, options: InboxConsumerOptions) {
    const { name, handle, blockMs = BLOCK_MS, idleMs = IDLE_MS } = options;
    this.#redis = redis;
    this.#reader = redis.openBlocking(blockMs);
    this.#name = name;
    this.#handle = handle;
    this.#blockMs = blockMs;
    this.#idleMs = idleMs;
  }

  /** Reads and processes hints until stopped. */
  async run(): Promise<void> {
    while (!this.#isStopped && !this.#redis.isStopped) {
      try {
        await this.#maintain();
        if (this.#capacity > 0) await this.#read();
        else await this.#redis.pause(RETRY_MS);
      } catch (error) {
        await this.#recover(error);
      }
    }
  }

  /** Stops reading. Hints in progress are processed to the end. */
  stop(): void {
    this.#isStopped = true;
    this.#reader.close();
  }

  get #capacity(): number {
    return MAX_IN_PROGRESS - this.#inProgress.size - this.#processed.size;
  }

  /** Recreates the group if Redis has lost the stream or never had it, starting at its first hint. */
  async #recover(error: unknown): Promise<void> {
    if (this.#isStopped) return;
    try {
      if (!isReply(error, 'NOGROUP')) throw error;
      await this.#redis.main.call('xgroup', 'create', INBOX_KEY, INBOX_GROUP, '0', 'mkstream');
    } catch (createError) {
      // Another instance has created it.
      if (isReply(createError, 'BUSYGROUP')) return;
      if (this.#redis.main.isReady && this.#reader.isReady) this.#redis.onError(createError);
      await this.#redis.pause(RETRY_MS);
    }
  }

  async #read(): Promise<void> {
    const count = Math.min(this.#capacity, HINTS_PER_READ);
    const reply = await this.#reader.call(
      'xreadgroup',
      ...['group', INBOX_GROUP, this.#name],
      ...['count', count, 'block', this.#blockMs],
      ...['streams', INBOX_KEY, '>'],
    );
    for (const stream of asArray(reply)) this.#processAll(asArray(stream)[1]);
  }

  /** Renews its own hints, then claims idle ones. In this order, because otherwise it would claim its own. */
  async #maintain(): Promise<void> {
    const now = performance.now();
    if (now < this.#claimAt) return;
    await this.#acknowledge();
    const inProgress = [...this.#inProgress];
    if (inProgress.length > 0) await this.#call('xclaim', 0, ...inProgress, 'justid');
    if (this.#capacity > 0) {
      const claimed = await this.#call(
        'xautoclaim',
        this.#idleMs,
        this.#claimCursor,
        'count',
        this.#capacity,
      );
      const [cursor, entries] = asArray(claimed);
      this.#claimCursor = asString(cursor) || '0-0';
      this.#processAll(entries);
    }
    if (now >= this.#cleanupAt) {
      this.#cleanupAt = now + CLEANUP_INTERVAL_MS;
      await this.#redis.main.run(DELETE_IDLE_CONSUMERS, [INBOX_KEY], [INBOX_GROUP, CLEANUP_INTERVAL_MS]);
    }
    this.#claimAt = now + this.#idleMs / CLAIMS_PER_IDLE_TIME;
  }

  #call(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#redis.main.call(name, INBOX_KEY, INBOX_GROUP, this.#name, ...args);
  }

  #processAll(entries: unknown): void {
    for (const entry of asArray(entries)) {
      const { id, fields } = fieldsOf(entry);
      if (id === '' || this.#isStopped || this.#inProgress.has(id) || this.#processed.has(id)) continue;
      void this.#process(id, fields);
    }
  }

  async #process(id: string, fields: ReadonlyMap<string, string>): Promise<void> {
    const [userGuid, memberGuid] = [fields.get('user'), fields.get('member')];
    this.#inProgress.add(id);
    try {
      // An entry without a user and a member is not a hint of ours: acknowledge it without processing.
      if (userGuid && memberGuid) {
        const news = parseNews(fields.get('news') ?? '');
        await this.#handle({ userGuid, memberGuid, ...(news && { news }) });
      }
      this.#processed.add(id);
    } catch {
      // The hint stays pending in Redis, and is claimed again after the idle time.
    } finally {
      this.#inProgress.delete(id);
    }
    await this.#acknowledge().catch(() => undefined);
  }

  /** Acknowledges processed hints in batches. After an error they are retried with the next batch or claim. */
  async #acknowledge(): Promise<void> {
    if (this.#isAcknowledging) return;
    this.#isAcknowledging = true;
    try {
      while (this.#processed.size > 0) {
        const processed = [...this.#processed];
        await this.#redis.main.run(ACKNOWLEDGE, [INBOX_KEY], [INBOX_GROUP, ...processed]);
        for (const id of processed) this.#processed.delete(id);
      }
    } finally {
      this.#isAcknowledging = false;
    }
  }
}
