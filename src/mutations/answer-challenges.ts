import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer, MxChallenge } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { succeeded, fetchMember, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import { validateAnswers } from './validate-input.js';
import { challengeNotPending } from './user-errors.js';
import { sendOnce } from './send-once.js';

/** Resolves to the member if the answers were received: none of the challenges is pending any more. */
async function findIfAnswered(
  scope: MutationScope,
  memberGuid: string,
  challenges: readonly MxChallenge[],
): Promise<ObservedMember | undefined> {
  const { cache, userGuid } = scope;
  const pending = await cache.challenges.readNow(userGuid, memberGuid);
  const isStillPending = pending.some(({ guid }) => challenges.some((challenge) => challenge.guid === guid));
  return isStillPending ? undefined : fetchMember(scope, memberGuid);
}

async function sendAnswers(
  scope: MutationScope,
  memberGuid: string,
  answers: readonly MxChallengeAnswer[],
): Promise<MutationResult> {
  const { client, cache, userGuid } = scope;
  const before = await fetchMember(scope, memberGuid);
  const challenges = await cache.challenges.readNow(userGuid, memberGuid);
  if (challenges.length === 0) return failed(before, challengeNotPending());
  const userErrors = validateAnswers(challenges, answers);
  if (userErrors.length > 0) return failed(before, ...userErrors);
  try {
    const { result, isVerified } = await sendOnce({
      send: async () => cache.record(userGuid, await client.resume(userGuid, memberGuid, answers)),
      verify: () => findIfAnswered(scope, memberGuid, challenges),
    });
    return { ...succeeded(result), isVerified };
  } catch (error) {
    // The challenges may have expired meanwhile, or another client may have answered them.
    if (!isMxError(error, 'constraint', 'invalid')) throw error;
    const after = await findIfAnswered(scope, memberGuid, challenges);
    if (after) return failed(after, challengeNotPending());
    throw error;
  }
}

/**
 * Answers all pending challenges of a member. The same answers given twice are sent once. Rejects with NOT_FOUND if the
 * user has no such member.
 */
export function answerChallenges(
  scope: MutationScope,
  memberGuid: string,
  answers: readonly MxChallengeAnswer[],
): Promise<MutationResult> {
  const { userGuid, deduplicator } = scope;
  const mutation = { name: 'answerChallenges', userGuid, memberGuid, values: answers } as const;
  return deduplicator.run(mutation, () => sendAnswers(scope, memberGuid, answers));
}
