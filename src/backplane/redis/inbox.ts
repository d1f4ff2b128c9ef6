import { randomUUID } from 'node:crypto';

import { InboxError, MAX_HINTS } from '../inbox.js';
import type { Hint, HintHandler, Inbox } from '../inbox.js';
import { InboxConsumer } from './inbox-consumer.js';
import type { Redis } from './redis.js';
import { INBOX_KEY } from './keys.js';
import { createScript } from './redis.js';

/** Redis keeps more than a process would: some 20 MB of hints. */
const MAX_KEPT = 10 * MAX_HINTS;

/** ARGV: the most that are kept, user, member. */
const PUT = createScript(`
if redis.call('XLEN', KEYS[1]) >= tonumber(ARGV[1]) then return 0 end
redis.call('XADD', KEYS[1], '*', 'user', ARGV[2], 'member', ARGV[3])
return 1
`);

/** The inbox of many instances: a hint is kept until one of them has followed it, whichever of them goes away. */
export class RedisInbox implements Inbox {
  readonly #redis: Redis;
  readonly #maxKept: number;

  constructor(redis: Redis, maxKept = MAX_KEPT) {
    this.#redis = redis;
    this.#maxKept = maxKept;
  }

  async put({ userGuid, memberGuid }: Hint): Promise<void> {
    const put = this.#redis.main.run(PUT, [INBOX_KEY], [this.#maxKept, userGuid, memberGuid]);
    const isPut = await put.catch((error: unknown) => {
      throw new InboxError('unavailable', error);
    });
    if (isPut !== 1) throw new InboxError('full');
  }

  consume(handle: HintHandler): () => void {
    const consumer = new InboxConsumer(this.#redis, { name: randomUUID(), handle });
    void consumer.run();
    return () => consumer.stop();
  }
}
