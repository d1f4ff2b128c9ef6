import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxChallenge } from '../mx/types.js';
import type { ReadLeases } from '../backplane/read-leases.js';
import { digestOfChallenges } from '../status/change.js';
import type { Observation } from '../status/change.js';
import { Cache } from './cache.js';
import type { MaybePromise, ReadResult } from './cache.js';
import type { ReadContext } from './entry.js';
import { decodeJson, toJson } from './json-codec.js';
import type { Deferred } from './leases.js';

export interface ChallengeCacheOptions {
  readonly client: MxClient;
  readonly ttlMs: number;
  /** Shared with other instances; null if there are none. */
  readonly leases: ReadLeases | null;
  readonly onRead: (result: ReadResult) => void;
  /** Called with what each read of MX shows. */
  readonly onObservation: (userGuid: string, observation: Observation) => void;
}

type Challenges = readonly MxChallenge[];

const MAX_BYTES = 8 * 1024 * 1024;

const keyOf = (userGuid: string, memberGuid: string) => `${userGuid}/${memberGuid}`;

function toObservation(
  memberGuid: string,
  challenges: Challenges,
  { startedAt, isForHint }: ReadContext,
): Observation {
  return {
    cause: isForHint ? 'WEBHOOK' : 'POLL',
    observedAt: startedAt,
    states: new Map(),
    coverage: 'ONE',
    challenges: new Map([[memberGuid, digestOfChallenges(challenges)]]),
  };
}

/**
 * The pending challenges of members. They are never served stale: one that may have been answered since helps nobody.
 */
export class ChallengeCache {
  readonly #cache: Cache<Challenges>;

  constructor({ client, ttlMs, leases, onRead, onObservation }: ChallengeCacheOptions) {
    this.#cache = new Cache<Challenges>({
      read: async (key, context) => {
        const [userGuid = '', memberGuid = ''] = key.split('/');
        const challenges = await client.withCallCounter(context.counter).listChallenges(userGuid, memberGuid);
        // If none is pending, the status of the member tells what comes next.
        if (challenges.length > 0) onObservation(userGuid, toObservation(memberGuid, challenges, context));
        return toJson(challenges);
      },
      decode: decodeJson,
      ttlMs,
      staleIfErrorMs: 0,
      canServeStale: () => false,
      maxBytes: MAX_BYTES,
      sharing: leases && { leases, encodeFailure, decodeFailure, onWrites: () => undefined },
      onRead,
    });
  }

  /** The pending challenges, read at most once per TTL. */
  read(userGuid: string, memberGuid: string, counter: CallCounter | null = null): MaybePromise<Challenges> {
    return this.#cache.get(keyOf(userGuid, memberGuid), counter);
  }

  /** The pending challenges, read from MX now; rejects while MX fails. */
  readNow(userGuid: string, memberGuid: string, counter: CallCounter | null = null): Promise<Challenges> {
    return this.#cache.fetchNow(keyOf(userGuid, memberGuid), counter);
  }

  /**
   * The pending challenges, read after an instant (milliseconds since 1970). At most one read per TTL is made for this:
   * a call that comes too early is deferred.
   */
  readAfter(
    after: number,
    { userGuid, memberGuid }: { readonly userGuid: string; readonly memberGuid: string },
    counter: CallCounter | null = null,
  ): Promise<Challenges | Deferred> {
    return this.#cache.getNewerThan(keyOf(userGuid, memberGuid), after, counter);
  }

  /** The next call reads the challenges again. */
  invalidate(userGuid: string, memberGuid: string): void {
    this.#cache.invalidate(keyOf(userGuid, memberGuid));
  }
}
