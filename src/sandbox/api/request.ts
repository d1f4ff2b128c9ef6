import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { MxError } from '../errors.js';
import { memberByOwnId } from '../model/state.js';
import type { Member, User } from '../model/state.js';
import type { MxVersion } from './version.js';
import { versionOf } from './version.js';
import type { SandboxContext } from '../bank/world.js';

/** Checks a body that wraps its object in `root`: absent or empty is a 400, a wrong kind of value a 422. */
export function parseBody<T>(request: FastifyRequest, root: string, schema: z.ZodType<T>): T {
  const wrapped = (request.body as Record<string, unknown> | null | undefined)?.[root];
  if (typeof wrapped !== 'object' || wrapped === null || Object.keys(wrapped).length === 0) {
    throw new MxError(400, `The request needs a ${root} object that is not empty.`);
  }
  return checked(schema, wrapped, root);
}

/** Checks a value, naming the first thing that is wrong with it. */
export function checked<T>(schema: z.ZodType<T>, value: unknown, name: string): T {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const where = [name, ...(issue?.path.map(String) ?? [])].join('.');
  const missing = issue?.code === 'invalid_type' && issue.input === undefined;
  throw new MxError(missing ? 400 : 422, `${where}: ${issue?.message ?? 'is not valid'}.`);
}

export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}

/** The version of a request that has passed the version check. */
export function requestVersion(request: FastifyRequest): MxVersion {
  return versionOf(request.headers) ?? 'v20250224';
}

/** The newer version takes the partner's own ids where the older takes guids only. */
export function findUser(world: SandboxContext, request: FastifyRequest): User {
  const identifier = param(request, 'user');
  const byGuid = world.store.users.get(identifier);
  const user = byGuid ?? (takesOwnIds(request) ? world.store.userByOwnId(identifier) : undefined);
  if (user === undefined) throw new MxError(404, `There is no user ${identifier}.`);
  return user;
}

export function findMember(world: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(world, request);
  const identifier = param(request, 'member');
  const byGuid = user.members.get(identifier);
  const member = byGuid ?? (takesOwnIds(request) ? memberByOwnId(user, identifier) : undefined);
  if (member === undefined || isTooFresh(world, request, member)) {
    throw new MxError(404, `There is no member ${identifier}.`);
  }
  return member;
}

function takesOwnIds(request: FastifyRequest): boolean {
  return requestVersion(request) === 'v20250224' && !request.routeOptions.url?.includes('/managed_members');
}

/** MX may not find a member it has just created. */
function isTooFresh(world: SandboxContext, request: FastifyRequest, member: Member): boolean {
  const delay = world.settings.readAfterWriteMs;
  return delay > 0 && request.method === 'GET' && world.now() - member.createdAt < delay;
}

/** What the partner wants echoed in the webhooks of a member. */
export function callbackPayload(request: FastifyRequest): string | null {
  const header = request.headers['x-callback-payload'];
  return typeof header === 'string' ? header : null;
}

/** Skipping the first aggregation exists in the older version only, data requests in the newer only. */
export function skipsAggregation(
  request: FastifyRequest,
  input: { skip_aggregation?: boolean | undefined },
): boolean {
  return requestVersion(request) === 'v20111101' && input.skip_aggregation === true;
}
