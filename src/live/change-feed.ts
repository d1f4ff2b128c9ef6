import type { Backplane } from '../backplane/backplane.js';
import { memberNotFound } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import { statesOf } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import { wallNow } from '../clock.js';
import { DEFAULT_FRESHNESS_LIMITS, isPast } from '../status/freshness.js';
import type { FreshnessLimits } from '../status/freshness.js';
import type { ChangeFeedEvents } from './change-feed-events.js';
import { FeedReader } from './feed-reader.js';
import { SwapQueue } from './swap-queue.js';
import { findMember } from '../cache/member-list.js';
import type { MxCache } from '../cache/mx-cache.js';
import { NO_STATES } from '../status/observation.js';
import type { Observation } from '../status/observation.js';
import type { DataNews } from '../status/data-news.js';
import type { Hint } from '../backplane/inbox.js';
import type { StatusEvent, StreamError } from './event-queue.js';
import type { PollIntervals } from '../config/config.js';
import { StatusStream } from './stream.js';
import type { StatusStore } from '../backplane/store.js';
import { Watcher } from './watcher.js';

export type { ChangeFeedEvents } from './change-feed-events.js';

/** Options of `ChangeFeed`. */
export interface ChangeFeedOptions {
  readonly cache: MxCache;
  readonly backplane: Backplane;
  readonly pollIntervals: PollIntervals;
  /** From which age on the data of members is late or stale. Defaults to `DEFAULT_FRESHNESS_LIMITS`. */
  readonly limits?: FreshnessLimits;
  /** Resolves to the time, in milliseconds since 1970, of the clock used for read timestamps. */
  readonly now: () => Promise<number>;
  /** Called when an observation could not be stored. */
  readonly onError: (error: unknown) => void;
  readonly events?: ChangeFeedEvents;
}

/** Which changes a subscriber receives. */
export interface Subscription {
  /** The viewer. A viewer can subscribe to their own members only. */
  readonly userGuid: string;
  /** Null for all members of the user. */
  readonly memberGuid: string | null;
  /** Cursor of the last event that the client received; null for a new subscription. */
  readonly after: string | null;
}

/** The stored changes of a user and the record that results from them. */
export type ChangeLog = Awaited<ReturnType<StatusStore['history']>>;

/**
 * Turns observations of MX into events for subscribers. Every read of MX is compared with the store, which detects
 * changes; members with subscribers are polled; a webhook hint triggers a poll.
 */
export class ChangeFeed {
  readonly #options: ChangeFeedOptions;
  readonly #watcher: Watcher;
  readonly #swaps: SwapQueue;
  #stopConsuming: () => void = () => undefined;

  constructor(options: ChangeFeedOptions) {
    const { cache, backplane, pollIntervals, limits = DEFAULT_FRESHNESS_LIMITS } = options;
    this.#options = options;
    this.#swaps = new SwapQueue({
      store: backplane.store,
      onError: options.onError,
      onChanges: (changes) => options.events?.onChanges(changes),
    });
    this.#watcher = new Watcher({
      ...backplane,
      pollIntervals,
      limits,
      isPermanent: (error) => isMxError(error, 'not_found'),
      reader: new FeedReader({
        ...options,
        store: backplane.store,
        swaps: this.#swaps,
        limits,
        events: options.events,
      }),
    });
    cache.observe((userGuid, observation) => this.#onObservation(userGuid, observation));
  }

  /** Starts to process hints from the inbox. */
  start(): void {
    this.#stopConsuming = this.#options.backplane.inbox.consume((hint) => this.#processHint(hint));
  }

  /** Stops processing hints and polling. Leases are released. */
  async stop(): Promise<void> {
    this.#stopConsuming();
    await this.#watcher.stop();
  }

  /** Number of users that this instance watches. Another instance may hold the lease to poll them. */
  get watchedUsers(): number {
    return this.#watcher.size;
  }

  /** Watches a user for a while after a mutation, even without subscribers. */
  watchAfterMutation(userGuid: string): void {
    this.#watcher.watchAfterMutation(userGuid);
  }

  /**
   * Subscribes to a user's members. Rejects with NOT_FOUND if the user has no such member, unless `after` is given and
   * the stored changes contain the member: it was deleted while the client was away.
   */
  async subscribe({
    userGuid,
    memberGuid,
    after,
  }: Subscription): Promise<AsyncIterableIterator<StatusEvent | StreamError>> {
    const release = this.#watcher.watch(userGuid, memberGuid);
    try {
      const { members, error } = await this.#readMembers(userGuid);
      if (memberGuid !== null && members && !members.has(memberGuid))
        await this.#assertKnown(userGuid, memberGuid, { members, isResumed: after !== null });
      const { store, bus } = this.#options.backplane;
      const stream = new StatusStream({
        store,
        bus,
        userGuid,
        memberGuid,
        after,
        initialError: error,
        now: () => this.#options.cache.clock.now(),
        onEnd: release,
      });
      if (members) this.#watcher.recordPoll(userGuid, statesOf(members), true);
      else this.#watcher.compareAgesSoon(userGuid);
      return stream;
    } catch (error) {
      release();
      throw error;
    }
  }

  /** Reads the stored changes of a user's members. */
  changeLog(userGuid: string): Promise<ChangeLog> {
    return this.#options.backplane.store.history(userGuid);
  }

  async #readMembers(userGuid: string): Promise<{ members: ObservedMembers | null; error: unknown }> {
    try {
      const members = await this.#options.cache.pollMembers(userGuid);
      await this.#swaps.settled(userGuid).catch(() => undefined);
      return { members, error: null };
    } catch (error) {
      // A user that MX does not know has no members to wait for. Any other error is temporary.
      if (isMxError(error, 'not_found')) throw error;
      return { members: null, error };
    }
  }

  /**
   * Rejects if a member that is missing from MX's list is also unknown to the store: with NOT_FOUND, or with `malformed`
   * if the list was not whole. A resumed subscription can also be about a member that was deleted meanwhile.
   */
  async #assertKnown(
    userGuid: string,
    memberGuid: string,
    { members, isResumed }: { members: ObservedMembers; isResumed: boolean },
  ): Promise<void> {
    const { record, changes } = await this.changeLog(userGuid);
    const hasChanges = changes.some((change) => change.memberGuid === memberGuid);
    if (record?.members[memberGuid] || (isResumed && hasChanges)) return;
    if (!findMember(members, memberGuid)) throw memberNotFound();
  }

  #onObservation(userGuid: string, observation: Observation): void {
    if (observation.states.size > 0 || observation.coverage === 'ALL')
      this.#watcher.recordPoll(userGuid, observation.states, observation.coverage !== 'ONE');
    this.#swaps.swap(userGuid, observation).catch(() => undefined);
  }

  /** Stores what a webhook tells of new data, for the change that will show it. */
  async #storeNews(userGuid: string, memberGuid: string, news: DataNews): Promise<void> {
    const observedAt = this.#options.cache.clock.now();
    const byMember = new Map([[memberGuid, news]]);
    await this.#swaps.swap(userGuid, { ...NO_STATES, cause: 'WEBHOOK', observedAt, news: byMember });
  }

  /** Processes a webhook hint: polls the user now if any instance watches it, otherwise only invalidates the cache. */
  async #processHint({ userGuid, memberGuid, news: told }: Hint): Promise<void> {
    const { cache } = this.#options;
    if (!(await this.#isWatched(userGuid))) {
      cache.invalidate(userGuid, memberGuid);
      // An instance that starts to watch after this reads the new state itself. One that started just before it
      // has read the old state, so check again.
      if (!(await this.#isWatched(userGuid))) return;
    }
    cache.challenges.invalidate(userGuid, memberGuid);
    cache.accounts.invalidate(userGuid);
    const news = told && isPast(told.completedAt, wallNow()) ? told : undefined;
    if (news) await this.#storeNews(userGuid, memberGuid, news);
    await this.#watcher.pollNow(userGuid, memberGuid, news);
  }

  async #isWatched(userGuid: string): Promise<boolean> {
    return this.#watcher.isWatching(userGuid) || this.#options.backplane.watchLeases.isHeld(userGuid);
  }
}
