import { z } from 'zod';
import { newGuid } from '../guid.js';
import type { Member } from '../model/state.js';
import { aggregationEvent, jobEvent } from '../webhooks/events.js';
import { bumpRevision } from './member-status.js';
import type { SandboxContext } from './sandbox-context.js';

const MAX_LAG_MS = 600_000;

export const backgroundSchema = z
  .strictObject({
    /** How many transactions the webhook tells of. */
    created: z.int().min(0).default(12),
    updated: z.int().min(0).default(0),
    /** How long after the webhook MX's API shows the new data, in milliseconds. */
    lagMs: z.int().min(0).max(MAX_LAG_MS).default(0),
  })
  .prefault({});

export type BackgroundAggregation = z.input<typeof backgroundSchema>;

/** Updates a member's data, as MX does about once a day: its status stays the same, and no job is seen to run. */
export function aggregateInBackground(
  context: SandboxContext,
  member: Member,
  { created, updated, lagMs }: z.output<typeof backgroundSchema>,
): void {
  const now = context.now();
  const job = { guid: newGuid('JOB'), startedAt: now, isBackground: true, created, updated };
  const showData = (): void => {
    member.aggregatedAt = now;
    member.successfullyAggregatedAt = now;
  };
  member.lastJobGuid = job.guid;
  member.throttledSince = now;
  if (lagMs === 0) showData();
  else context.timers.after(lagMs, showData);
  bumpRevision(context, member);
  context.webhooks.emit(() => jobEvent(member, job, { name: 'COMPLETED', now }));
  context.webhooks.emit(() => aggregationEvent(member, job, now));
}
