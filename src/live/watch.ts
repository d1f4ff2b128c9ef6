import type { MemberState } from '../status/change.js';
import { urgencyOf, waitOf } from './poll-interval.js';
import type { Urgency } from './poll-interval.js';
import type { Pace } from '../config/config.js';

/** Stands for all members of a user among those that somebody is interested in. */
const ALL = '*';

/** Somebody who waits for a look that begins after a hint. */
export interface HintWaiter {
  /** On the clock that reads go by: only a look that begins later will do. */
  readonly after: number;
  readonly done: () => void;
}

/** One user whose members are watched, and why, and when to look next. */
export class Watch {
  /** How many are interested, by member. */
  readonly #interests = new Map<string, number>();
  /** Till when it is watched though nobody subscribes. */
  #keptUntil = 0;
  #urgency: Exclude<Urgency, 0> = 2;
  #unchangedSince = 0;
  #signature = '';
  #failures = 0;
  #hints: HintWaiter[] = [];
  /** True while this instance is the one that watches the user. */
  isHeld = false;
  isLooking = false;
  /** In milliseconds since 1970. */
  readonly begunAt = Date.now();

  /** @param dueAt when to look next, in milliseconds since 1970 */
  constructor(
    readonly userGuid: string,
    public dueAt: number,
  ) {}

  get urgency(): Urgency {
    return this.#hints.length > 0 ? 0 : this.#urgency;
  }

  get isHinted(): boolean {
    return this.#hints.length > 0;
  }

  get isSubscribedTo(): boolean {
    return this.#interests.size > 0;
  }

  isWanted(now: number): boolean {
    return this.isSubscribedTo || now < this.#keptUntil;
  }

  addInterest(memberGuid: string | null): void {
    const key = memberGuid ?? ALL;
    this.#interests.set(key, (this.#interests.get(key) ?? 0) + 1);
  }

  removeInterest(memberGuid: string | null): void {
    const key = memberGuid ?? ALL;
    const left = (this.#interests.get(key) ?? 0) - 1;
    if (left > 0) this.#interests.set(key, left);
    else this.#interests.delete(key);
  }

  keepUntil(time: number): void {
    this.#keptUntil = Math.max(this.#keptUntil, time);
  }

  addHint(waiter: HintWaiter): void {
    this.#hints.push(waiter);
  }

  /** Hands over those who wait, for a look that begins now. */
  takeHints(): readonly HintWaiter[] {
    return this.#hints.splice(0);
  }

  /** Gives back those whose look has not come about. */
  returnHints(waiters: readonly HintWaiter[]): void {
    this.#hints.unshift(...waiters);
  }

  /** Takes note of what a look, anybody's, has shown of some or all members, and sets the time of the next. */
  note(
    states: ReadonlyMap<string, MemberState | null>,
    seen: { now: number; isWhole: boolean; pace: Pace },
  ): void {
    const { now, isWhole, pace } = seen;
    const watched = this.#watched(states);
    const signature = watched.map(([guid, s]) => `${guid} ${s.status ?? ''} ${s.isBeingAggregated}`).join();
    // Part of the list is told only when it has changed.
    if (!isWhole || signature !== this.#signature) this.#unchangedSince = now;
    if (isWhole) this.#signature = signature;
    const urgency = urgencyOf(
      watched.map(([, state]) => state),
      now - this.#unchangedSince,
    );
    this.#urgency = isWhole ? urgency : (Math.min(urgency, this.#urgency) as Exclude<Urgency, 0>);
    this.#failures = 0;
    const due = this.#nextDue(now, pace);
    // News of some members leaves the others unseen for as long as they were.
    this.dueAt = isWhole ? due : Math.min(this.dueAt, due);
  }

  noteFailure(now: number, pace: Pace): void {
    this.#failures += 1;
    this.dueAt = this.#nextDue(now, pace);
  }

  #nextDue(now: number, pace: Pace): number {
    const how = { pace, failures: this.#failures, random: Math.random() };
    // A hint is followed as soon as there is hope.
    return now + waitOf(this.isHinted ? 1 : this.#urgency, how);
  }

  #watched(states: ReadonlyMap<string, MemberState | null>): [string, MemberState][] {
    const isAll = this.#interests.has(ALL) || this.#interests.size === 0;
    return [...states].flatMap(([guid, state]) =>
      state && (isAll || this.#interests.has(guid)) ? [[guid, state]] : [],
    );
  }
}
