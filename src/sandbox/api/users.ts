import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { MxError } from '../errors.js';
import { newGuid } from '../guid.js';
import { deleteMember } from '../bank/oauth.js';
import { paginate } from './pagination.js';
import { findUser, parseBody } from './request.js';
import { partnerIdSchema } from '../guid.js';
import type { User } from '../model/state.js';
import { serializeUser } from './serializers.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

const userSchema = z.object({
  id: partnerIdSchema.optional(),
  email: z.string().optional(),
  metadata: z.string().optional(),
  is_disabled: z.boolean().optional(),
});

function assignFields(context: SandboxContext, user: User, input: z.infer<typeof userSchema>): void {
  const holder = input.id === undefined ? undefined : context.store.userByPartnerId(input.id);
  if (holder && holder !== user) throw new MxError(409, `The id ${input.id} belongs to another user.`);
  user.id = input.id ?? user.id;
  user.email = input.email ?? user.email;
  user.metadata = input.metadata ?? user.metadata;
  user.isDisabled = input.is_disabled ?? user.isDisabled;
}

function listUsers(context: SandboxContext, query: Record<string, unknown>): User[] {
  const { id, email, is_disabled } = query;
  return [...context.store.users.values()].filter(
    (user) =>
      (id === undefined || user.id === id) &&
      (email === undefined || user.email === email) &&
      (is_disabled === undefined || String(user.isDisabled) === is_disabled),
  );
}

/** Routes of users: list, create, read, update, delete. */
export function registerUserRoutes(app: FastifyInstance, context: SandboxContext): void {
  app.get('/users', (request) => {
    const page = paginate(listUsers(context, request.query as Record<string, unknown>), request.query);
    return { users: page.rows.map(serializeUser), pagination: page.pagination };
  });
  app.post('/users', (request) => {
    const input = parseBody(request, 'user', userSchema);
    const holder = input.id === undefined ? undefined : context.store.userByPartnerId(input.id);
    if (holder) throw new MxError(409, `The id ${input.id} belongs to another user.`);
    const user = context.store.addUser({ guid: newGuid('USR') });
    assignFields(context, user, input);
    return { user: serializeUser(user) };
  });
  app.get('/users/:user', (request) => ({ user: serializeUser(findUser(context, request)) }));
  app.put('/users/:user', (request) => {
    const user = findUser(context, request);
    assignFields(context, user, parseBody(request, 'user', userSchema));
    return { user: serializeUser(user) };
  });
  app.delete('/users/:user', (request, reply) => {
    const user = findUser(context, request);
    for (const member of user.members.values()) deleteMember(context, member);
    context.store.users.delete(user.guid);
    return reply.code(204).send();
  });
}
