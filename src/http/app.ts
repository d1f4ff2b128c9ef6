import type { Socket } from 'node:net';

import cors from '@fastify/cors';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';
import type { ErrorCode } from '../errors/api-error.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { registerHeaders } from './headers.js';
import type { LoadShedder } from './load-shedding.js';
import { errorBody, RETRY_AFTER_S, writeErrorToSocket } from './error-response.js';

/** Maximum size of a body in bytes: a document of the maximum 2,000 tokens with its variables is far smaller. */
const MAX_BODY_BYTES = 1_000_000;
/** Time limit for a request's body, in milliseconds; its headers have half of it. */
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Includes the URL: longer documents must be sent by POST. */
const MAX_HEADER_BYTES = 16_384;
/** Open subscriptions plus a reserve for other requests. Further connections are closed on arrival. */
const MAX_CONNECTIONS = 25_000;
/** Routes that are served even while requests are shed. */
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

const CODE_OF_STATUS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [404, 'NOT_FOUND'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

/** Fastify's own errors (size, type, JSON) in the format of GraphQL clients. */
function toBody(error: unknown): { status: number; body: object } {
  const status = (error as FastifyError).statusCode ?? 500;
  const isClients = status >= 400 && status < 500;
  const apiError = isClients ? new ApiError(CODE_OF_STATUS.get(status) ?? 'BAD_REQUEST') : error;
  return {
    status: isClients ? status : 500,
    body: { errors: [formatError({ message: '' }, apiError)] },
  };
}

const toReply = (error: unknown, reply: FastifyReply): FastifyReply => {
  const { status, body } = toBody(error);
  if (status >= 500) reply.log.error({ err: error }, 'request failed');
  return reply.code(status).send(body);
};

/** Responds to malformed or oversized HTTP, for which there is no request object. */
function refuseConnection(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const isTooLong = error.code === 'HPE_HEADER_OVERFLOW';
  const isSlow = error.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const status = isTooLong ? 431 : isSlow ? 408 : 400;
  writeErrorToSocket(socket, { status, code: isTooLong ? 'PAYLOAD_TOO_LARGE' : 'BAD_REQUEST' });
}

/** Rejects requests under overload before their body is read. */
function shedLoad(app: FastifyInstance, { isShedding }: LoadShedder): void {
  app.addHook('onRequest', async ({ url }, reply) => {
    if (!isShedding() || ALWAYS_ANSWERED.has(url)) return;
    await reply.code(503).header('retry-after', RETRY_AFTER_S).send(errorBody('OVERLOADED'));
  });
}

/** Later code parses the host name as part of a URL. */
function refuseBadHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (URL.canParse(`http://${headers.host ?? 'none'}/`)) return;
    await reply.code(400).send(errorBody('BAD_REQUEST', 'The Host header is invalid.'));
  });
}

export interface AppOptions {
  /** Web origins whose pages may call the API. Defaults to none. */
  readonly corsOrigins?: readonly string[];
  /** Decides when requests are rejected because of the load. Defaults to never. */
  readonly loadShedder?: LoadShedder;
}

/**
 * Lets the server stop: requests in flight finish, then the remaining connections are closed. Keep-alive connections
 * and unused ones, as browsers and load balancers open them, would otherwise stay open.
 */
function closeGracefully(app: FastifyInstance): void {
  let inFlight = 0;
  let isClosing = false;
  const closeIfIdle = () => {
    if (isClosing && inFlight === 0) setImmediate(() => app.server.closeAllConnections());
  };
  app.addHook('onRequest', (_, reply, done) => {
    inFlight += 1;
    // Also emitted if the client disconnects before the response.
    reply.raw.once('close', () => {
      inFlight -= 1;
      closeIfIdle();
    });
    done();
  });
  app.addHook('preClose', (done) => {
    isClosing = true;
    closeIfIdle();
    done();
  });
}

/** The HTTP server without routes: limits, CORS and error responses. */
export async function createApp(
  log: FastifyBaseLogger,
  { corsOrigins = [], loadShedder }: AppOptions = {},
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    genReqId: ({ headers }) => requestIdOf(headers[REQUEST_ID_HEADER]),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    http: { maxHeaderSize: MAX_HEADER_BYTES },
    clientErrorHandler: refuseConnection,
    frameworkErrors: (error, _, reply) => void toReply(error, reply),
  });
  app.server.headersTimeout = REQUEST_TIMEOUT_MS / 2;
  app.server.maxConnections = MAX_CONNECTIONS;
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  closeGracefully(app);
  if (loadShedder) shedLoad(app, loadShedder);
  refuseBadHosts(app);
  await registerHeaders(app);
  app.setErrorHandler((error, _, reply) => toReply(error, reply));
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send(errorBody('NOT_FOUND', 'Not found. GraphQL is served at /graphql.')),
  );
  if (corsOrigins.length > 0)
    await app.register(cors, {
      origin: [...corsOrigins],
      exposedHeaders: [REQUEST_ID_HEADER],
      maxAge: 86_400,
    });
  return app;
}
