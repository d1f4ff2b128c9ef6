/** The status table and the reading of members: what applications import as `mx-member-graphql/status`. */
import { wallNow } from '../clock.js';
import { DEFAULT_FRESHNESS_LIMITS, freshnessOf, pastTime } from './freshness.js';
import type { FreshnessLimits } from './freshness.js';
import { interpret, statusOf } from './reading.js';
import type { Evidence, Writable } from './evidence.js';
import type { MemberView } from './reading.js';
import type { StatusRow } from './table.js';

export { STATUS_TABLE } from './table.js';
export type * from './table.js';
export { interpret, statusOf, toOauthView } from './reading.js';
export type { ConnectionStatusRow, Decision, Evidence, ReadingSentence } from './evidence.js';
export type { MemberView } from './reading.js';
export type { Freshness, FreshnessLimits } from './freshness.js';

/** The fields of a member that a reading depends on, under MX's own names and as MX sends them. */
export interface MemberFields {
  readonly connection_status?: string | null;
  readonly is_being_aggregated?: boolean | null;
  readonly is_oauth?: boolean | null;
  readonly is_manual?: boolean | null;
  readonly is_managed_by_user?: boolean | null;
  readonly needs_updated_credentials?: boolean | null;
  readonly error?: { readonly error_code?: string | number | null } | null;
  readonly successfully_aggregated_at?: string | null;
}

/** True if MX never aggregates the member: a manual one (MX's term if the end user maintains it) or a managed one. */
export function isManualMember(member: MemberFields): boolean {
  return member.is_manual === true || member.is_managed_by_user === false;
}

/** When MX last updated the member's data, in milliseconds since 1970; absent for never, and for a manual member. */
export interface DataTime {
  readonly dataAt?: number;
}

/** The evidence in a member. `now` is in milliseconds since 1970, by the wall clock. */
export function evidenceOf(member: MemberFields, now: number, limits: FreshnessLimits): Evidence & DataTime {
  const status = member.connection_status ?? null;
  const code = member.error?.error_code ?? null;
  // Not by conditional spreads: this runs for each member of each list, and they take several times as long.
  const evidence: Writable<Evidence & DataTime> = {
    status,
    isBeingAggregated: member.is_being_aggregated === true,
    isOauth: member.is_oauth === true,
  };
  if (member.needs_updated_credentials === true) evidence.needsUpdatedCredentials = true;
  if (code !== null) evidence.errorCode = String(code);
  if (status === null || isManualMember(member)) return evidence;
  const dataAt = pastTime(member.successfully_aggregated_at, now);
  evidence.freshness = freshnessOf(dataAt, now, limits);
  if (dataAt !== null) evidence.dataAt = dataAt;
  return evidence;
}

/** Reads a member as it is now. Data counts as fresh for 36 hours and as stale after 72, unless `limits` are given. */
export function interpretMember(
  member: MemberFields,
  { now = wallNow(), limits = DEFAULT_FRESHNESS_LIMITS }: { now?: number; limits?: FreshnessLimits } = {},
): MemberView {
  return interpret(evidenceOf(member, now, limits));
}

const UNKNOWN = statusOf('UNKNOWN');

/** Returns true for a status that is not in the table, such as one that MX has added since. */
export function isUnknownStatus(status: string | null | undefined): boolean {
  return statusOf(status) === UNKNOWN;
}

/** Placeholder of the institution's name in the messages of the table. */
export const INSTITUTION_PLACEHOLDER = '[…]';

/** Returns true if the message of the row contains the institution's name. */
export function needsInstitutionName(row: StatusRow): boolean {
  return row.message?.includes(INSTITUTION_PLACEHOLDER) ?? false;
}

/** Returns the message for the end user with the institution's name filled in; null if the row has none. */
export function messageFor(row: StatusRow, institutionName: string): string | null {
  return row.message?.split(INSTITUTION_PLACEHOLDER).join(institutionName) ?? null;
}

/** Returns true if the end user or the application must act next: "needs attention" in a list of members. */
export function isActionRequired(view: MemberView): boolean {
  return view.waitingOn === 'END_USER' || view.waitingOn === 'APPLICATION';
}
