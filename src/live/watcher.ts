import type { BusListener, StatusBus } from '../backplane/bus.js';
import type { MemberState, StatusChange } from '../status/change.js';
import { LEASE_MS } from '../backplane/watch-leases.js';
import type { Leases } from '../backplane/watch-leases.js';
import { Agenda, TICK_MS } from './poll-schedule.js';
import type { Pace } from '../config/config.js';
import type { ReadBudget } from '../backplane/poll-budget.js';
import { Watch } from './watch.js';

/** How a user's members stand, by guid. */
export type States = ReadonlyMap<string, MemberState | null>;

/** How the watcher looks at MX. */
export interface MemberReader {
  /** Looks, unless somebody has within the freshness window; rejects while MX fails. */
  look(userGuid: string): Promise<States>;
  /** Looks later than a time of `now`; resolves to a time (on this machine's clock) before which that may not be. */
  lookAfter(userGuid: string, after: number): Promise<States | { readonly retryAt: number }>;
  /** The time on the clock that reads go by, in milliseconds since 1970. */
  now(): Promise<number>;
}

export interface WatcherOptions {
  readonly reader: MemberReader;
  readonly leases: Leases;
  readonly bus: StatusBus;
  readonly readBudget: ReadBudget;
  readonly pace: Pace;
  /** True for a failure after which there is nothing to watch, such as a user that MX does not know. */
  readonly isOver: (error: unknown) => boolean;
}

/** So long after an action the members of its user are watched, whoever subscribes. */
const ACTED_UPON_MS = 10 * 60_000;
/** A subscriber who loses the socket is back by then; what happens meanwhile is still seen. */
const LINGER_MS = 30_000;
const RENEW_MS = LEASE_MS / 3;
/** Between beginning to watch and holding the lease, where nobody else does. */
const JUST_BEGUN_MS = 1_000;

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
  readonly #agenda = new Agenda();
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
    this.#watchOf(userGuid).keepUntil(Date.now() + ACTED_UPON_MS);
  }

  /** True while this instance has a reason to watch the user. */
  isWatching(userGuid: string): boolean {
    return this.#entries.has(userGuid);
  }

  /** Resolves once MX has been looked at after now. */
  async lookSoon(userGuid: string): Promise<void> {
    const after = await this.#options.reader.now();
    await new Promise<void>((done) => {
      const watch = this.#watchOf(userGuid);
      watch.addHint({ after, done });
      watch.dueAt = Math.min(watch.dueAt, Date.now());
      this.#agenda.put(watch);
    });
  }

  /** Takes note of how members stand, whoever has looked. */
  saw(userGuid: string, states: States, isWhole: boolean): void {
    const watch = this.#entries.get(userGuid)?.watch;
    if (!watch) return;
    watch.note(states, { now: Date.now(), isWhole, pace: this.#options.pace });
    if (watch.isHeld && !watch.isLooking && !watch.isHinted) this.#agenda.put(watch);
  }

  /** Ends all watching, and leaves it to other instances at once. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
    this.#timer = null;
    const held = [...this.#entries.values()].filter(({ watch }) => watch.isHeld);
    for (const { watch, close } of this.#entries.values()) {
      this.#agenda.remove(watch);
      close();
    }
    this.#entries.clear();
    await this.#options.leases.release(held.map(({ watch }) => watch.userGuid)).catch(() => undefined);
  }

  #watchOf(userGuid: string): Watch {
    const known = this.#entries.get(userGuid);
    if (known) return known.watch;
    // Whoever begins to watch has just looked.
    const watch = new Watch(userGuid, Date.now() + this.#options.pace.fastMs);
    const { close } = this.#options.bus.subscribe(userGuid, this.#earOf(userGuid));
    this.#entries.set(userGuid, { watch, close });
    this.#fresh.push(userGuid);
    if (!this.#timer && !this.#isStopped) {
      this.#timer = setInterval(() => void this.#tick(), TICK_MS);
      this.#timer.unref();
    }
    return watch;
  }

  /** What other instances see is seen here too. */
  #earOf(userGuid: string): BusListener {
    const hear = (changes: readonly StatusChange[]) => {
      if (changes.length === 0) return;
      this.saw(userGuid, new Map(changes.map(({ memberGuid, next }) => [memberGuid, next])), false);
    };
    return { onPublished: ({ changes }) => hear(changes), onGap: () => undefined };
  }

  async #tick(): Promise<void> {
    if (this.#isTicking) return;
    this.#isTicking = true;
    try {
      await this.#renew();
      for (const watch of this.#agenda.due(Date.now())) {
        if (!watch.isHeld && !watch.isHinted) this.#agenda.remove(watch);
        else if (!(await this.#options.readBudget.take())) break;
        else this.#look(watch);
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
    const held = await this.#options.leases.acquire(asked).catch((error: unknown) => {
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
    const isNew = Date.now() < watch.begunAt + JUST_BEGUN_MS;
    if (watch.isSubscribedTo && isNew) return this.#look(watch);
    if (watch.isSubscribedTo) watch.dueAt = Date.now();
    this.#agenda.put(watch);
  }

  #dropUnwanted(now: number): void {
    const released: string[] = [];
    for (const [userGuid, { watch, close }] of this.#entries) {
      if (watch.isWanted(now) || watch.isHinted || watch.isLooking) continue;
      this.#agenda.remove(watch);
      close();
      this.#entries.delete(userGuid);
      if (watch.isHeld) released.push(userGuid);
    }
    if (released.length > 0) this.#options.leases.release(released).catch(() => undefined);
    if (this.#entries.size > 0 || !this.#timer) return;
    clearInterval(this.#timer);
    this.#timer = null;
  }

  #look(watch: Watch): void {
    this.#agenda.remove(watch);
    watch.isLooking = true;
    void this.#lookAt(watch).finally(() => {
      watch.isLooking = false;
      if (this.#entries.get(watch.userGuid)?.watch === watch) this.#agenda.put(watch);
    });
  }

  async #lookAt(watch: Watch): Promise<void> {
    const { reader, pace, isOver } = this.#options;
    const { userGuid } = watch;
    const hints = watch.takeHints();
    try {
      const after = Math.max(...hints.map((hint) => hint.after));
      const seen = hints.length > 0 ? await reader.lookAfter(userGuid, after) : await reader.look(userGuid);
      if ('retryAt' in seen) {
        watch.returnHints(hints);
        watch.dueAt = seen.retryAt;
        return;
      }
      hints.forEach(({ done }) => done());
      this.saw(userGuid, seen, true);
    } catch (error) {
      if (isOver(error)) hints.forEach(({ done }) => done());
      else watch.returnHints(hints);
      watch.noteFailure(Date.now(), pace);
    }
  }
}
