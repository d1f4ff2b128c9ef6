import { MAX_HINTS } from '../inbox.js';
import type { HintHandler } from '../inbox.js';
import { isReply } from './redis.js';
import type { Connection, Redis } from './redis.js';
import { INBOX_GROUP, INBOX_KEY } from './keys.js';
import { listOf, textOf } from './parse.js';
import { createScript } from './redis.js';

/** So many hints are followed at once by one instance; the rest waits in Redis, for whoever has time. */
const MAX_FOLLOWED = MAX_HINTS / 10;
const HINTS_PER_READ = 100;
/** A read waits so long for a hint; it is also how long `stop` goes unnoticed. */
const BLOCK_MS = 1_000;
/** Hints of which nothing was heard for so long are taken over; those being followed are spoken for more often. */
const IDLE_MS = 5_000;
const CLAIM_EVERY_MS = 1_000;
const TIDY_EVERY_MS = 60_000;
/** After a failure, before it is tried again. */
const RETRY_MS = 250;

/** ARGV: the group, then the ids that are done with. */
const DISCARD = createScript(`
for i = 2, #ARGV do
  redis.call('XACK', KEYS[1], ARGV[1], ARGV[i])
  redis.call('XDEL', KEYS[1], ARGV[i])
end
return 1
`);

/** Forgets consumers that are gone; one that holds hints is left, for these go with it. ARGV: group, idle from. */
const TIDY = createScript(`
for _, row in ipairs(redis.call('XINFO', 'CONSUMERS', KEYS[1], ARGV[1])) do
  local consumer = {}
  for i = 1, #row, 2 do consumer[row[i]] = row[i + 1] end
  if consumer['pending'] == 0 and consumer['idle'] > tonumber(ARGV[2]) then
    redis.call('XGROUP', 'DELCONSUMER', KEYS[1], ARGV[1], consumer['name'])
  end
end
return 1
`);

export interface InboxConsumerOptions {
  /** Names this consumer in Redis. */
  readonly name: string;
  readonly handle: HintHandler;
}

/** The field values of an entry of the stream, by name. */
function fieldsOf(entry: unknown): { id: string; fields: Map<string, string> } {
  const [id, list] = listOf(entry);
  const texts = listOf(list).map(textOf);
  const fields = new Map<string, string>();
  for (let i = 0; i + 1 < texts.length; i += 2) fields.set(texts[i] ?? '', texts[i + 1] ?? '');
  return { id: textOf(id), fields };
}

/**
 * Follows hints for one instance. Redis hands each hint to one consumer and keeps it until it is acknowledged; what a
 * consumer has not spoken for in a while, because it is gone or its handling failed, the next one to look takes over.
 */
export class InboxConsumer {
  readonly #redis: Redis;
  readonly #reader: Connection;
  readonly #name: string;
  readonly #handle: HintHandler;
  readonly #followed = new Set<string>();
  /** Followed, but Redis may not know it yet. */
  readonly #done = new Set<string>();
  #isStopped = false;
  #isDiscarding = false;
  #claimAt = 0;
  #tidyAt = 0;
  #claimCursor = '0-0';

  constructor(redis: Redis, { name, handle }: InboxConsumerOptions) {
    this.#redis = redis;
    this.#reader = redis.openBlocking(BLOCK_MS);
    this.#name = name;
    this.#handle = handle;
  }

  async run(): Promise<void> {
    while (!this.#isStopped && !this.#redis.isStopped) {
      try {
        await this.#tend();
        if (this.#room > 0) await this.#read();
        else await this.#redis.pause(RETRY_MS);
      } catch (error) {
        await this.#recover(error);
      }
    }
  }

  /** Reads no more; what is being followed is followed to its end. */
  stop(): void {
    this.#isStopped = true;
    this.#reader.close();
  }

  get #room(): number {
    return MAX_FOLLOWED - this.#followed.size - this.#done.size;
  }

  /** A Redis that has lost the stream, or never had it, is given the group anew, from the first hint that it keeps. */
  async #recover(error: unknown): Promise<void> {
    if (this.#isStopped) return;
    try {
      if (!isReply(error, 'NOGROUP')) throw error;
      await this.#redis.main.call('xgroup', 'create', INBOX_KEY, INBOX_GROUP, '0', 'mkstream');
    } catch (failure) {
      // Another instance was quicker.
      if (isReply(failure, 'BUSYGROUP')) return;
      if (this.#redis.main.isReady && this.#reader.isReady) this.#redis.onError(failure);
      await this.#redis.pause(RETRY_MS);
    }
  }

  async #read(): Promise<void> {
    const count = Math.min(this.#room, HINTS_PER_READ);
    const reply = await this.#reader.call(
      'xreadgroup',
      ...['group', INBOX_GROUP, this.#name],
      ...['count', count, 'block', BLOCK_MS],
      ...['streams', INBOX_KEY, '>'],
    );
    for (const stream of listOf(reply)) this.#followAll(listOf(stream)[1]);
  }

  /** Speaks for what is being followed before it takes over what others have left: else it would find its own. */
  async #tend(): Promise<void> {
    const now = performance.now();
    if (now < this.#claimAt) return;
    await this.#discard();
    const followed = [...this.#followed];
    if (followed.length > 0) await this.#call('xclaim', 0, ...followed, 'justid');
    if (this.#room > 0) {
      const claimed = await this.#call('xautoclaim', IDLE_MS, this.#claimCursor, 'count', this.#room);
      const [cursor, entries] = listOf(claimed);
      this.#claimCursor = textOf(cursor) || '0-0';
      this.#followAll(entries);
    }
    if (now >= this.#tidyAt) {
      this.#tidyAt = now + TIDY_EVERY_MS;
      await this.#redis.main.run(TIDY, [INBOX_KEY], [INBOX_GROUP, TIDY_EVERY_MS]);
    }
    this.#claimAt = now + CLAIM_EVERY_MS;
  }

  #call(name: string, ...args: readonly (string | number)[]): Promise<unknown> {
    return this.#redis.main.call(name, INBOX_KEY, INBOX_GROUP, this.#name, ...args);
  }

  #followAll(entries: unknown): void {
    for (const entry of listOf(entries)) {
      const { id, fields } = fieldsOf(entry);
      if (id === '' || this.#isStopped || this.#followed.has(id) || this.#done.has(id)) continue;
      void this.#follow(id, fields);
    }
  }

  async #follow(id: string, fields: ReadonlyMap<string, string>): Promise<void> {
    const [userGuid, memberGuid] = [fields.get('user'), fields.get('member')];
    this.#followed.add(id);
    try {
      // What is no hint of ours leads nowhere, and is done with.
      if (userGuid && memberGuid) await this.#handle({ userGuid, memberGuid });
      this.#done.add(id);
    } catch {
      // Left in Redis, and taken over again after a while.
    } finally {
      this.#followed.delete(id);
    }
    await this.#discard().catch(() => undefined);
  }

  /** All that are done with, many at a time; those that fail are tried again with the next, or before the next claim. */
  async #discard(): Promise<void> {
    if (this.#isDiscarding) return;
    this.#isDiscarding = true;
    try {
      while (this.#done.size > 0) {
        const done = [...this.#done];
        await this.#redis.main.run(DISCARD, [INBOX_KEY], [INBOX_GROUP, ...done]);
        for (const id of done) this.#done.delete(id);
      }
    } finally {
      this.#isDiscarding = false;
    }
  }
}
