import type { Backplane } from '../backplane/backplane.js';
import { memberNotFound } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import { statesOf } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import { findMember } from '../cache/member-list.js';
import type { MxCache } from '../cache/mx-cache.js';
import { Deferred } from '../cache/leases.js';
import type { Observation, StatusChange } from '../status/change.js';
import type { Hint } from '../backplane/inbox.js';
import type { StatusEvent, StreamError } from './event-queue.js';
import type { PollIntervals } from '../config/config.js';
import { StatusStream } from './stream.js';
import type { StatusStore } from '../backplane/store.js';
import { Watcher } from './watcher.js';
import type { DueChallenges, MemberStates } from './member-reader.js';

/** Options of `ChangeFeed`. */
export interface ChangeFeedOptions {
  readonly cache: MxCache;
  readonly backplane: Backplane;
  readonly pollIntervals: PollIntervals;
  /** Resolves to the time, in milliseconds since 1970, of the clock used for read timestamps. */
  readonly now: () => Promise<number>;
  /** Called when an observation could not be stored. */
  readonly onError: (error: unknown) => void;
  readonly events?: ChangeFeedEvents;
}

/** Hooks for telemetry. */
export interface ChangeFeedEvents {
  /** Called after each poll of a watched user. `deferred`: hints are limited to one read per TTL, so it runs later. */
  onPoll(outcome: 'succeeded' | 'deferred' | 'failed'): void;
  /** Called with changes that this instance detected first. Other instances receive them from the bus. */
  onChanges(changes: readonly StatusChange[]): void;
  /** Runs work that belongs to no operation, e.g. in a trace of its own. */
  runDetached<T>(work: () => Promise<T>): Promise<T>;
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
  /** The swap in progress by user. The next one waits for it, because two at once would only conflict and retry. */
  readonly #swaps = new Map<string, Promise<void>>();
  #stopConsuming: () => void = () => undefined;

  constructor(options: ChangeFeedOptions) {
    const { cache, backplane, pollIntervals } = options;
    this.#options = options;
    this.#watcher = new Watcher({
      ...backplane,
      pollIntervals,
      isPermanent: (error) => isMxError(error, 'not_found'),
      reader: {
        poll: (userGuid, counter) => this.#measurePoll(() => this.#readStates(userGuid, counter)),
        pollAfter: (userGuid, hint) => this.#measurePoll(() => this.#readStatesAfter(userGuid, hint)),
        readChallenges: (userGuid, read) => this.#readChallenges(userGuid, read),
        now: options.now,
      },
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
      await this.#swaps.get(userGuid)?.catch(() => undefined);
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

  async #measurePoll<T extends MemberStates | Deferred>(poll: () => Promise<T>): Promise<T> {
    const { events } = this.#options;
    if (!events) return poll();
    try {
      const result = await events.runDetached(poll);
      events.onPoll(result instanceof Deferred ? 'deferred' : 'succeeded');
      return result;
    } catch (error) {
      events.onPoll('failed');
      throw error;
    }
  }

  async #readStates(userGuid: string, counter: CallCounter): Promise<MemberStates> {
    const states = statesOf(await this.#options.cache.pollMembers(userGuid, counter));
    await this.#swaps.get(userGuid);
    return states;
  }

  async #readStatesAfter(
    userGuid: string,
    { after, counter }: { after: number; counter: CallCounter },
  ): Promise<MemberStates | Deferred> {
    const members = await this.#options.cache.membersAfter(userGuid, after, counter);
    if (members instanceof Deferred) return members;
    // Hints are acknowledged after this method resolves, so wait until the observation is stored.
    await this.#swaps.get(userGuid);
    return statesOf(members);
  }

  async #readChallenges(
    userGuid: string,
    { memberGuid, after, counter }: DueChallenges & { readonly counter: CallCounter },
  ): Promise<Deferred | null> {
    const { challenges } = this.#options.cache;
    const result = await (after === -Infinity
      ? challenges.read(userGuid, memberGuid, counter)
      : challenges.readAfter(after, { userGuid, memberGuid }, counter));
    if (result instanceof Deferred) return result;
    await this.#swaps.get(userGuid);
    return null;
  }

  #onObservation(userGuid: string, observation: Observation): void {
    if (observation.states.size > 0 || observation.coverage === 'ALL')
      this.#watcher.recordPoll(userGuid, observation.states, observation.coverage !== 'ONE');
    const { store } = this.#options.backplane;
    const previousSwap = this.#swaps.get(userGuid);
    const swap = async () => {
      await previousSwap?.catch(() => undefined);
      const changes = await store.swap(userGuid, observation);
      if (changes.length > 0) this.#options.events?.onChanges(changes);
    };
    const currentSwap = swap();
    this.#swaps.set(userGuid, currentSwap);
    currentSwap.catch(this.#options.onError).finally(() => {
      if (this.#swaps.get(userGuid) === currentSwap) this.#swaps.delete(userGuid);
    });
  }

  /** Processes a webhook hint: polls the user now if any instance watches it, otherwise only invalidates the cache. */
  async #processHint({ userGuid, memberGuid }: Hint): Promise<void> {
    const { cache } = this.#options;
    if (!(await this.#isWatched(userGuid))) {
      cache.invalidate(userGuid, memberGuid);
      // An instance that starts to watch after this reads the new state itself. One that started just before it
      // has read the old state, so check again.
      if (!(await this.#isWatched(userGuid))) return;
    }
    cache.challenges.invalidate(userGuid, memberGuid);
    cache.accounts.invalidate(userGuid);
    await this.#watcher.pollNow(userGuid, memberGuid);
  }

  async #isWatched(userGuid: string): Promise<boolean> {
    return this.#watcher.isWatching(userGuid) || this.#options.backplane.watchLeases.isHeld(userGuid);
  }
}
