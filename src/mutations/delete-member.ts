import { isMxError } from '../mx/errors.js';
import { memberAmong } from './mutation.js';
import type { ActionScope } from './mutation.js';
import { writeOnce } from './write-once.js';

/** Ends a member for good. Rejects with NOT_FOUND where the user has no such member. */
export async function deleteMember(scope: ActionScope, memberGuid: string): Promise<void> {
  const { client, reads, userGuid } = scope;
  const { member } = memberAmong(await reads.members(userGuid), memberGuid);
  await writeOnce({
    send: async () => {
      // Gone is gone, whoever did it first.
      await client.deleteMember(userGuid, memberGuid, !member.is_managed_by_user).catch((error: unknown) => {
        if (!isMxError(error, 'not_found')) throw error;
      });
      return true;
    },
    find: async () => ((await reads.membersNow(userGuid)).has(memberGuid) ? undefined : true),
  });
  await reads.recordDeleted(userGuid, memberGuid);
}
