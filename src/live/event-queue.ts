import type { ChangeCause, MemberState, Position } from '../status/change.js';

/** An event for a subscriber: the current state of a member, or a change. */
export interface StatusEvent {
  readonly userGuid: string;
  /** Null only in the snapshot of a user without members. */
  readonly memberGuid: string | null;
  readonly previous: MemberState | null;
  /** Null for a member that was deleted, and in the snapshot of a user without members. */
  readonly next: MemberState | null;
  readonly cause: ChangeCause | 'SNAPSHOT';
  /** When MX was read, in milliseconds since 1970. */
  readonly observedMs: number;
  readonly position: Position;
  /** True if changes before this event were lost and cannot be replayed. */
  readonly isReset: boolean;
}

/** An error that interrupted a subscription without ending it: the stream continues after it. */
export class StreamError {
  constructor(readonly error: unknown) {}
}

type Item = StatusEvent | StreamError;

/** Queue limit for a slow subscriber. Beyond it, only the latest event per member is kept. */
const MAX_QUEUED = 100;

/** Merges two events of one member: from the state before the first to the state after the second. */
function mergeEvents(first: StatusEvent, second: StatusEvent): StatusEvent {
  const isChange = first.cause !== 'SNAPSHOT' && second.cause !== 'SNAPSHOT';
  return {
    ...second,
    previous: isChange ? first.previous : second.previous,
    isReset: first.isReset || second.isReset,
  };
}

/** Keeps the latest event per member, in order of these events, so that every cursor is still safe to resume from. */
function conflate(items: readonly Item[]): Item[] {
  const latest = new Map<string | null, StatusEvent>();
  for (const item of items) {
    if (item instanceof StreamError) continue;
    const earlier = latest.get(item.memberGuid);
    latest.delete(item.memberGuid);
    latest.set(item.memberGuid, earlier ? mergeEvents(earlier, item) : item);
  }
  return [...latest.values()];
}

/** Queue of events for one subscriber, of bounded size however slowly the subscriber reads. */
export class EventQueue {
  #items: Item[] = [];
  #limit = MAX_QUEUED;

  get size(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#items.length >= this.#limit) this.#items = conflate(this.#items);
    this.#items.push(item);
  }

  /** Appends replayed changes. The store limits their number and none may be dropped, so the limit grows with them. */
  pushAll(items: readonly Item[]): void {
    this.#items.push(...items);
    this.#limit = this.#items.length + MAX_QUEUED;
  }

  shift(): Item | undefined {
    const item = this.#items.shift();
    if (this.#items.length === 0) this.#limit = MAX_QUEUED;
    return item;
  }

  clear(): void {
    this.#items = [];
  }
}
