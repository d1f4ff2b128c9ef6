/**
 * The clocks of this process. All else in `src` reads them here: the wall clock may be set at any time, so it only
 * decides what is shown and when tokens expire. Ages, deadlines, schedules and order go by the steady clock.
 */

/** The time of the wall clock, in milliseconds since 1970. */
export function wallNow(): number {
  return Date.now();
}

/**
 * The time of the steady clock, in whole milliseconds. It starts at the wall clock's time, in milliseconds since 1970,
 * and then runs on evenly, whatever happens to the wall clock.
 */
export function steadyNow(): number {
  return Math.floor(performance.timeOrigin + performance.now());
}

/** Converts a time of the steady clock to the wall clock, in milliseconds since 1970. */
export function toWallTime(steadyMs: number): number {
  return steadyMs + wallNow() - steadyNow();
}
