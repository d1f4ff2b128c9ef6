import { steadyNow } from '../clock.js';
import type { DataNews } from '../status/data-news.js';
import type { MemberState } from '../status/member-state.js';
import { ChallengeSchedule } from './challenge-schedule.js';
import { pollPriority, nextPollDelay } from './poll-interval.js';
import type { PollPriority } from './poll-interval.js';
import type { PollIntervals } from '../config/config.js';

/** Key of subscribers to all members of the user. */
const ALL = '*';

/** A hint that waits for a read of MX newer than itself. */
export interface PendingHint {
  readonly memberGuid: string;
  /** Time of the hint on the clock used for read timestamps. Only a read that starts later satisfies it. */
  readonly after: number;
  readonly done: () => void;
  /** When to try again, on the steady clock, if the challenges of the member could not be read. */
  readonly retryAt?: number;
  /** How often these could not be read. */
  readonly failures?: number;
  /** What the webhook told of new data, which the list may not show yet. */
  readonly news?: DataNews;
  /** How often the list was read again for it. */
  readonly rereads?: number;
}

const isReady = ({ retryAt = -Infinity }: PendingHint): boolean => retryAt <= steadyNow();

/** Poll state of one user: its subscribers, pending hints, priority and the time of the next poll. */
export class Watch {
  /** Number of subscribers by member. */
  readonly #subscribers = new Map<string, number>();
  /** Until when the user is watched without subscribers, on the steady clock. */
  #watchedUntil = 0;
  #priority: Exclude<PollPriority, 0> = 2;
  #unchangedSince = 0;
  #signature = '';
  #failures = 0;
  #hints: PendingHint[] = [];
  readonly challenges = new ChallengeSchedule();
  /** True while this instance holds the lease to poll the user. */
  isHeld = false;
  isPolling = false;
  /** On the steady clock. */
  readonly createdAt = steadyNow();

  /** @param dueAt when to poll next, on the steady clock */
  constructor(
    readonly userGuid: string,
    public dueAt: number,
  ) {}

  get priority(): PollPriority {
    return this.hasReadyHints ? 0 : this.#priority;
  }

  get hasPendingHints(): boolean {
    return this.#hints.length > 0;
  }

  /** True if there are hints for which a poll may start now. */
  get hasReadyHints(): boolean {
    return this.#hints.some(isReady);
  }

  get hasSubscribers(): boolean {
    return this.#subscribers.size > 0;
  }

  isNeeded(now: number): boolean {
    return this.hasSubscribers || now < this.#watchedUntil;
  }

  addSubscriber(memberGuid: string | null): void {
    const key = memberGuid ?? ALL;
    this.#subscribers.set(key, (this.#subscribers.get(key) ?? 0) + 1);
  }

  removeSubscriber(memberGuid: string | null): void {
    const key = memberGuid ?? ALL;
    const remaining = (this.#subscribers.get(key) ?? 0) - 1;
    if (remaining > 0) this.#subscribers.set(key, remaining);
    else this.#subscribers.delete(key);
  }

  watchUntil(time: number): void {
    this.#watchedUntil = Math.max(this.#watchedUntil, time);
  }

  addHint(hint: PendingHint): void {
    this.#hints.push(hint);
  }

  /** Removes and returns the hints for a poll that starts now. */
  drainHints(): readonly PendingHint[] {
    const ready = this.#hints.filter(isReady);
    this.#hints = this.#hints.filter((hint) => !ready.includes(hint));
    return ready;
  }

  /** Puts hints back whose poll did not succeed. */
  requeueHints(hints: readonly PendingHint[]): void {
    this.#hints.unshift(...hints);
  }

  /** Records the states that a poll (of any instance) found for some or all members, and computes the next `dueAt`. */
  recordPoll(
    states: ReadonlyMap<string, MemberState | null>,
    poll: { now: number; isWhole: boolean; intervals: PollIntervals },
  ): void {
    const { now, isWhole, intervals } = poll;
    this.challenges.record(states, isWhole);
    const watched = this.#watched(states);
    const signature = watched.map(([guid, s]) => `${guid} ${s.status ?? ''} ${s.isBeingAggregated}`).join();
    // A partial observation always contains a change.
    if (!isWhole || signature !== this.#signature) this.#unchangedSince = now;
    if (isWhole) this.#signature = signature;
    const priority = pollPriority(
      watched.map(([, state]) => state),
      now - this.#unchangedSince,
    );
    this.#priority = isWhole ? priority : (Math.min(priority, this.#priority) as Exclude<PollPriority, 0>);
    this.#failures = 0;
    const due = this.#nextDue(now, intervals);
    // A partial observation says nothing about the other members, so it must not delay their poll.
    this.dueAt = isWhole ? due : Math.min(this.dueAt, due);
  }

  /** Records a failed poll. The next one is due after the back-off, and not before MX may be called again. */
  recordFailure(
    now: number,
    { intervals, retryAfterMs }: { intervals: PollIntervals; retryAfterMs: number },
  ): void {
    this.#failures += 1;
    this.dueAt = Math.max(this.#nextDue(now, intervals), now + retryAfterMs);
  }

  #nextDue(now: number, intervals: PollIntervals): number {
    const options = { intervals, failures: this.#failures, random: Math.random() };
    // Pending hints are retried at the active interval.
    const due = now + nextPollDelay(this.hasReadyHints ? 1 : this.#priority, options);
    return Math.min(due, ...this.#hints.map(({ retryAt = Infinity }) => retryAt));
  }

  #watched(states: ReadonlyMap<string, MemberState | null>): [string, MemberState][] {
    const isAll = this.#subscribers.has(ALL) || this.#subscribers.size === 0;
    return [...states].flatMap(([guid, state]) =>
      state && (isAll || this.#subscribers.has(guid)) ? [[guid, state]] : [],
    );
  }
}
