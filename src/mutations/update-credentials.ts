import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { isOauthOnly, nullIfNotListed, readFields } from './institution-fields.js';
import { succeeded, fetchMember, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import { validateCredentials } from './validate-input.js';
import { institutionUnavailable, memberExists, oauthRequired, otherJobRunning } from './user-errors.js';
import { sendOnce } from './send-once.js';

const CREDENTIALS = ['input', 'credentials'] as const;

/** New credentials start a job. A job that is running or has run since shows that MX received them. */
function hasNewJob(before: ObservedMember, after: ObservedMember): boolean {
  const [old, now] = [before.member, after.member];
  return (
    (now.is_being_aggregated && !old.is_being_aggregated) ||
    now.aggregated_at !== old.aggregated_at ||
    now.most_recent_job_guid !== old.most_recent_job_guid
  );
}

async function handleError(
  scope: MutationScope,
  before: ObservedMember,
  error: unknown,
): Promise<MutationResult> {
  if (isMxError(error, 'conflict')) {
    const existing = error.details.existingGuid;
    const now = await fetchMember(scope, before.member.guid);
    const isBusy = existing === undefined && now.member.is_being_aggregated;
    return failed(now, isBusy ? otherJobRunning() : memberExists(existing ?? null, CREDENTIALS));
  }
  const unavailable = institutionUnavailable(error, ['input', 'member']);
  if (unavailable) return failed(before, unavailable);
  throw error;
}

async function sendCredentials(
  scope: MutationScope,
  memberGuid: string,
  credentials: readonly MxChallengeAnswer[],
): Promise<MutationResult> {
  const { client, cache, userGuid } = scope;
  const before = await fetchMember(scope, memberGuid);
  if (before.isOauth) return failed(before, oauthRequired(CREDENTIALS));
  const code = before.member.institution_code;
  const fields = code === null ? null : await readFields(scope, code).catch(nullIfNotListed);
  if (isOauthOnly(fields)) return failed(before, oauthRequired(CREDENTIALS));
  const userErrors = fields ? validateCredentials(fields, credentials, CREDENTIALS) : [];
  if (userErrors.length > 0) return failed(before, ...userErrors);
  try {
    const { result, isVerified } = await sendOnce({
      send: async () =>
        cache.record(userGuid, await client.updateCredentials(userGuid, memberGuid, credentials)),
      verify: async () => {
        const after = await fetchMember(scope, memberGuid);
        return hasNewJob(before, after) ? after : undefined;
      },
    });
    return { ...succeeded(result), isVerified };
  } catch (error) {
    return handleError(scope, before, error);
  }
}

/**
 * Updates the credentials of a member. The same credentials given twice are sent once. Rejects with NOT_FOUND if the
 * user has no such member.
 */
export function updateMemberCredentials(
  scope: MutationScope,
  memberGuid: string,
  credentials: readonly MxChallengeAnswer[],
): Promise<MutationResult> {
  const { userGuid, deduplicator } = scope;
  const mutation = { name: 'updateMemberCredentials', userGuid, memberGuid, values: credentials } as const;
  return deduplicator.run(mutation, () => sendCredentials(scope, memberGuid, credentials));
}
