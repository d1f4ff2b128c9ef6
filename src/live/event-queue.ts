import type { ChangeCause } from '../status/observation.js';
import type { Position } from '../status/cursor.js';
import type { DataCounts } from '../status/data-news.js';
import type { MemberState, StatusChangeKind } from '../status/member-state.js';
import { mergeKinds } from '../status/member-state.js';

/** An event for a subscriber: the current state of a member, or a change. */
export interface StatusEvent {
  readonly userGuid: string;
  /** Null only in the snapshot of a user without members. */
  readonly memberGuid: string | null;
  readonly previous: MemberState | null;
  /** Null for a member that was deleted, and in the snapshot of a user without members. */
  readonly next: MemberState | null;
  readonly cause: ChangeCause | 'SNAPSHOT';
  /** What differs, the weightiest first. */
  readonly kinds: readonly (StatusChangeKind | 'SNAPSHOT')[];
  /** How many transactions new data has brought, if a webhook told it. */
  readonly counts?: DataCounts;
  /** When MX was read, in milliseconds since 1970. */
  readonly observedMs: number;
  readonly position: Position;
  /** True on the first event of a snapshot that follows lost changes: it replaces all that the client has. */
  readonly isReset: boolean;
  /** True on the last event of a snapshot. In the queue: on each missed change and event of a snapshot. */
  readonly isSnapshotEnd: boolean;
}

/** An error that interrupted a subscription without ending it: the stream continues after it. */
export class StreamError {
  constructor(readonly error: unknown) {}
}

type Item = StatusEvent | StreamError;

/** Queue limit for a slow subscriber. Beyond it, only the latest event per member is kept. */
const MAX_QUEUED = 100;

const add = (a: number | null, b: number | null) => (a === null || b === null ? null : a + b);

/** The counts of two changes together. They are unknown if one of two updates of the data was not counted. */
function mergeCounts(...events: readonly StatusEvent[]): DataCounts | undefined {
  const updates = events.filter(({ kinds }) => kinds.includes('DATA'));
  const all = updates.flatMap(({ counts }) => counts ?? []);
  const [first, second] = all;
  if (all.length < updates.length || !second) return updates.length === 1 ? first : undefined;
  return (
    first && { created: add(first.created, second.created), updated: add(first.updated, second.updated) }
  );
}

/** Merges two events of one member: from the state before the first to the state after the second. */
function mergeEvents(first: StatusEvent, second: StatusEvent): StatusEvent {
  const isSnapshotEnd = first.isSnapshotEnd || second.isSnapshotEnd;
  // A snapshot has no kinds, and what follows it is told from there on.
  if (first.cause === 'SNAPSHOT' || second.cause === 'SNAPSHOT') return { ...second, isSnapshotEnd };
  const counts = mergeCounts(first, second);
  const merged: StatusEvent = {
    ...second,
    ...(counts && { counts }),
    previous: first.previous,
    kinds: mergeKinds(first.kinds, second.kinds),
    isSnapshotEnd,
  };
  if (!counts) Reflect.deleteProperty(merged, 'counts');
  return merged;
}

/** The latest event per member, in order of these events, so that every cursor is still safe to resume from. */
function latestPerMember(items: readonly Item[]): StatusEvent[] {
  const latest = new Map<string | null, StatusEvent>();
  for (const item of items) {
    if (item instanceof StreamError) continue;
    const earlier = latest.get(item.memberGuid);
    latest.delete(item.memberGuid);
    latest.set(item.memberGuid, earlier ? mergeEvents(earlier, item) : item);
  }
  return [...latest.values()];
}

const isReset = (item: Item): boolean => !(item instanceof StreamError) && item.isReset;

/**
 * Keeps the latest event per member. Events before a reset are dropped, because the snapshot that it begins replaces
 * them; the event that is then the first has the mark.
 */
function conflate(items: readonly Item[]): StatusEvent[] {
  const start = items.findLastIndex(isReset);
  if (start === -1) return latestPerMember(items);
  return latestPerMember(items.slice(start)).map((event, at) => ({ ...event, isReset: at === 0 }));
}

/** True for a missed change and for an event of a snapshot, also after a later change was merged into it. */
const isCatchUp = (item: Item): boolean => !(item instanceof StreamError) && item.isSnapshotEnd;

/**
 * Queue of events for one subscriber, of bounded size however slowly the subscriber reads. It marks the events as they
 * leave the queue: `isSnapshotEnd` is true on the last of the missed changes and of the events of a snapshot.
 */
export class EventQueue {
  #items: Item[] = [];
  #limit = MAX_QUEUED;
  /** Number of queued missed changes and events of a snapshot. */
  #catchUps = 0;

  get size(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#items.length >= this.#limit) {
      this.#items = conflate(this.#items);
      this.#catchUps = this.#items.filter(isCatchUp).length;
    }
    this.#add([item]);
  }

  /**
   * Appends replayed changes and a snapshot, all at once. The store limits their number and none may be dropped, so the
   * limit grows with them.
   */
  pushAll(items: readonly Item[]): void {
    this.#add(items);
    this.#limit = this.#items.length + MAX_QUEUED;
  }

  shift(): Item | undefined {
    const item = this.#items.shift();
    if (this.#items.length === 0) this.#limit = MAX_QUEUED;
    if (!item || item instanceof StreamError) return item;
    if (!isCatchUp(item)) return item;
    this.#catchUps -= 1;
    return this.#catchUps === 0 ? item : { ...item, isSnapshotEnd: false };
  }

  clear(): void {
    this.#items = [];
    this.#catchUps = 0;
  }

  #add(items: readonly Item[]): void {
    this.#items.push(...items);
    this.#catchUps += items.filter(isCatchUp).length;
  }
}
