import { z } from 'zod';
import { kindOf, expectedAnswer } from '../model/challenges.js';
import { MxError } from '../errors.js';
import type { Institution } from '../model/institutions.js';
import type { JobType } from '../model/state.js';
import { resumeJob, startJob } from './jobs.js';
import { institutionOf, pairSchema, refuseBlocked } from './member-rules.js';
import type { Pair } from './member-rules.js';
import { answerOutcome } from './test-credentials.js';
import type { Member } from '../model/state.js';
import type { SandboxContext } from './world.js';

export const resumeSchema = z.object({ challenges: z.array(pairSchema) });

/** Connections with nothing to fetch from: asking is accepted and does nothing. */
const IDLE = new Set(['PENDING', 'DISCONTINUED', 'CLOSED', 'DISABLED']);

/**
 * Starts a job if MX would. A job of the same type that runs, or the time since the last success, make it a
 * silent no-op that looks like a start; only a job of another type is an error.
 */
export function requestJob(
  world: SandboxContext,
  member: Member,
  type: JobType,
): 'started' | 'running' | 'idle' {
  const institution = institutionOf(member.institutionCode);
  if (member.status === null) throw new MxError(405, 'A member without a connection cannot be aggregated.');
  refuseBlocked(institution, type);
  if (member.isBeingAggregated) return joinJob(member, type);
  if (IDLE.has(member.status) || (type === 'AGGREGATION' && isThrottled(world, member, institution)))
    return 'idle';
  startJob(world, member, type);
  return 'started';
}

function joinJob(member: Member, type: JobType): 'running' {
  const running = member.job?.type ?? 'AGGREGATION';
  if (running === type) return 'running';
  throw new MxError(409, `Another job (${running.toLowerCase()}) is running for this member.`);
}

function isThrottled(world: SandboxContext, member: Member, institution: Institution): boolean {
  if (!institution.throttled || member.throttledSince === null) return false;
  return world.now() - member.throttledSince < world.settings.throttleMs;
}

/** Takes the answers to all of a member's questions, and lets its job go on. */
export function answerChallenges(world: SandboxContext, member: Member, given: readonly Pair[]): void {
  if (member.status !== 'CHALLENGED') throw new MxError(405, 'The member is not challenged.');
  const asked = member.challenges;
  const stranger = given.find(({ guid }) => !asked.some((one) => one.guid === guid));
  if (stranger) throw new MxError(400, `There is no challenge ${stranger.guid}.`);
  const answers = asked.map((one) => {
    const answer = given.find(({ guid }) => guid === one.guid);
    if (answer === undefined) throw new MxError(400, `The challenge ${one.guid} has no answer.`);
    return expectedAnswer(one, answer.value);
  });
  resumeJob(world, member, answerOutcome(answers, kindOf(asked)));
}
