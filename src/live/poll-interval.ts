import type { Pace } from '../config/config.js';
import type { MemberState } from '../status/change.js';
import { viewOfState } from '../status/status.js';

/** MX asks for 3 s at least. */
export const PACE: Pace = { fastMs: 3_000, waitingMs: 30_000, slowMs: 300_000 };

/** A status that should pass, without a job that would make it pass, is watched closely for so long. */
const PASSING_MS = 60_000;
/** No job takes so long; one that does is stuck. */
const JOB_MS = 10 * 60_000;

/** How pressing a look is: the lower, the sooner it has its turn when there are too many. */
export type Urgency = 0 | 1 | 2 | 3;

/** Whether a member is wanted to do something in the middle of its way: it will go on when the end user has. */
function isEndUserWanted(state: MemberState): boolean {
  const view = viewOfState(state);
  return view.waitingOn === 'END_USER' && !view.row.isTerminal;
}

function isOnItsWay(state: MemberState, unchangedMs: number): boolean {
  if (isEndUserWanted(state)) return false;
  if (state.isBeingAggregated) return unchangedMs < JOB_MS;
  return viewOfState(state).row.phase === 'CONNECTING' && unchangedMs < PASSING_MS;
}

/** How urgent it is to look at members in these states, of which none has changed for so long. */
export function urgencyOf(states: Iterable<MemberState>, unchangedMs: number): Exclude<Urgency, 0> {
  let urgency: Exclude<Urgency, 0> = 3;
  for (const state of states) {
    if (isOnItsWay(state, unchangedMs)) return 1;
    if (isEndUserWanted(state) || state.isBeingAggregated) urgency = 2;
  }
  return urgency;
}

/** A look comes later than its time by up to this part of it, so that many do not fall together. Never sooner. */
const JITTER = 0.2;
const MAX_FAILURES = 10;

/** When to look next, in milliseconds from now; longer after failures. `random` is from 0 to 1. */
export function waitOf(
  urgency: Exclude<Urgency, 0>,
  { pace, failures, random }: { pace: Pace; failures: number; random: number },
): number {
  const wait = urgency === 1 ? pace.fastMs : urgency === 2 ? pace.waitingMs : pace.slowMs;
  // What is urgent is not given up for long: MX may be back at any moment.
  const longest = urgency === 1 ? pace.waitingMs : pace.slowMs;
  const backedOff = Math.min(wait * 2 ** Math.min(failures, MAX_FAILURES), Math.max(longest, wait));
  return backedOff * (1 + JITTER * random);
}
