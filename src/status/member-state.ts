import { interpret } from './reading.js';
import type { Evidence, Writable } from './evidence.js';
import type { Freshness } from './freshness.js';

/** The state of a member, as far as changes are concerned: all that its reading depends on, and the age of its data. */
export interface MemberState extends Evidence {
  /** When MX last updated its data, in milliseconds since 1970; absent for never, and for a manual member. */
  readonly dataAt?: number;
}

/** The kinds of change, the weightiest first. */
export const CHANGE_KINDS = ['DELETED', 'STATUS', 'CHALLENGE', 'ERROR', 'DATA', 'JOB', 'FRESHNESS'] as const;

/** What a change is about. One change can be of several kinds. */
export type StatusChangeKind = (typeof CHANGE_KINDS)[number];

/** Copies the properties that belong to the state, without those that are absent or false. */
export function toState(state: MemberState): MemberState {
  const { status, isBeingAggregated, isOauth, needsUpdatedCredentials, errorCode, freshness, dataAt } = state;
  // Not by conditional spreads: this runs for each member of each list, and they take several times as long.
  const copy: Writable<MemberState> = { status, isBeingAggregated, isOauth };
  if (needsUpdatedCredentials === true) copy.needsUpdatedCredentials = true;
  if (errorCode !== undefined) copy.errorCode = errorCode;
  if (freshness !== undefined) copy.freshness = freshness;
  if (dataAt !== undefined) copy.dataAt = dataAt;
  return copy;
}

/** True if nothing differs between two states. */
export function isEqualState(a: MemberState, b: MemberState): boolean {
  return (
    a.status === b.status &&
    a.isBeingAggregated === b.isBeingAggregated &&
    a.dataAt === b.dataAt &&
    a.freshness === b.freshness &&
    a.errorCode === b.errorCode &&
    a.isOauth === b.isOauth &&
    (a.needsUpdatedCredentials ?? false) === (b.needsUpdatedCredentials ?? false)
  );
}

/** True if two states have the same status and job, whatever else differs. */
export const isSameState = (a: MemberState, b: MemberState): boolean =>
  a.status === b.status && a.isBeingAggregated === b.isBeingAggregated && a.isOauth === b.isOauth;

/** True if two states belong to one period of a member's history: the same status and job, and the same reading. */
export function isSamePeriod(a: MemberState, b: MemberState): boolean {
  if (a.status !== b.status || a.isBeingAggregated !== b.isBeingAggregated) return false;
  const [one, other] = [interpret(a), interpret(b)];
  return (
    one.requiredAction === other.requiredAction &&
    one.phase === other.phase &&
    one.isTerminal === other.isTerminal
  );
}

const AGES: readonly (Freshness | undefined)[] = ['FRESH', 'LATE', 'STALE'];

/** True if data that had the one freshness can have the other later, without new data. */
export function isOlder(freshness: Freshness | undefined, before: Freshness | undefined): boolean {
  return AGES.indexOf(freshness) > AGES.indexOf(before) && AGES.includes(before);
}

/** How long MX's lists may lag behind newer data that was observed, in milliseconds. */
const MAX_LAG_MS = 10_000;

/** A state, and when newer data than before was observed last, in milliseconds since 1970; absent if it never was. */
interface KnownState extends MemberState {
  readonly newDataAt?: number;
}

/**
 * The state after an observation: what was seen, except that data does not get lost or younger by itself. A list of MX
 * that lags shows an older time of the data or none, and an instance whose clock is behind takes it for fresh again. An
 * older time is believed once no list can lag so far.
 *
 * @param observedAt start of the read, in milliseconds since 1970
 */
export function believedState(before: KnownState, seen: MemberState, observedAt: number): MemberState {
  const { dataAt, freshness, newDataAt } = before;
  if (dataAt === undefined || seen.freshness === undefined) return toState(seen);
  const isNewer = seen.dataAt !== undefined && seen.dataAt > dataAt;
  const hasAged = seen.dataAt === dataAt && isOlder(seen.freshness, freshness);
  // Data that was first observed at the beginning may be as new.
  const mayLag = observedAt <= (newDataAt ?? dataAt) + MAX_LAG_MS;
  const isSetBack = seen.dataAt !== undefined && seen.dataAt < dataAt && !mayLag;
  if (isNewer || hasAged || isSetBack) return toState(seen);
  return toState({ ...seen, dataAt, ...(freshness !== undefined && { freshness }) });
}

/**
 * The kinds of the difference between two states of a member, the weightiest first; empty if there is none. A state
 * that an earlier version has stored lacks the freshness, the error and the time of the data: these are then no news.
 */
export function kindsOfChange(before: MemberState | null, next: MemberState): readonly StatusChangeKind[] {
  if (!before) return ['STATUS'];
  const isComplete = before.freshness !== undefined || next.freshness === undefined;
  const differs: Readonly<Partial<Record<StatusChangeKind, boolean>>> = {
    STATUS: before.status !== next.status || before.isOauth !== next.isOauth,
    JOB: before.isBeingAggregated !== next.isBeingAggregated,
    ...(isComplete && {
      ERROR:
        before.errorCode !== next.errorCode ||
        (before.needsUpdatedCredentials ?? false) !== (next.needsUpdatedCredentials ?? false),
      DATA: next.dataAt !== undefined && next.dataAt > (before.dataAt ?? -Infinity),
      FRESHNESS: before.freshness !== next.freshness,
    }),
  };
  return CHANGE_KINDS.filter((kind) => differs[kind]);
}

/** True if the later of two states of a member shows nothing new but the age of the data. */
export const differsInAgeOnly = (before: MemberState, next: MemberState): boolean =>
  kindsOfChange(before, next).every((kind) => kind === 'FRESHNESS');

/** The kinds of several changes together, the weightiest first. */
export function mergeKinds(...all: readonly (readonly string[])[]): readonly StatusChangeKind[] {
  return CHANGE_KINDS.filter((kind) => all.some((kinds) => kinds.includes(kind)));
}
