import type { StatusChange, UserRecord } from './change.js';
import type { ChangeCause } from './observation.js';
import type { Position } from './cursor.js';
import type { MemberState } from './member-state.js';
import { isSamePeriod } from './member-state.js';

/** A period that a member spent in one state, as far as it was observed. */
export interface ObservedPeriod {
  readonly state: MemberState;
  readonly cause: ChangeCause | 'SNAPSHOT';
  /** In milliseconds since 1970. */
  readonly since: number;
  /** Null for the current state. */
  readonly until: number | null;
  /** Position of the change that started the period. */
  readonly position: Position;
}

/** Computes the states that a member has been in, newest first, from the stored changes of its user, oldest first. */
export function toPeriods(
  { record, changes }: { record: UserRecord | null; changes: readonly StatusChange[] },
  memberGuid: string,
): readonly ObservedPeriod[] {
  if (!record) return [];
  const { epoch } = record;
  const ofMember = changes.filter((change) => change.memberGuid === memberGuid);
  const periods: ObservedPeriod[] = [];
  const first = ofMember[0]?.previous ?? (ofMember.length === 0 ? record.members[memberGuid] : null);
  const begin = (state: MemberState, from: Omit<ObservedPeriod, 'state' | 'until'>) =>
    periods.push({ ...from, state, until: null });
  const end = (until: number) => {
    const last = periods.pop();
    if (last) periods.push({ ...last, until });
  };

  if (first) begin(first, { cause: 'SNAPSHOT', since: first.since, position: { epoch, n: 0, ms: 0 } });
  for (const { next, cause, observedAt, n, ms } of ofMember) {
    const current = periods.at(-1);
    // A change of the challenges or of the data alone: the period goes on.
    if (next && current?.until === null && isSamePeriod(current.state, next)) continue;
    // The clock has changed the state since MX was read.
    const since = cause === 'CLOCK' ? ms : observedAt;
    if (current?.until === null) end(since);
    if (next) begin(next, { cause, since, position: { epoch, n, ms } });
  }
  return periods.reverse();
}
