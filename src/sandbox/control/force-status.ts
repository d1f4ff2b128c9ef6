import type { MemberPatch } from './schemas.js';
import { challengeMember, dropJob } from '../bank/jobs.js';
import { emitStatusChange, setStatus, bumpRevision } from '../bank/member-status.js';
import { setPending, issueOauthWindow } from '../bank/oauth.js';
import type { Member } from '../model/state.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

/** Sets fields of a member and sends the webhooks of a real change. A new status cancels the running job. */
export function forceMember(context: SandboxContext, member: Member, patch: MemberPatch): void {
  const before = member.status;
  // Send webhooks once, at the end: they must contain the given message, not the default one.
  context.webhooks.withoutEvents(() => {
    member.institutionCode = patch.institution_code ?? member.institutionCode;
    member.name = patch.name ?? member.name;
    forceStatus(context, member, patch);
    forceFields(member, patch);
  });
  if (member.status === before) bumpRevision(context, member);
  else emitStatusChange(context, member);
}

function forceStatus(context: SandboxContext, member: Member, patch: MemberPatch): void {
  const status = patch.challenges === undefined ? patch.connection_status : 'CHALLENGED';
  if (status === undefined) return;
  dropJob(member);
  member.integerTypes = patch.integerTypes ?? member.integerTypes;
  if (status === 'CHALLENGED') {
    challengeMember(context, member, patch.challenges ?? 'TEXT');
  } else if (status === 'PENDING') {
    member.isOauth = true;
    issueOauthWindow(context, member);
    setPending(context, member);
  } else setStatus(context, member, status);
}

/** Overrides the message, the error and the other fields that a status sets. */
function forceFields(member: Member, patch: MemberPatch): void {
  member.isOauth = patch.is_oauth ?? member.isOauth;
  member.isManual = patch.is_manual ?? member.isManual;
  member.isBeingAggregated = patch.is_being_aggregated ?? member.isBeingAggregated;
  member.isAuthenticated = patch.is_authenticated ?? member.isAuthenticated;
  member.needsUpdatedCredentials = patch.needs_updated_credentials ?? member.needsUpdatedCredentials;
  if (patch.connection_status_message !== undefined) member.message = patch.connection_status_message;
  if (patch.error !== undefined) member.error = patch.error;
  if (patch.aggregated_at !== undefined) member.aggregatedAt = toMs(patch.aggregated_at);
  if (patch.successfully_aggregated_at === undefined) return;
  member.successfullyAggregatedAt = toMs(patch.successfully_aggregated_at);
  member.throttledSince = member.successfullyAggregatedAt;
}

function toMs(timestamp: string | null): number | null {
  return timestamp === null ? null : Date.parse(timestamp);
}
