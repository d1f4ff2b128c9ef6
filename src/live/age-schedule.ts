import { steadyNow, wallNow } from '../clock.js';
import type { FreshnessLimits } from '../status/freshness.js';
import type { MemberStates } from './member-reader.js';

/** How often the clock is compared, in milliseconds. */
const CHECK_MS = 1_000;
/** Maximum number of users whose data is compared at once. The others follow at the next check. */
const MAX_PER_CHECK = 200;
/** Delay before a comparison that failed is repeated, in milliseconds. */
const RETRY_MS = 5_000;

/**
 * How long ago data may have become late or stale to be compared still, in milliseconds. Lists are shared for a moment, so
 * that what was stored of one may be from before, although it is recorded after.
 */
const RECENT_MS = 60_000;

/** When the data of which users becomes late or stale by the clock alone. Times are of the wall clock, as MX's are. */
export class AgeSchedule {
  readonly #limits: FreshnessLimits;
  readonly #dueAt = new Map<string, number>();
  #checkAt = 0;

  constructor(limits: FreshnessLimits) {
    this.#limits = limits;
  }

  /**
   * Records observed states, which may lack members that were recorded before: an earlier time stands until the next
   * comparison, which finds nothing if the data is newer by then.
   */
  record(userGuid: string, states: MemberStates): void {
    const { freshMs, lateMs } = this.#limits;
    const recent = wallNow() - RECENT_MS;
    let dueAt = this.#dueAt.get(userGuid) ?? Infinity;
    for (const state of states.values()) {
      const ageMs = [freshMs, lateMs].find((ms) => (state?.dataAt ?? -Infinity) + ms >= recent);
      if (state?.dataAt !== undefined && ageMs !== undefined)
        dueAt = Math.min(dueAt, state.dataAt + ageMs + 1);
    }
    this.set(userGuid, dueAt);
  }

  /** Sets when to compare next, by the wall clock. `Infinity` for never. */
  set(userGuid: string, dueAt: number): void {
    if (dueAt === Infinity) this.#dueAt.delete(userGuid);
    else this.#dueAt.set(userGuid, dueAt);
  }

  /** As `set`, after a comparison, unless the user was removed meanwhile. */
  postpone(userGuid: string, dueAt: number): void {
    if (this.#dueAt.has(userGuid)) this.set(userGuid, dueAt);
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
