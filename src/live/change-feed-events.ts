import type { StatusChange } from '../status/change.js';

/** Hooks for telemetry. */
export interface ChangeFeedEvents {
  /** Called after each poll of a watched user. `deferred`: hints are limited to one read per TTL, so it runs later. */
  onPoll(outcome: 'succeeded' | 'deferred' | 'failed'): void;
  /** Called with changes that this instance detected first. Other instances receive them from the bus. */
  onChanges(changes: readonly StatusChange[]): void;
  /** Runs work that belongs to no operation, e.g. in a trace of its own. */
  runDetached<T>(work: () => Promise<T>): Promise<T>;
}
