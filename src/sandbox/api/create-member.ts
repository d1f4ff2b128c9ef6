import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { PRODUCTS } from '../model/institution-data.js';
import type { Product } from '../model/institution-data.js';
import type { Institution } from '../model/institutions.js';
import { startJob } from '../bank/jobs.js';
import { writeStatus } from '../bank/member-status.js';
import {
  requireInstitution,
  memberFieldsSchema,
  mergeCredentials,
  assertNotBlocked,
  assertNoDuplicate,
  assertMemberLimit,
  assertIdAvailable,
  assignFields,
} from '../bank/member-rules.js';
import { setPending, oauthOptionsSchema, issueOauthWindow } from '../bank/oauth.js';
import {
  callbackPayload,
  validate,
  findUser,
  parseBody,
  requestVersion,
  skipsAggregation,
} from './request.js';
import type { Member, User } from '../model/state.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

const createSchema = memberFieldsSchema.extend({
  institution_code: z.string(),
  is_oauth: z.boolean().optional(),
});

type CreateInput = z.infer<typeof createSchema>;

interface NewMember {
  user: User;
  input: CreateInput;
  institution: Institution;
  /** The products whose job cannot be started. */
  failed: readonly Product[];
}

/** A created member and the status of the response: 200 without a job, 201 if products failed, 202 with a job. */
export interface Created {
  member: Member;
  status: 200 | 201 | 202;
}

const dataRequestSchema = z.object({ products: z.array(z.enum(PRODUCTS)) }).optional();

/** The requested products. The older version of the API has none. */
function requestedProducts(request: FastifyRequest): readonly Product[] {
  if (requestVersion(request) !== 'v20250224') return [];
  const { data_request } = request.body as Record<string, unknown>;
  return validate(dataRequestSchema, data_request, 'data_request')?.products ?? [];
}

function failedOf(
  { settings }: SandboxContext,
  institution: Institution,
  products: readonly Product[],
): Product[] {
  return products.filter(
    (product) => settings.failingProducts.includes(product) || !institution.products.includes(product),
  );
}

function addMember(context: SandboxContext, { user, input, institution }: NewMember): Member {
  const member = context.store.addMember({
    guid: newGuid('MBR'),
    user,
    institutionCode: institution.code,
    name: institution.name,
    createdAt: context.now(),
  });
  assignFields(member, input);
  return member;
}

/** MX does not document the error of a 201. It is said to be in the member. */
function productError(failed: readonly Product[]): Record<string, unknown> {
  return {
    error_type: 'INSTITUTION',
    error_code: 3002,
    error_message: `Could not start ${failed.join(', ')}.`,
    user_message: 'Some of the data cannot be fetched at the moment.',
    locale: 'en',
  };
}

/**
 * Creates a member. With credentials, its job starts immediately, unless a requested product fails; with OAuth, after
 * the user's approval.
 */
export function createMember(context: SandboxContext, request: FastifyRequest): Created {
  const user = findUser(context, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = requireInstitution(input.institution_code);
  const products = requestedProducts(request);
  assertNotBlocked(context, institution, 'create');
  if (products.includes('account_verification')) assertNotBlocked(context, institution, 'VERIFICATION');
  assertMemberLimit(user);
  assertIdAvailable(user, input.id);
  const create = input.is_oauth ? createOauthMember : createCredentialMember;
  const failed = failedOf(context, institution, products);
  const member = create(context, request, { user, input, institution, failed });
  return { member, status: member.isBeingAggregated ? 202 : member.error === null ? 200 : 201 };
}

function createOauthMember(context: SandboxContext, request: FastifyRequest, creation: NewMember): Member {
  const { input, institution } = creation;
  if (!institution.oauth) throw new MxError(400, `${institution.name} does not offer OAuth.`);
  if (input.credentials?.length) throw new MxError(400, 'An OAuth member is created without credentials.');
  const options = validate(oauthOptionsSchema, request.body, 'body');
  const member = addMember(context, creation);
  member.isOauth = true;
  member.callbackPayload = callbackPayload(request);
  const skipAggregation = skipsAggregation(request, input);
  issueOauthWindow(context, member, {
    ...options,
    skipAggregation: options.skipAggregation || skipAggregation,
  });
  context.webhooks.withoutEvents(() => setPending(context, member));
  context.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

function createCredentialMember(
  context: SandboxContext,
  request: FastifyRequest,
  creation: NewMember,
): Member {
  const { user, input, institution, failed } = creation;
  if (institution.credentials.length === 0)
    throw new MxError(400, `${institution.name} does not accept credentials.`);
  const credentials = mergeCredentials(institution, input.credentials ?? []);
  assertNoDuplicate(user, institution, { credentials });
  const member = addMember(context, creation);
  member.credentials = credentials;
  member.callbackPayload = callbackPayload(request);
  writeStatus(member, 'CREATED');
  if (failed.length > 0) member.error = productError(failed);
  else if (!skipsAggregation(request, input))
    context.webhooks.withoutEvents(() => startJob(context, member, 'AGGREGATION'));
  context.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}
