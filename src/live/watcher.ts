import type { BusListener, StatusBus } from '../backplane/bus.js';
import type { MemberState, StatusChange } from '../status/change.js';
import { LEASE_MS } from '../backplane/watch-leases.js';
import type { WatchLeases } from '../backplane/watch-leases.js';
import { PollSchedule, TICK_MS } from './poll-schedule.js';
import type { PollIntervals } from '../config/config.js';
import type { PollBudget } from '../backplane/poll-budget.js';
import { Watch } from './watch.js';

/** How a user's members stand, by guid. */
export type States = ReadonlyMap<string, MemberState | null>;

/** How the watcher looks at MX. */
export interface MemberReader {
  /** Looks, unless somebody has within the freshness window; rejects while MX fails. */
  poll(userGuid: string): Promise<States>;
  /** Looks later than a time of `now`; resolves to a time (on this machine's clock) before which that may not be. */
  pollAfter(userGuid: string, after: number): Promise<States | { readonly retryAt: number }>;
  /** The time on the clock that reads go by, in milliseconds since 1970. */
  now(): Promise<number>;
}

export interface WatcherOptions {
  readonly reader: MemberReader;
  readonly watchLeases: WatchLeases;
  readonly bus: StatusBus;
  readonly pollBudget: PollBudget;
  readonly pollIntervals: PollIntervals;
  /** True for a failure after which there is nothing to watch, such as a user that MX does not know. */
  readonly isOver: (error: unknown) => boolean;
}

/** So long after an action the members of its user are watched, whoever subscribes. */
const WATCH_AFTER_MUTATION_MS = 10 * 60_000;
/** A subscriber who loses the socket is back by then; what happens meanwhile is still seen. */
const LINGER_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;
/** Between beginning to watch and holding the lease, where nobody else does. */
const NEW_WATCH_MS = 1_000;

/** A watch and its ear on the bus. */
interface Entry {
  readonly watch: Watch;
  readonly close: () => void;
}

/**
 * Looks at members that somebody waits for: at a pace that fits how they stand, one call per user, the most urgent
 * first when there are too many, each user by one instance. Owns the one timer of it all.
 */
export class Watcher {
  readonly #options: WatcherOptions;
  readonly #entries = new Map<string, Entry>();
  readonly #schedule = new PollSchedule();
  /** Not yet asked for a lease. */
  #fresh: string[] = [];
  #timer: NodeJS.Timeout | null = null;
  #isTicking = false;
  #renewAt = 0;
  #isStopped = false;

  constructor(options: WatcherOptions) {
    this.#options = options;
  }

  /** How many users are watched. */
  get size(): number {
    return this.#entries.size;
  }

  /** Watches one member, or all of a user, till the function returned is called. */
  watch(userGuid: string, memberGuid: string | null): () => void {
    const watch = this.#watchOf(userGuid);
    watch.addInterest(memberGuid);
    return () => {
      watch.removeInterest(memberGuid);
      watch.keepUntil(Date.now() + LINGER_MS);
    };
  }

  /** Watches a user whose members have just been acted upon. */
  noteAction(userGuid: string): void {
    this.#watchOf(userGuid).keepUntil(Date.now() + WATCH_AFTER_MUTATION_MS);
  }

  /** True while this instance has a reason to watch the user. */
  isWatching(userGuid: string): boolean {
    return this.#entries.has(userGuid);
  }

  /** Resolves once MX has been looked at after now. */
  async pollNow(userGuid: string): Promise<void> {
    const after = await this.#options.reader.now();
    await new Promise<void>((done) => {
      const watch = this.#watchOf(userGuid);
      watch.addHint({ after, done });
      watch.dueAt = Math.min(watch.dueAt, Date.now());
      this.#schedule.put(watch);
    });
  }

  /** Takes note of how members stand, whoever has looked. */
  recordPoll(userGuid: string, states: States, isWhole: boolean): void {
    const watch = this.#entries.get(userGuid)?.watch;
    if (!watch) return;
    watch.recordPoll(states, { now: Date.now(), isWhole, pace: this.#options.pollIntervals });
    if (watch.isHeld && !watch.isPolling && !watch.hasPendingHints) this.#schedule.put(watch);
  }

  /** Ends all watching, and leaves it to other instances at once. */
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

  #watchOf(userGuid: string): Watch {
    const known = this.#entries.get(userGuid);
    if (known) return known.watch;
    // Whoever begins to watch has just looked.
    const watch = new Watch(userGuid, Date.now() + this.#options.pollIntervals.activeMs);
    const { close } = this.#options.bus.subscribe(userGuid, this.#busListener(userGuid));
    this.#entries.set(userGuid, { watch, close });
    this.#fresh.push(userGuid);
    if (!this.#timer && !this.#isStopped) {
      this.#timer = setInterval(() => void this.#tick(), TICK_MS);
      this.#timer.unref();
    }
    return watch;
  }

  /** What other instances see is seen here too. */
  #busListener(userGuid: string): BusListener {
    const hear = (changes: readonly StatusChange[]) => {
      if (changes.length === 0) return;
      this.recordPoll(userGuid, new Map(changes.map(({ memberGuid, next }) => [memberGuid, next])), false);
    };
    return { onMessage: ({ changes }) => hear(changes), onGap: () => undefined };
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      await this.#renew();
      for (const watch of this.#schedule.due(Date.now())) {
        if (!watch.isHeld && !watch.hasPendingHints) this.#schedule.remove(watch);
        else if (!(await this.#options.pollBudget.take())) break;
        else this.#poll(watch);
      }
    } catch {
      // The backplane is away: what is due stays due.
    } finally {
      this.#isTicking = false;
    }
  }

  async #renew(): Promise<void> {
    const now = Date.now();
    const isAll = now >= this.#renewAt;
    if (!isAll && this.#fresh.length === 0) return;
    if (isAll) this.#dropUnwanted(now);
    const asked = isAll ? [...this.#entries.keys()] : this.#fresh;
    this.#fresh = [];
    if (isAll) this.#renewAt = now + RENEW_MS;
    const held = await this.#options.watchLeases.acquire(asked).catch((error: unknown) => {
      // Asked again at the next tick.
      this.#renewAt = 0;
      throw error;
    });
    for (const userGuid of asked) this.#hold(userGuid, held.has(userGuid));
  }

  #hold(userGuid: string, isHeld: boolean): void {
    const watch = this.#entries.get(userGuid)?.watch;
    if (!watch || watch.isHeld === isHeld) return;
    watch.isHeld = isHeld;
    if (!isHeld) return;
    // A hint that came while nobody held the lease has only ended the freshness window. Whoever has just subscribed has
    // just looked: where no such hint came, this look is answered by what is known, so it is not counted. After a
    // takeover it is a read like any other.
    const isNew = Date.now() < watch.createdAt + NEW_WATCH_MS;
    if (watch.isSubscribedTo && isNew) return this.#poll(watch);
    if (watch.isSubscribedTo) watch.dueAt = Date.now();
    this.#schedule.put(watch);
  }

  #dropUnwanted(now: number): void {
    const released: string[] = [];
    for (const [userGuid, { watch, close }] of this.#entries) {
      if (watch.isWanted(now) || watch.hasPendingHints || watch.isPolling) continue;
      this.#schedule.remove(watch);
      close();
      this.#entries.delete(userGuid);
      if (watch.isHeld) released.push(userGuid);
    }
    if (released.length > 0) this.#options.watchLeases.release(released).catch(() => undefined);
    if (this.#entries.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #poll(watch: Watch): void {
    this.#schedule.remove(watch);
    watch.isPolling = true;
    void this.#pollUser(watch).finally(() => {
      watch.isPolling = false;
      if (this.#entries.get(watch.userGuid)?.watch === watch) this.#schedule.put(watch);
    });
  }

  async #pollUser(watch: Watch): Promise<void> {
    const { reader, pollIntervals, isOver } = this.#options;
    const { userGuid } = watch;
    const hints = watch.drainHints();
    try {
      const after = Math.max(...hints.map((hint) => hint.after));
      const seen = hints.length > 0 ? await reader.pollAfter(userGuid, after) : await reader.poll(userGuid);
      if ('retryAt' in seen) {
        watch.returnHints(hints);
        watch.dueAt = seen.retryAt;
        return;
      }
      hints.forEach(({ done }) => done());
      this.recordPoll(userGuid, seen, true);
    } catch (error) {
      if (isOver(error)) hints.forEach(({ done }) => done());
      else watch.returnHints(hints);
      watch.recordFailure(Date.now(), pollIntervals);
    }
  }
}
