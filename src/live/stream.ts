import type { BusListener, BusMessage, StatusBus } from '../backplane/bus.js';
import { decodeCursor } from '../status/change.js';
import type { Position, StatusChange, UserRecord } from '../status/change.js';
import { EventQueue, StreamError } from './event-queue.js';
import type { StatusEvent } from './event-queue.js';
import type { StatusStore } from '../backplane/store.js';

export interface StreamOptions {
  readonly store: StatusStore;
  readonly bus: StatusBus;
  readonly userGuid: string;
  /** Null for all members of the user. */
  readonly memberGuid: string | null;
  /** The cursor of the last event that the subscriber had. */
  readonly after: string | null;
  /** Why nothing may be known of the user for now; told where that is so. */
  readonly fault: unknown;
  readonly onEnd: () => void;
}

type Item = StatusEvent | StreamError;

/** No position that any store knows. */
const NOWHERE: Position = { epoch: '', n: 0, ms: 0 };

function positionOf(after: string | null): Position | null {
  return after === null ? null : (decodeCursor(after) ?? NOWHERE);
}

/**
 * What one subscriber is told: how the members stand (or, with `after`, what was missed and then how they stand), and
 * then each change, once and in order. It listens first and asks the store then, so that nothing falls between; every
 * change has a number, and where one is missing the store is asked for what follows the last.
 */
export class StatusStream implements AsyncIterableIterator<Item>, BusListener {
  readonly #options: StreamOptions;
  readonly #mailbox = new EventQueue();
  /** What the subscriber has been told up to; null before the first snapshot. */
  #position: Position | null;
  #isOpen = false;
  #isCatchingUp = false;
  #isBehind = false;
  /** True once nothing more can come, though something may still wait to be read. */
  #isOver = false;
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
      const at: Position = this.#position ?? NOWHERE;
      if (change.n > at.n + 1) return this.#catchUp();
      if (change.n > at.n) this.#tell(change, epoch);
    }
  }

  onGap(): void {
    this.#catchUp();
  }

  next(): Promise<IteratorResult<Item, undefined>> {
    const value = this.#mailbox.shift();
    if (value) return Promise.resolve({ value, done: false });
    if (this.#isOver) this.#end();
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
    this.#mailbox.clear();
    this.#close();
    this.#options.onEnd();
    this.#reader?.({ value: undefined, done: true });
    this.#reader = null;
  }

  #catchUp(): void {
    this.#isBehind = true;
    if (this.#isCatchingUp || this.#isEnded) return;
    this.#isCatchingUp = true;
    void this.#askStore().finally(() => {
      this.#isCatchingUp = false;
      if (this.#isBehind && this.#isOpen) this.#catchUp();
    });
  }

  async #askStore(): Promise<void> {
    const { store, userGuid, fault } = this.#options;
    try {
      while (this.#isBehind && !this.#isEnded) {
        this.#isBehind = false;
        const { record, missedChanges } = await store.open(userGuid, this.#position);
        if (record) this.#follow(record, missedChanges);
        else if (!this.#isOpen && fault !== null) this.#push([new StreamError(fault)]);
      }
    } catch (error) {
      // The bus says when the store can be asked again; a subscriber who knows nothing yet is told why.
      this.#isBehind = false;
      if (!this.#isOpen) this.#push([new StreamError(error)]);
    }
  }

  /** Tells what was missed, and how things stand where the subscriber cannot know that from what it was told. */
  #follow(record: UserRecord, missed: readonly StatusChange[] | null): void {
    if (this.#isEnded) return;
    const isReset = missed === null;
    const isFirst = !this.#isOpen || isReset;
    this.#isOpen = true;
    const { epoch, n, ms } = record;
    this.#push((missed ?? []).filter((c) => this.#isAbout(c.memberGuid)).map((c) => this.#toEvent(c, epoch)));
    this.#position = { epoch, n, ms };
    if (isFirst) this.#push(this.#snapshot(record, isReset));
    const { memberGuid } = this.#options;
    if (memberGuid !== null && !record.members[memberGuid]) this.#finish();
  }

  #tell(change: StatusChange, epoch: string): void {
    this.#position = { epoch, n: change.n, ms: change.ms };
    if (!this.#isAbout(change.memberGuid)) return;
    this.#mailbox.push(this.#toEvent(change, epoch));
    this.#wake();
    if (change.next === null && this.#options.memberGuid !== null) this.#finish();
  }

  /** The one member that it is about has gone: nothing more can come. */
  #finish(): void {
    this.#isOver = true;
    if (this.#mailbox.size === 0) this.#end();
  }

  #push(items: readonly Item[]): void {
    this.#mailbox.pushAll(items);
    this.#wake();
  }

  #wake(): void {
    if (!this.#reader) return;
    const value = this.#mailbox.shift();
    if (!value) return;
    const reader = this.#reader;
    this.#reader = null;
    reader({ value, done: false });
  }

  #isAbout(memberGuid: string): boolean {
    return this.#options.memberGuid === null || this.#options.memberGuid === memberGuid;
  }

  #toEvent(change: StatusChange, epoch: string): StatusEvent {
    const { memberGuid, previous, next, cause, observedAt, n, ms } = change;
    const { userGuid } = this.#options;
    const position = { epoch, n, ms };
    return { userGuid, memberGuid, previous, next, cause, observedMs: observedAt, position, isReset: false };
  }

  #snapshot({ members, epoch, n, ms }: UserRecord, isReset: boolean): StatusEvent[] {
    const { userGuid } = this.#options;
    const about = Object.entries(members).filter(([guid]) => this.#isAbout(guid));
    const all = { userGuid, previous: null, cause: 'SNAPSHOT', position: { epoch, n, ms }, isReset } as const;
    if (about.length === 0 && this.#options.memberGuid === null) {
      return [{ ...all, memberGuid: null, next: null, observedMs: Date.now() }];
    }
    return about.map(([memberGuid, state]) => ({
      ...all,
      memberGuid,
      next: state,
      observedMs: state.seenAt,
    }));
  }
}
