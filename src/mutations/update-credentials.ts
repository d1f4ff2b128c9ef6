import { isMxError } from '../mx/errors.js';
import type { MxAnswer } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { done, memberNow, refused } from './mutation.js';
import type { ActionScope, Outcome } from './mutation.js';
import { checkCredentials } from './validate-input.js';
import { institutionUnavailable, memberExists, oauthRequired, otherJobRunning } from './user-errors.js';
import { writeOnce } from './write-once.js';

/** New credentials start a job: that there is one, or was one since, shows that they have arrived. */
function hasNewJob(before: ObservedMember, after: ObservedMember): boolean {
  const [old, now] = [before.member, after.member];
  return (
    (now.is_being_aggregated && !old.is_being_aggregated) ||
    now.aggregated_at !== old.aggregated_at ||
    now.most_recent_job_guid !== old.most_recent_job_guid
  );
}

async function onRefusal(scope: ActionScope, before: ObservedMember, error: unknown): Promise<Outcome> {
  if (isMxError(error, 'conflict')) {
    const existing = error.details.existingGuid;
    const now = await memberNow(scope, before.member.guid);
    const isBusy = existing === undefined && now.member.is_being_aggregated;
    return refused(
      now,
      isBusy ? otherJobRunning() : memberExists(existing ?? null, ['input', 'credentials']),
    );
  }
  const unavailable = institutionUnavailable(error, ['input', 'memberGuid']);
  if (unavailable) return refused(before, unavailable);
  throw error;
}

/** Gives a member new credentials. Rejects with NOT_FOUND where the user has no such member. */
export async function updateMemberCredentials(
  scope: ActionScope,
  memberGuid: string,
  credentials: readonly MxAnswer[],
): Promise<Outcome> {
  const { client, reads, userGuid } = scope;
  const before = await memberNow(scope, memberGuid);
  if (before.isOauth) return refused(before, oauthRequired());
  const code = before.member.institution_code;
  const fields = code === null ? [] : await reads.institutions.credentials(code);
  const userErrors = checkCredentials(fields, credentials);
  if (userErrors.length > 0) return refused(before, ...userErrors);
  try {
    const member = await writeOnce({
      send: async () =>
        reads.record(userGuid, await client.updateCredentials(userGuid, memberGuid, credentials)),
      find: async () => {
        const after = await memberNow(scope, memberGuid);
        return hasNewJob(before, after) ? after : undefined;
      },
    });
    return done(member);
  } catch (error) {
    return onRefusal(scope, before, error);
  }
}
