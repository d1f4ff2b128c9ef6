import Fastify from 'fastify';
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { SandboxControl } from './control/control.js';
import { errorEnvelope, MxError } from './errors.js';
import { endpointOf, registerFaultHooks } from './control/fault-hooks.js';
import type { Faults } from './control/faults.js';
import type { RequestLog } from './control/request-log.js';
import { registerControlRoutes } from './control/routes.js';
import { registerAccountRoutes } from './api/accounts.js';
import { registerInstitutionRoutes } from './api/institutions.js';
import { registerManagedRoutes } from './api/managed-members.js';
import { registerMemberActionRoutes } from './api/member-actions.js';
import { registerMemberRoutes } from './api/members.js';
import { registerOauthRoutes } from './api/oauth.js';
import { registerUserRoutes } from './api/users.js';
import type { Timers } from './timers.js';
import { LEGACY_MEDIA_TYPE, versionOf } from './api/version.js';
import type { SandboxContext } from './bank/sandbox-context.js';

export interface ServerParts {
  context: SandboxContext;
  control: SandboxControl;
  faults: Faults;
  log: RequestLog;
  /** Timers of delayed requests. Separate from the context's timers, which a reset cancels. */
  requestTimers: Timers;
  credentials: { clientId: string; apiKey: string };
}

/** Builds the HTTP server of a sandbox, without listening. */
export function buildServer(parts: ServerParts): FastifyInstance {
  const app = Fastify({
    forceCloseConnections: true,
    exposeHeadRoutes: false,
    routerOptions: { maxParamLength: 500 },
  });
  parseAnyContentTypeAsJson(app);
  app.setErrorHandler(sendErrorEnvelope);
  app.setNotFoundHandler((request, reply) => {
    parts.log.add({ method: request.method, path: request.url, endpoint: endpointOf(request) });
    return reply.code(404).send(errorEnvelope(new MxError(404, 'No route matches this path.')));
  });
  void app.register((scope, _options, done) => {
    registerControlRoutes(scope, parts.control);
    done();
  });
  void app.register((scope, _options, done) => {
    registerOauthRoutes(scope, parts.context);
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
  requireApiVersion(app);
  skipWebhooksOnRequest(app, parts.context);
  registerUserRoutes(app, parts.context);
  registerMemberRoutes(app, parts.context);
  registerMemberActionRoutes(app, parts.context);
  registerManagedRoutes(app, parts.context);
  registerAccountRoutes(app, parts.context);
  registerInstitutionRoutes(app, parts.context);
}

function requireCredentials(app: FastifyInstance, { clientId, apiKey }: ServerParts['credentials']): void {
  const expected = `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`;
  app.addHook('onRequest', (request, _reply, done) => {
    if (request.headers.authorization === expected) done();
    else done(new MxError(401, 'The client id or the API key is not valid.'));
  });
}

function requireApiVersion(app: FastifyInstance): void {
  app.addHook('onRequest', (request, reply, done) => {
    const version = versionOf(request.headers);
    if (version === 'v20111101') void reply.type(LEGACY_MEDIA_TYPE);
    if (version === undefined) done(new MxError(406, 'The request must name a valid API version.'));
    else done();
  });
}

/** A request can skip the webhooks of its own changes, but not those of the job that it starts. */
function skipWebhooksOnRequest(app: FastifyInstance, context: SandboxContext): void {
  app.addHook('onRoute', (route) => {
    const handle = route.handler;
    route.handler = function handler(request, reply): unknown {
      if (!skipsWebhooks(request)) return handle.call(this, request, reply);
      return context.webhooks.withoutEvents(() => handle.call(this, request, reply));
    };
  });
}

function skipsWebhooks(request: FastifyRequest): boolean {
  const header = request.headers['mx-skip-webhook'];
  const value = header ?? (request.query as Record<string, unknown>)['skip_webhook'];
  return value !== undefined && value !== 'false';
}

/** Parses every body as JSON: MX's own client sends an empty body with the content type of a form. */
function parseAnyContentTypeAsJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? undefined : (JSON.parse(body.toString()) as unknown));
    } catch (cause) {
      done(new MxError(400, `The body is not JSON: ${cause instanceof Error ? cause.message : ''}`));
    }
  });
}

function sendErrorEnvelope(
  error: FastifyError | MxError,
  _request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof MxError) return reply.code(error.status).send(errorEnvelope(error));
  const status = error.statusCode ?? 500;
  return reply.code(status).send(errorEnvelope(new MxError(status, error.message)));
}
