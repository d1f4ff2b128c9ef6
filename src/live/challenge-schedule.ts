import type { DueChallenges, MemberStates } from './member-reader.js';

/**
 * Which CHALLENGED members of a user have challenges that are to be read: once when they become CHALLENGED, so that
 * later challenges can be told from these, and after each webhook. What a subscriber does not ask for is not read.
 */
export class ChallengeSchedule {
  /** The members that are CHALLENGED or hinted. Null if their challenges are not due. */
  readonly #members = new Map<string, DueChallenges | null>();
  #isFirst = true;

  /** Records observed states: those of all members if `isWhole`. */
  record(states: MemberStates, isWhole: boolean): void {
    for (const [memberGuid, state] of states) {
      if (state?.status !== 'CHALLENGED') this.#members.delete(memberGuid);
      else if (!this.#members.has(memberGuid)) {
        const isChange = !(this.#isFirst && isWhole);
        this.#members.set(memberGuid, isChange ? { memberGuid, after: -Infinity } : null);
      }
    }
    if (!isWhole) return;
    this.#isFirst = false;
    for (const memberGuid of this.#members.keys())
      if (!states.has(memberGuid)) this.#members.delete(memberGuid);
  }

  /** Makes the challenges of a member due. The next `record` drops those of a member that is not CHALLENGED. */
  add(due: DueChallenges): void {
    const known = this.#members.get(due.memberGuid);
    if (!known || known.after < due.after) this.#members.set(due.memberGuid, due);
  }

  /** Removes and returns the challenges that are due, for a poll that reads them now. */
  take(): readonly DueChallenges[] {
    const due = [...this.#members.values()].filter((entry) => entry !== null);
    for (const { memberGuid } of due) this.#members.set(memberGuid, null);
    return due;
  }
}
