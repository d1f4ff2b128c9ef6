import { LRUCache } from 'lru-cache';

import { steadyNow } from '../clock.js';
import type { MemoryBus } from './bus.js';
import { detectChanges } from '../status/change.js';
import type { StatusChange, UserRecord } from '../status/change.js';
import type { Observation } from '../status/observation.js';
import type { Position } from '../status/cursor.js';

/** Maximum number of stored changes per user. */
export const MAX_CHANGES_PER_USER = 1_000;
/** How long a change is stored, in milliseconds. */
export const CHANGE_RETENTION_MS = 7 * 24 * 3_600_000;

/** A user's record and the changes after a position, read atomically. */
export interface Snapshot {
  /** Null until members of the user have been observed. */
  readonly record: UserRecord | null;
  /** Oldest first. Null if the position is unknown or its successors are no longer stored. */
  readonly missedChanges: readonly StatusChange[] | null;
}

/** Stores the last observed states of each user and the recent changes. */
export interface StatusStore {
  /** Compares an observation with the record, atomically stores and publishes the changes, and resolves to them. */
  swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]>;
  /** Reads the record and the changes after a position. With `after` null, no changes are read. */
  readSnapshot(userGuid: string, after: Position | null): Promise<Snapshot>;
  /** Reads all stored changes, oldest first, and the record that results from them. */
  history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }>;
}

/** Selects the changes after a position. Null if the position is unknown or some of its successors are not stored. */
export function changesAfter(
  { record, changes }: { record: UserRecord | null; changes: readonly StatusChange[] },
  after: Position,
): readonly StatusChange[] | null {
  if (!record || record.epoch !== after.epoch || after.n > record.n) return null;
  // A store that lost its latest changes reuses their numbers, but with other times: such a position is unknown.
  const known = after.n === record.n ? record : changes.find(({ n }) => n === after.n);
  if (known && known.ms !== after.ms) return null;
  const firstKept = changes[0]?.n ?? record.n + 1;
  if (after.n < firstKept - 1) return null;
  return changes.filter(({ n }) => n > after.n);
}

interface Entry {
  readonly record: UserRecord;
  readonly changes: readonly StatusChange[];
}

/** Size of a record, in changes: the memory of the store is measured in changes of about 330 bytes. */
const CHANGES_PER_RECORD = 4;
/** Maximum size of the in-memory store: 100,000 records and 300,000 changes, about 230 MB. */
const MAX_SIZE = 100_000 * CHANGES_PER_RECORD + 300_000;

/** In-memory store, for a single instance. */
export class MemoryStore implements StatusStore {
  readonly #bus: MemoryBus;
  readonly #entries = new LRUCache<string, Entry>({
    maxSize: MAX_SIZE,
    sizeCalculation: ({ changes }) => CHANGES_PER_RECORD + changes.length,
  });

  constructor(bus: MemoryBus) {
    this.#bus = bus;
  }

  swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]> {
    const known = this.#entries.get(userGuid);
    const { record, changes } = detectChanges(known?.record ?? null, observation);
    if (!record) return Promise.resolve([]);
    const oldest = steadyNow() - CHANGE_RETENTION_MS;
    const stored =
      changes.length === 0
        ? (known?.changes ?? [])
        : [...(known?.changes ?? []), ...changes]
            .filter(({ ms }) => ms > oldest)
            .slice(-MAX_CHANGES_PER_USER);
    this.#entries.set(userGuid, { record, changes: stored });
    if (changes.length > 0 || !known) this.#bus.publish(userGuid, { epoch: record.epoch, changes });
    return Promise.resolve(changes);
  }

  readSnapshot(userGuid: string, after: Position | null): Promise<Snapshot> {
    const entry = this.#entries.get(userGuid) ?? { record: null, changes: [] };
    return Promise.resolve({ record: entry.record, missedChanges: after ? changesAfter(entry, after) : [] });
  }

  history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }> {
    return Promise.resolve(this.#entries.get(userGuid) ?? { record: null, changes: [] });
  }
}
