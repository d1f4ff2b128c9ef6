import type { BusListener, StatusBus } from '../backplane/bus.js';
import type { StatusChange } from '../status/change.js';
import type { DataNews } from '../status/data-news.js';
import { steadyNow } from '../clock.js';
import { LEASE_MS } from '../backplane/watch-leases.js';
import type { WatchLeases } from '../backplane/watch-leases.js';
import type { FreshnessLimits } from '../status/freshness.js';
import { AgeSchedule } from './age-schedule.js';
import type { MemberReader, MemberStates } from './member-reader.js';
import { PollCalls } from './poll-calls.js';
import { pollUser } from './poll-user.js';
import { PollSchedule, TICK_MS } from './poll-schedule.js';
import type { PollIntervals } from '../config/config.js';
import type { PollBudget } from '../backplane/poll-budget.js';
import { Watch } from './watch.js';

/** Options of `Watcher`. */
export interface WatcherOptions {
  readonly reader: MemberReader;
  readonly watchLeases: WatchLeases;
  readonly bus: StatusBus;
  readonly pollBudget: PollBudget;
  readonly pollIntervals: PollIntervals;
  /** From which age on data is late or stale. */
  readonly limits: FreshnessLimits;
  /** Returns true for an error after which polling is pointless, such as a user that MX does not know. */
  readonly isPermanent: (error: unknown) => boolean;
}

/** How long a user is watched after a mutation without subscribers, in milliseconds. */
const WATCH_AFTER_MUTATION_MS = 10 * 60_000;
/** How long a user is watched after a subscriber has left, in milliseconds: enough for a client to reconnect. */
const RECONNECT_GRACE_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;
/** Age below which a watch counts as new when it gets its lease, in milliseconds. */
const NEW_WATCH_MS = 1_000;
/**
 * How long a poll waits for further webhooks, in milliseconds. MX sends several about one event, and only one of them
 * tells how many transactions there are: it must be stored before the read.
 */
const HINT_DELAY_MS = 50;

/** A watch and its subscription to the bus. */
interface WatchEntry {
  readonly watch: Watch;
  readonly close: () => void;
}

/**
 * Polls the members of watched users: one MX request per user, at an interval that depends on their states, by
 * priority when the poll budget is short. Each user is polled by the one instance that holds its lease. All of it runs
 * on a single timer.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #entries = new Map<string, WatchEntry>();
  readonly #schedule = new PollSchedule();
  readonly #ages: AgeSchedule;
  /** Users whose lease has not been requested yet. */
  #unleased: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isTicking = false;
  #renewAt = 0;
  #isStopped = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
    this.#ages = new AgeSchedule(options.limits);
  }

  /** Number of watched users. */
  get size(): number {
    return this.#entries.size;
  }

  /** Watches one member of a user, or all if `memberGuid` is null. Call the returned function to stop. */
  watch(userGuid: string, memberGuid: string | null): () => void {
    const watch = this.#getOrCreateWatch(userGuid);
    watch.addSubscriber(memberGuid);
    return () => {
      watch.removeSubscriber(memberGuid);
      watch.watchUntil(steadyNow() + RECONNECT_GRACE_MS);
    };
  }

  /** Watches a user for a while after a mutation, even without subscribers. */
  watchAfterMutation(userGuid: string): void {
    this.#getOrCreateWatch(userGuid).watchUntil(steadyNow() + WATCH_AFTER_MUTATION_MS);
  }

  /** Returns true while this instance watches the user, with or without the lease. */
  isWatching(userGuid: string): boolean {
    return this.#entries.has(userGuid);
  }

  /**
   * Resolves once reads of MX that started after this call are stored: of the members, and of the challenges if the
   * member is CHALLENGED. With news of its data, the list is read again a few times if it does not show that data yet.
   */
  async pollNow(userGuid: string, memberGuid: string, news?: DataNews): Promise<void> {
    const after = await this.#options.reader.now();
    await new Promise<void>((done) => {
      const watch = this.#getOrCreateWatch(userGuid);
      watch.addHint({ memberGuid, after, done, ...(news && { news }) });
      watch.dueAt = Math.min(watch.dueAt, steadyNow() + HINT_DELAY_MS);
      this.#schedule.reschedule(watch);
    });
  }

  /** Records observed states, from a poll or any other read, and reschedules the user. */
  recordPoll(userGuid: string, states: MemberStates, isWhole: boolean): void {
    const watch = this.#entries.get(userGuid)?.watch;
    if (!watch) return;
    this.#ages.record(userGuid, states);
    watch.recordPoll(states, { now: steadyNow(), isWhole, intervals: this.#options.pollIntervals });
    if (watch.isHeld && !watch.isPolling && !watch.hasPendingHints) this.#schedule.reschedule(watch);
  }

  /** Has the ages compared of what is stored of a watched user, because its members cannot be read. */
  compareAgesSoon(userGuid: string): void {
    this.#ages.set(userGuid, 0);
  }

  /** Stops polling and releases all leases so that other instances can take over at once. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const held = [...this.#entries.values()].filter(({ watch }) => watch.isHeld);
    for (const { watch, close } of this.#entries.values()) {
      this.#schedule.remove(watch);
      close();
    }
    this.#entries.clear();
    await this.#options.watchLeases.release(held.map(({ watch }) => watch.userGuid)).catch(() => undefined);
  }

  #getOrCreateWatch(userGuid: string): Watch {
    const entry = this.#entries.get(userGuid);
    if (entry) return entry.watch;
    // The caller has just read the members, so the first poll is due one interval later.
    const watch = new Watch(userGuid, steadyNow() + this.#options.pollIntervals.activeMs);
    const { close } = this.#options.bus.subscribe(userGuid, this.#busListener(userGuid));
    this.#entries.set(userGuid, { watch, close });
    this.#unleased.push(userGuid);
    if (!this.#timer && !this.#isStopped) {
      this.#timer = setInterval(() => void this.#tick(), TICK_MS);
      this.#timer.unref();
    }
    return watch;
  }

  /** Records the changes that other instances publish. That of the clock is no reason to poll. */
  #busListener(userGuid: string): BusListener {
    const recordChanges = (published: readonly StatusChange[]) => {
      const changes = published.filter(({ cause }) => cause !== 'CLOCK');
      if (changes.length === 0) return;
      this.recordPoll(userGuid, new Map(changes.map(({ memberGuid, next }) => [memberGuid, next])), false);
    };
    return { onMessage: ({ changes }) => recordChanges(changes), onGap: () => undefined };
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      await this.#renewLeases();
      this.#compareAges();
      for (const watch of this.#schedule.due(steadyNow())) {
        if (!watch.isHeld && !watch.hasPendingHints) this.#schedule.remove(watch);
        else if (!(await this.#options.pollBudget.take())) break;
        else this.#poll(watch, 1);
      }
    } catch {
      // The backplane is unavailable: due polls stay due.
    } finally {
      this.#isTicking = false;
    }
  }

  /** Has the ages of data compared that are due: the instance that polls a user tells what the clock changes. */
  #compareAges(): void {
    const isMine = (userGuid: string) => this.#entries.get(userGuid)?.watch.isHeld === true;
    for (const userGuid of this.#ages.take(isMine)) {
      const compared = this.#options.reader.compareAges(userGuid);
      // After an error, it is due again a moment later.
      compared.then((nextAt) => this.#ages.postpone(userGuid, nextAt)).catch(() => undefined);
    }
  }

  async #renewLeases(): Promise<void> {
    const now = steadyNow();
    const isRenewal = now >= this.#renewAt;
    if (!isRenewal && this.#unleased.length === 0) return;
    if (isRenewal) this.#dropUnneeded(now);
    const requested = isRenewal ? [...this.#entries.keys()] : this.#unleased;
    this.#unleased = [];
    if (isRenewal) this.#renewAt = now + RENEW_MS;
    const held = await this.#options.watchLeases.acquire(requested).catch((error: unknown) => {
      // Retry at the next tick.
      this.#renewAt = 0;
      throw error;
    });
    for (const userGuid of requested) this.#setHeld(userGuid, held.has(userGuid));
  }

  #setHeld(userGuid: string, isHeld: boolean): void {
    const watch = this.#entries.get(userGuid)?.watch;
    if (!watch || watch.isHeld === isHeld) return;
    watch.isHeld = isHeld;
    if (!isHeld) return;
    // Poll at once: a hint that arrived while no instance held the lease has only invalidated the cache. Without such a
    // hint, the subscriber has just read the members, so this poll is a cache hit and takes nothing from the budget
    // beforehand. After a takeover, the poll may be a real read and is scheduled like any other.
    const isNew = steadyNow() < watch.createdAt + NEW_WATCH_MS;
    if (watch.hasSubscribers && isNew) return this.#poll(watch, 0);
    if (watch.hasSubscribers) watch.dueAt = steadyNow();
    this.#schedule.reschedule(watch);
  }

  #dropUnneeded(now: number): void {
    const released: string[] = [];
    for (const [userGuid, { watch, close }] of this.#entries) {
      if (watch.isNeeded(now) || watch.hasPendingHints || watch.isPolling) continue;
      this.#schedule.remove(watch);
      this.#ages.remove(userGuid);
      close();
      this.#entries.delete(userGuid);
      if (watch.isHeld) released.push(userGuid);
    }
    if (released.length > 0) this.#options.watchLeases.release(released).catch(() => undefined);
    if (this.#entries.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  /** Polls a user. `taken` is the number of requests that were taken from the budget for it. */
  #poll(watch: Watch, taken: number): void {
    const { pollBudget, ...options } = this.#options;
    const calls = new PollCalls(pollBudget, taken);
    const record = (states: MemberStates) => this.recordPoll(watch.userGuid, states, true);
    this.#schedule.remove(watch);
    watch.isPolling = true;
    void pollUser(watch, { ...options, calls, record }).finally(() => {
      void calls.settle();
      watch.isPolling = false;
      if (this.#entries.get(watch.userGuid)?.watch === watch) this.#schedule.reschedule(watch);
    });
  }
}
