import type { Backplane } from '../backplane/backplane.js';
import { memberNotFound } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import { statesOf } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import type { MxCache } from '../cache/mx-cache.js';
import { Deferred } from '../cache/leases.js';
import type { Observation, StatusChange } from '../status/change.js';
import type { Hint } from '../backplane/inbox.js';
import type { StatusEvent, StreamError } from './event-queue.js';
import type { PollIntervals } from '../config/config.js';
import { StatusStream } from './stream.js';
import type { StatusStore } from '../backplane/store.js';
import { Watcher } from './watcher.js';
import type { States } from './watcher.js';

export interface ChangeFeedOptions {
  readonly cache: MxCache;
  readonly backplane: Backplane;
  readonly pollIntervals: PollIntervals;
  /** The time on the clock that reads go by, in milliseconds since 1970. */
  readonly now: () => Promise<number>;
  /** Hears of what was seen and could not be stored. */
  readonly onError: (error: unknown) => void;
  readonly events?: ChangeFeedEvents;
}

/** Hears of what happens by itself. */
export interface ChangeFeedEvents {
  /** A watched user was looked at, or was to be. */
  onPoll(outcome: 'seen' | 'postponed' | 'failed'): void;
  /** Changes that this instance was the first to see. */
  onChanges(changes: readonly StatusChange[]): void;
  /** Does what no operation is waiting for. */
  runDetached<T>(work: () => Promise<T>): Promise<T>;
}

/** What a subscriber wants to be told. */
export interface Subscription {
  /** The viewer: nobody listens for another. */
  readonly userGuid: string;
  /** Null for all members. */
  readonly memberGuid: string | null;
  /** The cursor of the last event that was received. */
  readonly after: string | null;
}

/** A user's changes that are kept, and the record that they led to. */
export type ChangeLog = Awaited<ReturnType<StatusStore['history']>>;

/**
 * Everything that happens by itself: what is read goes to the store, which finds the changes; who waits for them has
 * the members watched; and a hint from MX makes somebody look.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #watcher: Watcher;
  /** The swap that is under way by user: the next waits for it, for two at once would only get in each other's way. */
  readonly #swaps = new Map<string, Promise<void>>();
  #stopConsuming: () => void = () => undefined;

  constructor(options: ChangeFeedOptions) {
    const { cache, backplane, pollIntervals } = options;
    this.#options = options;
    this.#watcher = new Watcher({
      ...backplane,
      pollIntervals,
      isOver: (error) => isMxError(error, 'not_found'),
      reader: {
        poll: (userGuid) => this.#counted(() => this.#look(userGuid)),
        pollAfter: (userGuid, after) => this.#counted(() => this.#lookAfter(userGuid, after)),
        now: options.now,
      },
    });
    cache.observe((userGuid, observation) => this.#take(userGuid, observation));
  }

  /** Follows hints from now on. */
  start(): void {
    this.#stopConsuming = this.#options.backplane.inbox.consume((hint) => this.#follow(hint));
  }

  async stop(): Promise<void> {
    this.#stopConsuming();
    await this.#watcher.stop();
  }

  /** How many users this instance watches, for itself or for others. */
  get watched(): number {
    return this.#watcher.size;
  }

  /** Keeps an eye on a user whose members have just been acted upon. */
  noteAction(userGuid: string): void {
    this.#watcher.noteAction(userGuid);
  }

  /** Follows a user's members. Rejects with NOT_FOUND where the user has no such member, nor had while away. */
  async subscribe({
    userGuid,
    memberGuid,
    after,
  }: Subscription): Promise<AsyncIterableIterator<StatusEvent | StreamError>> {
    const release = this.#watcher.watch(userGuid, memberGuid);
    try {
      const { members, fault } = await this.#present(userGuid);
      const isKnown = memberGuid === null || !members || members.has(memberGuid);
      if (!isKnown && !(after !== null && (await this.#wasThere(userGuid, memberGuid))))
        throw memberNotFound();
      const { store, bus } = this.#options.backplane;
      const stream = new StatusStream({ store, bus, userGuid, memberGuid, after, fault, onEnd: release });
      if (members) this.#watcher.recordPoll(userGuid, statesOf(members), true);
      return stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** The changes of a user's members that are kept. */
  changeLog(userGuid: string): Promise<ChangeLog> {
    return this.#options.backplane.store.history(userGuid);
  }

  async #present(userGuid: string): Promise<{ members: ObservedMembers | null; fault: unknown }> {
    try {
      const members = await this.#options.cache.pollMembers(userGuid);
      await this.#swaps.get(userGuid)?.catch(() => undefined);
      return { members, fault: null };
    } catch (error) {
      // A user whom MX does not know has no members to wait for; any other failure passes.
      if (isMxError(error, 'not_found')) throw error;
      return { members: null, fault: error };
    }
  }

  async #wasThere(userGuid: string, memberGuid: string): Promise<boolean> {
    const { changes } = await this.changeLog(userGuid);
    return changes.some((change) => change.memberGuid === memberGuid);
  }

  async #counted<T extends States | Deferred>(look: () => Promise<T>): Promise<T> {
    const { events } = this.#options;
    if (!events) return look();
    try {
      const seen = await events.runDetached(look);
      events.onPoll(seen instanceof Deferred ? 'postponed' : 'seen');
      return seen;
    } catch (error) {
      events.onPoll('failed');
      throw error;
    }
  }

  async #look(userGuid: string): Promise<States> {
    const states = statesOf(await this.#options.cache.pollMembers(userGuid));
    await this.#swaps.get(userGuid);
    return states;
  }

  async #lookAfter(userGuid: string, after: number): Promise<States | Deferred> {
    const members = await this.#options.cache.membersAfter(userGuid, after);
    if (members instanceof Deferred) return members;
    // What was seen is not followed before it is stored.
    await this.#swaps.get(userGuid);
    return statesOf(members);
  }

  #take(userGuid: string, observation: Observation): void {
    this.#watcher.recordPoll(userGuid, observation.states, observation.isWhole);
    const { store } = this.#options.backplane;
    const before = this.#swaps.get(userGuid);
    const swap = async () => {
      await before?.catch(() => undefined);
      const changes = await store.swap(userGuid, observation);
      if (changes.length > 0) this.#options.events?.onChanges(changes);
    };
    const swapped = swap();
    this.#swaps.set(userGuid, swapped);
    swapped.catch(this.#options.onError).finally(() => {
      if (this.#swaps.get(userGuid) === swapped) this.#swaps.delete(userGuid);
    });
  }

  /** A hint of somebody whom nobody watches only makes what is known old news. */
  async #follow({ userGuid, memberGuid }: Hint): Promise<void> {
    const { cache } = this.#options;
    if (!(await this.#isWatched(userGuid))) {
      cache.invalidate(userGuid, memberGuid);
      // Whoever takes the watch from now on looks at once, and finds the window ended; who has just taken it has not.
      if (!(await this.#isWatched(userGuid))) return;
    }
    cache.invalidateChallenges(userGuid, memberGuid);
    await this.#watcher.pollNow(userGuid);
  }

  async #isWatched(userGuid: string): Promise<boolean> {
    return this.#watcher.isWatching(userGuid) || this.#options.backplane.watchLeases.isHeld(userGuid);
  }
}
