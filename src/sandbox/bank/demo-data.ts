import { seededGuid } from '../guid.js';
import { findInstitution } from '../model/institutions.js';
import { writeStatus } from './member-status.js';
import { openOauth } from './oauth.js';
import { createChallenges } from '../model/challenges.js';
import type { Member, User } from '../model/state.js';
import type { SandboxContext } from './world.js';

/** The user of the demonstration: one member in each of the 23 states. */
export const DEMO_USER_GUID = seededGuid('USR', 'demo');

/** Another user, whose members nobody else may see. */
export const OTHER_USER_GUID = seededGuid('USR', 'other');

const HOUR = 3_600_000;

/** What a demonstration member's login leads to when it is tried again; the others connect. */
type Row = readonly [word: string | null, institutionCode: string, password?: string];

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

/** A member at rest: nothing about it changes until somebody acts upon it. */
export function addRestingMember(
  world: SandboxContext,
  user: User,
  seed: { row: Row; guid: string },
): Member {
  const [word, code, password = 'swordfish'] = seed.row;
  const institution = findInstitution(code);
  const connectedAt = NEVER_CONNECTED.has(word) ? null : world.now() - 5 * HOUR;
  const member = world.store.addMember({
    guid: seed.guid,
    user,
    institutionCode: code,
    name: institution?.name ?? code,
    credentials: loginOf(code, [seed.guid.slice(4, 12), password]),
    createdAt: world.now() - 30 * 24 * HOUR,
    aggregatedAt: connectedAt,
    successfullyAggregatedAt: connectedAt,
    throttledSince: connectedAt,
    isManual: word === null,
    isOauth: institution?.oauth ?? false,
  });
  writeStatus(member, word);
  if (word === 'CHALLENGED') member.challenges = createChallenges('TEXT', false);
  if (word === 'PENDING') openOauth(world, member);
  if (word === 'PREVENTED') member.deniedInARow = 3;
  return member;
}

/** Values for an institution's fields; the user names differ, or the members would be duplicates. */
function loginOf(code: string, values: readonly string[]): Record<string, string> {
  const fields = findInstitution(code)?.credentials ?? [];
  return Object.fromEntries(fields.map((field, index) => [field.guid, values[index] ?? '']));
}

/** Fills an empty sandbox with the demonstration. */
export function seedDemo(world: SandboxContext): void {
  const demo = world.store.addUser({ guid: DEMO_USER_GUID, id: 'demo-user', email: 'demo@example.com' });
  for (const row of ROWS) {
    addRestingMember(world, demo, { row, guid: seededGuid('MBR', `demo/${row[0]}`) });
  }
  const other = world.store.addUser({ guid: OTHER_USER_GUID, id: 'other-user', email: 'other@example.com' });
  addRestingMember(world, other, { row: ['CONNECTED', 'mxbank'], guid: seededGuid('MBR', 'other/0') });
  addRestingMember(world, other, { row: ['DENIED', 'harbor_lane'], guid: seededGuid('MBR', 'other/1') });
}
