import { isMxError } from '../mx/errors.js';
import type { MxAnswer, MxChallenge } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { done, memberNow, refused } from './mutation.js';
import type { ActionScope, Outcome } from './mutation.js';
import { checkAnswers } from './validate-input.js';
import { notPending } from './user-errors.js';
import { writeOnce } from './write-once.js';

/** Answers that arrived leave nothing pending, or other questions than those answered. */
async function findAnswered(
  scope: ActionScope,
  memberGuid: string,
  asked: readonly MxChallenge[],
): Promise<ObservedMember | undefined> {
  const { reads, userGuid } = scope;
  const pending = await reads.challengesNow(userGuid, memberGuid);
  const isStillAsked = pending.some(({ guid }) => asked.some((challenge) => challenge.guid === guid));
  return isStillAsked ? undefined : memberNow(scope, memberGuid);
}

/** Answers all pending challenges of a member. Rejects with NOT_FOUND where the user has no such member. */
export async function answerChallenges(
  scope: ActionScope,
  memberGuid: string,
  answers: readonly MxAnswer[],
): Promise<Outcome> {
  const { client, reads, userGuid } = scope;
  const before = await memberNow(scope, memberGuid);
  const asked = await reads.challengesNow(userGuid, memberGuid);
  if (asked.length === 0) return refused(before, notPending());
  const userErrors = checkAnswers(asked, answers);
  if (userErrors.length > 0) return refused(before, ...userErrors);
  try {
    const member = await writeOnce({
      send: async () => reads.record(userGuid, await client.resume(userGuid, memberGuid, answers)),
      find: () => findAnswered(scope, memberGuid, asked),
    });
    return done(member);
  } catch (error) {
    // Between the question and the answer the time may have run out, or somebody else may have answered.
    if (!isMxError(error, 'constraint', 'invalid')) throw error;
    const after = await findAnswered(scope, memberGuid, asked);
    if (after) return refused(after, notPending());
    throw error;
  }
}
