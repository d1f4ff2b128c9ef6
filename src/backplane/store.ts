import { LRUCache } from 'lru-cache';

import type { MemoryBus } from './bus.js';
import { detectChanges } from '../status/change.js';
import type { Observation, Position, StatusChange, UserRecord } from '../status/change.js';

/** How many changes are kept of one user. */
export const CHANGES_KEPT = 1_000;
/** How long a change is kept, in milliseconds. */
export const CHANGES_KEPT_MS = 7 * 24 * 3_600_000;

/** A user's states, and what was missed since a position, both of one instant. */
export interface Snapshot {
  /** Null as long as nothing was observed of the user. */
  readonly record: UserRecord | null;
  /** Oldest first; null where the position is not known, or not any more. */
  readonly missedChanges: readonly StatusChange[] | null;
}

/** The last seen states and the changes that led to them. */
export interface StatusStore {
  /** Takes an observation in, atomically per user, tells the bus, and resolves to what it changed. */
  swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]>;
  /** `after` null misses nothing. */
  open(userGuid: string, after: Position | null): Promise<Snapshot>;
  /** The changes that are kept, oldest first, and the record that they led to. */
  history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }>;
}

/** What follows a position, of the changes that are kept; null where some of that is not among them. */
export function changesAfter(
  { record, changes }: { record: UserRecord | null; changes: readonly StatusChange[] },
  after: Position,
): readonly StatusChange[] | null {
  if (!record || record.epoch !== after.epoch || after.n > record.n) return null;
  // A store that lost its latest changes gives their numbers to others: the position is then of a row that is no more.
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

const MAX_USERS = 100_000;
/** Changes kept in all: some 100 MB. */
const MAX_CHANGES = 300_000;

/** The store of a process that is alone: it knows what the process saw. */
export class MemoryStore implements StatusStore {
  readonly #bus: MemoryBus;
  readonly #entries = new LRUCache<string, Entry>({
    max: MAX_USERS,
    maxSize: MAX_USERS + MAX_CHANGES,
    sizeCalculation: ({ changes }) => 1 + changes.length,
  });

  constructor(bus: MemoryBus) {
    this.#bus = bus;
  }

  swap(userGuid: string, observation: Observation): Promise<readonly StatusChange[]> {
    const known = this.#entries.get(userGuid);
    const { record, changes } = detectChanges(known?.record ?? null, observation);
    if (!record) return Promise.resolve([]);
    const oldest = Date.now() - CHANGES_KEPT_MS;
    const kept =
      changes.length === 0
        ? (known?.changes ?? [])
        : [...(known?.changes ?? []), ...changes].filter(({ ms }) => ms > oldest).slice(-CHANGES_KEPT);
    this.#entries.set(userGuid, { record, changes: kept });
    if (changes.length > 0 || !known) this.#bus.publish(userGuid, { epoch: record.epoch, changes });
    return Promise.resolve(changes);
  }

  open(userGuid: string, after: Position | null): Promise<Snapshot> {
    const entry = this.#entries.get(userGuid) ?? { record: null, changes: [] };
    return Promise.resolve({ record: entry.record, missedChanges: after ? changesAfter(entry, after) : [] });
  }

  history(userGuid: string): Promise<{ record: UserRecord | null; changes: readonly StatusChange[] }> {
    return Promise.resolve(this.#entries.get(userGuid) ?? { record: null, changes: [] });
  }
}
