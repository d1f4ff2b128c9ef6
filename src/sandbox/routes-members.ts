import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from './errors.js';
import { newGuid } from './ids.js';
import type { Institution } from './institutions.js';
import { dropJob, startJob } from './jobs.js';
import { enterStatus, touch, writeStatus } from './member-status.js';
import {
  institutionOf,
  memberFieldsSchema,
  mergeCredentials,
  refuseBlocked,
  refuseDuplicate,
  refuseFull,
  refuseTakenId,
  writeFields,
} from './member-requests.js';
import type { MemberInput } from './member-requests.js';
import { deleteMember, enterPending, oauthOptionsSchema, openOauth } from './oauth.js';
import { paginate } from './pagination.js';
import { checked, findMember, findUser, parseBody, requestVersion } from './request-input.js';
import type { Member, User } from './state.js';
import { memberView } from './views.js';
import { memberEvent } from './webhook-events.js';
import type { World } from './world.js';

const createSchema = memberFieldsSchema.extend({
  institution_code: z.string(),
  is_oauth: z.boolean().optional(),
});

type CreateInput = z.infer<typeof createSchema>;

const PRODUCTS = [
  'account_verification',
  'identity_verification',
  'transactions',
  'transaction_history',
  'statements',
  'investments',
  'rewards',
] as const;

const dataRequestSchema = z.object({ products: z.array(z.enum(PRODUCTS)) }).optional();

function callbackPayload(request: FastifyRequest): string | null {
  const header = request.headers['x-callback-payload'];
  return typeof header === 'string' ? header : null;
}

/** Skipping the first aggregation exists in the older version only, data requests in the newer only. */
function skipsAggregation(request: FastifyRequest, input: MemberInput): boolean {
  return requestVersion(request) === 'v20111101' && input.skip_aggregation === true;
}

function wantsVerification(request: FastifyRequest): boolean {
  if (requestVersion(request) !== 'v20250224') return false;
  const wanted = (request.body as Record<string, unknown>)['data_request'];
  return (
    checked(dataRequestSchema, wanted, 'data_request')?.products.includes('account_verification') ?? false
  );
}

function addMember(world: World, user: User, what: { input: CreateInput; institution: Institution }): Member {
  const { input, institution } = what;
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

function createMember(world: World, request: FastifyRequest): Member {
  const user = findUser(world, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = institutionOf(input.institution_code);
  refuseBlocked(institution, 'create');
  if (wantsVerification(request)) refuseBlocked(institution, 'VERIFICATION');
  refuseFull(user);
  refuseTakenId(user, input.id);
  if (input.is_oauth) return createOauthMember(world, request, { user, input, institution });
  return createCredentialMember(world, request, { user, input, institution });
}

interface Creation {
  user: User;
  input: CreateInput;
  institution: Institution;
}

function createOauthMember(world: World, request: FastifyRequest, creation: Creation): Member {
  const { user, input, institution } = creation;
  if (!institution.oauth) throw new MxError(400, `${institution.name} does not offer OAuth.`);
  if (input.credentials?.length) throw new MxError(400, 'An OAuth member is created without credentials.');
  const asked = checked(oauthOptionsSchema, request.body, 'body');
  const member = addMember(world, user, creation);
  member.isOauth = true;
  member.callbackPayload = callbackPayload(request);
  const skipAggregation = skipsAggregation(request, input);
  openOauth(world, member, { ...asked, skipAggregation: asked.skipAggregation || skipAggregation });
  world.webhooks.quietly(() => enterPending(world, member));
  world.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

function createCredentialMember(world: World, request: FastifyRequest, creation: Creation): Member {
  const { user, input, institution } = creation;
  if (institution.credentials.length === 0)
    throw new MxError(400, `${institution.name} takes no credentials.`);
  const credentials = mergeCredentials(institution, input.credentials ?? []);
  refuseDuplicate(user, institution, { credentials });
  const member = addMember(world, user, creation);
  member.credentials = credentials;
  member.callbackPayload = callbackPayload(request);
  writeStatus(member, 'CREATED');
  if (!skipsAggregation(request, input)) world.webhooks.quietly(() => startJob(world, member, 'AGGREGATION'));
  world.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

function updateMember(world: World, request: FastifyRequest): Member {
  const member = findMember(world, request);
  const input = parseBody(request, 'member', memberFieldsSchema);
  refuseTakenId(member.user, input.id, member);
  const credentials = input.credentials && newCredentials(member, input.credentials);
  writeFields(member, input);
  member.callbackPayload = callbackPayload(request) ?? member.callbackPayload;
  if (credentials) replaceCredentials(world, member, credentials);
  else touch(world, member);
  if (credentials && !skipsAggregation(request, input)) startJob(world, member, 'AGGREGATION');
  return member;
}

function newCredentials(member: Member, given: { guid: string; value: string }[]): Record<string, string> {
  const institution = institutionOf(member.institutionCode);
  refuseBlocked(institution, 'AGGREGATION');
  if (member.isOauth || institution.credentials.length === 0) {
    throw new MxError(400, 'This member has no credentials to update.');
  }
  const credentials = mergeCredentials(institution, given, member.credentials);
  refuseDuplicate(member.user, institution, { credentials, self: member });
  return credentials;
}

function replaceCredentials(world: World, member: Member, credentials: Record<string, string>): void {
  member.credentials = credentials;
  dropJob(member);
  enterStatus(world, member, 'UPDATED');
}

/** Members: list, create, read, update, delete. */
export function registerMemberRoutes(app: FastifyInstance, world: World): void {
  app.get('/users/:user/members', (request) => {
    const { use_case } = request.query as { use_case?: string };
    const all = [...findUser(world, request).members.values()];
    const rows = use_case ? all.filter((one) => one.useCases.some((use) => use === use_case)) : all;
    const page = paginate(rows, request.query);
    return { members: page.rows.map((one) => memberView(world, one)), pagination: page.pagination };
  });
  app.post('/users/:user/members', (request, reply) => {
    const member = createMember(world, request);
    return reply.code(member.isBeingAggregated ? 202 : 200).send({ member: memberView(world, member) });
  });
  app.get('/users/:user/members/:member', (request) => ({
    member: memberView(world, findMember(world, request)),
  }));
  app.put('/users/:user/members/:member', (request) => ({
    member: memberView(world, updateMember(world, request)),
  }));
  app.delete('/users/:user/members/:member', (request, reply) => {
    deleteMember(world, findMember(world, request));
    return reply.code(204).send();
  });
}
