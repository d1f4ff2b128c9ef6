/** A read in flight, which concurrent callers share. */
export interface InFlight<V> {
  /** When it started, on the clock of the cache. */
  readonly startedAt: number;
  readonly value: Promise<V>;
  isInvalidated: boolean;
}

interface Read<V> extends InFlight<V> {
  /** When it started, on the monotonic clock. */
  readonly begunAt: number;
  overdue: Promise<void> | null;
}

/** The reads in flight by key. Their number is bounded by that of the callers, not by the size of the cache. */
export class InFlightReads<V> {
  readonly #reads = new Map<string, Read<V>>();

  get(key: string): InFlight<V> | undefined {
    return this.#reads.get(key);
  }

  /** Starts a read. `settle` sees its outcome before the callers do; an error that it throws is theirs as well. */
  start<R>(
    key: string,
    { startedAt, read }: { readonly startedAt: number; readonly read: () => Promise<R> },
    settle: {
      done: (result: R, read: InFlight<V>) => V;
      failed: (error: unknown, read: InFlight<V>) => void;
    },
  ): InFlight<V> {
    const end = () => {
      if (this.#reads.get(key) === inFlight) this.#reads.delete(key);
    };
    const value = read().then(
      (result) => {
        end();
        return settle.done(result, inFlight);
      },
      (error: unknown) => {
        end();
        settle.failed(error, inFlight);
        throw error;
      },
    );
    const inFlight: Read<V> = {
      ...{ startedAt, value, isInvalidated: false },
      ...{ begunAt: performance.now(), overdue: null },
    };
    this.#reads.set(key, inFlight);
    return inFlight;
  }

  /** Later callers do not join the read that is in flight. */
  invalidate(key: string): void {
    const read = this.#reads.get(key);
    if (read) read.isInvalidated = true;
    this.#reads.delete(key);
  }

  /** Resolves once the read has been in flight for so many milliseconds; never if it ends before. */
  overdue(inFlight: InFlight<V>, afterMs: number): Promise<void> {
    const read = inFlight as Read<V>;
    read.overdue ??= new Promise((resolve) => {
      const timer = setTimeout(resolve, read.begunAt + afterMs - performance.now());
      const cancel = () => clearTimeout(timer);
      read.value.then(cancel, cancel);
    });
    return read.overdue;
  }
}
