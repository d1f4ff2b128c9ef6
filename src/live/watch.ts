import type { MemberState } from '../status/change.js';
import { pollPriority, nextPollDelay } from './poll-interval.js';
import type { PollPriority } from './poll-interval.js';
import type { PollIntervals } from '../config/config.js';

/** Stands for all members of a user among those that somebody is interested in. */
const ALL = '*';

/** Somebody who waits for a look that begins after a hint. */
export interface PendingHint {
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
  #priority: Exclude<PollPriority, 0> = 2;
  #unchangedSince = 0;
  #signature = '';
  #failures = 0;
  #hints: PendingHint[] = [];
  /** True while this instance is the one that watches the user. */
  isHeld = false;
  isPolling = false;
  /** In milliseconds since 1970. */
  readonly createdAt = Date.now();

  /** @param dueAt when to look next, in milliseconds since 1970 */
  constructor(
    readonly userGuid: string,
    public dueAt: number,
  ) {}

  get priority(): PollPriority {
    return this.#hints.length > 0 ? 0 : this.#priority;
  }

  get hasPendingHints(): boolean {
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

  addHint(waiter: PendingHint): void {
    this.#hints.push(waiter);
  }

  /** Hands over those who wait, for a look that begins now. */
  drainHints(): readonly PendingHint[] {
    return this.#hints.splice(0);
  }

  /** Gives back those whose look has not come about. */
  returnHints(waiters: readonly PendingHint[]): void {
    this.#hints.unshift(...waiters);
  }

  /** Takes note of what a look, anybody's, has shown of some or all members, and sets the time of the next. */
  recordPoll(
    states: ReadonlyMap<string, MemberState | null>,
    seen: { now: number; isWhole: boolean; pace: PollIntervals },
  ): void {
    const { now, isWhole, pace } = seen;
    const watched = this.#watched(states);
    const signature = watched.map(([guid, s]) => `${guid} ${s.status ?? ''} ${s.isBeingAggregated}`).join();
    // Part of the list is told only when it has changed.
    if (!isWhole || signature !== this.#signature) this.#unchangedSince = now;
    if (isWhole) this.#signature = signature;
    const urgency = pollPriority(
      watched.map(([, state]) => state),
      now - this.#unchangedSince,
    );
    this.#priority = isWhole ? urgency : (Math.min(urgency, this.#priority) as Exclude<PollPriority, 0>);
    this.#failures = 0;
    const due = this.#nextDue(now, pace);
    // News of some members leaves the others unseen for as long as they were.
    this.dueAt = isWhole ? due : Math.min(this.dueAt, due);
  }

  recordFailure(now: number, pace: PollIntervals): void {
    this.#failures += 1;
    this.dueAt = this.#nextDue(now, pace);
  }

  #nextDue(now: number, pace: PollIntervals): number {
    const how = { pace, failures: this.#failures, random: Math.random() };
    // A hint is followed as soon as there is hope.
    return now + nextPollDelay(this.hasPendingHints ? 1 : this.#priority, how);
  }

  #watched(states: ReadonlyMap<string, MemberState | null>): [string, MemberState][] {
    const isAll = this.#interests.has(ALL) || this.#interests.size === 0;
    return [...states].flatMap(([guid, state]) =>
      state && (isAll || this.#interests.has(guid)) ? [[guid, state]] : [],
    );
  }
}
