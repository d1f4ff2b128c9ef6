import type { BusListener, BusMessage, StatusBus } from '../backplane/bus.js';
import { decodeCursor } from '../status/cursor.js';
import type { StatusChange, UserRecord } from '../status/change.js';
import type { Position } from '../status/cursor.js';
import { EventQueue, StreamError } from './event-queue.js';
import type { StatusEvent } from './event-queue.js';
import type { StatusStore } from '../backplane/store.js';

/** Options of `StatusStream`. */
export interface StreamOptions {
  readonly store: StatusStore;
  readonly bus: StatusBus;
  readonly userGuid: string;
  /** Null for all members of the user. */
  readonly memberGuid: string | null;
  /** Cursor of the last event that the client received; null for a new subscription. */
  readonly after: string | null;
  /** Why the members could not be read at the start; null if they were. Sent only if the store has no record either. */
  readonly initialError: unknown;
  /** The time on the clock of reads. */
  readonly now: () => number;
  /** Called once when the stream has ended. */
  readonly onEnd: () => void;
}

type Item = StatusEvent | StreamError;

/** A position that no store knows. A cursor that cannot be decoded is treated as one of lost history. */
const UNKNOWN_POSITION: Position = { epoch: '', n: 0, ms: 0 };

function positionOf(after: string | null): Position | null {
  return after === null ? null : (decodeCursor(after) ?? UNKNOWN_POSITION);
}

/**
 * Event stream of one subscriber: a snapshot (with `after`, the missed changes first), then each change once and in
 * order. It subscribes before it reads the snapshot so that no change falls in between. Changes are numbered; on a
 * gap, the missing ones are read from the store.
 */
export class StatusStream implements AsyncIterableIterator<Item>, BusListener {
  readonly #options: StreamOptions;
  readonly #queue = new EventQueue();
  /** Position of the last event sent; null before the first snapshot. */
  #position: Position | null;
  #isOpen = false;
  #isCatchingUp = false;
  #mustCatchUp = false;
  /** True once nothing more can come, although queued events may not have been read yet. */
  #isFinished = false;
  #isEnded = false;
  #reader: ((result: IteratorResult<Item, undefined>) => void) | null = null;
  readonly #close: () => void;

  constructor(options: StreamOptions) {
    this.#options = options;
    this.#position = positionOf(options.after);
    const { ready, close } = options.bus.subscribe(options.userGuid, this);
    this.#close = close;
    void ready.then(() => this.#catchUp());
  }

  onMessage({ epoch, changes }: BusMessage): void {
    const isNext = this.#isOpen && !this.#isCatchingUp && epoch === this.#position?.epoch;
    if (!isNext) return this.#catchUp();
    for (const change of changes) {
      const at: Position = this.#position ?? UNKNOWN_POSITION;
      if (change.n > at.n + 1) return this.#catchUp();
      if (change.n > at.n) this.#send(change, epoch);
    }
  }

  onGap(): void {
    this.#catchUp();
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const value = this.#queue.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.#isFinished) this.#end();
    if (this.#isEnded) return Promise.resolve({ value: undefined, done: true });
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }

  return(): Promise<IteratorResult<Item, undefined>> {
    this.#end();
    return Promise.resolve({ value: undefined, done: true });
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #end(): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#queue.clear();
    this.#close();
    this.#options.onEnd();
    this.#reader?.({ value: undefined, done: true });
    this.#reader = null;
  }

  #catchUp(): void {
    this.#mustCatchUp = true;
    if (this.#isCatchingUp || this.#isEnded) return;
    this.#isCatchingUp = true;
    void this.#readStore().finally(() => {
      this.#isCatchingUp = false;
      if (this.#mustCatchUp && this.#isOpen) this.#catchUp();
    });
  }

  async #readStore(): Promise<void> {
    const { store, userGuid, initialError } = this.#options;
    try {
      while (this.#mustCatchUp && !this.#isEnded) {
        this.#mustCatchUp = false;
        const { record, missedChanges } = await store.readSnapshot(userGuid, this.#position);
        if (record) this.#replay(record, missedChanges);
        else if (!this.#isOpen && initialError !== null) this.#push([new StreamError(initialError)]);
      }
    } catch (error) {
      // The bus calls `onGap` when the store is available again. A subscriber without a snapshot gets the error.
      this.#mustCatchUp = false;
      if (!this.#isOpen) this.#push([new StreamError(error)]);
    }
  }

  /** Queues the missed changes, and a snapshot if it is the first one or changes are lost. */
  #replay(record: UserRecord, missed: readonly StatusChange[] | null): void {
    if (this.#isEnded) return;
    const isReset = missed === null;
    const isFirst = !this.#isOpen || isReset;
    this.#isOpen = true;
    const { epoch, n, ms } = record;
    const changes = (missed ?? [])
      .filter((change) => this.#matches(change.memberGuid))
      .map((change) => ({ ...this.#toEvent(change, epoch), isSnapshotEnd: isFirst }));
    this.#position = { epoch, n, ms };
    const { memberGuid } = this.#options;
    const isDeleted = memberGuid !== null && !record.members[memberGuid];
    // The last missed change of a deleted member is its deletion: a snapshot would only repeat it.
    const needsSnapshot = isFirst && !(isDeleted && changes.length > 0);
    this.#push(needsSnapshot ? [...changes, ...this.#snapshot(record, isReset)] : changes);
    if (isDeleted) this.#finish();
  }

  #send(change: StatusChange, epoch: string): void {
    this.#position = { epoch, n: change.n, ms: change.ms };
    if (!this.#matches(change.memberGuid)) return;
    this.#queue.push(this.#toEvent(change, epoch));
    this.#deliver();
    if (change.next === null && this.#options.memberGuid !== null) this.#finish();
  }

  /** Ends the stream after the queued events: the one member it is for was deleted, so nothing more can come. */
  #finish(): void {
    this.#isFinished = true;
    if (this.#queue.size === 0) this.#end();
  }

  #push(items: readonly Item[]): void {
    this.#queue.pushAll(items);
    this.#deliver();
  }

  #deliver(): void {
    if (!this.#reader) return;
    const value = this.#queue.shift();
    if (!value) return;
    const reader = this.#reader;
    this.#reader = null;
    reader({ value, done: false });
  }

  #matches(memberGuid: string): boolean {
    return this.#options.memberGuid === null || this.#options.memberGuid === memberGuid;
  }

  #toEvent(change: StatusChange, epoch: string): StatusEvent {
    const { memberGuid, previous, next, cause, kinds, counts, observedAt, n, ms } = change;
    const { userGuid } = this.#options;
    const position = { epoch, n, ms };
    return {
      userGuid,
      memberGuid,
      previous,
      next,
      cause,
      kinds,
      ...(counts && { counts }),
      observedMs: observedAt,
      position,
      isReset: false,
      isSnapshotEnd: false,
    };
  }

  /** One event per member. Without a member: one event, which says that there is none, or that the one was deleted. */
  #snapshot({ members, epoch, n, ms }: UserRecord, isReset: boolean): StatusEvent[] {
    const { userGuid, memberGuid } = this.#options;
    const base = {
      userGuid,
      previous: null,
      cause: 'SNAPSHOT',
      kinds: ['SNAPSHOT'],
      position: { epoch, n, ms },
      isSnapshotEnd: true,
    } as const;
    const events = Object.entries(members)
      .filter(([guid]) => this.#matches(guid))
      .map(([guid, state]) => ({ ...base, memberGuid: guid, next: state, observedMs: state.seenAt }));
    const nothing = { ...base, memberGuid, next: null, observedMs: this.#options.now() };
    return (events.length > 0 ? events : [nothing]).map((event, at) => ({
      ...event,
      isReset: isReset && at === 0,
    }));
  }
}
