import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';

import type { PreparedOperation, InvalidDocument } from '../graphql/document.js';
import { isPlainJson, errorBody } from '../http/error-response.js';
import { Streams } from './event-stream.js';
import type { StreamsOptions } from './event-stream.js';
import { openStream, readOperation, rejectRequest } from './request-operation.js';
import type { StreamServices } from './request-operation.js';
import { SharedStreams } from './shared-streams.js';
import { createSingleConnection, streamTokenOf } from './single-connection.js';
import { SSE, SSE_RESULTS } from './stream-format.js';

export interface SseOptions extends StreamServices, Pick<StreamsOptions, 'onConnection'> {
  /** Interval of the comments that keep idle streams open, in milliseconds. Defaults to 12,000. */
  readonly pingEveryMs?: number;
}

const PATH = '/graphql/stream';
const METHODS = 'GET, POST, PUT, DELETE';
const OTHER_METHODS = ['HEAD', 'PATCH'];

const isMutation = (prepared: PreparedOperation | InvalidDocument): boolean =>
  'operation' in prepared && prepared.operation.operation === OperationTypeNode.MUTATION;

/** Rejects, before the body is read, requests that cannot be answered with a stream. */
async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { headers, method } = request;
  const isOperationOfStream = method === 'POST' && streamTokenOf(request) !== null;
  if (!isOperationOfStream && !/\btext\/event-stream\b/i.test(headers.accept ?? '')) {
    const message = 'The Accept header must include text/event-stream.';
    return reply.code(406).send(errorBody('BAD_REQUEST', message));
  }
  // A page of another site can send other types without a preflight.
  if (method === 'POST' && !isPlainJson(headers)) {
    return reply.code(415).send(errorBody('UNSUPPORTED_MEDIA_TYPE'));
  }
  return undefined;
}

function createHandler(options: SseOptions, streams: Streams) {
  const { operations } = options;
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { id, headers } = request;
    const trace = operations.begin({ transport: 'sse', requestId: id, headers }, null);
    try {
      const { viewer, prepared, run } = await readOperation(request, trace, options);
      if (request.method === 'GET' && isMutation(prepared)) {
        trace?.reject('BAD_REQUEST');
        const message = 'Mutations must be sent by POST.';
        return reply.code(405).header('allow', 'POST').send(errorBody('BAD_REQUEST', message));
      }
      // The protocol sends errors of the document in the stream: a browser's EventSource does not show other responses.
      const result = await run();
      streams.serve(openStream(reply, SSE, viewer), SSE_RESULTS, result);
      return reply;
    } catch (error) {
      return rejectRequest(reply, error, { operations, trace });
    }
  };
}

async function rejectMethod(_: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  const message = 'Only GET, POST, PUT and DELETE are allowed.';
  return reply.code(405).header('allow', METHODS).send(errorBody('BAD_REQUEST', message));
}

/**
 * Serves GraphQL over server-sent events at `/graphql/stream`, as graphql-sse has it: each operation in a stream of its
 * own (POST or GET), or several in a stream that is reserved by PUT.
 */
export function registerSse(app: FastifyInstance, options: SseOptions): void {
  const { operations, pingEveryMs, onConnection } = options;
  const streams = new Streams({ operations, heartbeatIntervalMs: pingEveryMs, onConnection });
  const sharedStreams = new SharedStreams(operations.report);
  const single = createSingleConnection({ ...options, streams, sharedStreams });
  const distinct = createHandler(options, streams);
  const isShared = (request: FastifyRequest) => streamTokenOf(request) !== null;
  const route = { url: PATH, exposeHeadRoute: false };

  app.route({
    ...route,
    method: 'GET',
    onRequest: guard,
    handler: (request, reply) => (isShared(request) ? single.open : distinct)(request, reply),
  });
  app.route({
    ...route,
    method: 'POST',
    onRequest: guard,
    handler: (request, reply) => (isShared(request) ? single.execute : distinct)(request, reply),
  });
  void app.register((scope, _, done) => {
    // Clients may send the content type of their operations here too, without a body.
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (__, body, parsed) => {
      body.resume();
      parsed(null);
    });
    scope.route({ ...route, method: 'PUT', handler: single.reserve });
    scope.route({ ...route, method: 'DELETE', handler: single.finish });
    done();
  });
  app.route({ ...route, method: OTHER_METHODS, onRequest: rejectMethod, handler: () => undefined });
  app.addHook('preClose', async () => {
    await operations.settle();
    streams.close();
    sharedStreams.close();
  });
}
