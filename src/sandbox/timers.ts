/** A running timer. `cancel` does nothing once the timer has fired. */
export interface Timer {
  cancel(): void;
}

export interface Timers {
  after(ms: number, run: () => void): Timer;
  cancelAll(): void;
  readonly size: number;
}

/** All timers of one sandbox, so that stopping it can cancel them. */
export function createTimers(): Timers {
  const running = new Set<NodeJS.Timeout>();
  const cancel = (handle: NodeJS.Timeout): void => {
    clearTimeout(handle);
    running.delete(handle);
  };
  return {
    after(ms, run) {
      const handle = setTimeout(() => {
        running.delete(handle);
        run();
      }, ms);
      running.add(handle);
      return { cancel: () => cancel(handle) };
    },
    cancelAll: () => [...running].forEach(cancel),
    get size() {
      return running.size;
    },
  };
}
