import type { MxInstitution } from '../mx/types.js';

/** Why no member can be created at an institution, as in the schema's enum of the same name. */
export type CannotConnectReason = 'DISABLED' | 'NO_NEW_MEMBERS' | 'MAINTENANCE' | 'UNAVAILABLE';

/** The part of an institution that can change within minutes. */
export type InstitutionState = Pick<MxInstitution, 'status' | 'is_disabled_by_client' | 'is_hidden'>;

/**
 * MX's error types (all with HTTP 400) for an institution that is unavailable or accepts no new connections, and why it
 * can then not be connected. Null for the type that is about one product only.
 */
const REASON_OF_BLOCK: ReadonlyMap<string | undefined, CannotConnectReason | null> = new Map([
  ['institution_maintenance_error', 'MAINTENANCE'],
  ['institution_unavailable_error', 'UNAVAILABLE'],
  ['institution_prevented_error', 'NO_NEW_MEMBERS'],
  ['institution_prevent_new_error', 'NO_NEW_MEMBERS'],
  ['institution_prevent_verification_error', null],
]);

/** Returns true for MX's error types of a blocked institution. */
export function isInstitutionBlocked(errorType: string | undefined): boolean {
  return REASON_OF_BLOCK.has(errorType);
}

/** Why an institution cannot be connected after MX has refused a member with this error type; null if it can be. */
export function reasonOfBlock(errorType: string | undefined): CannotConnectReason | null {
  return REASON_OF_BLOCK.get(errorType) ?? null;
}

/** Why an institution in this state cannot be connected; null if it can be. DEGRADED ones can. */
export function reasonOfState({
  status,
  is_disabled_by_client,
  is_hidden,
}: InstitutionState): CannotConnectReason | null {
  if (is_disabled_by_client) return 'DISABLED';
  if (is_hidden) return 'NO_NEW_MEMBERS';
  return status === 'MAINTENANCE' || status === 'UNAVAILABLE' ? status : null;
}
