import { seededGuid } from '../guid.js';
import { MANUAL_INSTITUTION, addManualAccount } from './manual-accounts.js';
import { findInstitution } from '../model/institutions.js';
import { writeStatus } from './member-status.js';
import { issueOauthWindow } from './oauth.js';
import { createChallenges } from '../model/challenges.js';
import type { Member, User } from '../model/state.js';
import type { SandboxContext } from './sandbox-context.js';

/** The demo user, with one member in each of the 23 states. */
export const DEMO_USER_GUID = seededGuid('USR', 'demo');

/** A second user, to test that users cannot see each other's members. */
export const OTHER_USER_GUID = seededGuid('USR', 'other');

const HOUR = 3_600_000;

/** One demo member. The password decides the outcome of its next job; without one, the member connects. */
type Row = readonly [status: string | null, institutionCode: string, password?: string];

const ROWS: readonly Row[] = [
  ['CREATED', 'harbor_lane'],
  ['PREVENTED', 'juniper_trust', 'INVALID'],
  ['DENIED', 'copper_fox', 'INVALID'],
  ['CHALLENGED', 'mxbank', 'challenge'],
  ['REJECTED', 'harbor_lane', 'challenge'],
  ['LOCKED', 'north_orchard'],
  ['CONNECTED', 'mxbank'],
  ['IMPEDED', 'lantern_savings'],
  ['RECONNECTED', 'juniper_trust', 'challenge'],
  ['DEGRADED', 'copper_fox'],
  ['DISCONNECTED', 'north_orchard'],
  ['DISCONTINUED', 'lantern_savings'],
  ['CLOSED', 'harbor_lane'],
  ['DELAYED', 'juniper_trust'],
  ['FAILED', 'copper_fox'],
  ['UPDATED', 'lantern_savings'],
  ['DISABLED', 'north_orchard'],
  ['IMPORTED', 'harbor_lane'],
  ['RESUMED', 'juniper_trust'],
  ['EXPIRED', 'mxbank', 'options'],
  ['IMPAIRED', 'copper_fox'],
  ['PENDING', 'bluebell_mutual'],
  [null, 'manual_institution'],
];

/** Statuses of members that have never connected. */
const NEVER_CONNECTED = new Set<string | null>(['CREATED', 'PENDING', 'IMPORTED', null]);

/** MX calls a member DISCONNECTED that has not succeeded for two weeks. */
const LAST_SUCCESS_OF_DISCONNECTED = 16 * 24 * HOUR;

/** Adds a member that does not change until a request changes it. */
export function addIdleMember(context: SandboxContext, user: User, seed: { row: Row; guid: string }): Member {
  const [status, code, password = 'swordfish'] = seed.row;
  const institution = findInstitution(code);
  const connectedAt = NEVER_CONNECTED.has(status) ? null : context.now() - 5 * HOUR;
  const succeededAt = status === 'DISCONNECTED' ? context.now() - LAST_SUCCESS_OF_DISCONNECTED : connectedAt;
  const member = context.store.addMember({
    guid: seed.guid,
    user,
    institutionCode: code,
    name: institution?.name ?? code,
    // The user names differ: equal credentials would make the members duplicates.
    credentials: credentialsFor(code, [seed.guid.slice(4, 12), password]),
    createdAt: context.now() - 30 * 24 * HOUR,
    aggregatedAt: connectedAt,
    successfullyAggregatedAt: succeededAt,
    throttledSince: succeededAt,
    accountsReceivedAt: succeededAt,
    isManual: status === null,
    isOauth: institution?.oauth ?? false,
  });
  writeStatus(member, status);
  if (status === 'CHALLENGED') member.challenges = createChallenges('TEXT', false);
  if (status === 'PENDING') issueOauthWindow(context, member);
  if (status === 'PREVENTED') member.deniedInARow = 3;
  if (status === null && code === MANUAL_INSTITUTION) addDemoAccount(context, member);
  return member;
}

function addDemoAccount(context: SandboxContext, member: Member): void {
  addManualAccount(context, member, {
    guid: seededGuid('ACT', `${member.guid}/cash`),
    name: 'Cash in the drawer',
    type: 'CASH',
    balance: 120.5,
  });
}

/** Values for an institution's credential fields, in their order. */
function credentialsFor(code: string, values: readonly string[]): Record<string, string> {
  const fields = findInstitution(code)?.credentials ?? [];
  return Object.fromEntries(fields.map((field, index) => [field.guid, values[index] ?? '']));
}

/** Fills an empty sandbox with the demo data. */
export function seedDemo(context: SandboxContext): void {
  const demo = context.store.addUser({ guid: DEMO_USER_GUID, id: 'demo-user', email: 'demo@example.com' });
  for (const row of ROWS) {
    addIdleMember(context, demo, { row, guid: seededGuid('MBR', `demo/${row[0]}`) });
  }
  const other = context.store.addUser({
    guid: OTHER_USER_GUID,
    id: 'other-user',
    email: 'other@example.com',
  });
  addIdleMember(context, other, { row: ['CONNECTED', 'mxbank'], guid: seededGuid('MBR', 'other/0') });
  addIdleMember(context, other, { row: ['DENIED', 'harbor_lane'], guid: seededGuid('MBR', 'other/1') });
}
