import { z } from 'zod';
import { MxError } from '../errors.js';
import { findInstitution } from '../model/institutions.js';
import type { Institution } from '../model/institutions.js';
import type { Block } from '../model/institution-data.js';
import type { JobType } from '../model/state.js';
import { partnerIdSchema } from '../guid.js';
import { memberByPartnerId } from '../model/state.js';
import type { Member, User } from '../model/state.js';
import { conditionOf } from './institution-condition.js';
import type { SandboxContext } from './sandbox-context.js';

/** The value of a credential field, or the answer to a challenge. */
export const credentialValueSchema = z.object({ guid: z.string(), value: z.string() });

/** The fields that both creating and updating a member accept. */
export const memberFieldsSchema = z.object({
  credentials: z.array(credentialValueSchema).optional(),
  id: partnerIdSchema.optional(),
  metadata: z.string().optional(),
  use_cases: z.array(z.enum(['MONEY_MOVEMENT', 'PFM'])).optional(),
  background_aggregation_is_disabled: z.boolean().optional(),
  skip_aggregation: z.boolean().optional(),
});

export type MemberInput = z.infer<typeof memberFieldsSchema>;
export type CredentialValue = z.infer<typeof credentialValueSchema>;

const MAX_MEMBERS = 25;

export function requireInstitution(code: string): Institution {
  const found = findInstitution(code);
  if (found === undefined) throw new MxError(404, `There is no institution ${code}.`);
  return found;
}

/** Throws if the institution is blocked for an operation. Some blocks apply to one operation only. */
export function assertNotBlocked(
  context: SandboxContext,
  institution: Institution,
  operation: 'create' | JobType,
): void {
  const only: Partial<Record<Block, string>> = {
    institution_prevent_new_error: 'create',
    institution_prevent_verification_error: 'VERIFICATION',
  };
  const { name } = institution;
  const { block } = conditionOf(context, institution);
  if (block === null || (only[block] !== undefined && only[block] !== operation)) return;
  throw new MxError(400, `${name} is currently not available for this operation.`, { type: block });
}

export function assertMemberLimit(user: User): void {
  if (user.members.size >= MAX_MEMBERS) throw new MxError(405, `A user has at most ${MAX_MEMBERS} members.`);
}

export function assertIdAvailable(user: User, id: string | undefined, self?: Member): void {
  const holder = id === undefined ? undefined : memberByPartnerId(user, id);
  if (holder && holder !== self) throw new MxError(409, `The id ${id} belongs to another member.`);
}

/** Merges the given credentials into the current ones and checks that none is missing. */
export function mergeCredentials(
  institution: Institution,
  given: readonly CredentialValue[],
  current: Record<string, string> = {},
): Record<string, string> {
  const merged = { ...current };
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

/** Throws if the user has another member at the institution with the same credentials. */
export function assertNoDuplicate(
  user: User,
  institution: Institution,
  candidate: { credentials: Record<string, string>; self?: Member },
): void {
  for (const other of user.members.values()) {
    if (other === candidate.self || other.institutionCode !== institution.code || other.isOauth) continue;
    if (!institution.credentials.every(({ guid }) => other.credentials[guid] === candidate.credentials[guid]))
      continue;
    throw new MxError(409, `The user already has this member at ${institution.name}.`, { guid: other.guid });
  }
}

/** Assigns the fields that do not affect the connection. */
export function assignFields(member: Member, input: MemberInput): void {
  if (input.id !== undefined) member.id = input.id;
  if (input.metadata !== undefined) member.metadata = input.metadata;
  if (input.use_cases !== undefined) member.useCases = input.use_cases;
  const background = input.background_aggregation_is_disabled;
  if (background !== undefined) member.backgroundAggregationIsDisabled = background;
}
