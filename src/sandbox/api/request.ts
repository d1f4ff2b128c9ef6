import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { MxError } from '../errors.js';
import { memberByPartnerId } from '../model/state.js';
import type { Member, User } from '../model/state.js';
import type { MxVersion } from './version.js';
import { versionOf } from './version.js';
import type { SandboxContext } from '../bank/sandbox-context.js';

/** Validates the object under the key `root` of a body. If it is missing or empty: 400; if it is invalid: 422. */
export function parseBody<S extends z.ZodType>(
  request: FastifyRequest,
  root: string,
  schema: S,
): z.output<S> {
  const wrapped = (request.body as Record<string, unknown> | null | undefined)?.[root];
  if (typeof wrapped !== 'object' || wrapped === null || Object.keys(wrapped).length === 0) {
    throw new MxError(400, `The request must contain a non-empty ${root} object.`);
  }
  return validate(schema, wrapped, root);
}

/** Validates a value. The error names the first invalid field. */
export function validate<S extends z.ZodType>(schema: S, value: unknown, name: string): z.output<S> {
  const result = schema.safeParse(value, { reportInput: true });
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const path = [name, ...(issue?.path.map(String) ?? [])].join('.');
  const isAboutType = issue?.code === 'invalid_type' || issue?.code === 'invalid_value';
  const missing = isAboutType && issue.input === undefined;
  throw new MxError(missing ? 400 : 422, `${path}: ${issue?.message ?? 'is not valid'}.`);
}

export function param(request: FastifyRequest, name: string): string {
  return (request.params as Record<string, string | undefined>)[name] ?? '';
}

/** The API version of a request that has passed the version check. */
export function requestVersion(request: FastifyRequest): MxVersion {
  return versionOf(request.headers) ?? 'v20250224';
}

/** Finds the user in the path. The older API version accepts only guids, the newer also the partner's ids. */
export function findUser(context: SandboxContext, request: FastifyRequest): User {
  const identifier = param(request, 'user');
  const byGuid = context.store.users.get(identifier);
  const user = byGuid ?? (acceptsPartnerIds(request) ? context.store.userByPartnerId(identifier) : undefined);
  if (user === undefined) throw new MxError(404, `There is no user ${identifier}.`);
  return user;
}

export function findMember(context: SandboxContext, request: FastifyRequest): Member {
  const user = findUser(context, request);
  const identifier = param(request, 'member');
  const byGuid = user.members.get(identifier);
  const member = byGuid ?? (acceptsPartnerIds(request) ? memberByPartnerId(user, identifier) : undefined);
  if (member === undefined || isNotReadableYet(context, request, member)) {
    throw new MxError(404, `There is no member ${identifier}.`);
  }
  return member;
}

function acceptsPartnerIds(request: FastifyRequest): boolean {
  return requestVersion(request) === 'v20250224' && !request.routeOptions.url?.includes('/managed_members');
}

/** MX may not find a member that was just created. `readAfterWriteMs` simulates that. */
function isNotReadableYet(context: SandboxContext, request: FastifyRequest, member: Member): boolean {
  const delay = context.settings.readAfterWriteMs;
  return delay > 0 && request.method === 'GET' && context.now() - member.createdAt < delay;
}

/** The value that the partner wants repeated in the webhooks of a member. */
export function callbackPayload(request: FastifyRequest): string | null {
  const header = request.headers['x-callback-payload'];
  return typeof header === 'string' ? header : null;
}

/** Only the older API version can skip the first aggregation. */
export function skipsAggregation(
  request: FastifyRequest,
  input: { skip_aggregation?: boolean | undefined },
): boolean {
  return requestVersion(request) === 'v20111101' && input.skip_aggregation === true;
}
