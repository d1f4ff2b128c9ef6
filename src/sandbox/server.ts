import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxControl } from './control/control.js';
import { errorEnvelope, MxError } from './errors.js';
import { endpointOf, registerFaultHooks } from './control/fault-hooks.js';
import type { Faults } from './control/faults.js';
import type { RequestLog } from './control/request-log.js';
import { registerControlRoutes } from './control/routes.js';
import { registerInstitutionRoutes } from './api/institutions.js';
import { registerManagedRoutes } from './api/managed-members.js';
import { registerMemberActionRoutes } from './api/member-actions.js';
import { registerMemberRoutes } from './api/members.js';
import { registerOauthRoutes } from './api/oauth.js';
import { registerUserRoutes } from './api/users.js';
import type { Timers } from './timers.js';
import { LEGACY_MEDIA_TYPE, versionOf } from './api/version.js';
import type { SandboxContext } from './bank/world.js';

export interface ServerParts {
  world: SandboxContext;
  control: SandboxControl;
  faults: Faults;
  log: RequestLog;
  /** Of requests that are held up; apart from the world's, which a reset clears. */
  requestTimers: Timers;
  credentials: { clientId: string; apiKey: string };
}

/** Builds the HTTP server of a sandbox; it listens when told to. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
  });
  readJsonOfAnyName(app);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler((request, reply) => {
    parts.log.add({ method: request.method, path: request.url, endpoint: endpointOf(request) });
    return reply.code(404).send(errorEnvelope(new MxError(404, 'There is nothing at this address.')));
  });
  void app.register((scope, _options, done) => {
    registerControlRoutes(scope, parts.control);
    done();
  });
  void app.register((scope, _options, done) => {
    registerOauthRoutes(scope, parts.world);
    done();
  });
  void app.register((scope, _options, done) => {
    registerMxApi(scope, parts);
    done();
  });
  return app;
}

function registerMxApi(app: FastifyInstance, parts: ServerParts): void {
  registerFaultHooks(app, { faults: parts.faults, log: parts.log, timers: parts.requestTimers });
  requireCredentials(app, parts.credentials);
  requireVersion(app);
  skipWebhooksOnRequest(app, parts.world);
  registerUserRoutes(app, parts.world);
  registerMemberRoutes(app, parts.world);
  registerMemberActionRoutes(app, parts.world);
  registerManagedRoutes(app, parts.world);
  registerInstitutionRoutes(app);
}

function requireCredentials(app: FastifyInstance, { clientId, apiKey }: ServerParts['credentials']): void {
  const expected = `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`;
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.authorization === expected) done();
    else done(new MxError(401, 'The client id or the API key is not valid.'));
  });
}

function requireVersion(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const version = versionOf(request.headers);
    if (version === 'v20111101') void reply.type(LEGACY_MEDIA_TYPE);
    if (version === undefined) done(new MxError(406, 'The request names no valid API version.'));
    else done();
  });
}

/** A request may ask that what it changes fires no webhooks; what its job changes later does. */
function skipWebhooksOnRequest(app: FastifyInstance, world: SandboxContext): void {
  app.addHook('onRoute', (route) => {
    const handle = route.handler;
    route.handler = function quietable(request, reply): unknown {
      if (!asksToSkip(request)) return handle.call(this, request, reply);
      return world.webhooks.quietly(() => handle.call(this, request, reply));
    };
  });
}

function asksToSkip(request: FastifyRequest): boolean {
  const header = request.headers['mx-skip-webhook'];
  const asked = header ?? (request.query as Record<string, unknown>)['skip_webhook'];
  return asked !== undefined && asked !== 'false';
}

/** Every body is JSON, whatever it is called: MX's own client calls an absent one a form. */
function readJsonOfAnyName(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(body.toString()) as unknown));
    } catch (cause) {
      done(new MxError(400, `The body is not JSON: ${cause instanceof Error ? cause.message : ''}`));
    }
  });
}

function answerError(
  error: FastifyError | MxError,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof MxError) return reply.code(error.status).send(errorEnvelope(error));
  const status = error.statusCode ?? 500;
  return reply.code(status).send(errorEnvelope(new MxError(status, error.message)));
}
