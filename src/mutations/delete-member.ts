import { isMxError } from '../mx/errors.js';
import { requireMember } from './mutation.js';
import type { MutationScope } from './mutation.js';
import { sendOnce } from './send-once.js';

/** Deletes a member. Rejects with NOT_FOUND if the user has no such member. */
export async function deleteMember(scope: MutationScope, memberGuid: string): Promise<void> {
  const { client, cache, userGuid } = scope;
  const { member } = requireMember(await cache.members(userGuid), memberGuid);
  await sendOnce({
    send: async () => {
      // A member that was already deleted is a success.
      await client.deleteMember(userGuid, memberGuid, !member.is_managed_by_user).catch((error: unknown) => {
        if (!isMxError(error, 'not_found')) throw error;
      });
      return true;
    },
    verify: async () => ((await cache.membersNow(userGuid)).has(memberGuid) ? undefined : true),
  });
  await cache.recordDeleted(userGuid, memberGuid);
}
