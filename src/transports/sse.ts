import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';

import type { PreparedOperation, InvalidDocument } from '../graphql/document.js';
import { isFields } from '../graphql/trusted-documents.js';
import { isPlainJson, errorBody } from '../http/error-response.js';
import { Streams } from './event-stream.js';
import { openStream, readOperation, rejectRequest } from './request-operation.js';
import type { StreamServices } from './request-operation.js';
import { SSE, SSE_RESULTS } from './stream-format.js';

export interface SseOptions extends StreamServices {
  /** Interval of the comments that keep idle streams open, in milliseconds. Defaults to 12,000. */
  readonly pingEveryMs?: number;
}

const PATH = '/graphql/stream';
const OTHER_METHODS = ['HEAD', 'PUT', 'PATCH', 'DELETE'];

const isMutation = (prepared: PreparedOperation | InvalidDocument): boolean =>
  'operation' in prepared && prepared.operation.operation === OperationTypeNode.MUTATION;

/** Streams of several operations, as `PUT` reserves and tokens name them, would be state of one process: not served. */
function namesSharedStream({ headers, query }: FastifyRequest): boolean {
  return headers['x-graphql-event-stream-token'] !== undefined || (isFields(query) && 'token' in query);
}

/** Turns away, before the body is read, what could not be answered with a stream. */
async function guard(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> {
  const { headers, method } = request;
  if (!/\btext\/event-stream\b/i.test(headers.accept ?? '')) {
    const message = 'The Accept header must include text/event-stream.';
    return reply.code(406).send(errorBody('BAD_REQUEST', message));
  }
  if (namesSharedStream(request)) {
    const message = 'Stream tokens are not supported: each operation has its own stream.';
    return reply.code(400).send(errorBody('BAD_REQUEST', message));
  }
  // A page elsewhere can have a browser send other types without asking.
  if (method === 'POST' && !isPlainJson(headers)) {
    return reply.code(415).send(errorBody('UNSUPPORTED_MEDIA_TYPE'));
  }
  return undefined;
}

function createHandler(options: SseOptions, streams: Streams) {
  const { operations, onConnection } = options;
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
      const stream = openStream(reply, SSE, viewer);
      stream.isEnding = true;
      onConnection?.(stream.closed);
      streams.add(stream);
      void streams.send(stream, SSE_RESULTS, result);
      return reply;
    } catch (error) {
      return rejectRequest(reply, error, { operations, trace });
    }
  };
}

/** Serves each operation as a stream of events of its own at `/graphql/stream`, by POST and GET. */
export function registerSse(app: FastifyInstance, options: SseOptions): void {
  const { operations, pingEveryMs } = options;
  const streams = new Streams(operations, pingEveryMs);
  app.route({
    url: PATH,
    method: ['GET', 'POST'],
    exposeHeadRoute: false,
    onRequest: guard,
    handler: createHandler(options, streams),
  });
  app.route({
    url: PATH,
    method: OTHER_METHODS,
    onRequest: async (_, reply) =>
      reply
        .code(405)
        .header('allow', 'GET, POST')
        .send(errorBody('BAD_REQUEST', 'Only GET and POST are allowed.')),
    handler: () => undefined,
  });
  app.addHook('preClose', async () => {
    await operations.settle();
    streams.close();
  });
}
