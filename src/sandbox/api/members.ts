import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MxError } from '../errors.js';
import { dropJob, startJob } from '../bank/jobs.js';
import { createMember } from './create-member.js';
import { setStatus, bumpRevision } from '../bank/member-status.js';
import {
  requireInstitution,
  memberFieldsSchema,
  mergeCredentials,
  assertNotBlocked,
  assertNoDuplicate,
  assertIdAvailable,
  assignFields,
} from '../bank/member-rules.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { callbackPayload, findMember, findUser, parseBody, skipsAggregation } from './request.js';
import type { Member } from '../model/state.js';
import { serializeMember } from './serializers.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

function updateMember(context: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(context, request);
  const input = parseBody(request, 'member', memberFieldsSchema);
  assertIdAvailable(member.user, input.id, member);
  const credentials = input.credentials && newCredentials(context, member, input.credentials);
  assignFields(member, input);
  member.callbackPayload = callbackPayload(request) ?? member.callbackPayload;
  if (credentials) replaceCredentials(context, member, credentials);
  else bumpRevision(context, member);
  if (credentials && !skipsAggregation(request, input)) startJob(context, member, 'AGGREGATION');
  return member;
}

function newCredentials(
  context: SandboxContext,
  member: Member,
  given: { guid: string; value: string }[],
): Record<string, string> {
  const institution = requireInstitution(member.institutionCode);
  assertNotBlocked(context, institution, 'AGGREGATION');
  if (member.isOauth || institution.credentials.length === 0) {
    throw new MxError(400, 'This member has no credentials to update.');
  }
  const credentials = mergeCredentials(institution, given, member.credentials);
  assertNoDuplicate(member.user, institution, { credentials, self: member });
  return credentials;
}

function replaceCredentials(
  context: SandboxContext,
  member: Member,
  credentials: Record<string, string>,
): void {
  member.credentials = credentials;
  dropJob(member);
  setStatus(context, member, 'UPDATED');
}

/** Routes of members: list, create, read, update, delete. */
export function registerMemberRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/users/:user/members', (request) => {
    const { use_case } = request.query as { use_case?: string };
    const all = [...findUser(context, request).members.values()];
    const rows = use_case ? all.filter((one) => one.useCases.some((use) => use === use_case)) : all;
    const page = paginate(rows, request.query);
    return { members: page.rows.map((one) => serializeMember(context, one)), pagination: page.pagination };
  });
  app.post('/users/:user/members', (request, reply) => {
    const { member, status } = createMember(context, request);
    return reply.code(status).send({ member: serializeMember(context, member) });
  });
  app.get('/users/:user/members/:member', (request) => ({
    member: serializeMember(context, findMember(context, request)),
  }));
  app.put('/users/:user/members/:member', (request) => ({
    member: serializeMember(context, updateMember(context, request)),
  }));
  app.delete('/users/:user/members/:member', (request, reply) => {
    deleteMember(context, findMember(context, request));
    return reply.code(204).send();
  });
}
