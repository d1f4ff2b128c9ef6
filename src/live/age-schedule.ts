import { steadyNow, wallNow } from '../clock.js';
import { nextFreshnessChange } from '../status/freshness.js';
import type { FreshnessLimits } from '../status/freshness.js';
import type { MemberStates } from './member-reader.js';

/** How often the clock is compared, in milliseconds. */
const CHECK_MS = 1_000;
/** Maximum number of users whose data is compared at once. The others follow at the next check. */
const MAX_PER_CHECK = 200;
/** Delay before a comparison that failed is repeated, in milliseconds. */
const RETRY_MS = 5_000;

/** When the data of which users becomes late or stale by the clock alone. Times are of the wall clock, as MX's are. */
export class AgeSchedule {
  readonly #limits: FreshnessLimits;
  readonly #dueAt = new Map<string, number>();
  #checkAt = 0;

  constructor(limits: FreshnessLimits) {
    this.#limits = limits;
  }

  /** Records observed states: those of all members if `isWhole`. */
  record(userGuid: string, states: MemberStates, isWhole: boolean): void {
    let dueAt = isWhole ? Infinity : (this.#dueAt.get(userGuid) ?? Infinity);
    for (const state of states.values()) {
      if (!state) continue;
      const { dataAt = null, freshness = null } = state;
      dueAt = Math.min(dueAt, nextFreshnessChange(dataAt, freshness, this.#limits));
    }
    this.set(userGuid, dueAt);
  }

  /** Sets when to compare next. `Infinity` for never. */
  set(userGuid: string, dueAt: number): void {
    if (dueAt === Infinity) this.#dueAt.delete(userGuid);
    else this.#dueAt.set(userGuid, dueAt);
  }

  remove(userGuid: string): void {
    this.#dueAt.delete(userGuid);
  }

  /**
   * Returns the users that are due, of those that `isMine` accepts; none if the last check was a moment ago. They are
   * due again later, unless the time is set otherwise.
   */
  take(isMine: (userGuid: string) => boolean): readonly string[] {
    if (steadyNow() < this.#checkAt) return [];
    this.#checkAt = steadyNow() + CHECK_MS;
    const now = wallNow();
    const due: string[] = [];
    for (const [userGuid, dueAt] of this.#dueAt) {
      if (due.length === MAX_PER_CHECK) break;
      if (dueAt <= now && isMine(userGuid)) due.push(userGuid);
    }
    for (const userGuid of due) this.#dueAt.set(userGuid, now + RETRY_MS);
    return due;
  }
}
