import { z } from 'zod';
import { MxError } from '../errors.js';
import { findInstitution } from '../model/institutions.js';
import type { Institution } from '../model/institutions.js';
import type { Block } from '../model/institution-data.js';
import type { JobType } from '../model/state.js';
import { ownIdSchema } from '../guid.js';
import { memberByOwnId } from '../model/state.js';
import type { Member, User } from '../model/state.js';

/** A credential or an answer. */
export const pairSchema = z.object({ guid: z.string(), value: z.string() });

/** What a member may be given when it is created as well as later. */
export const memberFieldsSchema = z.object({
  credentials: z.array(pairSchema).optional(),
  id: ownIdSchema.optional(),
  metadata: z.string().optional(),
  use_cases: z.array(z.enum(['MONEY_MOVEMENT', 'PFM'])).optional(),
  background_aggregation_is_disabled: z.boolean().optional(),
  skip_aggregation: z.boolean().optional(),
});

export type MemberInput = z.infer<typeof memberFieldsSchema>;
export type Pair = z.infer<typeof pairSchema>;

const MAX_MEMBERS = 25;

export function institutionOf(code: string): Institution {
  const found = findInstitution(code);
  if (found === undefined) throw new MxError(404, `There is no institution ${code}.`);
  return found;
}

/** Refuses work with an institution that is blocked, for reasons of which some apply to some work only. */
export function refuseBlocked(institution: Institution, work: 'create' | JobType): void {
  const only: Partial<Record<Block, string>> = {
    institution_prevent_new_error: 'create',
    institution_prevent_verification_error: 'VERIFICATION',
  };
  const { block, name } = institution;
  if (block === null || (only[block] !== undefined && only[block] !== work)) return;
  throw new MxError(400, `${name} cannot be used for this at present.`, { type: block });
}

export function refuseFull(user: User): void {
  if (user.members.size >= MAX_MEMBERS) throw new MxError(405, `A user has at most ${MAX_MEMBERS} members.`);
}

export function refuseTakenId(user: User, id: string | undefined, self?: Member): void {
  const holder = id === undefined ? undefined : memberByOwnId(user, id);
  if (holder && holder !== self) throw new MxError(409, `The id ${id} belongs to another member.`);
}

/** The credentials a member has after the given ones are put over those it had. */
export function mergeCredentials(
  institution: Institution,
  given: readonly Pair[],
  had: Record<string, string> = {},
): Record<string, string> {
  const merged = { ...had };
  for (const { guid, value } of given) {
    const known = institution.credentials.some((field) => field.guid === guid);
    if (!known) throw new MxError(400, `${institution.name} has no credential ${guid}.`);
    if (value === '') throw new MxError(400, `The credential ${guid} must not be empty.`);
    merged[guid] = value;
  }
  const missing = institution.credentials.find((field) => merged[field.guid] === undefined);
  if (missing) throw new MxError(400, `The credential ${missing.label} is missing.`);
  return merged;
}

/** A member is a duplicate when the same user has another at the institution under the same credentials. */
export function refuseDuplicate(
  user: User,
  institution: Institution,
  mine: { credentials: Record<string, string>; self?: Member },
): void {
  for (const other of user.members.values()) {
    if (other === mine.self || other.institutionCode !== institution.code || other.isOauth) continue;
    if (!institution.credentials.every(({ guid }) => other.credentials[guid] === mine.credentials[guid]))
      continue;
    throw new MxError(409, `The user has this member at ${institution.name} already.`, { guid: other.guid });
  }
}

/** Writes the fields that concern no connection. */
export function writeFields(member: Member, input: MemberInput): void {
  if (input.id !== undefined) member.id = input.id;
  if (input.metadata !== undefined) member.metadata = input.metadata;
  if (input.use_cases !== undefined) member.useCases = input.use_cases;
  const background = input.background_aggregation_is_disabled;
  if (background !== undefined) member.backgroundAggregationIsDisabled = background;
}
