import { z } from 'zod';
import { kindOf, expectedAnswer } from '../model/challenges.js';
import { MxError } from '../errors.js';
import type { Institution } from '../model/institutions.js';
import type { JobType } from '../model/state.js';
import { resumeJob, startJob } from './jobs.js';
import { requireInstitution, credentialValueSchema, assertNotBlocked } from './member-rules.js';
import type { CredentialValue } from './member-rules.js';
import { answerOutcome } from './test-credentials.js';
import type { Member } from '../model/state.js';
import type { SandboxContext } from './sandbox-context.js';

export const resumeSchema = z.object({ challenges: z.array(credentialValueSchema) });

/** Statuses in which MX accepts a request to aggregate but starts no job. */
const NOT_AGGREGATED = new Set(['PENDING', 'DISCONTINUED', 'CLOSED', 'DISABLED']);

/**
 * Starts a job if MX would. If a job of the same type is running, or the last success is too recent, the
 * request does nothing but looks like a start. Only a running job of another type is an error.
 */
export function requestJob(
  context: SandboxContext,
  member: Member,
  type: JobType,
): 'started' | 'running' | 'idle' {
  const institution = requireInstitution(member.institutionCode);
  if (member.status === null) throw new MxError(405, 'A member without a connection cannot be aggregated.');
  assertNotBlocked(context, institution, type);
  if (member.isBeingAggregated) return joinJob(member, type);
  if (
    NOT_AGGREGATED.has(member.status) ||
    (type === 'AGGREGATION' && isThrottled(context, member, institution))
  )
    return 'idle';
  startJob(context, member, type);
  return 'started';
}

function joinJob(member: Member, type: JobType): 'running' {
  const running = member.job?.type ?? 'AGGREGATION';
  if (running === type) return 'running';
  throw new MxError(409, `Another job (${running.toLowerCase()}) is running for this member.`);
}

function isThrottled(context: SandboxContext, member: Member, institution: Institution): boolean {
  if (!institution.throttled || member.throttledSince === null) return false;
  return context.now() - member.throttledSince < context.settings.throttleMs;
}

/** Checks the answers to all challenges of a member and resumes its job. */
export function answerChallenges(
  context: SandboxContext,
  member: Member,
  given: readonly CredentialValue[],
): void {
  if (member.status !== 'CHALLENGED') throw new MxError(405, 'The member is not challenged.');
  const { challenges } = member;
  const unknown = given.find(({ guid }) => !challenges.some((challenge) => challenge.guid === guid));
  if (unknown) throw new MxError(400, `There is no challenge ${unknown.guid}.`);
  const answers = challenges.map((challenge) => {
    const answer = given.find(({ guid }) => guid === challenge.guid);
    if (answer === undefined) throw new MxError(400, `The challenge ${challenge.guid} has no answer.`);
    return expectedAnswer(challenge, answer.value);
  });
  resumeJob(context, member, answerOutcome(answers, kindOf(challenges)));
}
