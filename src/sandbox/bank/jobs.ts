import { createChallenges } from '../model/challenges.js';
import type { ChallengeKind } from '../model/challenges.js';
import { newGuid } from '../guid.js';
import { setStatus, bumpRevision } from './member-status.js';
import type { Outcome } from './test-credentials.js';
import { loginOutcome } from './test-credentials.js';
import type { Job, JobType, Member, Step } from '../model/state.js';
import { aggregationEvent, initialDataReadyEvent, jobEvent } from '../webhooks/events.js';
import type { SandboxContext } from './world.js';

/** Failures in a row after which MX stops trying a login, to spare the user a lock at the bank. */
const PREVENT_AFTER = 3;

/** Starts a job on a member, in place of the one that runs, if any. The status stays until the bank has answered. */
export function startJob(world: SandboxContext, member: Member, type: JobType): void {
  const outcome = loginOutcome(member);
  openJob(world, member, type);
  member.isAuthenticated = false;
  member.hasAccounts = false;
  member.hasTransactions = false;
  member.error = null;
  bumpRevision(world, member);
  schedule(world, member, outcome);
}

/** Lets the job go on after the answers to a challenge. */
export function resumeJob(world: SandboxContext, member: Member, outcome: Outcome): void {
  if (member.job === null) openJob(world, member, 'AGGREGATION');
  member.isBeingAggregated = true;
  setStatus(world, member, 'RESUMED');
  schedule(world, member, outcome);
}

/** Runs what is left of a job at once. False where no job runs or it waits for an answer. */
export function finishJob(member: Member): boolean {
  const job = member.job;
  if (job === null || job.steps.length === 0) return false;
  job.timer?.cancel();
  while (member.job === job && job.steps.length > 0) job.steps.shift()?.run();
  return true;
}

/** Drops a member's job, leaving its status as it is. */
export function dropJob(member: Member): void {
  member.job?.timer?.cancel();
  member.job = null;
  member.isBeingAggregated = false;
}

/** Asks a question: the job waits, and the member is EXPIRED when nobody answers in time. */
export function challenge(world: SandboxContext, member: Member, kind: ChallengeKind): void {
  setStatus(world, member, 'CHALLENGED');
  member.challenges = createChallenges(kind, member.integerTypes);
  member.isBeingAggregated = true;
  member.lapse = world.timers.after(world.settings.challengeTtlMs, () => expireChallenge(world, member));
}

/** What happens when a challenge lapses: the member is EXPIRED and its job over. */
export function expireChallenge(world: SandboxContext, member: Member): void {
  dropJob(member);
  setStatus(world, member, 'EXPIRED');
}

function openJob(world: SandboxContext, member: Member, type: JobType): void {
  dropJob(member);
  const startedAt = world.now();
  member.job = { guid: newGuid('JOB'), type, startedAt, steps: [], timer: null };
  member.lastJobGuid = member.job.guid;
  member.aggregatedAt = startedAt;
  member.isBeingAggregated = true;
}

function schedule(world: SandboxContext, member: Member, outcome: Outcome): void {
  if (member.job === null) return;
  member.job.steps = stepsOf(world, member, outcome);
  proceed(world, member, member.job);
}

function proceed(world: SandboxContext, member: Member, job: Job): void {
  const next = job.steps[0];
  if (next === undefined) return;
  job.timer = world.timers.after(next.share * world.settings.jobMs, () => {
    job.steps.shift();
    next.run();
    if (member.job === job) proceed(world, member, job);
  });
}

/** A status is seen before its job ends, good or bad: whoever believes the word alone stops too early. */
function stepsOf(world: SandboxContext, member: Member, outcome: Outcome): Step[] {
  switch (outcome.kind) {
    case 'connect':
      return [
        { share: 0.4, run: () => authenticated(world, member) },
        { share: 0.3, run: () => dataReady(world, member) },
        { share: 0.3, run: () => completed(world, member) },
      ];
    case 'challenge':
      return [{ share: 0.4, run: () => challenged(world, member, outcome.ask) }];
    case 'fail':
      return [
        { share: 0.4, run: () => failed(world, member, outcome.status) },
        { share: 0.1, run: () => halted(world, member) },
      ];
  }
}

function authenticated(world: SandboxContext, member: Member): void {
  member.isAuthenticated = true;
  member.hasAccounts = true;
  member.deniedInARow = 0;
  setStatus(world, member, 'CONNECTED');
}

function dataReady(world: SandboxContext, member: Member): void {
  member.hasTransactions = true;
  world.webhooks.emit(() => initialDataReadyEvent(member));
}

function completed(world: SandboxContext, member: Member): void {
  const job = member.job;
  dropJob(member);
  const now = world.now();
  member.successfullyAggregatedAt = now;
  if (job?.type === 'AGGREGATION') member.throttledSince = now;
  member.hasAccountNumbers ||= job?.type === 'VERIFICATION';
  bumpRevision(world, member);
  if (job === null) return;
  world.webhooks.emit(() => jobEvent(member, job, { name: 'COMPLETED', now }));
  if (job.type === 'AGGREGATION') world.webhooks.emit(() => aggregationEvent(member, job, now));
}

function challenged(world: SandboxContext, member: Member, kind: ChallengeKind): void {
  const job = member.job;
  challenge(world, member, kind);
  if (job) world.webhooks.emit(() => jobEvent(member, job, { name: 'CHALLENGED', now: world.now() }));
}

function failed(world: SandboxContext, member: Member, status: string): void {
  // A login MX refuses to try again is not one more failure at the bank.
  if (status === 'DENIED' && !member.needsUpdatedCredentials) member.deniedInARow += 1;
  setStatus(
    world,
    member,
    status === 'DENIED' && member.deniedInARow >= PREVENT_AFTER ? 'PREVENTED' : status,
  );
}

function halted(world: SandboxContext, member: Member): void {
  const job = member.job;
  dropJob(member);
  bumpRevision(world, member);
  const named = member.status === 'DENIED' || member.status === 'PREVENTED' ? member.status : 'HALTED';
  if (job) world.webhooks.emit(() => jobEvent(member, job, { name: named, now: world.now() }));
}
