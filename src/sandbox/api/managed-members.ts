import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { INSTITUTIONS } from '../model/institutions.js';
import { requireInstitution, assertMemberLimit, assertIdAvailable } from '../bank/member-rules.js';
import { bumpRevision } from '../bank/member-status.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { findMember, findUser, parseBody, requestVersion } from './request.js';
import { partnerIdSchema } from '../guid.js';
import type { Member } from '../model/state.js';
import { serializeInstitution, serializeMember } from './serializers.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

const updateSchema = z.object({
  id: partnerIdSchema.optional(),
  name: z.string().optional(),
  metadata: z.string().optional(),
});
const createSchema = updateSchema.extend({ institution_code: z.string() });

const MEMBERS = '/users/:user/managed_members';

function managedMember(context: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(context, request);
  if (!member.isPartnerManaged) throw new MxError(404, `There is no managed member ${member.guid}.`);
  return member;
}

function assignManagedFields(member: Member, input: z.infer<typeof updateSchema>): void {
  assertIdAvailable(member.user, input.id, member);
  member.id = input.id ?? member.id;
  member.name = input.name ?? member.name;
  member.metadata = input.metadata ?? member.metadata;
}

function createManaged(context: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(context, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = requireInstitution(input.institution_code);
  assertMemberLimit(user);
  assertIdAvailable(user, input.id);
  const member = context.store.addMember({
    guid: newGuid('MBR'),
    user,
    institutionCode: institution.code,
    name: institution.name,
    isPartnerManaged: true,
    isManagedByUser: false,
    createdAt: context.now(),
  });
  assignManagedFields(member, input);
  context.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

/** Routes of managed members: the partner maintains them, so they have no connection and no status. */
export function registerManagedRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get(MEMBERS, (request) => {
    const members = [...findUser(context, request).members.values()].filter((one) => one.isPartnerManaged);
    const page = paginate(members, request.query);
    return { members: page.rows.map((one) => serializeMember(context, one)), pagination: page.pagination };
  });
  app.post(MEMBERS, (request, reply) =>
    reply.code(202).send({ member: serializeMember(context, createManaged(context, request)) }),
  );
  app.get(`${MEMBERS}/:member`, (request) => ({
    member: serializeMember(context, managedMember(context, request)),
  }));
  app.put(`${MEMBERS}/:member`, (request) => {
    const member = managedMember(context, request);
    assignManagedFields(member, parseBody(request, 'member', updateSchema));
    bumpRevision(context, member);
    return { member: serializeMember(context, member) };
  });
  app.delete(`${MEMBERS}/:member`, (request, reply) => {
    deleteMember(context, managedMember(context, request));
    return reply.code(204).send();
  });
  app.get('/managed_institutions', (request) => {
    const page = paginate(
      INSTITUTIONS.filter((one) => one.managed),
      request.query,
    );
    const version = requestVersion(request);
    return {
      institutions: page.rows.map((one) => serializeInstitution(context, one, version)),
      pagination: page.pagination,
    };
  });
}
