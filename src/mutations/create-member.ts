import { createHash, randomUUID } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';

import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer, MxMember, MxNewMember, MxOauthOptions } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { isOauthOnly, readFields } from './institution-fields.js';
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

/** How to connect: with credentials, or through OAuth. */
export type MemberAccess =
  { readonly credentials: readonly MxChallengeAnswer[] } | { readonly oauth: MxOauthOptions };

/** Input of `createMember`. */
export interface NewMember {
  readonly idempotencyKey: string | null;
  readonly institutionCode: string;
  readonly access: MemberAccess;
}

/** Input of `createManualMember`. */
export interface NewManualMember {
  readonly idempotencyKey: string | null;
  readonly institutionCode: string;
  readonly name: string | null;
}

/** Paths of the input. */
const ACCESS = ['input', 'access'] as const;
const CREDENTIALS = [...ACCESS, 'credentials'] as const;

/** Delay of MX's lists after a create, in milliseconds. A member that is missing after it was not created. */
const LIST_LAG_MS = 600;

/** Identifies an attempt to create a member, so that a retry by the client finds what the first attempt created. */
interface Attempt {
  readonly kind: 'member' | 'manual member';
  readonly institutionCode: string;
  readonly idempotencyKey: string | null;
}

/**
 * Computes the `id` that MX stores with the member, by which a retry recognizes it. It includes the user and the input,
 * because clients may use simple counters, and other input with the same `idempotencyKey` is another attempt. It is
 * a digest, because MX limits the length and characters of an `id`.
 */
function attemptId(userGuid: string, { kind, institutionCode, idempotencyKey }: Attempt): string {
  const attemptKey = idempotencyKey ?? randomUUID();
  const parts = [userGuid, kind, institutionCode, attemptKey].join('\n');
  return `attempt-${createHash('sha256').update(parts).digest('hex').slice(0, 40)}`;
}

async function findById(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  const members = await scope.cache.membersNow(scope.userGuid);
  return [...members.values()].find(({ member }) => member.id === id);
}

async function findByIdWithRetry(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  const found = await findById(scope, id);
  if (found) return found;
  await delay(LIST_LAG_MS);
  return findById(scope, id);
}

/** A create request: its `id` at MX, and the part of the input to report for a duplicate. */
interface CreateRequest {
  readonly id: string;
  readonly duplicatePath: readonly string[];
}

/** Handles a 409: the member was created by an earlier attempt whose response was lost, or it is a duplicate. */
async function handleConflict(
  scope: MutationScope,
  request: CreateRequest,
  existingGuid: string | undefined,
): Promise<MutationResult> {
  const created = await findByIdWithRetry(scope, request.id);
  if (created) return succeeded(created);
  const existingMember =
    existingGuid === undefined
      ? null
      : ((await scope.cache.members(scope.userGuid)).get(existingGuid) ?? null);
  return failed(existingMember, memberExists(existingGuid ?? null, request.duplicatePath));
}

async function handleError(
  scope: MutationScope,
  request: CreateRequest,
  error: unknown,
): Promise<MutationResult> {
  if (isMxError(error, 'conflict')) return handleConflict(scope, request, error.details.existingGuid);
  // The limit may have been reached by the very member that an earlier attempt created.
  if (isMxError(error, 'constraint')) {
    const created = await findById(scope, request.id);
    return created ? succeeded(created) : failed(null, tooManyMembers());
  }
  const unavailable = institutionUnavailable(error, ['input', 'institutionCode']);
  if (unavailable) return failed(null, unavailable);
  throw error;
}

async function create(
  scope: MutationScope,
  request: CreateRequest,
  send: () => Promise<MxMember>,
): Promise<MutationResult> {
  try {
    const { result } = await sendOnce({
      send: async () => scope.cache.record(scope.userGuid, await send()),
      verify: () => findByIdWithRetry(scope, request.id),
    });
    return succeeded(result);
  } catch (error) {
    return handleError(scope, request, error);
  }
}

async function validateOauth({ cache }: MutationScope, code: string): Promise<UserError[]> {
  const institution = await cache.institutions.read(code);
  return institution.supports_oauth ? [] : [oauthNotSupported([...ACCESS, 'oauth'])];
}

async function validateInput(
  scope: MutationScope,
  { institutionCode, access }: NewMember,
): Promise<UserError[]> {
  if ('oauth' in access) return validateOauth(scope, institutionCode);
  const fields = await readFields(scope, institutionCode);
  if (isOauthOnly(fields)) return [oauthRequired(CREDENTIALS)];
  return fields ? validateCredentials(fields, access.credentials, CREDENTIALS) : [];
}

/** Connects the user to an institution. Rejects with NOT_FOUND if MX does not know the institution. */
export async function createMember(scope: MutationScope, input: NewMember): Promise<MutationResult> {
  const userErrors = await validateInput(scope, input);
  if (userErrors.length > 0) return failed(null, ...userErrors);
  const { institutionCode, access } = input;
  const oauth = 'oauth' in access ? access.oauth : null;
  const id = attemptId(scope.userGuid, { kind: 'member', ...input });
  const body: MxNewMember = {
    institution_code: institutionCode,
    id,
    ...('oauth' in access ? { is_oauth: true } : { credentials: access.credentials }),
  };
  const duplicatePath = oauth ? ['input', 'institutionCode'] : CREDENTIALS;
  return create(scope, { id, duplicatePath }, () => scope.client.createMember(scope.userGuid, body, oauth));
}

/** Creates a manual member. Rejects with NOT_FOUND if MX does not know the institution. */
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
