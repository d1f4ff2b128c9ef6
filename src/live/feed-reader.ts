import type { StatusStore } from '../backplane/store.js';
import { Deferred } from '../cache/leases.js';
import type { MxCache } from '../cache/mx-cache.js';
import { wallNow } from '../clock.js';
import type { CallCounter } from '../mx/transport.js';
import type { FreshnessLimits } from '../status/freshness.js';
import { NO_STATES } from '../status/observation.js';
import type { DataNews } from '../status/data-news.js';
import { statesOf } from '../status/observed-member.js';
import type { ChangeFeedEvents } from './change-feed-events.js';
import { compareAges } from './data-ages.js';
import type { DueChallenges, MemberReader, MemberStates } from './member-reader.js';
import type { SwapQueue } from './swap-queue.js';

/** Options of `FeedReader`. */
export interface FeedReaderOptions {
  readonly cache: MxCache;
  readonly store: StatusStore;
  readonly swaps: SwapQueue;
  readonly limits: FreshnessLimits;
  readonly now: () => Promise<number>;
  readonly events: ChangeFeedEvents | undefined;
}

/** Reads members for the watcher. Each method resolves after what it has read is stored. */
export class FeedReader implements MemberReader {
  readonly #options: FeedReaderOptions;
  readonly now: () => Promise<number>;

  constructor(options: FeedReaderOptions) {
    this.#options = options;
    this.now = options.now;
  }

  poll(userGuid: string, counter: CallCounter): Promise<MemberStates> {
    const { cache, swaps } = this.#options;
    return this.#measure(async () => {
      const states = statesOf(await cache.pollMembers(userGuid, counter));
      await swaps.settled(userGuid);
      return states;
    });
  }

  pollAfter(
    userGuid: string,
    { after, counter }: { readonly after: number; readonly counter: CallCounter },
  ): Promise<MemberStates | Deferred> {
    const { cache, swaps } = this.#options;
    return this.#measure(async () => {
      const members = await cache.membersAfter(userGuid, after, counter);
      if (members instanceof Deferred) return members;
      await swaps.settled(userGuid);
      return statesOf(members);
    });
  }

  async readChallenges(
    userGuid: string,
    { memberGuid, after, counter }: DueChallenges & { readonly counter: CallCounter },
  ): Promise<Deferred | null> {
    const { challenges } = this.#options.cache;
    const result = await (after === -Infinity
      ? challenges.read(userGuid, memberGuid, counter)
      : challenges.readAfter(after, { userGuid, memberGuid }, counter));
    if (result instanceof Deferred) return result;
    await this.#options.swaps.settled(userGuid);
    return null;
  }

  async isPending(
    userGuid: string,
    { memberGuid, news }: { readonly memberGuid: string; readonly news: DataNews },
  ): Promise<boolean> {
    const { record } = await this.#options.store.readSnapshot(userGuid, null);
    const known = record?.members[memberGuid]?.news;
    return known?.id === news.id && known.dataAt === undefined;
  }

  async compareAges(userGuid: string): Promise<number> {
    const { store, swaps, cache, limits } = this.#options;
    const { record } = await store.readSnapshot(userGuid, null);
    const { changed: ages, nextAt } = compareAges(record, wallNow(), limits);
    const observedAt = cache.clock.now();
    if (ages.size > 0) await swaps.swap(userGuid, { ...NO_STATES, cause: 'CLOCK', observedAt, ages });
    return nextAt;
  }

  async #measure<T extends MemberStates | Deferred>(poll: () => Promise<T>): Promise<T> {
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
}
