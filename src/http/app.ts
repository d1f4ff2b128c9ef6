import type { Socket } from 'node:net';

import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';
import type { ErrorCode } from '../errors/api-error.js';
import { grantResponse, registerCors } from './cors.js';
import { REQUEST_ID_HEADER, requestIdOf } from './request-id.js';
import { registerHeaders } from './headers.js';
import type { LoadShedder } from './load-shedding.js';
import { errorBody, RETRY_AFTER_S, writeErrorToSocket } from './error-response.js';
import { tryParseUrl } from '../url.js';

/** Many times the size of a document of 2,000 tokens with its variables. */
const MAX_BODY_BYTES = 1_000_000;
/** The time in which a request must have arrived. Headers have half of it. */
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;
/** Includes the URL: longer documents must be sent by POST. */
const MAX_HEADER_BYTES = 16_384;
/** The WebSockets and some more. Connections above the limit are closed at once. */
const MAX_CONNECTIONS = 25_000;
/** Paths that are answered under any load. */
const ALWAYS_ANSWERED: ReadonlySet<string> = new Set(['/livez', '/readyz', '/metrics']);

const CODE_OF_STATUS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [404, 'NOT_FOUND'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

/** Formats the errors of Fastify itself (size, type, JSON) as a GraphQL response. */
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

/** Answers what is not valid HTTP, or too long: there is no reply object. */
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

/** Rejects requests under load, before their bodies are read. */
function shedLoad(app: FastifyInstance, { isShedding }: LoadShedder): void {
  app.addHook('onRequest', async ({ url }, reply) => {
    if (!isShedding() || ALWAYS_ANSWERED.has(url)) return;
    await reply.code(503).header('retry-after', RETRY_AFTER_S).send(errorBody('OVERLOADED'));
  });
}

/** Later code parses the host as part of a URL. */
function refuseBadHosts(app: FastifyInstance): void {
  app.addHook('onRequest', async ({ headers }, reply) => {
    if (tryParseUrl(`http://${headers.host ?? 'none'}/`)) return;
    await reply.code(400).send(errorBody('BAD_REQUEST', 'The Host header is invalid.'));
  });
}

export interface AppOptions {
  /** Origins whose pages may call, in the form that browsers send. */
  readonly corsOrigins?: readonly string[];
  /** Decides when requests are rejected because of the load. Defaults to never. */
  readonly loadShedder?: LoadShedder;
}

/**
 * Lets a shutdown end: requests in progress are finished, and then the remaining connections are closed, whether they
 * are kept alive or were opened and never used, as browsers and load balancers do.
 */
function closeGracefully(app: FastifyInstance): void {
  let inFlight = 0;
  let isClosing = false;
  const closeIfIdle = () => {
    if (isClosing && inFlight === 0) setImmediate(() => app.server.closeAllConnections());
  };
  app.addHook('onRequest', (_, reply, done) => {
    inFlight += 1;
    // Is also emitted if the client disconnects before the response.
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

/** Creates the HTTP server without routes: its limits, CORS, and its error responses. */
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
    frameworkErrors: (error, request, reply) => {
      void reply.header(REQUEST_ID_HEADER, request.id);
      grantResponse(reply, corsOrigins);
      void toReply(error, reply);
    },
  });
  app.server.headersTimeout = REQUEST_TIMEOUT_MS / 2;
  app.server.maxConnections = MAX_CONNECTIONS;
  app.addHook('onRequest', (request, reply, done) => {
    reply.header(REQUEST_ID_HEADER, request.id);
    done();
  });
  closeGracefully(app);
  await registerHeaders(app);
  await registerCors(app, corsOrigins);
  if (loadShedder) shedLoad(app, loadShedder);
  refuseBadHosts(app);
  app.setErrorHandler((error, _, reply) => toReply(error, reply));
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send(errorBody('NOT_FOUND', 'Not found. GraphQL is served at /graphql.')),
  );
  return app;
}
