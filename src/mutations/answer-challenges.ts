import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer, MxChallenge } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { succeeded, fetchMember, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import { validateAnswers } from './validate-input.js';
import { challengeNotPending } from './user-errors.js';
import { sendOnce } from './send-once.js';

/** Answers that arrived leave nothing pending, or other questions than those answered. */
async function findAnswered(
  scope: MutationScope,
  memberGuid: string,
  asked: readonly MxChallenge[],
): Promise<ObservedMember | undefined> {
  const { cache, userGuid } = scope;
  const pending = await cache.challengesNow(userGuid, memberGuid);
  const isStillAsked = pending.some(({ guid }) => asked.some((challenge) => challenge.guid === guid));
  return isStillAsked ? undefined : fetchMember(scope, memberGuid);
}

/** Answers all pending challenges of a member. Rejects with NOT_FOUND where the user has no such member. */
export async function answerChallenges(
  scope: MutationScope,
  memberGuid: string,
  answers: readonly MxChallengeAnswer[],
): Promise<MutationResult> {
  const { client, cache, userGuid } = scope;
  const before = await fetchMember(scope, memberGuid);
  const asked = await cache.challengesNow(userGuid, memberGuid);
  if (asked.length === 0) return failed(before, challengeNotPending());
  const userErrors = validateAnswers(asked, answers);
  if (userErrors.length > 0) return failed(before, ...userErrors);
  try {
    const member = await sendOnce({
      send: async () => cache.record(userGuid, await client.resume(userGuid, memberGuid, answers)),
      verify: () => findAnswered(scope, memberGuid, asked),
    });
    return succeeded(member);
  } catch (error) {
    // Between the question and the answer the time may have run out, or somebody else may have answered.
    if (!isMxError(error, 'constraint', 'invalid')) throw error;
    const after = await findAnswered(scope, memberGuid, asked);
    if (after) return failed(after, challengeNotPending());
    throw error;
  }
}
