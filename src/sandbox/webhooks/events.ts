import { findInstitution } from '../model/institutions.js';
import type { Job } from '../model/state.js';
import { seededGuid } from '../guid.js';
import type { Member } from '../model/state.js';
import { STATUSES } from '../model/statuses.js';

export const EVENT_TYPES = [
  'CONNECTION_STATUS',
  'MEMBER',
  'AGGREGATION',
  'JOB',
  'INITIAL_DATA_READY',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface WebhookEvent {
  type: EventType;
  memberGuid: string;
  body: Record<string, unknown>;
  callbackPayload: string | null;
}

export type MemberAction = 'created' | 'updated' | 'deleted';
export type JobStatusName = 'COMPLETED' | 'CHALLENGED' | 'DENIED' | 'PREVENTED' | 'HALTED';

/** MX documents only 0 to 2. The others follow the order of its list. */
const JOB_STATUS_NUMBERS: Readonly<Record<JobStatusName, number>> = {
  CHALLENGED: 2,
  COMPLETED: 6,
  PREVENTED: 7,
  DENIED: 8,
  HALTED: 9,
};

/** Webhooks contain Unix timestamps in seconds; the REST API uses ISO 8601. */
const unix = (ms: number | null): number | null => (ms === null ? null : Math.floor(ms / 1000));

function statusFields(member: Member): Record<string, unknown> {
  return {
    connection_status: member.status,
    connection_status_id: member.status === null ? null : (STATUSES.get(member.status)?.code ?? null),
    connection_status_message: member.message,
  };
}

function event(type: EventType, member: Member, body: Record<string, unknown>): WebhookEvent {
  return { type, memberGuid: member.guid, body, callbackPayload: member.callbackPayload };
}

/** As at MX, contains no time, revision or id, so these events cannot be ordered. */
export function connectionStatusEvent(member: Member): WebhookEvent {
  return event('CONNECTION_STATUS', member, {
    action: 'CHANGED',
    type: 'CONNECTION_STATUS',
    ...statusFields(member),
    member_guid: member.guid,
    user_guid: member.user.guid,
  });
}

/** Contains the member's fields next to the action, and a revision that increases with each change. */
export function memberEvent(member: Member, action: MemberAction): WebhookEvent {
  return event('MEMBER', member, {
    action,
    type: 'MEMBER',
    aggregated_at: unix(member.aggregatedAt),
    ...statusFields(member),
    created_at: unix(member.createdAt),
    guid: member.guid,
    id: member.id,
    institution_code: member.institutionCode,
    institution_guid: findInstitution(member.institutionCode)?.guid ?? null,
    is_being_aggregated: member.isBeingAggregated,
    is_managed_by_user: member.isManagedByUser,
    is_manual: member.isManual,
    is_oauth: member.isOauth,
    metadata: member.metadata,
    most_recent_job_guid: member.lastJobGuid,
    name: member.name,
    revision: member.revision,
    successfully_aggregated_at: unix(member.successfullyAggregatedAt),
    user_guid: member.user.guid,
    user_id: member.user.id,
  });
}

/** A job that has updated a member's data. */
export interface FinishedJob extends Pick<Job, 'guid'> {
  /** Started by MX, about once a day. */
  isBackground?: boolean;
  created?: number;
  updated?: number;
}

export function aggregationEvent(member: Member, job: FinishedJob, now: number): WebhookEvent {
  return event('AGGREGATION', member, {
    action: 'member_data_updated',
    type: 'AGGREGATION',
    completed_at: unix(now),
    completed_on: new Date(now).toISOString().slice(0, 10),
    is_background: job.isBackground ?? false,
    job_guid: job.guid,
    member_guid: member.guid,
    user_guid: member.user.guid,
    user_id: member.user.id,
    transactions_created_count: job.created ?? 12,
    transactions_updated_count: job.updated ?? 0,
  });
}

export function initialDataReadyEvent(member: Member): WebhookEvent {
  return event('INITIAL_DATA_READY', member, {
    type: 'initial_data_ready',
    guid: member.lastJobGuid,
    client_guid: seededGuid('CLT', 'sandbox'),
    user_guid: member.user.guid,
    member_guid: member.guid,
  });
}

export function jobEvent(
  member: Member,
  job: Pick<Job, 'guid' | 'startedAt'>,
  end: { name: JobStatusName; now: number },
): WebhookEvent {
  const isFinished = end.name !== 'CHALLENGED';
  return event('JOB', member, {
    job: {
      guid: job.guid,
      member_guid: member.guid,
      member_id: member.id,
      user_guid: member.user.guid,
      user_id: member.user.id,
      institution_guid: findInstitution(member.institutionCode)?.guid ?? null,
      status: JOB_STATUS_NUMBERS[end.name],
      status_name: end.name,
      is_authenticated: member.isAuthenticated,
      error_message: isFinished && end.name !== 'COMPLETED' ? member.message : null,
      created_at: unix(job.startedAt),
      started_at: unix(job.startedAt),
      finished_at: isFinished ? unix(end.now) : null,
      updated_at: unix(end.now),
    },
  });
}

/** Creates an event of a type from the member's current state. */
export function eventOf(type: EventType, member: Member, now: number): WebhookEvent {
  const job = {
    guid: member.lastJobGuid ?? seededGuid('JOB', member.guid),
    startedAt: member.aggregatedAt ?? now,
  };
  switch (type) {
    case 'CONNECTION_STATUS':
      return connectionStatusEvent(member);
    case 'MEMBER':
      return memberEvent(member, 'updated');
    case 'AGGREGATION':
      return aggregationEvent(member, job, now);
    case 'INITIAL_DATA_READY':
      return initialDataReadyEvent(member);
    case 'JOB':
      return jobEvent(member, job, { name: 'COMPLETED', now });
  }
}
