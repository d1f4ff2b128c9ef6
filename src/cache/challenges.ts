import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure, MxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxChallenge, MxMemberStatus } from '../mx/types.js';
import type { ReadLeases } from '../backplane/read-leases.js';
import { digestOfChallenges } from '../status/observed-state.js';
import type { Observation } from '../status/observation.js';
import { Cache } from './cache.js';
import type { ReadResult } from './cache.js';
import type { ReadContext } from './entry.js';
import { decodeJson, toJson } from './json-codec.js';
import { Deferred } from './leases.js';

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

/** How far the running job of a member is. A flag is null if MX does not say. */
export interface MemberProgress {
  readonly isAuthenticated: boolean | null;
  readonly hasAccounts: boolean | null;
  readonly hasTransactions: boolean | null;
}

/** Null if the job has ended meanwhile. */
function toProgress(status: MxMemberStatus): MemberProgress | null {
  if (!status.is_being_aggregated) return null;
  return {
    isAuthenticated: status.is_authenticated,
    hasAccounts: status.has_processed_accounts,
    hasTransactions: status.has_processed_transactions,
  };
}

/**
 * The pending challenges of members and the progress of their jobs, which MX tells in one answer. They are never served
 * stale: a challenge that may have been answered since helps nobody.
 */
export class ChallengeCache {
  readonly #cache: Cache<MxMemberStatus>;

  constructor({ client, ttlMs, leases, onRead, onObservation }: ChallengeCacheOptions) {
    this.#cache = new Cache<MxMemberStatus>({
      read: async (key, context) => {
        const [userGuid = '', memberGuid = ''] = key.split('/');
        const status = await client.withCallCounter(context.counter).readMemberStatus(userGuid, memberGuid);
        const { challenges } = status;
        // If none is pending, the status of the member tells what comes next.
        if (challenges?.length) onObservation(userGuid, toObservation(memberGuid, challenges, context));
        return toJson(status);
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

  /**
   * The pending challenges, read at most once per TTL. Rejects with `malformed` if the status is CHALLENGED and there are
   * none, because the end user then has something to answer that MX does not tell.
   */
  async read(userGuid: string, memberGuid: string, counter: CallCounter | null = null): Promise<Challenges> {
    const key = keyOf(userGuid, memberGuid);
    return this.#challengesOf(key, await this.#cache.get(key, counter));
  }

  /** The pending challenges, read from MX now; rejects as `read` does, and while MX fails. */
  async readNow(
    userGuid: string,
    memberGuid: string,
    counter: CallCounter | null = null,
  ): Promise<Challenges> {
    const key = keyOf(userGuid, memberGuid);
    return this.#challengesOf(key, await this.#cache.fetchNow(key, counter));
  }

  /** How far the running job is, read at most once per TTL together with the challenges. Null if no job runs. */
  async progress(
    userGuid: string,
    memberGuid: string,
    counter: CallCounter | null = null,
  ): Promise<MemberProgress | null> {
    return toProgress(await this.#cache.get(keyOf(userGuid, memberGuid), counter));
  }

  /**
   * The pending challenges, read after an instant (milliseconds since 1970). At most one read per TTL is made for this:
   * a call that comes too early is deferred.
   */
  async readAfter(
    after: number,
    { userGuid, memberGuid }: { readonly userGuid: string; readonly memberGuid: string },
    counter: CallCounter | null = null,
  ): Promise<Challenges | Deferred> {
    const key = keyOf(userGuid, memberGuid);
    const status = await this.#cache.getNewerThan(key, after, counter);
    return status instanceof Deferred ? status : this.#challengesOf(key, status);
  }

  /** The next call reads the challenges again. */
  invalidate(userGuid: string, memberGuid: string): void {
    this.#cache.invalidate(keyOf(userGuid, memberGuid));
  }

  #challengesOf(key: string, { challenges }: MxMemberStatus): Challenges {
    if (challenges) return challenges;
    // The next caller asks MX again.
    this.#cache.invalidate(key);
    throw new MxError('malformed', { endpoint: 'GET /users/:user/members/:member/status' });
  }
}
