import { LRUCache } from 'lru-cache';

import { Freshness } from './freshness.js';
import type { MxClient } from './mx/client.js';
import { isMxError } from './mx/errors.js';
import type { MxChallenge, MxCredential, MxInstitution, MxInstitutionPage, MxMember } from './mx/types.js';
import { isUnknownStatus, viewOf } from './status/status.js';
import type { MemberView } from './status/status.js';

/** At once where nothing needs to be asked, which spares a turn of the event loop per field. */
export type MaybePromise<T> = T | Promise<T>;

/** A member as MX sent it, whose it is, how it reads, and when MX was asked. */
export interface ObservedMember {
  readonly userGuid: string;
  readonly member: MxMember;
  readonly view: MemberView;
  /** Milliseconds since 1970. */
  readonly observedAt: number;
}

/** One user's members by guid, in MX's order. */
export type ObservedMembers = ReadonlyMap<string, ObservedMember>;

export interface ReadsOptions {
  readonly client: MxClient;
  /** A status is asked of MX at most once per member in so many milliseconds. */
  readonly freshnessMs: number;
  /** Hears of each word that the status table does not list, once. */
  readonly onUnknownStatus: (word: string) => void;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
/** Members kept, of all users together: about 50 MiB. */
const MAX_MEMBERS = 40_000;
const MAX_CHALLENGED = 10_000;
const MAX_INSTITUTIONS = 5_000;
const MAX_INSTITUTION_PAGES = 500;
/** New words are few; should an upstream go mad, the log must not fill with them. */
const MAX_UNKNOWN_WORDS = 100;
/** MX's lists may lag so far behind a create or a delete; till then the write is believed, not the list. */
const WRITE_SETTLES_MS = 10_000;

function createDayCache<V extends object>(max: number, read: (key: string) => Promise<V>) {
  return new LRUCache<string, V>({
    max,
    ttl: DAY_MS,
    fetchMethod: read,
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    noDeleteOnStaleGet: true,
  });
}

function readThrough<V extends object>(cache: LRUCache<string, V>, key: string): MaybePromise<V> {
  return cache.get(key) ?? cache.forceFetch(key);
}

/**
 * All reads of MX that requests share, for the life of the process. Keyed by the user they belong to; the check of
 * who may see what stands above, in `loaders.ts`.
 */
export class Reads {
  readonly #client: MxClient;
  readonly #onUnknownStatus: (word: string) => void;
  readonly #unknownWords = new Set<string>();
  readonly #members: Freshness<ObservedMembers>;
  readonly #challenges: Freshness<readonly MxChallenge[]>;
  readonly #institutions: LRUCache<string, MxInstitution>;
  readonly #credentials: LRUCache<string, readonly MxCredential[]>;
  readonly #institutionPages: LRUCache<string, MxInstitutionPage>;
  /** Members just made (or, as null, deleted) by user and guid, which a list of MX's may not yet have heard of. */
  readonly #written = new LRUCache<string, Map<string, ObservedMember | null>>({
    max: MAX_CHALLENGED,
    ttl: WRITE_SETTLES_MS,
  });

  constructor({ client, freshnessMs, onUnknownStatus }: ReadsOptions) {
    this.#client = client;
    this.#onUnknownStatus = onUnknownStatus;
    this.#members = new Freshness<ObservedMembers>({
      read: (userGuid, begunAt) => this.#listMembers(userGuid, begunAt),
      freshnessMs,
      lastKnownMs: HOUR_MS,
      mayServeLastKnown: (error) => !isMxError(error, 'not_found'),
      maxSize: MAX_MEMBERS,
      sizeOf: (ofUser) => ofUser.size,
    });
    this.#challenges = new Freshness<readonly MxChallenge[]>({
      read: (key) => {
        const [userGuid = '', memberGuid = ''] = key.split('/');
        return client.listChallenges(userGuid, memberGuid);
      },
      freshnessMs,
      lastKnownMs: 0,
      // A question that may have been answered since is no help to anybody.
      mayServeLastKnown: () => false,
      maxSize: MAX_CHALLENGED,
      sizeOf: () => 1,
    });
    this.#institutions = createDayCache(MAX_INSTITUTIONS, (code) => client.readInstitution(code));
    this.#credentials = createDayCache<readonly MxCredential[]>(MAX_INSTITUTIONS, (code) =>
      client.listInstitutionCredentials(code),
    );
    this.#institutionPages = createDayCache(MAX_INSTITUTION_PAGES, (key) => {
      const { search, page } = JSON.parse(key) as { search: string; page: number };
      return client.listInstitutions(search, page);
    });
  }

  /** One call for all members of a user, at most one per freshness window; the last known ones while MX fails. */
  members(userGuid: string): MaybePromise<ObservedMembers> {
    return this.#members.get(userGuid);
  }

  /** The user's members as MX has them now; rejects while MX fails. */
  membersNow(userGuid: string): Promise<ObservedMembers> {
    return this.#members.refresh(userGuid);
  }

  challenges(userGuid: string, memberGuid: string): MaybePromise<readonly MxChallenge[]> {
    return this.#challenges.get(`${userGuid}/${memberGuid}`);
  }

  /** What the institution asks now; rejects while MX fails. */
  challengesNow(userGuid: string, memberGuid: string): Promise<readonly MxChallenge[]> {
    return this.#challenges.refresh(`${userGuid}/${memberGuid}`);
  }

  /** A new address at each call: each is good for one visit. */
  oauthWindowUrl(userGuid: string, memberGuid: string): Promise<string | null> {
    return this.#client.readOauthWindowUrl(userGuid, memberGuid);
  }

  /** At once when it is known, which it is for a day. */
  institution(code: string): MaybePromise<MxInstitution> {
    return readThrough(this.#institutions, code);
  }

  institutionCredentials(code: string): MaybePromise<readonly MxCredential[]> {
    return readThrough(this.#credentials, code);
  }

  /** One page, from 1, of the institutions whose name has the words in it; known for a day. */
  institutionPage(search: string, page: number): MaybePromise<MxInstitutionPage> {
    const words = search.trim().toLowerCase();
    return readThrough(this.#institutionPages, JSON.stringify({ search: words, page }));
  }

  /** Takes what MX answered to a write for the truth, and ends the windows of the member and its user. */
  record(userGuid: string, member: MxMember): ObservedMember {
    const observed = this.#observe(userGuid, member, Date.now());
    this.#noteWrite(userGuid, member.guid, observed);
    return observed;
  }

  /** Takes a member for deleted, and ends the windows of the member and its user. */
  recordDeleted(userGuid: string, memberGuid: string): void {
    this.#noteWrite(userGuid, memberGuid, null);
  }

  #noteWrite(userGuid: string, memberGuid: string, written: ObservedMember | null): void {
    const ofUser = this.#written.get(userGuid) ?? new Map<string, ObservedMember | null>();
    this.#written.set(userGuid, ofUser.set(memberGuid, written));
    this.#members.amend(userGuid, (known) => withWritten(known, new Map([[memberGuid, written]])));
    this.#members.expire(userGuid);
    this.#challenges.expire(`${userGuid}/${memberGuid}`);
  }

  async #listMembers(userGuid: string, begunAt: number): Promise<ObservedMembers> {
    const listed = await this.#client.listMembers(userGuid);
    const observed = new Map(listed.map((member) => [member.guid, this.#observe(userGuid, member, begunAt)]));
    const written = this.#written.get(userGuid);
    if (!written) return observed;
    // What the list has heard of it knows better than the answer to the write does.
    for (const [guid, member] of written) if (observed.has(guid) === (member !== null)) written.delete(guid);
    return withWritten(observed, written);
  }

  #observe(userGuid: string, member: MxMember, observedAt: number): ObservedMember {
    this.#noteUnknown(member.connection_status);
    return { userGuid, member, view: viewOf(member), observedAt };
  }

  #noteUnknown(word: string | null): void {
    const told = this.#unknownWords;
    if (word === null || !isUnknownStatus(word) || told.has(word) || told.size >= MAX_UNKNOWN_WORDS) return;
    told.add(word);
    this.#onUnknownStatus(word);
  }
}

/** A list with what has been written since: deleted members out, made and changed ones in. */
function withWritten(
  listed: ObservedMembers,
  written: ReadonlyMap<string, ObservedMember | null>,
): ObservedMembers {
  const members = new Map(listed);
  for (const [guid, member] of written) {
    if (member === null) members.delete(guid);
    else members.set(guid, member);
  }
  return members;
}
