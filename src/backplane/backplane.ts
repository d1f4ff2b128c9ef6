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

/** State that all instances share: in memory for a single instance, in Redis for many. */
export interface Backplane {
  readonly store: StatusStore;
  readonly bus: StatusBus;
  readonly watchLeases: WatchLeases;
  readonly inbox: Inbox;
  readonly pollBudget: PollBudget;
  /** Whether the backplane is available, for `/readyz`. Null if it is in memory. */
  state(): 'ok' | 'unavailable' | null;
  /** Connects. Resolves once connected, or when the attempt has timed out; it then goes on in the background. */
  start(): Promise<void>;
  stop(): Promise<void>;
}

/** Options of both backplanes. */
export interface BackplaneOptions {
  /** Maximum number of polls per second, over all instances. */
  readonly watchReadsPerSecond: number;
}

/** Creates the in-memory backplane, for a single instance. */
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
