import { Freshness } from './read-through-cache.js';
import type { FreshnessOptions } from './read-through-cache.js';
import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure } from '../mx/errors.js';
import type { MxChallenge } from '../mx/types.js';
import type { ReadLeases } from '../backplane/read-leases.js';
import type { Sharing } from './leased-reader.js';

type Challenges = readonly MxChallenge[];

export interface ChallengeReadsOptions {
  readonly client: MxClient;
  readonly freshnessMs: number;
  /** The windows of all instances; null where this one is alone. */
  readonly leases: ReadLeases | null;
  readonly onRead: NonNullable<FreshnessOptions<Challenges, Challenges>['onRead']>;
}

/** What institutions ask, by `keyOf` a member. */
export type ChallengeCache = Freshness<Challenges, Challenges>;

const MAX_CHALLENGED = 10_000;

export const keyOf = (userGuid: string, memberGuid: string) => `${userGuid}/${memberGuid}`;

export function createChallengeReads(options: ChallengeReadsOptions): ChallengeCache {
  const { client, freshnessMs, leases, onRead } = options;
  return new Freshness<Challenges, Challenges>({
    onRead,
    read: async (key, { count }) => {
      const [userGuid = '', memberGuid = ''] = key.split('/');
      const challenges = await client.countedFor(count).listChallenges(userGuid, memberGuid);
      return { value: challenges, encoded: challenges };
    },
    decode: (_, challenges) => challenges,
    freshnessMs,
    lastKnownMs: 0,
    // A question that may have been answered since is no help to anybody.
    mayServeLastKnown: () => false,
    max: MAX_CHALLENGED,
    sharing: leases && shared(leases),
  });
}

function shared(windows: ReadLeases): Sharing<Challenges, Challenges> {
  return {
    windows,
    toFailure: encodeFailure,
    fromFailure: decodeFailure,
    toText: ({ value }) => JSON.stringify(value),
    fromText: (_, text) => {
      const challenges = JSON.parse(text) as MxChallenge[];
      return { value: challenges, encoded: challenges };
    },
    onWrites: () => undefined,
  };
}
