import { createChallenges } from '../model/challenges.js';
import type { ChallengeKind } from '../model/challenges.js';
import { newGuid } from '../guid.js';
import { setStatus, bumpRevision } from './member-status.js';
import type { Outcome } from './test-credentials.js';
import { loginOutcome } from './test-credentials.js';
import type { Job, JobType, Member, Step } from '../model/state.js';
import { aggregationEvent, initialDataReadyEvent, jobEvent } from '../webhooks/events.js';
import type { SandboxContext } from './sandbox-context.js';

/** Consecutive failures after which MX stops trying a login, so that the bank does not lock the user out. */
const PREVENT_AFTER = 3;

/** Starts a job, replacing a running one. The status does not change until the bank has responded. */
export function startJob(context: SandboxContext, member: Member, type: JobType): void {
  const outcome = loginOutcome(member);
  createJob(context, member, type);
  member.isAuthenticated = false;
  member.hasAccounts = false;
  member.hasTransactions = false;
  member.error = null;
  bumpRevision(context, member);
  scheduleSteps(context, member, outcome);
}

/** Resumes the job after a challenge was answered. */
export function resumeJob(context: SandboxContext, member: Member, outcome: Outcome): void {
  if (member.job === null) createJob(context, member, 'AGGREGATION');
  member.isBeingAggregated = true;
  setStatus(context, member, 'RESUMED');
  scheduleSteps(context, member, outcome);
}

/** Runs the remaining steps of a job immediately. Returns false if no job runs, or it waits for an answer. */
export function finishJob(member: Member): boolean {
  const job = member.job;
  if (job === null || job.steps.length === 0) return false;
  job.timer?.cancel();
  while (member.job === job && job.steps.length > 0) job.steps.shift()?.run();
  return true;
}

/** Cancels a member's job without changing its status. */
export function dropJob(member: Member): void {
  member.job?.timer?.cancel();
  member.job = null;
  member.isBeingAggregated = false;
}

/** Challenges the member: its job waits, and the member becomes EXPIRED if no answer comes in time. */
export function challengeMember(context: SandboxContext, member: Member, kind: ChallengeKind): void {
  setStatus(context, member, 'CHALLENGED');
  member.challenges = createChallenges(kind, member.integerTypes);
  member.isBeingAggregated = true;
  member.expiry = context.timers.after(context.settings.challengeTtlMs, () =>
    expireChallenge(context, member),
  );
}

/** Expires a challenge: the member becomes EXPIRED and its job ends. */
export function expireChallenge(context: SandboxContext, member: Member): void {
  dropJob(member);
  setStatus(context, member, 'EXPIRED');
}

function createJob(context: SandboxContext, member: Member, type: JobType): void {
  dropJob(member);
  const startedAt = context.now();
  member.job = { guid: newGuid('JOB'), type, startedAt, steps: [], timer: null };
  member.lastJobGuid = member.job.guid;
  member.aggregatedAt = startedAt;
  member.isBeingAggregated = true;
}

function scheduleSteps(context: SandboxContext, member: Member, outcome: Outcome): void {
  if (member.job === null) return;
  member.job.steps = jobSteps(context, member, outcome);
  scheduleNextStep(context, member, member.job);
}

function scheduleNextStep(context: SandboxContext, member: Member, job: Job): void {
  const next = job.steps[0];
  if (next === undefined) return;
  job.timer = context.timers.after(next.share * context.settings.jobMs, () => {
    job.steps.shift();
    next.run();
    if (member.job === job) scheduleNextStep(context, member, job);
  });
}

/** As at MX, the status changes before the job ends: clients that wait only for the status stop too early. */
function jobSteps(context: SandboxContext, member: Member, outcome: Outcome): Step[] {
  switch (outcome.kind) {
    case 'connect':
      return [
        { share: 0.4, run: () => authenticated(context, member) },
        { share: 0.3, run: () => dataReady(context, member) },
        { share: 0.3, run: () => completed(context, member) },
      ];
    case 'challenge':
      return [{ share: 0.4, run: () => challenged(context, member, outcome.ask) }];
    case 'fail':
      return [
        { share: 0.4, run: () => failed(context, member, outcome.status) },
        { share: 0.1, run: () => endFailedJob(context, member) },
      ];
  }
}

function authenticated(context: SandboxContext, member: Member): void {
  member.isAuthenticated = true;
  member.hasAccounts = true;
  member.accountsReceivedAt = context.now();
  member.deniedInARow = 0;
  setStatus(context, member, 'CONNECTED');
}

function dataReady(context: SandboxContext, member: Member): void {
  member.hasTransactions = true;
  context.webhooks.emit(() => initialDataReadyEvent(member));
}

function completed(context: SandboxContext, member: Member): void {
  const job = member.job;
  dropJob(member);
  const now = context.now();
  member.successfullyAggregatedAt = now;
  if (job?.type === 'AGGREGATION') member.throttledSince = now;
  member.hasAccountNumbers ||= job?.type === 'VERIFICATION';
  bumpRevision(context, member);
  if (job === null) return;
  context.webhooks.emit(() => jobEvent(member, job, { name: 'COMPLETED', now }));
  if (job.type === 'AGGREGATION') context.webhooks.emit(() => aggregationEvent(member, job, now));
}

function challenged(context: SandboxContext, member: Member, kind: ChallengeKind): void {
  const job = member.job;
  challengeMember(context, member, kind);
  if (job) context.webhooks.emit(() => jobEvent(member, job, { name: 'CHALLENGED', now: context.now() }));
}

function failed(context: SandboxContext, member: Member, status: string): void {
  // With `needsUpdatedCredentials` MX did not try the login, so the bank counts no further failure.
  if (status === 'DENIED' && !member.needsUpdatedCredentials) member.deniedInARow += 1;
  setStatus(
    context,
    member,
    status === 'DENIED' && member.deniedInARow >= PREVENT_AFTER ? 'PREVENTED' : status,
  );
}

function endFailedJob(context: SandboxContext, member: Member): void {
  const job = member.job;
  dropJob(member);
  bumpRevision(context, member);
  const named = member.status === 'DENIED' || member.status === 'PREVENTED' ? member.status : 'HALTED';
  if (job) context.webhooks.emit(() => jobEvent(member, job, { name: named, now: context.now() }));
}
