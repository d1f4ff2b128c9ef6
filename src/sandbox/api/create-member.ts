import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { PRODUCTS } from '../model/institution-data.js';
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
}

const dataRequestSchema = z.object({ products: z.array(z.enum(PRODUCTS)) }).optional();

function wantsVerification(request: FastifyRequest): boolean {
  if (requestVersion(request) !== 'v20250224') return false;
  const { data_request } = request.body as Record<string, unknown>;
  const products = validate(dataRequestSchema, data_request, 'data_request')?.products;
  return products?.includes('account_verification') ?? false;
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

/** Creates a member. With credentials, its job starts immediately; with OAuth, after the user's approval. */
export function createMember(context: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(context, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = requireInstitution(input.institution_code);
  assertNotBlocked(institution, 'create');
  if (wantsVerification(request)) assertNotBlocked(institution, 'VERIFICATION');
  assertMemberLimit(user);
  assertIdAvailable(user, input.id);
  const create = input.is_oauth ? createOauthMember : createCredentialMember;
  return create(context, request, { user, input, institution });
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
  const { user, input, institution } = creation;
  if (institution.credentials.length === 0)
    throw new MxError(400, `${institution.name} does not accept credentials.`);
  const credentials = mergeCredentials(institution, input.credentials ?? []);
  assertNoDuplicate(user, institution, { credentials });
  const member = addMember(context, creation);
  member.credentials = credentials;
  member.callbackPayload = callbackPayload(request);
  writeStatus(member, 'CREATED');
  if (!skipsAggregation(request, input))
    context.webhooks.withoutEvents(() => startJob(context, member, 'AGGREGATION'));
  context.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}
