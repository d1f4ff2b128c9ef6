import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { PRODUCTS } from '../model/institution-data.js';
import type { Institution } from '../model/institutions.js';
import { startJob } from '../bank/jobs.js';
import { writeStatus } from '../bank/member-status.js';
import {
  institutionOf,
  memberFieldsSchema,
  mergeCredentials,
  refuseBlocked,
  refuseDuplicate,
  refuseFull,
  refuseTakenId,
  writeFields,
} from '../bank/member-rules.js';
import { enterPending, oauthOptionsSchema, openOauth } from '../bank/oauth.js';
import {
  callbackPayload,
  checked,
  findUser,
  parseBody,
  requestVersion,
  skipsAggregation,
} from './request.js';
import type { Member, User } from '../model/state.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from '../bank/world.js';

const createSchema = memberFieldsSchema.extend({
  institution_code: z.string(),
  is_oauth: z.boolean().optional(),
});

type CreateInput = z.infer<typeof createSchema>;

interface Creation {
  user: User;
  input: CreateInput;
  institution: Institution;
}

const dataRequestSchema = z.object({ products: z.array(z.enum(PRODUCTS)) }).optional();

function wantsVerification(request: FastifyRequest): boolean {
  if (requestVersion(request) !== 'v20250224') return false;
  const wanted = (request.body as Record<string, unknown>)['data_request'];
  return (
    checked(dataRequestSchema, wanted, 'data_request')?.products.includes('account_verification') ?? false
  );
}

function addMember(world: SandboxContext, { user, input, institution }: Creation): Member {
  const member = world.store.addMember({
    guid: newGuid('MBR'),
    user,
    institutionCode: institution.code,
    name: institution.name,
    createdAt: world.now(),
  });
  writeFields(member, input);
  return member;
}

/** Creates a member: with credentials its job starts at once, for OAuth it waits for the user's approval. */
export function createMember(world: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(world, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = institutionOf(input.institution_code);
  refuseBlocked(institution, 'create');
  if (wantsVerification(request)) refuseBlocked(institution, 'VERIFICATION');
  refuseFull(user);
  refuseTakenId(user, input.id);
  const create = input.is_oauth ? createOauthMember : createCredentialMember;
  return create(world, request, { user, input, institution });
}

function createOauthMember(world: SandboxContext, request: FastifyRequest, creation: Creation): Member {
  const { input, institution } = creation;
  if (!institution.oauth) throw new MxError(400, `${institution.name} does not offer OAuth.`);
  if (input.credentials?.length) throw new MxError(400, 'An OAuth member is created without credentials.');
  const asked = checked(oauthOptionsSchema, request.body, 'body');
  const member = addMember(world, creation);
  member.isOauth = true;
  member.callbackPayload = callbackPayload(request);
  const skipAggregation = skipsAggregation(request, input);
  openOauth(world, member, { ...asked, skipAggregation: asked.skipAggregation || skipAggregation });
  world.webhooks.quietly(() => enterPending(world, member));
  world.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

function createCredentialMember(world: SandboxContext, request: FastifyRequest, creation: Creation): Member {
  const { user, input, institution } = creation;
  if (institution.credentials.length === 0)
    throw new MxError(400, `${institution.name} takes no credentials.`);
  const credentials = mergeCredentials(institution, input.credentials ?? []);
  refuseDuplicate(user, institution, { credentials });
  const member = addMember(world, creation);
  member.credentials = credentials;
  member.callbackPayload = callbackPayload(request);
  writeStatus(member, 'CREATED');
  if (!skipsAggregation(request, input)) world.webhooks.quietly(() => startJob(world, member, 'AGGREGATION'));
  world.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}
