import { isMxError } from '../mx/errors.js';
import type { ObservedMember } from '../status/observed-member.js';
import { hasStartedNothing, nextAttemptAt } from '../status/throttle.js';
import { done, memberNow, refused } from './mutation.js';
import type { ActionScope, Outcome } from './mutation.js';
import { institutionUnavailable, jobNotStarted, otherJobRunning, throttled } from './user-errors.js';
import { writeOnce } from './write-once.js';

export interface AggregateOutcome extends Outcome {
  readonly wasAlreadyRunning: boolean;
}

/** MX accepts what it does not do: only the member itself tells whether a job came of the request. */
async function start(scope: ActionScope, before: ObservedMember): Promise<Outcome> {
  const { client, reads, userGuid } = scope;
  const { guid } = before.member;
  const answered = await writeOnce({
    send: async () => reads.record(userGuid, await client.aggregate(userGuid, guid)),
    find: async () => {
      const after = await memberNow(scope, guid);
      return hasStartedNothing(before.member, after.member) ? undefined : after;
    },
  });
  if (!hasStartedNothing(before.member, answered.member)) return done(answered);
  const after = await memberNow(scope, guid);
  if (!hasStartedNothing(before.member, after.member)) return done(after);
  const retryAt = nextAttemptAt(after.member, Date.now());
  return refused(after, retryAt ? throttled(after, retryAt) : jobNotStarted());
}

function onRefusal(before: ObservedMember, error: unknown): Outcome {
  if (isMxError(error, 'conflict')) return refused(before, otherJobRunning());
  if (isMxError(error, 'constraint')) return refused(before, jobNotStarted());
  const unavailable = institutionUnavailable(error, ['input', 'memberGuid']);
  if (unavailable) return refused(before, unavailable);
  throw error;
}

/** Starts a job for a member. Rejects with NOT_FOUND where the user has no such member. */
export async function aggregateMember(scope: ActionScope, memberGuid: string): Promise<AggregateOutcome> {
  const before = await memberNow(scope, memberGuid);
  const outcome = await start(scope, before).catch((error: unknown) => onRefusal(before, error));
  // The job that ran may have ended before the request came, which then started another one.
  const isSameJob = outcome.member?.member.aggregated_at === before.member.aggregated_at;
  const wasAlreadyRunning = outcome.userErrors.length === 0 && before.member.is_being_aggregated && isSameJob;
  return { ...outcome, wasAlreadyRunning };
}
