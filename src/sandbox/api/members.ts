import type { FastifyInstance, FastifyRequest } from 'fastify';
import { MxError } from '../errors.js';
import { dropJob, startJob } from '../bank/jobs.js';
import { createMember } from './create-member.js';
import { setStatus, bumpRevision } from '../bank/member-status.js';
import {
  institutionOf,
  memberFieldsSchema,
  mergeCredentials,
  refuseBlocked,
  refuseDuplicate,
  refuseTakenId,
  writeFields,
} from '../bank/member-rules.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { callbackPayload, findMember, findUser, parseBody, skipsAggregation } from './request.js';
import type { Member } from '../model/state.js';
import { memberView } from './serializers.js';
import type { SandboxContext } from '../bank/world.js';

function updateMember(world: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(world, request);
  const input = parseBody(request, 'member', memberFieldsSchema);
  refuseTakenId(member.user, input.id, member);
  const credentials = input.credentials && newCredentials(member, input.credentials);
  writeFields(member, input);
  member.callbackPayload = callbackPayload(request) ?? member.callbackPayload;
  if (credentials) replaceCredentials(world, member, credentials);
  else bumpRevision(world, member);
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

function replaceCredentials(
  world: SandboxContext,
  member: Member,
  credentials: Record<string, string>,
): void {
  member.credentials = credentials;
  dropJob(member);
  setStatus(world, member, 'UPDATED');
}

/** Members: list, create, read, update, delete. */
export function registerMemberRoutes(app: FastifyInstance, world: SandboxContext): void {
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
