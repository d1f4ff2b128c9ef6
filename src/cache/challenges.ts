import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure } from '../mx/errors.js';
import type { MxChallenge } from '../mx/types.js';
import type { ReadLeases } from '../backplane/read-leases.js';
import { Cache } from './cache.js';
import type { ReadResult } from './cache.js';
import { decodeJson, toJson } from './json-codec.js';

export interface ChallengeCacheOptions {
  readonly client: MxClient;
  readonly ttlMs: number;
  /** Shared with other instances; null if there are none. */
  readonly leases: ReadLeases | null;
  readonly onRead: (result: ReadResult) => void;
}

/** The pending challenges of members, by `challengeKey`. */
export type ChallengeCache = Cache<readonly MxChallenge[]>;

const MAX_BYTES = 8 * 1024 * 1024;

export const challengeKey = (userGuid: string, memberGuid: string) => `${userGuid}/${memberGuid}`;

/** Challenges are never served stale: one that may have been answered since helps nobody. */
export function createChallengeCache({
  client,
  ttlMs,
  leases,
  onRead,
}: ChallengeCacheOptions): ChallengeCache {
  return new Cache<readonly MxChallenge[]>({
    read: async (key, { counter }) => {
      const [userGuid = '', memberGuid = ''] = key.split('/');
      return toJson(await client.withCallCounter(counter).listChallenges(userGuid, memberGuid));
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
