import { ByteRing } from './ring-buffer.js';
import type { KeptBytes } from './ring-buffer.js';
import { createChallengeReads, keyOf } from './challenges.js';
import type { ChallengeCache } from './challenges.js';
import { Freshness } from './read-through-cache.js';
import type { ReadResult } from './read-through-cache.js';
import { InstitutionCache } from './institutions.js';
import type { MaybePromise } from './institutions.js';
import type { Reading } from './encoded-lru.js';
import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure, isMxError } from '../mx/errors.js';
import { parseMemberList } from '../mx/parse.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxChallenge, MxMember } from '../mx/types.js';
import { ObservedMember, stateOf, statesOf } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import type { ReadLeases, SharedWrite } from '../backplane/read-leases.js';
import { RecentWrites } from './recent-writes.js';
import type { Asking, Postponed, Sharing } from './leased-reader.js';
import type { Observation } from '../status/change.js';
import { isUnknownStatus } from '../status/status.js';

export type { MaybePromise } from './institutions.js';

export interface MxCacheOptions {
  readonly client: MxClient;
  /** A status is asked of MX at most once per member in so many milliseconds. */
  readonly freshnessMs: number;
  /** The windows of all instances; null where this one is alone. */
  readonly leases: ReadLeases | null;
  /** Hears of each word that the status table does not list, once. */
  readonly onUnknownStatus: (word: string) => void;
  /** Hears how each read was served. */
  readonly onRead?: (of: 'members' | 'challenges', result: ReadResult) => void;
  /** Hears of each list that this instance has read. */
  readonly onMembers?: (userGuid: string, members: ObservedMembers) => void;
}

/** Hears of all that MX tells of a user's members. */
export type ObservationListener = (userGuid: string, observation: Observation) => void;

const HOUR_MS = 3_600_000;
/** What is kept of MX's lists, for the window and for when MX fails: some 700 full ones, or more short ones. */
const KEPT_BYTES = 16 * 1024 * 1024;
const MAX_KEPT_USERS = 20_000;
/** New words are few; should an upstream go mad, the log must not fill with them. */
const MAX_UNKNOWN_WORDS = 100;

/**
 * All reads of MX that requests share, for the life of the process. Keyed by the user they belong to; the check of
 * who may see what stands above, in `loaders.ts`.
 */
export class MxCache {
  readonly institutions: InstitutionCache;
  readonly #client: MxClient;
  readonly #freshnessMs: number;
  readonly #windows: ReadLeases | null;
  readonly #onUnknownStatus: (word: string) => void;
  readonly #onMembers: MxCacheOptions['onMembers'];
  readonly #answers = new ByteRing(KEPT_BYTES);
  readonly #unknownWords = new Set<string>();
  readonly #members: Freshness<ObservedMembers, KeptBytes>;
  readonly #challenges: ChallengeCache;
  readonly #writes = new RecentWrites();
  #onObserved: ObservationListener = () => undefined;

  constructor(options: MxCacheOptions) {
    const { client, freshnessMs, leases, onRead: onReadOf } = options;
    this.#client = client;
    this.#freshnessMs = freshnessMs;
    this.#windows = leases;
    this.#onUnknownStatus = options.onUnknownStatus;
    this.#onMembers = options.onMembers;
    this.institutions = new InstitutionCache(client);
    this.#members = new Freshness({
      onRead: (result) => onReadOf?.('members', result),
      read: (userGuid, asking) => this.#readMembers(userGuid, asking),
      decode: (userGuid, kept, begunAt) => {
        const text = this.#answers.get(kept);
        return text === undefined ? undefined : this.#observeAll(userGuid, parseMemberList(text), begunAt);
      },
      freshnessMs,
      lastKnownMs: HOUR_MS,
      mayServeLastKnown: (error) => !isMxError(error, 'not_found'),
      max: MAX_KEPT_USERS,
      sharing: leases && this.#sharedMembers(leases),
    });
    const onRead = (result: ReadResult) => onReadOf?.('challenges', result);
    this.#challenges = createChallengeReads({ client, freshnessMs, leases, onRead });
  }

  /** Tells the listener, from now on, of all that MX tells of a user's members. */
  observe(listener: ObservationListener): void {
    this.#onObserved = listener;
  }

  /** One call for all members of a user, at most one per freshness window; the last known ones while MX fails. */
  members(userGuid: string, count: CallCounter | null = null): MaybePromise<ObservedMembers> {
    return this.#members.get(userGuid, count);
  }

  /** The members where that takes neither a call nor waiting. */
  freshMembers(userGuid: string): ObservedMembers | undefined {
    return this.#members.fresh(userGuid);
  }

  /** As `members`, but rejects while MX fails. */
  pollMembers(userGuid: string): Promise<ObservedMembers> {
    return this.#members.poll(userGuid);
  }

  /** The members as MX has them after an instant (milliseconds since 1970); rejects while MX fails. */
  membersAfter(userGuid: string, after: number): Promise<ObservedMembers | Postponed> {
    return this.#members.getAfter(userGuid, after);
  }

  /** The user's members as MX has them now; rejects while MX fails. */
  membersNow(userGuid: string, count: CallCounter | null = null): Promise<ObservedMembers> {
    return this.#members.refresh(userGuid, count);
  }

  /** The member as MX answered to a write at that instant, within a window of its own; else undefined. */
  written(userGuid: string, memberGuid: string, at: number): ObservedMember | undefined {
    return Date.now() < at + this.#freshnessMs ? this.#writes.answerOf(userGuid, memberGuid, at) : undefined;
  }

  challenges(
    userGuid: string,
    memberGuid: string,
    count: CallCounter | null = null,
  ): MaybePromise<readonly MxChallenge[]> {
    return this.#challenges.get(keyOf(userGuid, memberGuid), count);
  }

  /** What the institution asks now; rejects while MX fails. */
  challengesNow(
    userGuid: string,
    memberGuid: string,
    count: CallCounter | null = null,
  ): Promise<readonly MxChallenge[]> {
    return this.#challenges.refresh(keyOf(userGuid, memberGuid), count);
  }

  /** A new address at each call: each is good for one visit. */
  oauthWindowUrl(
    userGuid: string,
    memberGuid: string,
    count: CallCounter | null = null,
  ): Promise<string | null> {
    return this.#client.countedFor(count).readOauthWindowUrl(userGuid, memberGuid);
  }

  /** Ends the windows of a member and its user: what was read of them may be old news. */
  expire(userGuid: string, memberGuid: string): void {
    this.#members.expire(userGuid);
    this.expireChallenges(userGuid, memberGuid);
  }

  expireChallenges(userGuid: string, memberGuid: string): void {
    this.#challenges.expire(keyOf(userGuid, memberGuid));
  }

  /** Takes what MX answered to a write for the truth, and ends the windows of the member and its user. */
  async record(userGuid: string, member: MxMember): Promise<ObservedMember> {
    const at = await this.#noteWrite(userGuid, member.guid, member);
    return this.#observe(userGuid, member, at);
  }

  /** Takes a member for deleted, and ends the windows of the member and its user. */
  async recordDeleted(userGuid: string, memberGuid: string): Promise<void> {
    await this.#noteWrite(userGuid, memberGuid, null);
  }

  async #noteWrite(userGuid: string, memberGuid: string, member: MxMember | null): Promise<number> {
    const text = member && JSON.stringify(member);
    const shared = this.#windows?.noteWrite(userGuid, { memberGuid, member: text });
    // Where the others cannot be told, they will see it in MX's list as soon as that has heard of it.
    const at = (await shared?.catch(() => undefined)) ?? Date.now();
    const observed = member && this.#observe(userGuid, member, at);
    this.#writes.note(userGuid, memberGuid, { member: observed, at });
    this.expire(userGuid, memberGuid);
    const states = new Map([[memberGuid, observed && stateOf(observed)]]);
    this.#onObserved(userGuid, { cause: 'MUTATION', observedAt: at, states, isWhole: false });
    return at;
  }

  async #readMembers(
    userGuid: string,
    { begunAt, isForHint, count }: Asking,
  ): Promise<Reading<ObservedMembers, KeptBytes>> {
    const { members, bytes } = await this.#client.countedFor(count).listMembers(userGuid);
    const value = this.#observeAll(userGuid, members, begunAt);
    this.#onMembers?.(userGuid, value);
    const cause = isForHint ? 'WEBHOOK' : 'POLL';
    this.#onObserved(userGuid, { cause, observedAt: begunAt, states: statesOf(value), isWhole: true });
    return { value, encoded: this.#answers.put(bytes) };
  }

  #sharedMembers(windows: ReadLeases): Sharing<ObservedMembers, KeptBytes> {
    return {
      windows,
      toFailure: encodeFailure,
      fromFailure: decodeFailure,
      toText: ({ encoded }) => (encoded && this.#answers.get(encoded)) ?? '',
      fromText: (userGuid, text, begunAt) => ({
        value: this.#observeAll(userGuid, parseMemberList(text), begunAt),
        encoded: this.#answers.put(Buffer.from(text)),
      }),
      onWrites: (userGuid, writes) => this.#noteOthersWrites(userGuid, writes),
    };
  }

  #noteOthersWrites(userGuid: string, writes: readonly SharedWrite[]): void {
    for (const { memberGuid, member, at } of writes) {
      const mx = member === null ? null : (JSON.parse(member) as MxMember);
      this.#writes.note(userGuid, memberGuid, { member: mx && this.#observe(userGuid, mx, at), at });
    }
  }

  #observeAll(userGuid: string, members: readonly MxMember[], observedAt: number): ObservedMembers {
    const observed = new Map<string, ObservedMember>();
    for (const member of members) observed.set(member.guid, this.#observe(userGuid, member, observedAt));
    this.#writes.applyTo(observed, userGuid, observedAt);
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
