import { randomBytes } from 'node:crypto';

import type { Position } from './cursor.js';
import { latestNews, newsOfData } from './data-news.js';
import type { DataCounts, DataNews } from './data-news.js';
import type { ChangeCause, DataAge, Observation } from './observation.js';
import {
  believedState,
  isEqualState,
  isOlder,
  isSamePeriod,
  kindsOfChange,
  toState,
} from './member-state.js';
import type { MemberState, StatusChangeKind } from './member-state.js';
import { toObserved, toStateSince } from './observed-state.js';
import type { ObservedState, StateSince } from './observed-state.js';

/** A change of one member. */
export interface StatusChange {
  readonly n: number;
  readonly ms: number;
  readonly memberGuid: string;
  /** Null for a new member. */
  readonly previous: StateSince | null;
  /** Null for a deleted member. */
  readonly next: MemberState | null;
  readonly cause: ChangeCause;
  /** What differs, the weightiest first. */
  readonly kinds: readonly StatusChangeKind[];
  /** Start of the read, in milliseconds since 1970; by the clock alone, that of the last read. */
  readonly observedAt: number;
  /** Of new data, if a webhook told it. */
  readonly counts?: DataCounts;
}

/** The last observed states of a user's members, and the position of the last change. */
export interface UserRecord extends Position {
  readonly members: Readonly<Record<string, ObservedState>>;
  /** Recently deleted members by guid, with the time of that observation: an older list may still contain them. */
  readonly gone: Readonly<Record<string, number>>;
}

/** Result of comparing an observation with a record. The record is null until a list has been observed. */
export interface Swap {
  readonly record: UserRecord | null;
  readonly changes: readonly StatusChange[];
}

/** How long a deleted member is remembered, in milliseconds. No read that started before the deletion takes longer. */
const DELETED_TTL_MS = 10 * 60_000;

const newEpoch = (): string => randomBytes(6).toString('base64url');

/** Creates the first record. It contains no changes: later observations are compared with it. */
function createRecord({ states, observedAt, coverage }: Observation): UserRecord | null {
  if (coverage === 'ONE') return null;
  const members: Record<string, ObservedState> = {};
  for (const [guid, state] of states) {
    if (state) members[guid] = Object.assign(toState(state), { since: observedAt, seenAt: observedAt });
  }
  return { epoch: newEpoch(), n: 0, ms: 0, members, gone: {} };
}

/**
 * The observed states. If all members were observed, also null for each known member that is missing now and was
 * missing from an earlier list: one list is not enough to believe that a member was deleted.
 */
function* observedStates(
  { states, coverage, observedAt }: Observation,
  known: UserRecord['members'],
): Iterable<[string, MemberState | null]> {
  yield* states;
  if (coverage !== 'ALL') return;
  for (const [guid, { missingAt = Infinity }] of Object.entries(known))
    if (!states.has(guid) && missingAt < observedAt) yield [guid, null];
}

/** The members of a record after an observation of all: those that it omits for the first time are marked. */
function markMissing(
  members: UserRecord['members'],
  { states, coverage, observedAt }: Observation,
): Record<string, ObservedState> {
  if (coverage !== 'ALL') return { ...members };
  return Object.fromEntries(
    Object.entries(members).map(([guid, state]) => {
      const isMarked = states.has(guid) || state.missingAt !== undefined || observedAt < state.seenAt;
      return [guid, isMarked ? state : { ...state, missingAt: observedAt }];
    }),
  );
}

/** The deleted members that are still remembered. */
function recentlyGone({ gone }: UserRecord, now: number): Record<string, number> {
  return Object.fromEntries(Object.entries(gone).filter(([, seenAt]) => seenAt > now - DELETED_TTL_MS));
}

/**
 * The CHALLENGED members whose challenges were observed, before and after that. The first challenges that are read after
 * a change belong to it. If no change was observed, they are known once a client has asked for them; a webhook about
 * those that nobody knows is a change.
 */
function* observedChallenges(
  { challenges, observedAt, cause }: Observation,
  known: UserRecord['members'],
): Iterable<[string, { before: ObservedState; after: ObservedState; isChange: boolean }]> {
  for (const [guid, digest] of challenges ?? []) {
    const before = known[guid];
    if (before?.status !== 'CHALLENGED' || observedAt < (before.challenges?.seenAt ?? before.since)) continue;
    const isKnown = before.challenges?.digest === digest || before.challenges?.digest === null;
    const isChange = !isKnown && (before.challenges !== undefined || cause === 'WEBHOOK');
    yield [guid, { before, after: { ...before, challenges: { digest, seenAt: observedAt } }, isChange }];
  }
}

/** The states around a change, and what differs from the observation that shows it. */
interface ChangeStates extends Partial<Pick<StatusChange, 'counts' | 'observedAt'>> {
  readonly previous: ObservedState | undefined;
  readonly next: MemberState | null;
}

/** Compares one observation with the record of its user. */
class Comparison {
  readonly changes: StatusChange[] = [];
  readonly #known: UserRecord;
  readonly #observation: Observation;
  readonly #members: Record<string, ObservedState>;
  readonly #gone: Record<string, number>;

  constructor(known: UserRecord, observation: Observation) {
    this.#known = known;
    this.#observation = observation;
    this.#members = markMissing(known.members, observation);
    this.#gone = recentlyGone(known, observation.observedAt);
  }

  run(): Swap {
    for (const [guid, news] of this.#observation.news ?? []) this.#addNews(guid, news);
    for (const [guid, seen] of observedStates(this.#observation, this.#known.members)) {
      const seenBefore = this.#members[guid]?.seenAt ?? this.#gone[guid] ?? -Infinity;
      if (this.#observation.observedAt < seenBefore) continue;
      if (seen) this.#addState(guid, seen);
      else this.#remove(guid);
    }
    for (const [guid, { before, after, isChange }] of observedChallenges(this.#observation, this.#members)) {
      if (isChange) this.#addChange(guid, ['CHALLENGE'], { previous: before, next: before });
      this.#members[guid] = after;
    }
    for (const [guid, age] of this.#observation.ages ?? []) this.#addAge(guid, age);
    const { n, ms } = this.changes.at(-1) ?? this.#known;
    const record = { epoch: this.#known.epoch, n, ms, members: this.#members, gone: this.#gone };
    return { record, changes: this.changes };
  }

  #addNews(guid: string, news: DataNews): void {
    const before = this.#members[guid];
    if (before) this.#members[guid] = { ...before, news: latestNews(before, news) };
  }

  #addState(guid: string, seen: MemberState): void {
    const before = this.#members[guid];
    const { observedAt } = this.#observation;
    // By far the most common case.
    if (before && before.missingAt === undefined && isEqualState(before, seen)) {
      this.#members[guid] = { ...before, seenAt: observedAt };
      return;
    }
    const next = before ? believedState(before, seen, observedAt) : toState(seen);
    const kinds = kindsOfChange(before ?? null, next);
    const told = kinds.includes('DATA') ? newsOfData(before?.news, next.dataAt ?? 0) : undefined;
    const counts = told && { counts: { created: told.created, updated: told.updated } };
    if (kinds.length > 0) this.#addChange(guid, kinds, { previous: before, next, ...counts });
    const news = told ?? before?.news;
    this.#members[guid] = toObserved(before, next, { seenAt: observedAt, kinds, news });
    if (!before) Reflect.deleteProperty(this.#gone, guid);
  }

  #remove(guid: string): void {
    const before = this.#members[guid];
    if (!before) return;
    this.#addChange(guid, ['DELETED'], { previous: before, next: null });
    Reflect.deleteProperty(this.#members, guid);
    this.#gone[guid] = this.#observation.observedAt;
  }

  /** Not an observation of the member: a read that is in flight still counts, and may show newer data. */
  #addAge(guid: string, { dataAt, freshness }: DataAge): void {
    const before = this.#members[guid];
    if (before?.dataAt !== dataAt || !isOlder(freshness, before.freshness)) return;
    const after = { ...before, freshness };
    const { observedAt } = this.#observation;
    this.#addChange(guid, ['FRESHNESS'], { previous: before, next: after, observedAt: before.seenAt });
    this.#members[guid] = isSamePeriod(before, after) ? after : { ...after, since: observedAt };
  }

  #addChange(
    memberGuid: string,
    kinds: readonly StatusChangeKind[],
    { previous, next, ...more }: ChangeStates,
  ): void {
    const { cause, observedAt } = this.#observation;
    this.changes.push({
      n: this.#known.n + this.changes.length + 1,
      ms: Math.max(this.#known.ms, observedAt),
      memberGuid,
      previous: previous ? toStateSince(previous) : null,
      next: next && toState(next),
      cause,
      kinds,
      observedAt,
      ...more,
    });
  }
}

/**
 * Compares an observation with the record and computes the changes: the only place that does. Responses can overtake
 * each other, so for each member an observation older than the recorded one is ignored. An equal state is no change; a
 * new or deleted member is one, and so are other challenges of a member that stays CHALLENGED.
 */
export function detectChanges(known: UserRecord | null, observation: Observation): Swap {
  return known
    ? new Comparison(known, observation).run()
    : { record: createRecord(observation), changes: [] };
}
