import type { PollIntervals } from '../config/config.js';
import { steadyNow } from '../clock.js';
import { isMxError } from '../mx/errors.js';
import type { DueChallenges, MemberReader, MemberStates } from './member-reader.js';
import type { PollCalls } from './poll-calls.js';
import type { Watch } from './watch.js';

/** What `pollUser` needs. */
export interface PollOptions {
  readonly reader: MemberReader;
  readonly pollIntervals: PollIntervals;
  /** Returns true for an error after which polling is pointless, such as a user that MX does not know. */
  readonly isPermanent: (error: unknown) => boolean;
  readonly calls: PollCalls;
  /** Records the states of all members and schedules the next poll. */
  readonly record: (states: MemberStates) => void;
}

/** How long MX has asked to be left alone, in milliseconds. */
function retryAfterOf(error: unknown): number {
  return isMxError(error) ? (error.details.retryAfterMs ?? 0) : 0;
}

/** Reads the members of a watched user, and the challenges that are due, and tells the pending hints. Never rejects. */
export async function pollUser(watch: Watch, options: PollOptions): Promise<void> {
  const { reader, pollIntervals, isPermanent, calls: counter, record } = options;
  const { userGuid, challenges } = watch;
  const hints = watch.drainHints();
  try {
    const after = Math.max(...hints.map((hint) => hint.after));
    const isForHints = hints.length > 0;
    const result = await (isForHints
      ? reader.pollAfter(userGuid, { after, counter })
      : reader.poll(userGuid, counter));
    if ('retryAt' in result) {
      watch.requeueHints(hints);
      watch.dueAt = result.retryAt;
      return;
    }
    challenges.record(result, true);
    const retryAts = await Promise.all(challenges.take().map((due) => readChallenges(watch, due, options)));
    hints.forEach(({ done }) => done());
    record(result);
    // Hints that came meanwhile need another read.
    watch.dueAt = Math.min(watch.dueAt, ...retryAts, watch.hasPendingHints ? steadyNow() : Infinity);
  } catch (error) {
    if (isPermanent(error)) hints.forEach(({ done }) => done());
    else watch.requeueHints(hints);
    watch.recordFailure(steadyNow(), { intervals: pollIntervals, retryAfterMs: retryAfterOf(error) });
  }
}

/**
 * Reads the challenges of a member. Those that cannot be read stay due: a hint must not wait for them, for it is about
 * the state of the member as well. Resolves to when they are to be read again, on the steady clock; Infinity if the
 * next poll is early enough.
 */
async function readChallenges(
  { userGuid, challenges }: Watch,
  due: DueChallenges,
  { reader, calls, isPermanent, pollIntervals }: PollOptions,
): Promise<number> {
  try {
    const deferred = await reader.readChallenges(userGuid, { ...due, counter: calls });
    if (!deferred) return Infinity;
    challenges.add(due);
    return deferred.retryAt;
  } catch (error) {
    if (isPermanent(error)) return Infinity;
    challenges.add({ ...due, hasFailed: true });
    return due.hasFailed ? Infinity : steadyNow() + pollIntervals.activeMs;
  }
}
