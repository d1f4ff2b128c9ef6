/**
 * The clocks of this process. All else in `src` reads them here: the wall clock may be set at any time, so it only
 * decides what is shown and when tokens expire. Ages, deadlines, schedules and order go by the steady clock.
 */

/** When the process started, in milliseconds since 1970, by the wall clock as it was then. */
const STARTED_AT = performance.timeOrigin;

/** The time of the wall clock, in milliseconds since 1970. */
export function wallNow(): number {
  return Date.now();
}

/**
 * The time of the steady clock, in whole milliseconds. It starts at the wall clock's time, in milliseconds since 1970,
 * and then runs on evenly, whatever happens to the wall clock.
 */
export function steadyNow(): number {
  return Math.floor(STARTED_AT + performance.now());
}

/** Smaller differences between the clocks are rounding and drift: what is shown of one time must not vary by them. */
const TOLERANCE_MS = 1_000;

/** How far the wall clock is ahead of the steady clock, because it was set. */
let aheadMs = 0;

/** Converts a time of the steady clock to the wall clock, in milliseconds since 1970. */
export function toWallTime(steadyMs: number): number {
  const now = wallNow() - steadyNow();
  if (Math.abs(now - aheadMs) > TOLERANCE_MS) aheadMs = now;
  return steadyMs + aheadMs;
}

/** The clock by which reads of MX are timed and ordered: the steady one, or the one that all instances share. */
export interface ReadClock {
  now(): number;
  /** Converts a time of this clock to the wall clock, in milliseconds since 1970. */
  toWallTime(ms: number): number;
}

/** The clock of a single instance. */
export const STEADY_CLOCK: ReadClock = { now: steadyNow, toWallTime };
