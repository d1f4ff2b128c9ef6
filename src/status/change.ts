import { randomBytes } from 'node:crypto';

/** What of a member counts as its state: when one of these is another, that is a change. */
export interface MemberState {
  /** MX's word, whether the table lists it or not; null for a member without a connection. */
  readonly status: string | null;
  readonly isBeingAggregated: boolean;
  readonly isOauth: boolean;
}

/** A state, and since when the member is known to be in it, in milliseconds since 1970. */
export interface StateSince extends MemberState {
  readonly since: number;
}

/** A state as it was last seen; `seenAt` is when the asking began that last told of the member. */
export interface ObservedState extends StateSince {
  readonly seenAt: number;
}

/** What led to an observation. */
export type ChangeCause = 'WEBHOOK' | 'POLL' | 'MUTATION';

/** What MX told of members of one user. */
export interface Observation {
  readonly cause: ChangeCause;
  /** When the asking began, in milliseconds since 1970: the latest instant that the answer can speak of. */
  readonly observedAt: number;
  /** By guid; null for a member that is known to be gone. */
  readonly states: ReadonlyMap<string, MemberState | null>;
  /** True for a user's whole list: what is not in it is gone. */
  readonly isWhole: boolean;
}

/** A place in the row of a user's changes. */
export interface Position {
  /** Names the row: one that is begun anew, because its store has lost it, has another name. */
  readonly epoch: string;
  /** The number of the change, from 1; 0 before the first. */
  readonly n: number;
  /** When it was observed, in milliseconds since 1970; never less than that of the change before. */
  readonly ms: number;
}

/** One change of one member. */
export interface StatusChange {
  readonly n: number;
  readonly ms: number;
  readonly memberGuid: string;
  /** Null for a member that was not there before. */
  readonly previous: StateSince | null;
  /** Null for a member that is gone. */
  readonly next: MemberState | null;
  readonly cause: ChangeCause;
  readonly observedAt: number;
}

/** The last seen states of a user's members, and the place of the last change. */
export interface UserRecord extends Position {
  readonly members: Readonly<Record<string, ObservedState>>;
  /** Members that went, by guid, and when that was seen: an older list still has them. */
  readonly gone: Readonly<Record<string, number>>;
}

/** What an observation makes of a record; the record is null as long as nothing whole was observed. */
export interface Swap {
  readonly record: UserRecord | null;
  readonly changes: readonly StatusChange[];
}

/** A list that was asked for before a member went comes in no later than this. */
const GONE_KEPT_MS = 10 * 60_000;

const isEqual = (a: MemberState, b: MemberState): boolean =>
  a.status === b.status && a.isBeingAggregated === b.isBeingAggregated && a.isOauth === b.isOauth;

function toState({ status, isBeingAggregated, isOauth }: MemberState): MemberState {
  return { status, isBeingAggregated, isOauth };
}

function toLasting(seen: ObservedState): StateSince {
  return { ...toState(seen), since: seen.since };
}

const newEpoch = (): string => randomBytes(6).toString('base64url');

/** What is seen first is where changes are counted from; it is none itself. */
function begin({ states, observedAt, isWhole }: Observation): UserRecord | null {
  if (!isWhole) return null;
  const members: Record<string, ObservedState> = {};
  for (const [guid, state] of states) {
    if (state) members[guid] = { ...toState(state), since: observedAt, seenAt: observedAt };
  }
  return { epoch: newEpoch(), n: 0, ms: 0, members, gone: {} };
}

/** The states that the observation speaks of, those of members that it leaves out of a whole list among them. */
function* seenIn(
  observation: Observation,
  known: UserRecord['members'],
): Iterable<[string, MemberState | null]> {
  yield* observation.states;
  if (!observation.isWhole) return;
  for (const guid of Object.keys(known)) if (!observation.states.has(guid)) yield [guid, null];
}

/**
 * Decides what an observation changes: the one place that does. Per member, what was asked for earlier than what is
 * known is refused, for answers overtake each other; an equal state is no change; a member that has gone, or come, is.
 */
export function detectChanges(known: UserRecord | null, observation: Observation): Swap {
  if (!known) return { record: begin(observation), changes: [] };
  const { observedAt, cause } = observation;
  const members = { ...known.members };
  const gone = Object.fromEntries(
    Object.entries(known.gone).filter(([, seenAt]) => seenAt > observedAt - GONE_KEPT_MS),
  );
  const changes: StatusChange[] = [];
  const ms = Math.max(known.ms, observedAt);
  const note = (memberGuid: string, previous: ObservedState | undefined, next: MemberState | null) =>
    changes.push({
      n: known.n + changes.length + 1,
      ms,
      memberGuid,
      previous: previous ? toLasting(previous) : null,
      next: next && toState(next),
      cause,
      observedAt,
    });

  for (const [guid, next] of seenIn(observation, known.members)) {
    const before = members[guid];
    if (observedAt < (before?.seenAt ?? gone[guid] ?? -Infinity)) continue;
    if (next && before && isEqual(before, next)) {
      members[guid] = { ...before, seenAt: observedAt };
    } else if (next) {
      note(guid, before, next);
      members[guid] = { ...toState(next), since: observedAt, seenAt: observedAt };
      Reflect.deleteProperty(gone, guid);
    } else if (before) {
      note(guid, before, null);
      Reflect.deleteProperty(members, guid);
      gone[guid] = observedAt;
    }
  }
  const last = changes.at(-1) ?? known;
  return { record: { epoch: known.epoch, n: last.n, ms: last.ms, members, gone }, changes };
}

/** The opaque text by which a client names a place in the row of its changes. */
export function encodeCursor({ epoch, n, ms }: Position): string {
  return Buffer.from(`${epoch}.${ms}.${n}`).toString('base64url');
}

/** Null for what is no cursor of ours. */
export function decodeCursor(cursor: string): Position | null {
  const parts = /^([\w-]{8})\.(\d{1,15})\.(\d{1,15})$/.exec(Buffer.from(cursor, 'base64url').toString());
  if (!parts) return null;
  const [, epoch = '', ms, n] = parts;
  return { epoch, ms: Number(ms), n: Number(n) };
}
