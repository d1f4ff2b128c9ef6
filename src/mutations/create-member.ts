import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { ApiError } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer, MxMember, MxNewMember, MxOauthOptions } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { succeeded, failed } from './mutation.js';
import type { MutationScope, MutationResult, UserError } from './mutation.js';
import { validateCredentials } from './validate-input.js';
import {
  institutionUnavailable,
  memberExists,
  oauthNotSupported,
  oauthRequired,
  tooManyMembers,
} from './user-errors.js';
import { sendOnce } from './send-once.js';

export interface NewMember {
  readonly clientMutationId: string | null;
  readonly institutionCode: string;
  readonly credentials: readonly MxChallengeAnswer[] | null;
  readonly oauth: MxOauthOptions | null;
}

export interface NewManualMember {
  readonly clientMutationId: string | null;
  readonly institutionCode: string;
  readonly name: string | null;
}

/** MX's lists may not yet know of what was made; so long is waited before a create is taken for not done. */
const LIST_LAG_MS = 600;

/** What is to be made where, and by which name the client knows the attempt. */
interface Attempt {
  readonly kind: 'member' | 'manual member';
  readonly institutionCode: string;
  readonly clientMutationId: string | null;
}

/**
 * MX's own `id` of the member, under which an attempt is known again. Made of the user and of what is asked for too:
 * clients count from 1, and another wish under the same name is another attempt. A digest, since MX bounds what an
 * `id` may look like.
 */
function attemptId(userGuid: string, { kind, institutionCode, clientMutationId }: Attempt): string {
  const named = clientMutationId ?? randomUUID();
  const whole = [userGuid, kind, institutionCode, named].join('\n');
  return `attempt-${createHash('sha256').update(whole).digest('hex').slice(0, 40)}`;
}

async function findById(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  const members = await scope.cache.membersNow(scope.userGuid);
  return [...members.values()].find(({ member }) => member.id === id);
}

async function findLate(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  const found = await findById(scope, id);
  if (found) return found;
  await delay(LIST_LAG_MS);
  return findById(scope, id);
}

/** What is on its way: its name at MX, and the part of the input that a duplicate would be about. */
interface Sent {
  readonly id: string;
  readonly duplicatePath: readonly string[];
}

/** MX refuses what it has: either this attempt's own member, from a try whose answer was lost, or a duplicate. */
async function onConflict(
  scope: MutationScope,
  sent: Sent,
  existing: string | undefined,
): Promise<MutationResult> {
  const own = await findLate(scope, sent.id);
  if (own) return succeeded(own);
  const known =
    existing === undefined ? null : ((await scope.cache.members(scope.userGuid)).get(existing) ?? null);
  return failed(known, memberExists(existing ?? null, sent.duplicatePath));
}

async function onRefusal(scope: MutationScope, sent: Sent, error: unknown): Promise<MutationResult> {
  if (isMxError(error, 'conflict')) return onConflict(scope, sent, error.details.existingGuid);
  // A user may be full because of the very member that an attempt with a lost answer has made.
  if (isMxError(error, 'constraint')) {
    const own = await findById(scope, sent.id);
    return own ? succeeded(own) : failed(null, tooManyMembers());
  }
  const unavailable = institutionUnavailable(error, ['input', 'institutionCode']);
  if (unavailable) return failed(null, unavailable);
  throw error;
}

async function create(
  scope: MutationScope,
  sent: Sent,
  send: () => Promise<MxMember>,
): Promise<MutationResult> {
  try {
    const member = await sendOnce({
      send: async () => scope.cache.record(scope.userGuid, await send()),
      verify: () => findLate(scope, sent.id),
    });
    return succeeded(member);
  } catch (error) {
    return onRefusal(scope, sent, error);
  }
}

async function checkOauth({ cache }: MutationScope, code: string): Promise<UserError[]> {
  const institution = await cache.institutions.read(code);
  return institution.supports_oauth ? [] : [oauthNotSupported(['input', 'oauth'])];
}

async function check(scope: MutationScope, input: NewMember): Promise<UserError[]> {
  if (input.oauth) return checkOauth(scope, input.institutionCode);
  const fields = await scope.cache.institutions.credentials(input.institutionCode);
  if (fields.length === 0 && (await scope.cache.institutions.read(input.institutionCode)).supports_oauth) {
    return [oauthRequired()];
  }
  return validateCredentials(fields, input.credentials ?? []);
}

/** Connects the user to an institution. Rejects with NOT_FOUND for an institution that MX does not know. */
export async function createMember(scope: MutationScope, input: NewMember): Promise<MutationResult> {
  if (input.oauth && input.credentials) {
    throw new ApiError('BAD_USER_INPUT', 'Give either `credentials` or `oauth`, not both.');
  }
  const userErrors = await check(scope, input);
  if (userErrors.length > 0) return failed(null, ...userErrors);
  const id = attemptId(scope.userGuid, { kind: 'member', ...input });
  const body: MxNewMember = {
    institution_code: input.institutionCode,
    id,
    ...(input.oauth ? { is_oauth: true } : { credentials: input.credentials ?? [] }),
  };
  const duplicatePath = ['input', input.oauth ? 'institutionCode' : 'credentials'];
  return create(scope, { id, duplicatePath }, () =>
    scope.client.createMember(scope.userGuid, body, input.oauth),
  );
}

/** Makes a member that is kept by hand. Rejects with NOT_FOUND for an institution that MX does not know. */
export async function createManualMember(
  scope: MutationScope,
  input: NewManualMember,
): Promise<MutationResult> {
  const { name, institutionCode } = input;
  await scope.cache.institutions.read(institutionCode);
  const id = attemptId(scope.userGuid, { kind: 'manual member', ...input });
  const body: MxNewMember = { institution_code: institutionCode, id, ...(name !== null && { name }) };
  const duplicatePath = ['input', 'institutionCode'];
  return create(scope, { id, duplicatePath }, () => scope.client.createManagedMember(scope.userGuid, body));
}
