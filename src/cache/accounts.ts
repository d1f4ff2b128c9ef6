import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure, isMxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxAccount } from '../mx/types.js';
import type { ReadLeases } from '../backplane/read-leases.js';
import { Cache } from './cache.js';
import type { MaybePromise, ReadResult } from './cache.js';

/** The accounts of one user. */
export interface UserAccounts {
  /** All accounts, by guid. */
  readonly byGuid: ReadonlyMap<string, MxAccount>;
  /** The accounts of each member, in MX's order. */
  readonly byMember: ReadonlyMap<string, readonly MxAccount[]>;
}

export interface AccountCacheOptions {
  readonly client: MxClient;
  readonly ttlMs: number;
  /** Shared with other instances; null if there are none. */
  readonly leases: ReadLeases | null;
  readonly onRead: (result: ReadResult) => void;
}

/** How old accounts may be to be served while MX fails. */
const STALE_IF_ERROR_MS = 3_600_000;
/** Some 600 users with 100 accounts. */
const MAX_BYTES = 16 * 1024 * 1024;

const KEY_END = '/accounts';
const keyOf = (userGuid: string) => `${userGuid}${KEY_END}`;
const userOf = (key: string) => key.slice(0, -KEY_END.length);

function toUserAccounts(accounts: readonly MxAccount[]): UserAccounts {
  const byMember = new Map<string, MxAccount[]>();
  for (const account of accounts) {
    if (account.member_guid === null) continue;
    const known = byMember.get(account.member_guid);
    if (known) known.push(account);
    else byMember.set(account.member_guid, [account]);
  }
  return { byGuid: new Map(accounts.map((one) => [one.guid, one])), byMember };
}

/**
 * The accounts of users, of all members in one read: at most once per TTL. It performs no authorization, and holds no
 * account numbers: `parseAccount` drops them.
 */
export class AccountCache {
  readonly #cache: Cache<UserAccounts>;

  constructor({ client, ttlMs, leases, onRead }: AccountCacheOptions) {
    this.#cache = new Cache<UserAccounts>({
      read: async (key, { counter }) => {
        const accounts = await client.withCallCounter(counter).accounts.list(userOf(key));
        return { value: toUserAccounts(accounts), bytes: Buffer.from(JSON.stringify(accounts)) };
      },
      decode: (_, bytes) => toUserAccounts(JSON.parse(bytes.toString()) as MxAccount[]),
      ttlMs,
      staleIfErrorMs: STALE_IF_ERROR_MS,
      canServeStale: (error) => !isMxError(error, 'not_found'),
      maxBytes: MAX_BYTES,
      sharing: leases && { leases, encodeFailure, decodeFailure, onWrites: () => undefined },
      onRead,
    });
  }

  /** The accounts, read at most once per TTL; the last known ones while MX fails. */
  read(userGuid: string, counter: CallCounter | null = null): MaybePromise<UserAccounts> {
    return this.#cache.get(keyOf(userGuid), counter);
  }

  /** The accounts, read from MX now; rejects while MX fails. */
  readNow(userGuid: string, counter: CallCounter | null = null): Promise<UserAccounts> {
    return this.#cache.fetchNow(keyOf(userGuid), counter);
  }

  /** The next call reads the accounts again. */
  invalidate(userGuid: string): void {
    this.#cache.invalidate(keyOf(userGuid));
  }
}
