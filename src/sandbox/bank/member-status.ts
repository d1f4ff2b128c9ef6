import { findInstitution } from '../model/institutions.js';
import type { Member } from '../model/state.js';
import { providerMessage, STATUSES } from '../model/statuses.js';
import { connectionStatusEvent, memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from './world.js';

/** The error object MX attaches to a member in some statuses. */
export function errorOf(word: string | null, message: string | null): unknown {
  const error = word === null ? null : (STATUSES.get(word)?.error ?? null);
  if (error === null) return null;
  return {
    error_type: error.type,
    error_code: error.code,
    error_message: error.name,
    user_message: message,
    locale: 'en',
  };
}

/** Tells the partner that something about a member changed. */
export function bumpRevision(world: SandboxContext, member: Member): void {
  member.revision += 1;
  world.webhooks.emit(() => memberEvent(member, 'updated'));
}

/** Writes a status and what follows from it into a member, and tells nobody. */
export function writeStatus(member: Member, word: string | null): void {
  const bank = findInstitution(member.institutionCode)?.name ?? member.name;
  member.lapse?.cancel();
  member.lapse = null;
  member.status = word;
  member.message = providerMessage(word, bank);
  member.error = errorOf(word, member.message);
  if (word !== 'CHALLENGED') member.challenges = [];
  member.needsUpdatedCredentials = (word !== null && STATUSES.get(word)?.needsCredentials) || false;
}

/** Tells the partner of a new status; the eight a user must act on have a webhook of their own. */
export function announceStatus(world: SandboxContext, member: Member): void {
  bumpRevision(world, member);
  const fires = member.status !== null && STATUSES.get(member.status)?.fires;
  if (fires) world.webhooks.emit(() => connectionStatusEvent(member));
}

/** Puts a member into a status, and tells the partner when it is another than before. */
export function setStatus(world: SandboxContext, member: Member, word: string | null): void {
  const changed = member.status !== word;
  writeStatus(member, word);
  if (changed) announceStatus(world, member);
}
