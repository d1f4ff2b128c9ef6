import type { PollIntervals } from '../config/config.js';
import type { MemberState } from '../status/change.js';
import { interpretState } from '../status/status.js';

/** MX asks for 3 s at least. */
export const DEFAULT_POLL_INTERVALS: PollIntervals = {
  activeMs: 3_000,
  awaitingUserMs: 30_000,
  idleMs: 300_000,
};

/** A status that should pass, without a job that would make it pass, is watched closely for so long. */
const MAX_CONNECTING_MS = 60_000;
/** No job takes so long; one that does is stuck. */
const MAX_JOB_MS = 10 * 60_000;

/** How pressing a look is: the lower, the sooner it has its turn when there are too many. */
export type PollPriority = 0 | 1 | 2 | 3;

/** Whether a member is wanted to do something in the middle of its way: it will go on when the end user has. */
function isEndUserWanted(state: MemberState): boolean {
  const view = interpretState(state);
  return view.waitingOn === 'END_USER' && !view.row.isTerminal;
}

function isOnItsWay(state: MemberState, unchangedMs: number): boolean {
  if (isEndUserWanted(state)) return false;
  if (state.isBeingAggregated) return unchangedMs < MAX_JOB_MS;
  return interpretState(state).row.phase === 'CONNECTING' && unchangedMs < MAX_CONNECTING_MS;
}

/** How urgent it is to look at members in these states, of which none has changed for so long. */
export function pollPriority(states: Iterable<MemberState>, unchangedMs: number): Exclude<PollPriority, 0> {
  let urgency: Exclude<PollPriority, 0> = 3;
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
export function nextPollDelay(
  urgency: Exclude<PollPriority, 0>,
  { pace, failures, random }: { pace: PollIntervals; failures: number; random: number },
): number {
  const wait = urgency === 1 ? pace.activeMs : urgency === 2 ? pace.awaitingUserMs : pace.idleMs;
  // What is urgent is not given up for long: MX may be back at any moment.
  const longest = urgency === 1 ? pace.awaitingUserMs : pace.idleMs;
  const backedOff = Math.min(wait * 2 ** Math.min(failures, MAX_FAILURES), Math.max(longest, wait));
  return backedOff * (1 + JITTER * random);
}
