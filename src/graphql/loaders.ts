import DataLoader from 'dataloader';

import { mayView } from '../auth.js';
import type { Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import type { ChangeFeed, ChangeLog } from '../live/change-feed.js';
import type { MxAccount, MxChallenge, MxCredential, MxInstitution } from '../mx/types.js';
import type { MemberState } from '../status/member-state.js';
import { differsInAgeOnly } from '../status/member-state.js';
import type { ObservedMember, ObservedMembers } from '../status/observed-member.js';
import type { UserAccounts } from '../cache/accounts.js';
import type { MaybePromise } from '../cache/cache.js';
import type { MemberProgress } from '../cache/challenges.js';
import { findMember } from '../cache/member-list.js';
import type { MxCache } from '../cache/mx-cache.js';
import type { OperationTrace } from '../telemetry/operation.js';
import { InstitutionLists } from './institution-lists.js';

/** A user, by guid: the parent object of the `User` resolvers. */
export interface UserRef {
  readonly guid: string;
}

/** The key of a member. MX addresses a member within its user only. */
export interface MemberKey {
  readonly userGuid: string;
  readonly memberGuid: string;
}

const toCacheKey = ({ userGuid, memberGuid }: MemberKey) => `${userGuid}/${memberGuid}`;

/** Runs one lookup per key. A failed lookup becomes an `Error` in its place, so that the others still succeed. */
async function settle<K, V>(keys: readonly K[], read: (key: K) => MaybePromise<V>): Promise<(V | Error)[]> {
  const settled = await Promise.allSettled(keys.map(async (key) => read(key)));
  return settled.map((end) => (end.status === 'fulfilled' ? end.value : toError(end.reason)));
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('A lookup failed.', { cause: reason });
}

function findOrError(members: ObservedMembers, memberGuid: string): ObservedMember | null | Error {
  try {
    return findMember(members, memberGuid);
  } catch (error) {
    return toError(error);
  }
}

/** Looks up members with one list request per user, however many of its members are requested. */
async function batchMembers(
  keys: readonly MemberKey[],
  listMembers: (userGuid: string) => MaybePromise<ObservedMembers>,
): Promise<(ObservedMember | null | Error)[]> {
  const users = [...new Set(keys.map((key) => key.userGuid))];
  const lists = await settle(users, listMembers);
  const listOf = new Map(users.map((user, index) => [user, lists[index]]));
  return keys.map(({ userGuid, memberGuid }) => {
    const list = listOf.get(userGuid);
    return list && !(list instanceof Error) ? findOrError(list, memberGuid) : (list ?? null);
  });
}

/**
 * The DataLoaders of one operation, or of one event of a subscription, for one viewer. They are never reused. Every
 * access to a member goes through here, so this class checks the authorization. A key of another user is looked up
 * among the viewer's own members. It is not found, in the same time and with the same error as a member that does not
 * exist, so existence does not leak. Loaders are created on first use.
 */
export class Loaders {
  readonly #cache: MxCache;
  readonly #changeFeed: ChangeFeed;
  readonly #viewer: Viewer;
  /** Counts the requests to MX, and audits what support reads; null if the operation is not traced. */
  readonly #trace: OperationTrace | null;
  #members: DataLoader<string, ObservedMembers> | undefined;
  #member: DataLoader<MemberKey, ObservedMember | null, string> | undefined;
  #changeLogs: DataLoader<string, ChangeLog> | undefined;
  #challenges: DataLoader<MemberKey, readonly MxChallenge[], string> | undefined;
  #progress: DataLoader<MemberKey, MemberProgress | null, string> | undefined;
  #accounts: DataLoader<string, UserAccounts> | undefined;
  #oauthWindowUrl: DataLoader<MemberKey, string | null, string> | undefined;
  /** No DataLoader: a page of members has few institutions, and most are cached and need no promise. */
  #institutions: Map<string, MaybePromise<MxInstitution>> | undefined;
  #credentials: Map<string, MaybePromise<readonly MxCredential[]>> | undefined;
  #institutionLists: InstitutionLists | undefined;

  constructor(
    { cache, changeFeed }: { readonly cache: MxCache; readonly changeFeed: ChangeFeed },
    viewer: Viewer,
    trace: OperationTrace | null = null,
  ) {
    this.#trace = trace;
    this.#cache = cache;
    this.#changeFeed = changeFeed;
    this.#viewer = viewer;
  }

  /** A user's members. Rejects with FORBIDDEN for those of another user. */
  members(userGuid: string): Promise<ObservedMembers> {
    if (!this.#mayView(userGuid)) return Promise.reject(new ApiError('FORBIDDEN'));
    this.#members ??= new DataLoader((users) =>
      this.#batch('members', () => settle(users, (user) => this.#cache.members(user, this.#trace))),
    );
    return this.#members.load(userGuid);
  }

  /** The member, or null if the viewer has no access to it or it does not exist. */
  member(key: MemberKey): Promise<ObservedMember | null> {
    this.#member ??= new DataLoader(
      (keys) =>
        this.#batch('member', () => batchMembers(keys, (user) => this.#cache.members(user, this.#trace))),
      { cacheKeyFn: toCacheKey },
    );
    return this.#member.load(this.#own(key));
  }

  /**
   * The member of an event, as observed at that instant. The event of a write is served from MX's response to the
   * write, others mostly from the list that was just read.
   */
  memberSeen(key: MemberKey, at: number): MaybePromise<ObservedMember | null> {
    const { userGuid, memberGuid } = this.#own(key);
    const written = this.#cache.written(userGuid, memberGuid, at);
    return written ?? this.#cache.freshMembers(userGuid)?.get(memberGuid) ?? this.member(key);
  }

  /**
   * The member of an event that only the clock has caused, as observed last. Another instance may have done that: then an
   * earlier list is as good if it shows the same state. MX is asked only if no such list is at hand.
   */
  memberAged(key: MemberKey, at: number, state: MemberState): MaybePromise<ObservedMember | null> {
    const { userGuid, memberGuid } = this.#own(key);
    const known = this.#cache.membersSince(userGuid, -Infinity)?.get(memberGuid);
    const isCurrent = known && (known.observedMs >= at || differsInAgeOnly(known.state, state));
    return isCurrent ? known : this.memberSeen(key, at);
  }

  /** The recent changes of all members of a user. Rejects with FORBIDDEN for those of another user. */
  changeLog(userGuid: string): Promise<ChangeLog> {
    if (!this.#mayView(userGuid)) return Promise.reject(new ApiError('FORBIDDEN'));
    this.#changeLogs ??= new DataLoader((users) =>
      this.#batch('changes', () => settle(users, (user) => this.#changeFeed.changeLog(user))),
    );
    return this.#changeLogs.load(userGuid);
  }

  challenges(key: MemberKey): Promise<readonly MxChallenge[]> {
    this.#challenges ??= this.#perMember('challenges', (own) =>
      this.#cache.challenges.read(own.userGuid, own.memberGuid, this.#trace),
    );
    return this.#challenges.load(this.#own(key));
  }

  /** How far the running job of a member is; null if none runs. Shares its request to MX with `challenges`. */
  progress(key: MemberKey): Promise<MemberProgress | null> {
    this.#progress ??= this.#perMember('progress', (own) =>
      this.#cache.challenges.progress(own.userGuid, own.memberGuid, this.#trace),
    );
    return this.#progress.load(this.#own(key));
  }

  /** The accounts of a member. Those of all members of a user are one request. */
  async accounts(key: MemberKey): Promise<readonly MxAccount[]> {
    const { userGuid, memberGuid } = this.#own(key);
    return (await this.#accountsOf(userGuid)).byMember.get(memberGuid) ?? [];
  }

  /** The account, or null if the viewer has no access to it or it does not exist. */
  async account(owner: string, accountGuid: string): Promise<MxAccount | null> {
    const { userGuid } = this.#own({ userGuid: owner, memberGuid: '' });
    return (await this.#accountsOf(userGuid)).byGuid.get(accountGuid) ?? null;
  }

  oauthWindowUrl(key: MemberKey): Promise<string | null> {
    return this.#oauthWindowUrls().load(this.#own(key));
  }

  /** Saves a request if MX sent the URL along with the member. */
  primeOauthWindowUrl({ userGuid, member }: ObservedMember): void {
    if (member.oauth_window_uri === null) return;
    this.#oauthWindowUrls().prime({ userGuid, memberGuid: member.guid }, member.oauth_window_uri);
  }

  institution(code: string): MaybePromise<MxInstitution> {
    this.#institutions ??= new Map();
    const institution = this.#institutions.get(code) ?? this.#cache.institutions.read(code, this.#trace);
    this.#institutions.set(code, institution);
    return institution;
  }

  institutionCredentials(code: string): MaybePromise<readonly MxCredential[]> {
    this.#credentials ??= new Map();
    const credentials =
      this.#credentials.get(code) ?? this.#cache.institutions.credentials(code, this.#trace);
    this.#credentials.set(code, credentials);
    return credentials;
  }

  /** Lists of institutions, and the states of institutions. */
  get institutionLists(): InstitutionLists {
    this.#institutionLists ??= new InstitutionLists(this.#cache.institutions, this.#trace);
    return this.#institutionLists;
  }

  #accountsOf(userGuid: string): Promise<UserAccounts> {
    this.#accounts ??= new DataLoader((users) =>
      this.#batch('accounts', () => settle(users, (user) => this.#cache.accounts.read(user, this.#trace))),
    );
    return this.#accounts.load(userGuid);
  }

  #oauthWindowUrls(): DataLoader<MemberKey, string | null, string> {
    this.#oauthWindowUrl ??= this.#perMember('oauthWindowUrl', (own) =>
      this.#cache.oauthWindowUrl(own.userGuid, own.memberGuid, this.#trace),
    );
    return this.#oauthWindowUrl;
  }

  /** A DataLoader that makes one lookup per member. */
  #perMember<V>(of: string, read: (key: MemberKey) => MaybePromise<V>): DataLoader<MemberKey, V, string> {
    return new DataLoader((keys) => this.#batch(of, () => settle(keys, read)), { cacheKeyFn: toCacheKey });
  }

  #batch<T>(of: string, work: () => Promise<T>): Promise<T> {
    return this.#trace ? this.#trace.batch(of, work) : work();
  }

  #mayView(userGuid: string): boolean {
    const isAllowed = mayView(this.#viewer, userGuid);
    if (isAllowed) this.#trace?.noteRead(userGuid);
    return isAllowed;
  }

  #own(key: MemberKey): MemberKey {
    if (this.#mayView(key.userGuid)) return key;
    return { ...key, userGuid: this.#viewer.userGuid ?? '' };
  }
}
