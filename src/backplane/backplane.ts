import { MemoryBus } from './bus.js';
import type { StatusBus } from './bus.js';
import { MemoryInbox } from './inbox.js';
import type { Inbox } from './inbox.js';
import { MemoryWatchLeases } from './watch-leases.js';
import type { WatchLeases } from './watch-leases.js';
import { MemoryPollBudget } from './poll-budget.js';
import type { PollBudget } from './poll-budget.js';
import { MemoryStore } from './store.js';
import type { StatusStore } from './store.js';

/** What instances share, so that together they are one service; in the memory of the one, or in Redis for many. */
export interface Backplane {
  readonly store: StatusStore;
  readonly bus: StatusBus;
  readonly watchLeases: WatchLeases;
  readonly inbox: Inbox;
  readonly pollBudget: PollBudget;
  /** How it stands, for `/readyz`; null where there is nothing that could go away. */
  state(): 'ok' | 'unavailable' | null;
  /** Resolves when it can be used, or is known not to be there for now. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

export interface BackplaneOptions {
  readonly watchReadsPerSecond: number;
}

/** The backplane of a process that is alone. */
export function createMemoryBackplane({ watchReadsPerSecond }: BackplaneOptions): Backplane {
  const bus = new MemoryBus();
  return {
    bus,
    store: new MemoryStore(bus),
    watchLeases: new MemoryWatchLeases(),
    inbox: new MemoryInbox(),
    pollBudget: new MemoryPollBudget(watchReadsPerSecond),
    state: () => null,
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
  };
}
