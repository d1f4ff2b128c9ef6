import { LRUCache } from 'lru-cache';

import { ByteRing } from './byte-ring.js';
import type { KeptBytes } from './byte-ring.js';
import { Freshness } from './freshness.js';
import type { MxClient } from './mx/client.js';
import { isMxError } from './mx/errors.js';
import { parseMemberList } from './mx/parse.js';
import type { MxChallenge, MxCredential, MxInstitution, MxInstitutionPage, MxMember } from './mx/types.js';
import { ObservedMember } from './observed-member.js';
import type { ObservedMembers } from './observed-member.js';
import { isUnknownStatus } from './status/status.js';

/** At once where nothing needs to be asked, which spares a turn of the event loop per field. */
export type MaybePromise<T> = T | Promise<T>;

/** What MX was made to do: the member as its answer had it, or null for one that was deleted. */
interface Write {
  readonly member: ObservedMember | null;
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
}

export interface ReadsOptions {
  readonly client: MxClient;
  /** A status is asked of MX at most once per member in so many milliseconds. */
  readonly freshnessMs: number;
  /** Hears of each word that the status table does not list, once. */
  readonly onUnknownStatus: (word: string) => void;
}

const SECOND_MS = 1_000;
const MINUTE_MS = 60 * SECOND_MS;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** What is kept of MX's lists, for the window and for when MX fails: some 700 full ones, or more short ones. */
const KEPT_BYTES = 16 * 1024 * 1024;
const MAX_KEPT_USERS = 20_000;
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
    // Else the cache looks at the clock, and sets a timer, at each millisecond in which it is asked.
    ttlResolution: SECOND_MS,
    // lru-cache's own way to serve what is stale swallows the error where nothing is.
    fetchMethod: (key, known, { options }) =>
      read(key).catch((error: unknown) => {
        if (known === undefined || isMxError(error, 'not_found')) throw error;
        options.ttl = MINUTE_MS;
        return known;
      }),
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
  readonly #answers = new ByteRing(KEPT_BYTES);
  readonly #unknownWords = new Set<string>();
  readonly #members: Freshness<ObservedMembers, KeptBytes>;
  readonly #challenges: Freshness<readonly MxChallenge[], readonly MxChallenge[]>;
  readonly #institutions: LRUCache<string, MxInstitution>;
  readonly #credentials: LRUCache<string, readonly MxCredential[]>;
  readonly #institutionPages: LRUCache<string, MxInstitutionPage>;
  /** Members just made (or, as null, deleted) by user and guid, which a list of MX's may not yet have heard of. */
  readonly #written = new LRUCache<string, Map<string, Write>>({
    max: MAX_CHALLENGED,
    ttl: WRITE_SETTLES_MS,
  });

  constructor({ client, freshnessMs, onUnknownStatus }: ReadsOptions) {
    this.#client = client;
    this.#onUnknownStatus = onUnknownStatus;
    this.#members = new Freshness({
      read: async (userGuid, begunAt) => {
        const { members, bytes } = await client.listMembers(userGuid);
        return { value: this.#observeAll(userGuid, members, begunAt), encoded: this.#answers.put(bytes) };
      },
      decode: (userGuid, kept, begunAt) => {
        const text = this.#answers.get(kept);
        return text === undefined ? undefined : this.#observeAll(userGuid, parseMemberList(text), begunAt);
      },
      freshnessMs,
      lastKnownMs: HOUR_MS,
      mayServeLastKnown: (error) => !isMxError(error, 'not_found'),
      max: MAX_KEPT_USERS,
    });
    this.#challenges = new Freshness<readonly MxChallenge[], readonly MxChallenge[]>({
      read: async (key) => {
        const [userGuid = '', memberGuid = ''] = key.split('/');
        const challenges = await client.listChallenges(userGuid, memberGuid);
        return { value: challenges, encoded: challenges };
      },
      decode: (_, challenges) => challenges,
      freshnessMs,
      lastKnownMs: 0,
      // A question that may have been answered since is no help to anybody.
      mayServeLastKnown: () => false,
      max: MAX_CHALLENGED,
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
    const ofUser = this.#written.get(userGuid) ?? new Map<string, Write>();
    this.#written.set(userGuid, ofUser.set(memberGuid, { member: written, at: Date.now() }));
    this.#members.expire(userGuid);
    this.#challenges.expire(`${userGuid}/${memberGuid}`);
  }

  #observeAll(userGuid: string, members: readonly MxMember[], observedAt: number): ObservedMembers {
    const observed = new Map<string, ObservedMember>();
    for (const member of members) observed.set(member.guid, this.#observe(userGuid, member, observedAt));
    const written = this.#written.get(userGuid);
    if (written) applyWrites(observed, written, observedAt);
    return observed;
  }

  #observe(userGuid: string, member: MxMember, observedAt: number): ObservedMember {
    this.#noteUnknown(member.connection_status);
    return new ObservedMember(userGuid, member, observedAt);
  }

  #noteUnknown(word: string | null): void {
    const told = this.#unknownWords;
    if (word === null || !isUnknownStatus(word) || told.has(word) || told.size >= MAX_UNKNOWN_WORDS) return;
    told.add(word);
    this.#onUnknownStatus(word);
  }
}

/**
 * Brings a list up to what has been written since. A list that was asked for after the write and has heard of it knows
 * better than the answer to the write does: the write is then forgotten.
 */
function applyWrites(
  members: Map<string, ObservedMember>,
  writes: Map<string, Write>,
  observedAt: number,
): void {
  for (const [guid, { member, at }] of writes) {
    if (observedAt >= at && members.has(guid) === (member !== null)) writes.delete(guid);
    else if (member === null) members.delete(guid);
    else members.set(guid, member);
  }
}
