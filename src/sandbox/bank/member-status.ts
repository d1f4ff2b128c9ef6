import { findInstitution } from '../model/institutions.js';
import type { Member } from '../model/state.js';
import { providerMessage, STATUSES } from '../model/statuses.js';
import { connectionStatusEvent, memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from './sandbox-context.js';

/** The error object that MX attaches to a member in some statuses. */
export function memberErrorFor(status: string | null, message: string | null): unknown {
  const error = status === null ? null : (STATUSES.get(status)?.error ?? null);
  if (error === null) return null;
  return {
    error_type: error.type,
    error_code: error.code,
    error_message: error.name,
    user_message: message,
    locale: 'en',
  };
}

/** Increments the member's revision and sends a Member webhook. */
export function bumpRevision(context: SandboxContext, member: Member): void {
  member.revision += 1;
  context.webhooks.emit(() => memberEvent(member, 'updated'));
}

/** Writes a status and the fields that depend on it, without a webhook. */
export function writeStatus(member: Member, status: string | null): void {
  const bank = findInstitution(member.institutionCode)?.name ?? member.name;
  member.expiry?.cancel();
  member.expiry = null;
  member.status = status;
  member.message = providerMessage(status, bank);
  member.error = memberErrorFor(status, member.message);
  if (status !== 'CHALLENGED') member.challenges = [];
  member.needsUpdatedCredentials = (status !== null && STATUSES.get(status)?.needsCredentials) || false;
}

/** Sends the webhooks of a new status. The eight on which a user must act have an additional one. */
export function emitStatusChange(context: SandboxContext, member: Member): void {
  bumpRevision(context, member);
  const fires = member.status !== null && STATUSES.get(member.status)?.fires;
  if (fires) context.webhooks.emit(() => connectionStatusEvent(member));
}

/** Sets a member's status, and sends webhooks if it changed. */
export function setStatus(context: SandboxContext, member: Member, status: string | null): void {
  const changed = member.status !== status;
  writeStatus(member, status);
  if (changed) emitStatusChange(context, member);
}
