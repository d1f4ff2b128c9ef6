import { isSameState } from '../status/member-state.js';
import type { MemberState } from '../status/member-state.js';
import type { MemberStates } from './member-reader.js';

interface Entry {
  readonly state: MemberState;
  isDue: boolean;
}

/**
 * Which CHALLENGED members of a user have challenges that are to be read: those whose state has changed, so that later
 * challenges can be told from these. Challenges that were pending when the watch began are not read until a webhook comes.
 */
export class ChallengeSchedule {
  readonly #entries = new Map<string, Entry>();
  #isFirst = true;

  /** Records observed states: those of all members if `isWhole`. */
  record(states: MemberStates, isWhole: boolean): void {
    const isSnapshot = this.#isFirst && isWhole;
    for (const [memberGuid, state] of states) {
      const known = this.#entries.get(memberGuid);
      if (state?.status !== 'CHALLENGED') this.#entries.delete(memberGuid);
      else if (!known || !isSameState(known.state, state))
        this.#entries.set(memberGuid, { state, isDue: !isSnapshot });
    }
    if (!isWhole) return;
    this.#isFirst = false;
    for (const memberGuid of this.#entries.keys())
      if (!states.has(memberGuid)) this.#entries.delete(memberGuid);
  }

  /** Makes the challenges of a member due again, which could not be read. */
  putBack(memberGuid: string): void {
    const entry = this.#entries.get(memberGuid);
    if (entry) entry.isDue = true;
  }

  /** Returns the members whose challenges are due, for a poll that reads them now. */
  take(): readonly string[] {
    const due = [...this.#entries].filter(([, { isDue }]) => isDue);
    for (const [, entry] of due) entry.isDue = false;
    return due.map(([memberGuid]) => memberGuid);
  }
}
