import { isMxError } from '../mx/errors.js';
import type { MxMember, MxNewMember } from '../mx/types.js';
import type { ObservedMember } from '../status/observed-member.js';
import { attemptId, findWithRetry } from './attempt.js';
import { NOTHING_CREATED, outcomeOf } from './create-outcomes.js';
import type { CreateOutcome } from './create-outcomes.js';
import { succeeded, failed } from './mutation.js';
import type { MutationScope, MutationResult } from './mutation.js';
import { assertConsistent, CREDENTIALS, productsOf, validateNewMember } from './new-member.js';
import type { NewMember } from './new-member.js';
import { institutionUnavailable, memberExists, tooManyMembers } from './user-errors.js';
import { sendOnce } from './send-once.js';

/** Input of `createManualMember`. */
export interface NewManualMember {
  readonly idempotencyKey: string | null;
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

/** A create request: its `id` at MX, the institution, and the part of the input to report for a duplicate. */
interface CreateRequest {
  readonly id: string;
  readonly institutionCode: string;
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
  if (!unavailable) throw error;
  if (isMxError(error)) scope.cache.institutions.noteCreate(request.institutionCode, error.details.type);
  return failed(null, unavailable);
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

/** Result of `createMember`. */
export interface CreationResult extends MutationResult, CreateOutcome {}

function toBody(id: string, input: NewMember): MxNewMember {
  const { access, background, useCases } = input;
  return {
    institution_code: input.institutionCode,
    id,
    ...('oauth' in access ? { is_oauth: true } : { credentials: access.credentials }),
    ...(background !== null && { background_aggregation_is_disabled: !background }),
    ...(useCases && { use_cases: [...new Set(useCases)] }),
  };
}

/** Connects the user to an institution. Rejects with NOT_FOUND if MX does not know the institution. */
export async function createMember(scope: MutationScope, input: NewMember): Promise<CreationResult> {
  assertConsistent(input);
  const userErrors = await validateNewMember(scope, input);
  if (userErrors.length > 0) return { ...failed(null, ...userErrors), ...NOTHING_CREATED };
  const { institutionCode, access } = input;
  const oauth = 'oauth' in access ? access.oauth : null;
  const products = await productsOf(scope, input);
  const id = attemptId(scope.userGuid, input.idempotencyKey, ['member', institutionCode]);
  const duplicatePath = oauth ? ['input', 'institutionCode'] : CREDENTIALS;
  const result = await create(scope, { id, institutionCode, duplicatePath }, async () => {
    const sent = scope.client.createMember(scope.userGuid, toBody(id, input), { oauth, products });
    scope.createOutcomes.note(id, sent);
    const { member } = await sent;
    scope.cache.institutions.noteCreate(institutionCode, undefined);
    return member;
  });
  const { member } = result;
  if (!member || result.userErrors.length > 0) return { ...result, ...NOTHING_CREATED };
  return { ...result, ...((await scope.createOutcomes.of(id)) ?? outcomeOf(member, products)) };
}

/** Creates a manual member. Rejects with NOT_FOUND if MX does not know the institution. */
export async function createManualMember(
  scope: MutationScope,
  input: NewManualMember,
): Promise<MutationResult> {
  const { name, institutionCode } = input;
  await scope.cache.institutions.read(institutionCode);
  const id = attemptId(scope.userGuid, input.idempotencyKey, ['manual member', institutionCode]);
  const body: MxNewMember = { institution_code: institutionCode, id, ...(name !== null && { name }) };
  const duplicatePath = ['input', 'institutionCode'];
  return create(scope, { id, institutionCode, duplicatePath }, () =>
    scope.client.createManagedMember(scope.userGuid, body),
  );
}
