import type { PollIntervals } from '../config/config.js';
import { steadyNow } from '../clock.js';
import { isMxError } from '../mx/errors.js';
import type { MemberReader, MemberStates } from './member-reader.js';
import type { PollCalls } from './poll-calls.js';
import { nextPollDelay } from './poll-interval.js';
import type { PendingHint, Watch } from './watch.js';

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

/** Returns true if the same read is likely to fail again, however long one waits. */
const isLasting = (error: unknown): boolean =>
  isMxError(error, 'malformed', 'invalid', 'constraint', 'forbidden', 'unauthorized', 'version');

/**
 * Reads the members of a watched user, and the challenges that may have changed. A hint is done once both are read and
 * stored. Never rejects.
 */
export async function pollUser(watch: Watch, options: PollOptions): Promise<void> {
  const { reader, pollIntervals, isPermanent, calls: counter, record } = options;
  const { userGuid, challenges } = watch;
  const hints = watch.drainHints();
  try {
    const after = Math.max(...hints.map((hint) => hint.after));
    const isForHints = hints.length > 0;
    const states = await (isForHints
      ? reader.pollAfter(userGuid, { after, counter })
      : reader.poll(userGuid, counter));
    if ('retryAt' in states) {
      watch.requeueHints(hints);
      watch.dueAt = states.retryAt;
      return;
    }
    challenges.record(states, true);
    const late = await lateHints(userGuid, hints, reader);
    await rereadLater(watch, late, reader);
    const hinted = groupByMember(hints.filter((hint) => !late.includes(hint)));
    const changed = challenges.take().filter((memberGuid) => !hinted.has(memberGuid));
    await Promise.all([
      ...[...hinted].map(([guid, ofMember]) =>
        states.get(guid)?.status === 'CHALLENGED' ? readForHints(watch, ofMember, options) : settle(ofMember),
      ),
      ...changed.map((memberGuid) => readChanged(watch, memberGuid, options)),
    ]);
    record(states);
    // Hints that came meanwhile need another read.
    if (watch.hasReadyHints) watch.dueAt = steadyNow();
  } catch (error) {
    if (isPermanent(error)) settle(hints);
    else watch.requeueHints(hints);
    watch.recordFailure(steadyNow(), { intervals: pollIntervals, retryAfterMs: retryAfterOf(error) });
  }
}

/** How long to wait before the list is read again because it lags, by how often it was, in milliseconds. */
const REREAD_DELAYS_MS = [600, 1_200, 2_400];

/** Returns the hints whose data the list does not show yet, and for which it is to be read again. */
async function lateHints(
  userGuid: string,
  hints: readonly PendingHint[],
  reader: MemberReader,
): Promise<readonly PendingHint[]> {
  const late = await Promise.all(
    hints.map(async (hint) => {
      const { memberGuid, news, rereads = 0 } = hint;
      if (!news || rereads >= REREAD_DELAYS_MS.length) return [];
      return (await reader.isPending(userGuid, { memberGuid, news })) ? [hint] : [];
    }),
  );
  return late.flat();
}

async function rereadLater(watch: Watch, hints: readonly PendingHint[], reader: MemberReader): Promise<void> {
  if (hints.length === 0) return;
  const after = await reader.now();
  watch.requeueHints(
    hints.map((hint) => {
      const { rereads = 0 } = hint;
      return {
        ...hint,
        after,
        rereads: rereads + 1,
        retryAt: steadyNow() + (REREAD_DELAYS_MS[rereads] ?? 0),
      };
    }),
  );
}

function groupByMember(hints: readonly PendingHint[]): ReadonlyMap<string, readonly PendingHint[]> {
  const groups = new Map<string, PendingHint[]>();
  for (const hint of hints) {
    const group = groups.get(hint.memberGuid);
    if (group) group.push(hint);
    else groups.set(hint.memberGuid, [hint]);
  }
  return groups;
}

function settle(hints: readonly PendingHint[]): void {
  hints.forEach(({ done }) => done());
}

/**
 * Reads the challenges of the CHALLENGED member that the hints are about. If that fails, the hints stay pending, with
 * an increasing delay, unless the read is likely to fail for ever.
 */
async function readForHints(
  watch: Watch,
  hints: readonly PendingHint[],
  { reader, calls: counter, isPermanent, pollIntervals: intervals }: PollOptions,
): Promise<void> {
  const memberGuid = hints[0]?.memberGuid ?? '';
  const after = Math.max(...hints.map((hint) => hint.after));
  const failures = Math.max(...hints.map((hint) => hint.failures ?? 0));
  try {
    const deferred = await reader.readChallenges(watch.userGuid, { memberGuid, after, counter });
    if (!deferred) return settle(hints);
    watch.requeueHints(hints.map((hint) => ({ ...hint, retryAt: deferred.retryAt })));
  } catch (error) {
    if (isPermanent(error) || (isLasting(error) && failures > 0)) return settle(hints);
    // A read that succeeded, but was not stored, is not enough for the next attempt.
    const now = await reader.now().catch(() => after);
    const retryAt = steadyNow() + nextPollDelay(1, { intervals, failures, random: Math.random() });
    watch.requeueHints(hints.map((hint) => ({ ...hint, after: now, retryAt, failures: failures + 1 })));
  }
}

/** Reads the challenges of a CHALLENGED member whose state has changed. If that fails, the next poll does. */
async function readChanged(
  { userGuid, challenges }: Watch,
  memberGuid: string,
  { reader, calls: counter, isPermanent }: PollOptions,
): Promise<void> {
  try {
    await reader.readChallenges(userGuid, { memberGuid, after: -Infinity, counter });
  } catch (error) {
    if (!isPermanent(error) && !isLasting(error)) challenges.putBack(memberGuid);
  }
}
