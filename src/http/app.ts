import cors from '@fastify/cors';
import fastify, { LogController } from 'fastify';
import type { FastifyBaseLogger, FastifyError, FastifyInstance, FastifyReply } from 'fastify';

import { ApiError, formatError } from '../errors.js';
import type { ErrorCode } from '../errors.js';
import { refusalBody } from './refusal.js';

/** A document of 2,000 tokens with its variables fits many times over. */
const MAX_BODY_BYTES = 1_000_000;
/** Slow senders are not waited for: a body must be here by then, headers in half the time. */
const REQUEST_TIMEOUT_MS = 60_000;
const KEEP_ALIVE_MS = 65_000;

const CODE_OF_STATUS: ReadonlyMap<number, ErrorCode> = new Map<number, ErrorCode>([
  [404, 'NOT_FOUND'],
  [413, 'PAYLOAD_TOO_LARGE'],
  [415, 'UNSUPPORTED_MEDIA_TYPE'],
]);

/** What fastify itself refuses (size, type, JSON) in the shape that GraphQL clients read. */
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
  if (status >= 500) reply.log.error({ err: error }, 'a request failed');
  return reply.code(status).send(body);
};

/**
 * Lets a stop end: what is under way is finished, and then the connections that are left are closed, whether they are
 * kept alive or were opened and never used, as browsers and load balancers do.
 */
function closeGracefully(app: FastifyInstance): void {
  let underWay = 0;
  let isClosing = false;
  const closeIfIdle = () => {
    if (isClosing && underWay === 0) setImmediate(() => app.server.closeAllConnections());
  };
  app.addHook('onRequest', (_, reply, done) => {
    underWay += 1;
    // Comes also where the client leaves before it is answered.
    reply.raw.once('close', () => {
      underWay -= 1;
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

/** The HTTP server without routes: its limits, its cross-origin rules, and how it answers what it refuses. */
export async function createApp(
  log: FastifyBaseLogger,
  corsOrigins: readonly string[],
): Promise<FastifyInstance> {
  const app = fastify({
    loggerInstance: log,
    logController: new LogController({ disableRequestLogging: true }),
    bodyLimit: MAX_BODY_BYTES,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: KEEP_ALIVE_MS,
    forceCloseConnections: 'idle',
    frameworkErrors: (error, _, reply) => void toReply(error, reply),
  });
  app.server.headersTimeout = REQUEST_TIMEOUT_MS / 2;
  closeGracefully(app);
  app.setErrorHandler((error, _, reply) => toReply(error, reply));
  app.setNotFoundHandler((_, reply) =>
    reply.code(404).send(refusalBody('NOT_FOUND', 'There is nothing here; GraphQL is at /graphql.')),
  );
  if (corsOrigins.length > 0) await app.register(cors, { origin: [...corsOrigins], maxAge: 86_400 });
  return app;
}
