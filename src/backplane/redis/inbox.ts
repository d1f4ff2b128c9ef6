import { randomUUID } from 'node:crypto';

import { InboxError, MAX_HINTS } from '../inbox.js';
import type { Hint, HintHandler, Inbox } from '../inbox.js';
import { InboxConsumer } from './inbox-consumer.js';
import type { ConsumerTimings } from './inbox-consumer.js';
import type { Redis } from './redis.js';
import { INBOX_KEY } from './keys.js';
import { createScript } from './redis.js';

/** Default maximum number of stored hints: about 20 MB in Redis. */
const DEFAULT_MAX_STORED = 10 * MAX_HINTS;

/** Options of `RedisInbox`. */
export interface RedisInboxOptions extends ConsumerTimings {
  /** Maximum number of stored hints. Defaults to 100,000. */
  readonly maxStored?: number;
}

/** ARGV: maximum number of hints, user, member, news in JSON (empty for none). */
const ENQUEUE = createScript(`
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('XADD', KEYS[1], '*', 'user', ARGV[2], 'member', ARGV[3], 'news', ARGV[4])
return 1
`);

/** Redis inbox, shared by many instances: a hint is stored until one of them has processed it. */
export class RedisInbox implements Inbox {
  readonly #redis: Redis;
  readonly #maxStored: number;
  readonly #timings: ConsumerTimings;

  constructor(redis: Redis, { maxStored = DEFAULT_MAX_STORED, ...timings }: RedisInboxOptions = {}) {
    this.#redis = redis;
    this.#maxStored = maxStored;
    this.#timings = timings;
  }

  async enqueue({ userGuid, memberGuid, news }: Hint): Promise<void> {
    const fields = [userGuid, memberGuid, news ? JSON.stringify(news) : ''];
    const reply = this.#redis.main.run(ENQUEUE, [INBOX_KEY], [this.#maxStored, ...fields]);
    const isStored = await reply.catch((error: unknown) => {
      throw new InboxError('unavailable', error);
    });
    if (isStored !== 1) throw new InboxError('full');
  }

  consume(handle: HintHandler): () => void {
    const consumer = new InboxConsumer(this.#redis, { ...this.#timings, name: randomUUID(), handle });
    void consumer.run();
    return () => consumer.stop();
  }
}
