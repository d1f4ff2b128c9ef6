import DataLoader from 'dataloader';

import { mayView } from './auth.js';
import type { Viewer } from './auth.js';
import { ApiError } from './errors.js';
import { INSTITUTIONS_PER_PAGE } from './mx/client.js';
import type { MxChallenge, MxCredential, MxInstitution } from './mx/types.js';
import type { MaybePromise, ObservedMember, ObservedMembers, Reads } from './reads.js';

/** A user by guid: all that a resolver of `User` needs. */
export interface UserRef {
  readonly guid: string;
}

/** A member by its owner and its guid: MX knows members only within their user. */
export interface MemberKey {
  readonly userGuid: string;
  readonly memberGuid: string;
}

/** The lookups of one operation, or of one event of a subscription; never kept longer. */
export interface Loaders {
  members(userGuid: string): Promise<ObservedMembers>;
  /** Null where there is no such member among those that the viewer may see. */
  member(key: MemberKey): Promise<ObservedMember | null>;
  challenges(key: MemberKey): Promise<readonly MxChallenge[]>;
  oauthWindowUrl(key: MemberKey): Promise<string | null>;
  institution(code: string): MaybePromise<MxInstitution>;
  institutionCredentials(code: string): MaybePromise<readonly MxCredential[]>;
  institutions(search: string, start: number, length: number): Promise<InstitutionRows>;
  /** Spares the operation a call where MX gave the address along with the member. */
  primeOauthWindowUrl(member: ObservedMember | null): void;
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
  reads: Reads,
  search: string,
  { start, length }: { start: number; length: number },
): Promise<InstitutionRows> {
  const first = Math.floor(start / INSTITUTIONS_PER_PAGE);
  const page = await reads.institutionPage(search, first + 1);
  const offset = start - first * INSTITUTIONS_PER_PAGE;
  const isOver = offset + length > INSTITUTIONS_PER_PAGE && page.total > (first + 1) * INSTITUTIONS_PER_PAGE;
  const next = isOver ? await reads.institutionPage(search, first + 2) : null;
  const rows = [...page.institutions, ...(next?.institutions ?? [])].slice(offset, offset + length);
  return { rows, total: page.total };
}

/**
 * Builds the lookups of one operation on behalf of one viewer. Every path to a member leads through here, so this is
 * where the check stands. A key of somebody else's is looked up among the viewer's own members: it is not found
 * there, after the same work and with the same answer as a member that does not exist.
 */
export function createLoaders(reads: Reads, viewer: Viewer): Loaders {
  const isOwn = (userGuid: string) => mayView(viewer, userGuid);
  const ownKey = (key: MemberKey): MemberKey =>
    isOwn(key.userGuid) ? key : { ...key, userGuid: viewer.userGuid ?? '' };
  const keyed = { cacheKeyFn: toCacheKey };

  const members = new DataLoader<string, ObservedMembers>((users) =>
    settle(users, (user) => reads.members(user)),
  );
  const member = new DataLoader<MemberKey, ObservedMember | null, string>(
    (keys) => batchMembers(keys, (user) => reads.members(user)),
    keyed,
  );
  const challenges = new DataLoader<MemberKey, readonly MxChallenge[], string>(
    (keys) => settle(keys, (key) => reads.challenges(key.userGuid, key.memberGuid)),
    keyed,
  );
  const oauthWindowUrl = new DataLoader<MemberKey, string | null, string>(
    (keys) => settle(keys, (key) => reads.oauthWindowUrl(key.userGuid, key.memberGuid)),
    keyed,
  );

  return {
    members: (userGuid) =>
      isOwn(userGuid) ? members.load(userGuid) : Promise.reject(new ApiError('FORBIDDEN')),
    member: (key) => member.load(ownKey(key)),
    challenges: (key) => challenges.load(ownKey(key)),
    oauthWindowUrl: (key) => oauthWindowUrl.load(ownKey(key)),
    institution: (code) => reads.institution(code),
    institutionCredentials: (code) => reads.institutionCredentials(code),
    institutions: (search, start, length) => readInstitutionRows(reads, search, { start, length }),
    primeOauthWindowUrl(primed) {
      const url = primed?.member.oauth_window_uri;
      if (primed && url)
        oauthWindowUrl.prime({ userGuid: primed.userGuid, memberGuid: primed.member.guid }, url);
    },
  };
}
