import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';

import type { Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import { isFields } from '../graphql/trusted-documents.js';
import type { ResultStream } from '../graphql/subscribe.js';
import { sendError } from '../http/error-response.js';
import type { Streams } from './event-stream.js';
import { openStream, readOperation, rejectRequest } from './request-operation.js';
import type { StreamServices } from './request-operation.js';
import type { SharedStream, SharedStreams } from './shared-streams.js';
import { SSE, sseResultsOf } from './stream-format.js';

const TOKEN_HEADER = 'x-graphql-event-stream-token';

/** The token of a shared stream, from the header or, because EventSource cannot set headers, from the URL. */
export function streamTokenOf({ headers, query }: FastifyRequest): string | null {
  const token = headers[TOKEN_HEADER] ?? (isFields(query) ? query['token'] : undefined);
  return typeof token === 'string' ? token : null;
}

export interface SingleConnectionOptions extends StreamServices {
  readonly streams: Streams;
  readonly sharedStreams: SharedStreams;
}

type Handler = (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply>;
type HandleAs = (viewer: Viewer, request: FastifyRequest, reply: FastifyReply) => FastifyReply;

/** Handles requests that are not operations: they are authenticated, but not counted. */
function createAuthenticated({ operations, authenticate }: StreamServices, handle: HandleAs): Handler {
  return async (request, reply) => {
    try {
      return handle(await authenticate(request.headers.authorization), request, reply);
    } catch (error) {
      operations.report(error);
      operations.rejectedTokens.log(error, { transport: 'sse', address: request.ip, requestId: request.id });
      return sendError(reply, error);
    }
  };
}

/** Sends the results of an operation once the stream is open, unless the client ends the operation before. */
async function sendResults(
  shared: SharedStream,
  id: string,
  {
    streams,
    run,
  }: { readonly streams: Streams; readonly run: () => Promise<ResultStream | FormattedExecutionResult> },
): Promise<void> {
  try {
    const result = await run();
    const subscription = Symbol.asyncIterator in result ? result : null;
    const isWanted = shared.has(id);
    if (subscription && isWanted) shared.setResults(id, subscription);
    const stream = isWanted ? await shared.opened : null;
    if (stream && shared.has(id)) await streams.send(stream, sseResultsOf(id), result);
    else await subscription?.return?.();
  } finally {
    await shared.finish(id);
  }
}

function createOperationHandler(options: SingleConnectionOptions): Handler {
  const { operations, streams, sharedStreams } = options;
  return async (request, reply) => {
    const { id: requestId, headers } = request;
    const trace = operations.begin({ transport: 'sse', requestId, headers }, null);
    try {
      const { viewer, params, prepared, run } = await readOperation(request, trace, options);
      const shared = sharedStreams.find(streamTokenOf(request), viewer);
      if ('errors' in prepared) return await reply.code(400).send(prepared);
      const { extensions } = params;
      const id = shared.begin(isFields(extensions) ? extensions['operationId'] : undefined);
      sendResults(shared, id, { streams, run }).catch(operations.report);
      return await reply.code(202).send();
    } catch (error) {
      return rejectRequest(reply, error, { operations, trace });
    }
  };
}

/**
 * The handlers of graphql-sse's single connection mode. `reserve` gives out the token of a stream, `open` opens it,
 * `execute` adds an operation to it and `finish` ends one. Streams belong to the viewer who has reserved them, and to
 * this process: a load balancer must send all requests of a client to the same instance.
 */
export function createSingleConnection(options: SingleConnectionOptions) {
  const { streams, sharedStreams, operations } = options;
  return {
    reserve: createAuthenticated(options, (viewer, _, reply) => {
      const { token } = sharedStreams.reserve(viewer);
      return reply.code(201).type('text/plain; charset=utf-8').send(token);
    }),
    open: createAuthenticated(options, (viewer, request, reply) => {
      sharedStreams.find(streamTokenOf(request), viewer).open(() => {
        const stream = openStream(reply, SSE, viewer);
        streams.add(stream);
        return stream;
      });
      return reply;
    }),
    execute: createOperationHandler(options),
    finish: createAuthenticated(options, (viewer, request, reply) => {
      const shared = sharedStreams.find(streamTokenOf(request), viewer);
      const id = isFields(request.query) ? request.query['operationId'] : undefined;
      if (typeof id !== 'string' || id === '')
        throw new ApiError('BAD_REQUEST', 'The parameter "operationId" is required.');
      shared.finish(id).catch(operations.report);
      return reply.code(200).send();
    }),
  };
}
