import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { INSTITUTIONS } from '../model/institutions.js';
import { institutionOf, refuseFull, refuseTakenId } from '../bank/member-rules.js';
import { bumpRevision } from '../bank/member-status.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { findMember, findUser, parseBody, requestVersion } from './request.js';
import { ownIdSchema } from '../guid.js';
import type { Member } from '../model/state.js';
import { institutionView, memberView } from './serializers.js';
import { memberEvent } from '../webhooks/events.js';
import type { SandboxContext } from '../bank/world.js';

const updateSchema = z.object({
  id: ownIdSchema.optional(),
  name: z.string().optional(),
  metadata: z.string().optional(),
});
const createSchema = updateSchema.extend({ institution_code: z.string() });

const MEMBERS = '/users/:user/managed_members';

function managedMember(world: SandboxContext, request: FastifyRequest): Member {
  const member = findMember(world, request);
  if (!member.isPartnerManaged) throw new MxError(404, `There is no managed member ${member.guid}.`);
  return member;
}

function writeManaged(member: Member, input: z.infer<typeof updateSchema>): void {
  refuseTakenId(member.user, input.id, member);
  member.id = input.id ?? member.id;
  member.name = input.name ?? member.name;
  member.metadata = input.metadata ?? member.metadata;
}

function createManaged(world: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(world, request);
  const input = parseBody(request, 'member', createSchema);
  const institution = institutionOf(input.institution_code);
  refuseFull(user);
  refuseTakenId(user, input.id);
  const member = world.store.addMember({
    guid: newGuid('MBR'),
    user,
    institutionCode: institution.code,
    name: institution.name,
    isPartnerManaged: true,
    isManagedByUser: false,
    createdAt: world.now(),
  });
  writeManaged(member, input);
  world.webhooks.emit(() => memberEvent(member, 'created'));
  return member;
}

/** Members the partner keeps by hand: without a connection, hence without a status for ever. */
export function registerManagedRoutes(app: FastifyInstance, world: SandboxContext): void {
  app.get(MEMBERS, (request) => {
    const members = [...findUser(world, request).members.values()].filter((one) => one.isPartnerManaged);
    const page = paginate(members, request.query);
    return { members: page.rows.map((one) => memberView(world, one)), pagination: page.pagination };
  });
  app.post(MEMBERS, (request, reply) =>
    reply.code(202).send({ member: memberView(world, createManaged(world, request)) }),
  );
  app.get(`${MEMBERS}/:member`, (request) => ({ member: memberView(world, managedMember(world, request)) }));
  app.put(`${MEMBERS}/:member`, (request) => {
    const member = managedMember(world, request);
    writeManaged(member, parseBody(request, 'member', updateSchema));
    bumpRevision(world, member);
    return { member: memberView(world, member) };
  });
  app.delete(`${MEMBERS}/:member`, (request, reply) => {
    deleteMember(world, managedMember(world, request));
    return reply.code(204).send();
  });
  app.get('/managed_institutions', (request) => {
    const page = paginate(
      INSTITUTIONS.filter((one) => one.managed),
      request.query,
    );
    const version = requestVersion(request);
    return {
      institutions: page.rows.map((one) => institutionView(one, version)),
      pagination: page.pagination,
    };
  });
}
