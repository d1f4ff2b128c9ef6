import type { PollIntervals } from '../config/config.js';
import type { MemberState } from '../status/member-state.js';
import { interpret } from '../status/status.js';

/** Default poll intervals. MX recommends to poll at most every 3 s. */
export const DEFAULT_POLL_INTERVALS: PollIntervals = {
  activeMs: 3_000,
  awaitingUserMs: 30_000,
  idleMs: 300_000,
};

/** How long a connecting member without a running job is polled at the active interval, in milliseconds. */
const MAX_CONNECTING_MS = 60_000;
/** How long a running job is polled at the active interval, in milliseconds. No job takes longer unless it is stuck. */
const MAX_JOB_MS = 10 * 60_000;

/** Priority of a poll. Lower numbers come first when the budget is short; 0 is for hints. */
export type PollPriority = 0 | 1 | 2 | 3;

/** True if the connection is in progress but waits for the end user, e.g. for the answer to a challenge. */
function isAwaitingUser(state: MemberState): boolean {
  const view = interpret(state);
  return view.waitingOn === 'END_USER' && !view.row.isTerminal;
}

function isActive(state: MemberState, unchangedMs: number): boolean {
  if (isAwaitingUser(state)) return false;
  if (state.isBeingAggregated) return unchangedMs < MAX_JOB_MS;
  return interpret(state).row.phase === 'CONNECTING' && unchangedMs < MAX_CONNECTING_MS;
}

/** Computes the poll priority of a user from the states of its members, which have not changed for `unchangedMs`. */
export function pollPriority(states: Iterable<MemberState>, unchangedMs: number): Exclude<PollPriority, 0> {
  let priority: Exclude<PollPriority, 0> = 3;
  for (const state of states) {
    if (isActive(state, unchangedMs)) return 1;
    if (isAwaitingUser(state) || state.isBeingAggregated) priority = 2;
  }
  return priority;
}

/** Random delay of a poll, as a fraction of the interval. It spreads polls out and never makes them earlier. */
const JITTER = 0.2;
const MAX_FAILURES = 10;

/** Computes the delay until the next poll in milliseconds, with exponential back-off. `random` is between 0 and 1. */
export function nextPollDelay(
  priority: Exclude<PollPriority, 0>,
  { intervals, failures, random }: { intervals: PollIntervals; failures: number; random: number },
): number {
  const interval =
    priority === 1 ? intervals.activeMs : priority === 2 ? intervals.awaitingUserMs : intervals.idleMs;
  // Active members back off to at most the `awaitingUserMs` interval, so that they recover soon after MX does.
  const maxDelay = priority === 1 ? intervals.awaitingUserMs : intervals.idleMs;
  const backedOff = Math.min(interval * 2 ** Math.min(failures, MAX_FAILURES), Math.max(maxDelay, interval));
  return backedOff * (1 + JITTER * random);
}
