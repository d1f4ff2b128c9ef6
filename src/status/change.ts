import { createHash, randomBytes } from 'node:crypto';

import type { Evidence } from './reading.js';

/** The state of a member, as far as changes are concerned: all that its reading depends on, and the age of its data. */
export interface MemberState extends Evidence {
  /** When MX last updated its data, in milliseconds since 1970; absent for never, and for a manual member. */
  readonly dataAt?: number;
}

/** A state, and since when the member has been observed in it, in milliseconds since 1970. */
export interface StateSince extends MemberState {
  readonly since: number;
}

/** Which challenges were last observed to be pending. */
export interface ObservedChallenges {
  /** See `digestOfChallenges`. Null if they have not been read since the member became CHALLENGED. */
  readonly digest: string | null;
  /** Start of the read, in milliseconds since 1970. */
  readonly seenAt: number;
}

/** The last observed state. Times are in milliseconds since 1970. */
export interface ObservedState extends StateSince {
  /** Start of the latest read of the member. */
  readonly seenAt: number;
  /** Start of the read whose whole list omitted the member. The next such list confirms that it was deleted. */
  readonly missingAt?: number;
  /** Only of a CHALLENGED member: absent if it was so when it was first observed, and its challenges were not read. */
  readonly challenges?: ObservedChallenges;
}

/** What triggered the read that found a change. */
export type ChangeCause = 'WEBHOOK' | 'POLL' | 'MUTATION';

/**
 * How much of a user's members an observation covers: the one of a write, the rows of a list that may lack others, or
 * all of them. Only `ALL` says anything about members that it omits.
 */
export type Coverage = 'ONE' | 'SOME' | 'ALL';

/** The result of reading some or all members of one user from MX. */
export interface Observation {
  readonly cause: ChangeCause;
  /** Start of the read, in milliseconds since 1970. The response may be as old as that. */
  readonly observedAt: number;
  /** States by member guid; null for a member that was deleted. */
  readonly states: ReadonlyMap<string, MemberState | null>;
  readonly coverage: Coverage;
  /** Digests of the pending challenges by member guid, if these were read. */
  readonly challenges?: ReadonlyMap<string, string>;
}

/** A position in a user's history of changes. */
export interface Position {
  /** Identifies the history. A store that has lost a history starts a new one, with another epoch. */
  readonly epoch: string;
  /** Number of the change, starting at 1; 0 before the first change. */
  readonly n: number;
  /** When the change was observed, in milliseconds since 1970. Never less than that of the previous change. */
  readonly ms: number;
}

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
  readonly observedAt: number;
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

/** Identifies a set of challenges by their guids, in any order. MX gives new guids to each new question. */
export function digestOfChallenges(challenges: readonly { readonly guid: string }[]): string {
  const guids = challenges.map(({ guid }) => guid).sort();
  return createHash('sha256').update(JSON.stringify(guids)).digest('base64url').slice(0, 12);
}

/** True if two states are the same, so that a step from one to the other is no change of state. */
export const isSameState = (a: MemberState, b: MemberState): boolean =>
  a.status === b.status && a.isBeingAggregated === b.isBeingAggregated && a.isOauth === b.isOauth;

function toState(state: MemberState): MemberState {
  const { status, isBeingAggregated, isOauth, needsUpdatedCredentials, errorCode, freshness, dataAt } = state;
  return {
    status,
    isBeingAggregated,
    isOauth,
    ...(needsUpdatedCredentials === true && { needsUpdatedCredentials }),
    ...(errorCode !== undefined && { errorCode }),
    ...(freshness !== undefined && { freshness }),
    ...(dataAt !== undefined && { dataAt }),
  };
}

function toStateSince(observed: ObservedState): StateSince {
  return { ...toState(observed), since: observed.since };
}

/** The state of a member after an observation of it. */
function toObserved(before: ObservedState | undefined, next: MemberState, seenAt: number): ObservedState {
  if (before && isSameState(before, next)) {
    const { since, challenges } = before;
    return { ...toState(next), since, seenAt, ...(challenges && { challenges }) };
  }
  const isChallenged = next.status === 'CHALLENGED';
  return {
    ...toState(next),
    since: seenAt,
    seenAt,
    ...(isChallenged && { challenges: { digest: null, seenAt } }),
  };
}

const newEpoch = (): string => randomBytes(6).toString('base64url');

/** Creates the first record. It contains no changes: later observations are compared with it. */
function createRecord({ states, observedAt, coverage }: Observation): UserRecord | null {
  if (coverage === 'ONE') return null;
  const members: Record<string, ObservedState> = {};
  for (const [guid, state] of states) {
    if (state) members[guid] = { ...toState(state), since: observedAt, seenAt: observedAt };
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

/**
 * Compares an observation with the record and computes the changes: the only place that does. Responses can overtake
 * each other, so for each member an observation older than the recorded one is ignored. An equal state is no change; a
 * new or deleted member is one, and so are other challenges of a member that stays CHALLENGED.
 */
export function detectChanges(known: UserRecord | null, observation: Observation): Swap {
  if (!known) return { record: createRecord(observation), changes: [] };
  const { observedAt, cause } = observation;
  const members = markMissing(known.members, observation);
  const gone = recentlyGone(known, observedAt);
  const changes: StatusChange[] = [];
  const ms = Math.max(known.ms, observedAt);
  const addChange = (memberGuid: string, previous: ObservedState | undefined, next: MemberState | null) =>
    changes.push({
      n: known.n + changes.length + 1,
      ms,
      memberGuid,
      previous: previous ? toStateSince(previous) : null,
      next: next && toState(next),
      cause,
      observedAt,
    });

  for (const [guid, next] of observedStates(observation, known.members)) {
    const before = members[guid];
    if (observedAt < (before?.seenAt ?? gone[guid] ?? -Infinity)) continue;
    if (next) {
      const isSame = before !== undefined && isSameState(before, next);
      if (!isSame) addChange(guid, before, next);
      members[guid] = toObserved(before, next, observedAt);
      if (!isSame) Reflect.deleteProperty(gone, guid);
    } else if (before) {
      addChange(guid, before, null);
      Reflect.deleteProperty(members, guid);
      gone[guid] = observedAt;
    }
  }
  for (const [guid, { before, after, isChange }] of observedChallenges(observation, members)) {
    if (isChange) addChange(guid, before, before);
    members[guid] = after;
  }
  const last = changes.at(-1) ?? known;
  return { record: { epoch: known.epoch, n: last.n, ms: last.ms, members, gone }, changes };
}

/** Encodes a position as the opaque cursor that clients receive. */
export function encodeCursor({ epoch, n, ms }: Position): string {
  return Buffer.from(`${epoch}.${ms}.${n}`).toString('base64url');
}

/** Decodes a cursor. Returns null if it is invalid. */
export function decodeCursor(cursor: string): Position | null {
  const parts = /^([\w-]{8})\.(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!parts) return null;
  const [, epoch = '', ms, n] = parts;
  return { epoch, ms: Number(ms), n: Number(n) };
}
