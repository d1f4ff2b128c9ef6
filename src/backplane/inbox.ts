import type { DataNews } from '../status/data-news.js';

/** A webhook's hint that a member may have changed. */
export interface Hint {
  readonly userGuid: string;
  readonly memberGuid: string;
  /** What the webhook tells of new data, if it does. */
  readonly news?: DataNews;
}

/** Error of `enqueue`: the hint was not accepted. The sender should retry. */
export class InboxError extends Error {
  override readonly name = 'InboxError';

  constructor(
    readonly reason: 'full' | 'unavailable',
    cause?: unknown,
  ) {
    super(reason === 'full' ? 'The inbox is full.' : 'The inbox is unavailable.', { cause });
  }
}

/** Processes a hint. Resolves once MX has been read; if it rejects, the hint is processed again. */
export type HintHandler = (hint: Hint) => Promise<void>;

/** Durable queue of hints: each is stored until it has been processed. */
export interface Inbox {
  /** Resolves once the hint is stored. Rejects with `InboxError`. */
  enqueue(hint: Hint): Promise<void>;
  /** Starts to process hints. Call the returned function to stop; unprocessed hints are left to other instances. */
  consume(handle: HintHandler): () => void;
}

/** Maximum number of hints in progress at once. */
export const MAX_HINTS = 10_000;

/** In-memory inbox, for a single instance. Its hints are lost with the process, as are the subscribers they are for. */
export class MemoryInbox implements Inbox {
  #handle: HintHandler | null = null;
  #pending = 0;

  enqueue(hint: Hint): Promise<void> {
    if (!this.#handle) return Promise.reject(new InboxError('unavailable'));
    if (this.#pending >= MAX_HINTS) return Promise.reject(new InboxError('full'));
    this.#process(hint, this.#handle);
    return Promise.resolve();
  }

  consume(handle: HintHandler): () => void {
    this.#handle = handle;
    return () => {
      this.#handle = null;
    };
  }

  #process(hint: Hint, handle: HintHandler): void {
    this.#pending += 1;
    void handle(hint)
      .catch(() => undefined)
      .finally(() => {
        this.#pending -= 1;
      });
  }
}
