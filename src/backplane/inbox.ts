/** A reason to look at a user's members. */
export interface Hint {
  readonly userGuid: string;
  readonly memberGuid: string;
}

/** Why a hint could not be taken: whoever brought it should bring it again. */
export class InboxError extends Error {
  override readonly name = 'InboxError';

  constructor(
    readonly reason: 'full' | 'unavailable',
    cause?: unknown,
  ) {
    super(reason === 'full' ? 'Too many hints are waiting.' : 'Hints cannot be kept at present.', { cause });
  }
}

/** Resolves once MX has been read for the hint; a hint whose handling rejects is handled again. */
export type HintHandler = (hint: Hint) => Promise<void>;

/** Keeps hints from their acceptance till they have been followed. */
export interface Inbox {
  /** Resolves once the hint is safe; rejects with `InboxError`. */
  put(hint: Hint): Promise<void>;
  /** Follows hints from now on; the function returned ends that, and leaves what is not followed to others. */
  consume(handle: HintHandler): () => void;
}

/** Hints that may wait at once. */
export const MAX_HINTS = 10_000;

/** The inbox of a process that is alone: what it has taken is lost with it, as is everybody who waits for it. */
export class MemoryInbox implements Inbox {
  #handle: HintHandler | null = null;
  #waiting = 0;

  put(hint: Hint): Promise<void> {
    if (!this.#handle) return Promise.reject(new InboxError('unavailable'));
    if (this.#waiting >= MAX_HINTS) return Promise.reject(new InboxError('full'));
    this.#follow(hint, this.#handle);
    return Promise.resolve();
  }

  consume(handle: HintHandler): () => void {
    this.#handle = handle;
    return () => {
      this.#handle = null;
    };
  }

  #follow(hint: Hint, handle: HintHandler): void {
    this.#waiting += 1;
    void handle(hint)
      .catch(() => undefined)
      .finally(() => {
        this.#waiting -= 1;
      });
  }
}
