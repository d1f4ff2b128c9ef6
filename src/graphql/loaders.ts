import DataLoader from 'dataloader';

import { mayView } from '../auth.js';
import type { Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import type { ChangeLog, ChangeFeed } from '../live/change-feed.js';
import { INSTITUTIONS_PER_PAGE } from '../mx/client.js';
import type { MxChallenge, MxCredential, MxInstitution, MxInstitutionPage } from '../mx/types.js';
import type { ObservedMember, ObservedMembers } from '../status/observed-member.js';
import type { MaybePromise } from '../cache/cache.js';
import type { MxCache } from '../cache/mx-cache.js';
import type { OperationTrace } from '../telemetry/operation.js';

/** A user by guid: all that a resolver of `User` needs. */
export interface UserRef {
  readonly guid: string;
}

/** A member by its owner and its guid: MX knows members only within their user. */
export interface MemberKey {
  readonly userGuid: string;
  readonly memberGuid: string;
}

/** Some rows of a longer list. */
export interface InstitutionRows {
  readonly rows: readonly MxInstitution[];
  readonly total: number;
}

const toCacheKey = ({ userGuid, memberGuid }: MemberKey) => `${userGuid}/${memberGuid}`;

/** Runs one lookup per key; a failed one is an `Error` in its place, so that it fails alone. */
async function settle<K, V>(keys: readonly K[], read: (key: K) => MaybePromise<V>): Promise<(V | Error)[]> {
  const settled = await Promise.allSettled(keys.map(async (key) => read(key)));
  return settled.map((end) => (end.status === 'fulfilled' ? end.value : toError(end.reason)));
}

function toError(reason: unknown): Error {
  return reason instanceof Error ? reason : new Error('A lookup failed.', { cause: reason });
}

/** Looks the members up with one list call per user, however many of them are wanted. */
async function batchMembers(
  keys: readonly MemberKey[],
  listMembers: (userGuid: string) => MaybePromise<ObservedMembers>,
): Promise<(ObservedMember | null | Error)[]> {
  const users = [...new Set(keys.map((key) => key.userGuid))];
  const lists = await settle(users, listMembers);
  const listOf = new Map(users.map((user, index) => [user, lists[index]]));
  return keys.map(({ userGuid, memberGuid }) => {
    const list = listOf.get(userGuid);
    return list instanceof Error ? list : (list?.get(memberGuid) ?? null);
  });
}

/** Cuts rows out of MX's pages; at most a page long, they lie on two pages at most. */
async function readInstitutionRows(
  readPage: (page: number) => MaybePromise<MxInstitutionPage>,
  { start, length }: { start: number; length: number },
): Promise<InstitutionRows> {
  const first = Math.floor(start / INSTITUTIONS_PER_PAGE);
  const page = await readPage(first + 1);
  const offset = start - first * INSTITUTIONS_PER_PAGE;
  const isOver = offset + length > INSTITUTIONS_PER_PAGE && page.total > (first + 1) * INSTITUTIONS_PER_PAGE;
  const next = isOver ? await readPage(first + 2) : null;
  const rows = [...page.institutions, ...(next?.institutions ?? [])].slice(offset, offset + length);
  return { rows, total: page.total };
}

/**
 * The lookups of one operation on behalf of one viewer, or of one event of a subscription; never kept longer. Every
 * path to a member leads through here, so this is where the check stands. A key of somebody else's is looked up among
 * the viewer's own members: it is not found there, after the same work and with the same answer as a member that does
 * not exist. What an operation does not ask for is not even set up.
 */
export class Loaders {
  readonly #cache: MxCache;
  readonly #changeFeed: ChangeFeed;
  readonly #viewer: Viewer;
  /** The operation as it is followed: it counts its calls, and is told of what support reads. */
  readonly #trace: OperationTrace | null;
  #members: DataLoader<string, ObservedMembers> | undefined;
  #member: DataLoader<MemberKey, ObservedMember | null, string> | undefined;
  #changeLogs: DataLoader<string, ChangeLog> | undefined;
  #challenges: DataLoader<MemberKey, readonly MxChallenge[], string> | undefined;
  #oauthWindowUrl: DataLoader<MemberKey, string | null, string> | undefined;
  /** A page of members asks for the same few institutions over and over, most often for ones that are known. */
  #institutions: Map<string, MaybePromise<MxInstitution>> | undefined;

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

  /** Rejects with FORBIDDEN for another's members. */
  members(userGuid: string): Promise<ObservedMembers> {
    if (!this.#mayView(userGuid)) return Promise.reject(new ApiError('FORBIDDEN'));
    this.#members ??= new DataLoader((users) =>
      this.#batch('members', () => settle(users, (user) => this.#cache.members(user, this.#trace))),
    );
    return this.#members.load(userGuid);
  }

  /** Null where there is no such member among those that the viewer may see. */
  member(key: MemberKey): Promise<ObservedMember | null> {
    this.#member ??= new DataLoader(
      (keys) =>
        this.#batch('member', () => batchMembers(keys, (user) => this.#cache.members(user, this.#trace))),
      { cacheKeyFn: toCacheKey },
    );
    return this.#member.load(this.#own(key));
  }

  /**
   * The member that an observation of that instant is told of: once per event, most often right after its list was
   * read. An observation that is MX's answer to a write has the member in it, and takes no list.
   */
  memberSeen(key: MemberKey, at: number): MaybePromise<ObservedMember | null> {
    const { userGuid, memberGuid } = this.#own(key);
    const written = this.#cache.written(userGuid, memberGuid, at);
    return written ?? this.#cache.freshMembers(userGuid)?.get(memberGuid) ?? this.member(key);
  }

  /** All of a user's members share one; rejects with FORBIDDEN for another's. */
  changeLog(userGuid: string): Promise<ChangeLog> {
    if (!this.#mayView(userGuid)) return Promise.reject(new ApiError('FORBIDDEN'));
    this.#changeLogs ??= new DataLoader((users) =>
      this.#batch('changes', () => settle(users, (user) => this.#changeFeed.changeLog(user))),
    );
    return this.#changeLogs.load(userGuid);
  }

  challenges(key: MemberKey): Promise<readonly MxChallenge[]> {
    this.#challenges ??= this.#perMember('challenges', (own) =>
      this.#cache.challenges(own.userGuid, own.memberGuid, this.#trace),
    );
    return this.#challenges.load(this.#own(key));
  }

  oauthWindowUrl(key: MemberKey): Promise<string | null> {
    return this.#oauthWindowUrls().load(this.#own(key));
  }

  /** Spares the operation a call where MX gave the address along with the member. */
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
    return this.#cache.institutions.credentials(code, this.#trace);
  }

  /** `length` institutions, at most a page of MX's, from number `start` on. */
  institutions(search: string, start: number, length: number): Promise<InstitutionRows> {
    const readPage = (page: number) => this.#cache.institutions.page(search, page, this.#trace);
    return readInstitutionRows(readPage, { start, length });
  }

  #oauthWindowUrls(): DataLoader<MemberKey, string | null, string> {
    this.#oauthWindowUrl ??= this.#perMember('oauthWindowUrl', (own) =>
      this.#cache.oauthWindowUrl(own.userGuid, own.memberGuid, this.#trace),
    );
    return this.#oauthWindowUrl;
  }

  /** A DataLoader whose keys are members, one lookup each. */
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
