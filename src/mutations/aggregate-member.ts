import { wallNow } from '../clock.js';
import { isMxError } from '../mx/errors.js';
import type { ObservedMember } from '../status/observed-member.js';
import { aggregatableAt, didNotStartJob } from '../status/throttle.js';
import { succeeded, fetchMember, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import {
  institutionUnavailable,
  jobNotStarted,
  otherJobRunning,
  aggregationThrottled,
} from './user-errors.js';
import { sendOnce } from './send-once.js';

/** Result of `aggregateMember`. */
export interface AggregateResult extends MutationResult {
  readonly wasAlreadyRunning: boolean;
}

/** Requests a job. MX also accepts requests that start none, so only the member shows whether one was started. */
async function startJob(scope: MutationScope, before: ObservedMember): Promise<MutationResult> {
  const { client, cache, userGuid } = scope;
  const { guid } = before.member;
  const { result: response } = await sendOnce({
    send: async () => cache.record(userGuid, await client.aggregate(userGuid, guid)),
    verify: async () => {
      const after = await fetchMember(scope, guid);
      return didNotStartJob(before.member, after.member) ? undefined : after;
    },
  });
  if (!didNotStartJob(before.member, response.member)) return succeeded(response);
  const after = await fetchMember(scope, guid);
  if (!didNotStartJob(before.member, after.member)) return succeeded(after);
  const retryAt = aggregatableAt(after.member, wallNow());
  return failed(after, retryAt ? aggregationThrottled(after, retryAt) : jobNotStarted());
}

function handleError(before: ObservedMember, error: unknown): MutationResult {
  if (isMxError(error, 'conflict')) return failed(before, otherJobRunning());
  if (isMxError(error, 'constraint')) return failed(before, jobNotStarted());
  const unavailable = institutionUnavailable(error, ['input', 'member']);
  if (unavailable) return failed(before, unavailable);
  throw error;
}

/** Starts a job for a member. Rejects with NOT_FOUND if the user has no such member. */
export async function aggregateMember(scope: MutationScope, memberGuid: string): Promise<AggregateResult> {
  const before = await fetchMember(scope, memberGuid);
  const result = await startJob(scope, before).catch((error: unknown) => handleError(before, error));
  // The job that was running may have ended before the request arrived, which then started another one.
  const isSameJob = result.member?.member.aggregated_at === before.member.aggregated_at;
  const wasAlreadyRunning = result.userErrors.length === 0 && before.member.is_being_aggregated && isSameJob;
  return { ...result, wasAlreadyRunning };
}
