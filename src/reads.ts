import { LRUCache } from 'lru-cache';

import { Freshness } from './freshness.js';
import type { MxClient } from './mx/client.js';
import { isMxError } from './mx/errors.js';
import type { MxChallenge, MxCredential, MxInstitution, MxMember } from './mx/types.js';
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

/**
 * All reads of MX that requests share, for the life of the process. Keyed by the user they belong to; the check of
 * who may see what stands above, in `loaders.ts`.
 */
export interface Reads {
  /** One call for all members of a user, at most one per freshness window; the last known ones while MX fails. */
  members(userGuid: string): MaybePromise<ObservedMembers>;
  challenges(userGuid: string, memberGuid: string): MaybePromise<readonly MxChallenge[]>;
  /** A new address at each call: each is good for one visit. */
  oauthWindowUrl(userGuid: string, memberGuid: string): Promise<string | null>;
  /** At once when it is known, which it is for a day. */
  institution(code: string): MaybePromise<MxInstitution>;
  institutionCredentials(code: string): MaybePromise<readonly MxCredential[]>;
}

export interface ReadsOptions {
  readonly client: MxClient;
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
/** New words are few; should an upstream go mad, the log must not fill with them. */
const MAX_UNKNOWN_WORDS = 100;

function createDayCache<V extends object>(read: (code: string) => Promise<V>) {
  return new LRUCache<string, V>({
    max: MAX_INSTITUTIONS,
    ttl: DAY_MS,
    fetchMethod: (code) => read(code),
    allowStaleOnFetchRejection: true,
    noDeleteOnFetchRejection: true,
    noDeleteOnStaleGet: true,
  });
}

async function fetchFrom<V extends object>(cache: LRUCache<string, V>, code: string): Promise<V> {
  const value = await cache.fetch(code);
  if (value === undefined) throw new Error(`The read of institution data for one code was dropped.`);
  return value;
}

function createObserver(onUnknownStatus: (word: string) => void) {
  const told = new Set<string>();

  function noteUnknown(word: string | null): void {
    if (word === null || !isUnknownStatus(word) || told.has(word) || told.size >= MAX_UNKNOWN_WORDS) return;
    told.add(word);
    onUnknownStatus(word);
  }

  return (userGuid: string, member: MxMember, observedAt: number): ObservedMember => {
    noteUnknown(member.connection_status);
    return { userGuid, member, view: viewOf(member), observedAt };
  };
}

/** Builds the reads that all requests of a process share. */
export function createReads({ client, freshnessMs, onUnknownStatus }: ReadsOptions): Reads {
  const observe = createObserver(onUnknownStatus);

  const members = new Freshness<ObservedMembers>({
    async read(userGuid, begunAt) {
      const listed = await client.listMembers(userGuid);
      return new Map(listed.map((member) => [member.guid, observe(userGuid, member, begunAt)]));
    },
    freshnessMs,
    lastKnownMs: HOUR_MS,
    mayServeLastKnown: (error) => !isMxError(error, 'not_found'),
    maxSize: MAX_MEMBERS,
    sizeOf: (ofUser) => ofUser.size,
  });

  const challenges = new Freshness<readonly MxChallenge[]>({
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

  const institutions = createDayCache((code) => client.readInstitution(code));
  const credentials = createDayCache((code) => client.listInstitutionCredentials(code));

  return {
    members: (userGuid) => members.get(userGuid),
    challenges: (userGuid, memberGuid) => challenges.get(`${userGuid}/${memberGuid}`),
    oauthWindowUrl: (userGuid, memberGuid) => client.readOauthWindowUrl(userGuid, memberGuid),
    institution: (code) => institutions.get(code) ?? fetchFrom(institutions, code),
    institutionCredentials: (code) => credentials.get(code) ?? fetchFrom(credentials, code),
  };
}
