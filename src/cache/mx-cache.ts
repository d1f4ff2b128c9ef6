import { STEADY_CLOCK } from '../clock.js';
import type { ReadClock } from '../clock.js';
import type { ReadLeases, SharedWrite } from '../backplane/read-leases.js';
import type { MxClient } from '../mx/client.js';
import { decodeFailure, encodeFailure, isMxError } from '../mx/errors.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxForeignRow, MxMember } from '../mx/types.js';
import type { Observation } from '../status/observation.js';
import { MemberList, ObservedMember } from '../status/observed-member.js';
import type { ObservedMembers } from '../status/observed-member.js';
import { DEFAULT_FRESHNESS_LIMITS } from '../status/freshness.js';
import type { FreshnessLimits } from '../status/freshness.js';
import { AccountCache } from './accounts.js';
import { Cache } from './cache.js';
import type { Loaded, MaybePromise, ReadResult } from './cache.js';
import { ChallengeCache } from './challenges.js';
import type { ReadContext } from './entry.js';
import { InstitutionCache } from './institutions.js';
import type { Deferred } from './leases.js';
import { decodeReading, encodeReading, hasNewData } from './member-list.js';
import type { MemberReading, SharedReading } from './member-list.js';
import { MemberReader } from './member-reader.js';
import { RecentWrites } from './recent-writes.js';
import { reportUnknownStatuses } from './unknown-statuses.js';

export interface MxCacheOptions {
  readonly client: MxClient;
  /** How long members and challenges are fresh, in milliseconds. MX asks for at least 3,000. */
  readonly freshnessMs: number;
  /** From which age on the data of members is late or stale. Defaults to `DEFAULT_FRESHNESS_LIMITS`. */
  readonly limits?: FreshnessLimits;
  /** Shared with other instances; null if there are none. */
  readonly leases: ReadLeases | null;
  /** Called once for each status that is not in the table. */
  readonly onUnknownStatus: (status: string) => void;
  /** Called once for each row of another user that MX has put into a user's list. */
  readonly onForeignRow?: (userGuid: string, row: MxForeignRow) => void;
  /** Called for each read with how it was served. */
  readonly onRead?: (cache: 'members' | 'challenges' | 'accounts', result: ReadResult) => void;
  /** Called with each list of members that this instance reads from MX. */
  readonly onMembers?: (userGuid: string, members: ObservedMembers) => void;
}

/** Called with each observation of a user's members: those that a list shows, or the one that a write was about. */
export type ObservationListener = (userGuid: string, observation: Observation) => void;

/** How old a list of members may be to be served while MX fails. */
const STALE_IF_ERROR_MS = 3_600_000;
/** Some 700 lists of 25 members. */
const MAX_MEMBERS_BYTES = 16 * 1024 * 1024;

/** What a reading says about the states of members. Those that it omits are not among them. */
function toStates(
  members: ObservedMembers,
  { isWhole, hasMissing, gone }: MemberReading,
  startedAt: number,
): Pick<Observation, 'states' | 'coverage'> {
  const states = new Map<string, ObservedMember['state'] | null>(gone.map((guid) => [guid, null]));
  const isAll = isWhole && !hasMissing;
  for (const [guid, member] of members)
    if (isAll || member.observedMs >= startedAt) states.set(guid, member.state);
  return { states, coverage: isAll ? 'ALL' : 'SOME' };
}

/**
 * Process-wide cache of MX data, keyed by user. It performs no authorization: `Loaders` does, before it calls this
 * class.
 */
export class MxCache {
  readonly institutions: InstitutionCache;
  readonly challenges: ChallengeCache;
  readonly accounts: AccountCache;
  /** The clock of all times at which members were observed. */
  readonly clock: ReadClock;
  readonly #options: MxCacheOptions;
  readonly #members: Cache<ObservedMembers>;
  readonly #writes = new RecentWrites();
  readonly #reader: MemberReader;
  readonly #reportIfUnknown: (status: string | null) => void;
  #onObservation: ObservationListener = () => undefined;

  constructor(options: MxCacheOptions) {
    const { client, freshnessMs: ttlMs, leases, onRead } = options;
    this.#options = options;
    this.#reportIfUnknown = reportUnknownStatuses(options.onUnknownStatus);
    this.clock = leases ? { now: () => leases.localNow(), toWallTime: (ms) => ms } : STEADY_CLOCK;
    this.institutions = new InstitutionCache(client);
    this.accounts = new AccountCache({ client, ttlMs, leases, onRead: (r) => onRead?.('accounts', r) });
    this.challenges = new ChallengeCache({
      client,
      ttlMs,
      leases,
      onRead: (result) => onRead?.('challenges', result),
      onObservation: (userGuid, observation) => this.#onObservation(userGuid, observation),
    });
    this.#reader = new MemberReader({ ...options, writes: this.#writes });
    this.#members = new Cache({
      read: (userGuid, context) => this.#readMembers(userGuid, context),
      decode: (userGuid, bytes, startedAt) =>
        this.#observeList(userGuid, decodeReading(bytes, startedAt), startedAt),
      ttlMs,
      staleIfErrorMs: STALE_IF_ERROR_MS,
      canServeStale: (error) => !isMxError(error, 'not_found'),
      maxBytes: MAX_MEMBERS_BYTES,
      sharing: leases && {
        leases,
        encodeFailure,
        decodeFailure,
        onWrites: (userGuid, writes) => this.#addWritesOfOthers(userGuid, writes),
      },
      onRead: (result) => onRead?.('members', result),
    });
  }

  /** Sets the listener that each further observation is passed to. */
  observe(listener: ObservationListener): void {
    this.#onObservation = listener;
  }

  /** A user's members: read at most once per TTL, in one request; the last known ones while MX fails. */
  members(userGuid: string, counter: CallCounter | null = null): MaybePromise<ObservedMembers> {
    return this.#members.get(userGuid, counter);
  }

  /** The members if they are cached and fresh. */
  freshMembers(userGuid: string): ObservedMembers | undefined {
    return this.#members.peekFresh(userGuid);
  }

  /** The members as this instance has read them at or after an instant, however long ago that was. */
  membersSince(userGuid: string, at: number): ObservedMembers | undefined {
    const entry = this.#members.peekEntry(userGuid);
    if (!entry || entry.startedAt < at) return undefined;
    return this.#observeList(userGuid, decodeReading(entry.bytes, entry.startedAt), entry.startedAt);
  }

  /** As `members`, but rejects while MX fails. */
  pollMembers(userGuid: string, counter: CallCounter | null = null): Promise<ObservedMembers> {
    return this.#members.getOrThrow(userGuid, counter);
  }

  /**
   * The members, read after an instant (milliseconds since 1970); rejects while MX fails. At most one read per TTL
   * is made for this: a call that comes too early is deferred.
   */
  membersAfter(
    userGuid: string,
    after: number,
    counter: CallCounter | null = null,
  ): Promise<ObservedMembers | Deferred> {
    return this.#members.getNewerThan(userGuid, after, counter);
  }

  /** The members, read from MX now, whatever is cached; rejects while MX fails. */
  membersNow(userGuid: string, counter: CallCounter | null = null): Promise<ObservedMembers> {
    return this.#members.fetchNow(userGuid, counter);
  }

  /** The member as MX answered the write of that instant, for one TTL; else undefined. */
  written(userGuid: string, memberGuid: string, at: number): ObservedMember | undefined {
    const isFresh = this.clock.now() < at + this.#options.freshnessMs;
    return isFresh ? this.#writes.memberWrittenAt(userGuid, memberGuid, at) : undefined;
  }

  /** A new URL for each call, because MX's are good for one visit: never cached. */
  oauthWindowUrl(
    userGuid: string,
    memberGuid: string,
    counter: CallCounter | null = null,
  ): Promise<string | null> {
    return this.#options.client.withCallCounter(counter).readOauthWindowUrl(userGuid, memberGuid);
  }

  /** Invalidates what is cached of a member, and of its user's members and accounts. */
  invalidate(userGuid: string, memberGuid: string): void {
    this.#members.invalidate(userGuid);
    this.challenges.invalidate(userGuid, memberGuid);
    this.accounts.invalidate(userGuid);
  }

  /** Invalidates the user's members and accounts, after an account was created: MX may have created a member for it. */
  recordAccount(userGuid: string): void {
    this.#members.invalidate(userGuid);
    this.accounts.invalidate(userGuid);
  }

  /** Records the member that MX answered a write with, and invalidates what was cached before. */
  async record(userGuid: string, member: MxMember): Promise<ObservedMember> {
    const at = await this.#recordWrite(userGuid, member.guid, member);
    return this.#toObserved(userGuid, member, at);
  }

  /** Records that a member was deleted, and invalidates what was cached before. */
  async recordDeleted(userGuid: string, memberGuid: string): Promise<void> {
    await this.#recordWrite(userGuid, memberGuid, null);
  }

  async #recordWrite(userGuid: string, memberGuid: string, member: MxMember | null): Promise<number> {
    const json = member && JSON.stringify(member);
    const shared = this.#options.leases?.noteWrite(userGuid, { memberGuid, member: json });
    // If the leases are unreachable, other instances see the write once MX's list shows it.
    const at = (await shared?.catch(() => undefined)) ?? this.clock.now();
    const observed = member && this.#toObserved(userGuid, member, at);
    this.#writes.add(userGuid, memberGuid, { member: observed, at });
    this.invalidate(userGuid, memberGuid);
    const states = new Map([[memberGuid, observed && observed.state]]);
    this.#onObservation(userGuid, { cause: 'MUTATION', observedAt: at, states, coverage: 'ONE' });
    return at;
  }

  async #readMembers(
    userGuid: string,
    { startedAt, isForHint, counter, last: entry }: ReadContext,
  ): Promise<Loaded<ObservedMembers>> {
    const last = entry ? decodeReading(entry.bytes, entry.startedAt).members : null;
    const reading = await this.#reader.read(userGuid, { last, startedAt, counter });
    if (last && hasNewData(last, reading.members)) this.accounts.invalidate(userGuid);
    const value = this.#observeList(userGuid, reading, startedAt);
    this.#options.onMembers?.(userGuid, value);
    const cause = isForHint ? 'WEBHOOK' : 'POLL';
    this.#onObservation(userGuid, { cause, observedAt: startedAt, ...toStates(value, reading, startedAt) });
    return { value, bytes: encodeReading(reading, startedAt) };
  }

  #addWritesOfOthers(userGuid: string, writes: readonly SharedWrite[]): void {
    for (const { memberGuid, member: json, at } of writes) {
      const member = json === null ? null : this.#toObserved(userGuid, JSON.parse(json) as MxMember, at);
      this.#writes.add(userGuid, memberGuid, { member, at });
    }
  }

  #observeList(
    userGuid: string,
    { members, isWhole, unreadableRows }: SharedReading,
    startedAt: number,
  ): ObservedMembers {
    const deleted = this.#writes.deletions(userGuid);
    const observed = new MemberList({ isWhole, unreadableRows, deleted });
    for (const [guid, { member, observedAt }] of members)
      observed.set(guid, this.#toObserved(userGuid, member, observedAt));
    this.#writes.applyTo(observed, userGuid, startedAt);
    return observed;
  }

  #toObserved(userGuid: string, member: MxMember, observedMs: number): ObservedMember {
    this.#reportIfUnknown(member.connection_status);
    const { limits = DEFAULT_FRESHNESS_LIMITS } = this.#options;
    return new ObservedMember(userGuid, member, { observedMs, limits });
  }
}
