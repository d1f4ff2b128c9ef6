import { ApiError } from '../errors/api-error.js';
import { isMxError } from '../mx/errors.js';
import type { MxChallengeAnswer, MxMember, MxNewMember, MxOauthOptions } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { attemptId, findWithRetry } from './attempt.js';
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

/** Input of `createMember`. */
export interface NewMember {
  readonly clientMutationId: string | null;
  readonly institutionCode: string;
  readonly credentials: readonly MxChallengeAnswer[] | null;
  readonly oauth: MxOauthOptions | null;
}

/** Input of `createManualMember`. */
export interface NewManualMember {
  readonly clientMutationId: string | null;
  readonly institutionCode: string;
  readonly name: string | null;
}

async function findById(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  const members = await scope.cache.membersNow(scope.userGuid);
  return [...members.values()].find(({ member }) => member.id === id);
}

function findByIdWithRetry(scope: MutationScope, id: string): Promise<ObservedMember | undefined> {
  return findWithRetry(() => findById(scope, id));
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
  return institution.supports_oauth ? [] : [oauthNotSupported(['input', 'oauth'])];
}

async function validateInput(scope: MutationScope, input: NewMember): Promise<UserError[]> {
  if (input.oauth) return validateOauth(scope, input.institutionCode);
  const fields = await readFields(scope, input.institutionCode);
  if (isOauthOnly(fields)) return [oauthRequired()];
  return fields ? validateCredentials(fields, input.credentials ?? []) : [];
}

/** Connects the user to an institution. Rejects with NOT_FOUND if MX does not know the institution. */
export async function createMember(scope: MutationScope, input: NewMember): Promise<MutationResult> {
  if (input.oauth && input.credentials) {
    throw new ApiError('BAD_USER_INPUT', 'Provide either `credentials` or `oauth`, not both.');
  }
  const userErrors = await validateInput(scope, input);
  if (userErrors.length > 0) return failed(null, ...userErrors);
  const id = attemptId(scope.userGuid, input.clientMutationId, ['member', input.institutionCode]);
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

/** Creates a manual member. Rejects with NOT_FOUND if MX does not know the institution. */
export async function createManualMember(
  scope: MutationScope,
  input: NewManualMember,
): Promise<MutationResult> {
  const { name, institutionCode } = input;
  await scope.cache.institutions.read(institutionCode);
  const id = attemptId(scope.userGuid, input.clientMutationId, ['manual member', institutionCode]);
  const body: MxNewMember = { institution_code: institutionCode, id, ...(name !== null && { name }) };
  const duplicatePath = ['input', 'institutionCode'];
  return create(scope, { id, duplicatePath }, () => scope.client.createManagedMember(scope.userGuid, body));
}
