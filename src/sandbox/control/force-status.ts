import type { MemberPatch } from './schemas.js';
import { challenge, dropJob } from '../bank/jobs.js';
import { announceStatus, setStatus, bumpRevision } from '../bank/member-status.js';
import { enterPending, openOauth } from '../bank/oauth.js';
import type { Member } from '../model/state.js';
import type { SandboxContext } from '../bank/world.js';

/** Forces fields of a member, firing the webhooks a real change fires. A forced status ends the running job. */
export function forceMember(world: SandboxContext, member: Member, patch: MemberPatch): void {
  const before = member.status;
  // Told once at the end: a webhook must carry the forced message, not the usual one.
  world.webhooks.quietly(() => {
    member.institutionCode = patch.institution_code ?? member.institutionCode;
    member.name = patch.name ?? member.name;
    forceStatus(world, member, patch);
    forceFields(member, patch);
  });
  if (member.status === before) bumpRevision(world, member);
  else announceStatus(world, member);
}

function forceStatus(world: SandboxContext, member: Member, patch: MemberPatch): void {
  const word = patch.challenges === undefined ? patch.connection_status : 'CHALLENGED';
  if (word === undefined) return;
  dropJob(member);
  member.integerTypes = patch.integerTypes ?? member.integerTypes;
  if (word === 'CHALLENGED') {
    challenge(world, member, patch.challenges ?? 'TEXT');
  } else if (word === 'PENDING') {
    member.isOauth = true;
    openOauth(world, member);
    enterPending(world, member);
  } else setStatus(world, member, word);
}

/** A status brings its own message, error and needs; what was asked for goes over them. */
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

function toMs(moment: string | null): number | null {
  return moment === null ? null : Date.parse(moment);
}
