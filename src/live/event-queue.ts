import type { ChangeCause, MemberState, Position } from '../status/change.js';

/** What a subscriber is told: a state that is found, or a change. */
export interface StatusEvent {
  readonly userGuid: string;
  /** Null only for the snapshot of a user without members. */
  readonly memberGuid: string | null;
  readonly previous: MemberState | null;
  /** Null for a member that is gone, or where there is none. */
  readonly next: MemberState | null;
  readonly cause: ChangeCause | 'SNAPSHOT';
  /** In milliseconds since 1970. */
  readonly observedMs: number;
  readonly position: Position;
  /** True where what went before could not be followed. */
  readonly isReset: boolean;
}

/** What was found in a failed attempt to follow a user's members; the stream goes on after it. */
export class StreamError {
  constructor(readonly error: unknown) {}
}

type Item = StatusEvent | StreamError;

/** So many events wait for a subscriber who reads slowly; then only the last of each member does. */
const MAX_WAITING = 100;

/** Two events of one member as one: from where the first began to where the second ended. */
function mergeEvents(first: StatusEvent, second: StatusEvent): StatusEvent {
  const isChange = first.cause !== 'SNAPSHOT' && second.cause !== 'SNAPSHOT';
  return {
    ...second,
    previous: isChange ? first.previous : second.previous,
    isReset: first.isReset || second.isReset,
  };
}

/** Keeps the last event of each member, in the order of the last, so that every cursor still stands for what it did. */
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

/** What waits for one subscriber, bounded however slowly it is read. */
export class EventQueue {
  #items: Item[] = [];
  #limit = MAX_WAITING;

  get size(): number {
    return this.#items.length;
  }

  push(item: Item): void {
    if (this.#items.length >= this.#limit) this.#items = conflate(this.#items);
    this.#items.push(item);
  }

  /** Takes in what was missed, which the store bounds and none of which may be left out. */
  pushAll(items: readonly Item[]): void {
    this.#items.push(...items);
    this.#limit = this.#items.length + MAX_WAITING;
  }

  shift(): Item | undefined {
    const item = this.#items.shift();
    if (this.#items.length === 0) this.#limit = MAX_WAITING;
    return item;
  }

  clear(): void {
    this.#items = [];
  }
}
