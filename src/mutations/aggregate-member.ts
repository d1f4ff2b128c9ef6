import { isMxError } from '../mx/errors.js';
import type { ObservedMember } from '../status/observed-member.js';
import { didNotStartJob, nextAttemptAt } from '../status/throttle.js';
import { succeeded, fetchMember, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import {
  institutionUnavailable,
  jobNotStarted,
  otherJobRunning,
  aggregationThrottled,
} from './user-errors.js';
import { sendOnce } from './send-once.js';

export interface AggregateOutcome extends MutationResult {
  readonly wasAlreadyRunning: boolean;
}

/** MX accepts what it does not do: only the member itself tells whether a job came of the request. */
async function start(scope: MutationScope, before: ObservedMember): Promise<MutationResult> {
  const { client, cache, userGuid } = scope;
  const { guid } = before.member;
  const answered = await sendOnce({
    send: async () => cache.record(userGuid, await client.aggregate(userGuid, guid)),
    verify: async () => {
      const after = await fetchMember(scope, guid);
      return didNotStartJob(before.member, after.member) ? undefined : after;
    },
  });
  if (!didNotStartJob(before.member, answered.member)) return succeeded(answered);
  const after = await fetchMember(scope, guid);
  if (!didNotStartJob(before.member, after.member)) return succeeded(after);
  const retryAt = nextAttemptAt(after.member, Date.now());
  return failed(after, retryAt ? aggregationThrottled(after, retryAt) : jobNotStarted());
}

function onRefusal(before: ObservedMember, error: unknown): MutationResult {
  if (isMxError(error, 'conflict')) return failed(before, otherJobRunning());
  if (isMxError(error, 'constraint')) return failed(before, jobNotStarted());
  const unavailable = institutionUnavailable(error, ['input', 'memberGuid']);
  if (unavailable) return failed(before, unavailable);
  throw error;
}

/** Starts a job for a member. Rejects with NOT_FOUND where the user has no such member. */
export async function aggregateMember(scope: MutationScope, memberGuid: string): Promise<AggregateOutcome> {
  const before = await fetchMember(scope, memberGuid);
  const outcome = await start(scope, before).catch((error: unknown) => onRefusal(before, error));
  // The job that ran may have ended before the request came, which then started another one.
  const isSameJob = outcome.member?.member.aggregated_at === before.member.aggregated_at;
  const wasAlreadyRunning = outcome.userErrors.length === 0 && before.member.is_being_aggregated && isSameJob;
  return { ...outcome, wasAlreadyRunning };
}
