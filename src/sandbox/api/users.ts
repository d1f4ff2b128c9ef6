import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { findUser, parseBody } from './request.js';
import { ownIdSchema } from '../guid.js';
import type { User } from '../model/state.js';
import { userView } from './serializers.js';
import type { SandboxContext } from '../bank/world.js';

const userSchema = z.object({
  id: ownIdSchema.optional(),
  email: z.string().optional(),
  metadata: z.string().optional(),
  is_disabled: z.boolean().optional(),
});

function writeUser(world: SandboxContext, user: User, input: z.infer<typeof userSchema>): void {
  const holder = input.id === undefined ? undefined : world.store.userByOwnId(input.id);
  if (holder && holder !== user) throw new MxError(409, `The id ${input.id} belongs to another user.`);
  user.id = input.id ?? user.id;
  user.email = input.email ?? user.email;
  user.metadata = input.metadata ?? user.metadata;
  user.isDisabled = input.is_disabled ?? user.isDisabled;
}

function listUsers(world: SandboxContext, query: Record<string, unknown>): User[] {
  const { id, email, is_disabled } = query;
  return [...world.store.users.values()].filter(
    (user) =>
      (id === undefined || user.id === id) &&
      (email === undefined || user.email === email) &&
      (is_disabled === undefined || String(user.isDisabled) === is_disabled),
  );
}

/** Users: list, create, read, update, delete. */
export function registerUserRoutes(app: FastifyInstance, world: SandboxContext): void {
  app.get('/users', (request) => {
    const page = paginate(listUsers(world, request.query as Record<string, unknown>), request.query);
    return { users: page.rows.map(userView), pagination: page.pagination };
  });
  app.post('/users', (request) => {
    const input = parseBody(request, 'user', userSchema);
    const holder = input.id === undefined ? undefined : world.store.userByOwnId(input.id);
    if (holder) throw new MxError(409, `The id ${input.id} belongs to another user.`);
    const user = world.store.addUser({ guid: newGuid('USR') });
    writeUser(world, user, input);
    return { user: userView(user) };
  });
  app.get('/users/:user', (request) => ({ user: userView(findUser(world, request)) }));
  app.put('/users/:user', (request) => {
    const user = findUser(world, request);
    writeUser(world, user, parseBody(request, 'user', userSchema));
    return { user: userView(user) };
  });
  app.delete('/users/:user', (request, reply) => {
    const user = findUser(world, request);
    for (const member of user.members.values()) deleteMember(world, member);
    world.store.users.delete(user.guid);
    return reply.code(204).send();
  });
}
