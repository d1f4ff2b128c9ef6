import type { OutgoingHttpHeaders } from 'node:http';

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';

import type { Authenticator } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import { toApiError } from '../errors/format-error.js';
import type { PreparedOperation, InvalidDocument } from '../graphql/document.js';
import { NO_BATCHES } from './persisted-documents.js';
import { EventStream, Streams } from './event-stream.js';
import type { OperationFields, Operations } from './operations.js';
import { isPlainJson, errorBody, sendError } from '../http/error-response.js';

export interface SseOptions {
  readonly operations: Operations;
  readonly authenticate: Authenticator;
  /** Interval of the comments that keep idle streams open, in milliseconds. Defaults to 12,000. */
  readonly pingEveryMs?: number;
  /** Called when a stream opens, with a promise that resolves when it has closed. */
  readonly onConnection?: (closed: Promise<void>) => void;
}

const PATH = '/graphql/stream';
const OTHER_METHODS = ['HEAD', 'PUT', 'PATCH', 'DELETE'];
const PING_EVERY_MS = 12_000;

/** What a request asks for. */
interface Params extends OperationFields {
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** In an address all are texts: those of objects are JSON. */
function parseField(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new ApiError('BAD_REQUEST', `The parameter "${name}" is not valid JSON.`, error);
  }
}

/** Reads what is asked from a body, or from the parameters of an address, where all are texts. */
function readParams({ method, body, query: search }: FastifyRequest): Params {
  const fields = method === 'GET' ? search : body;
  if (Array.isArray(fields)) throw new ApiError('BAD_REQUEST', NO_BATCHES);
  if (!isRecord(fields)) throw new ApiError('BAD_REQUEST', 'The body must be a JSON object.');
  const { query, documentId, operationName } = fields;
  const [read, extensions] = (['variables', 'extensions'] as const).map((name) =>
    method === 'GET' ? parseField(name, fields[name]) : fields[name],
  );
  if (typeof (operationName ?? '') !== 'string')
    throw new ApiError('BAD_REQUEST', '"operationName" must be a string.');
  if (!isRecord(read ?? {})) throw new ApiError('BAD_REQUEST', '"variables" must be an object.');
  return {
    query,
    documentId,
    extensions,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: isRecord(read) ? read : undefined,
  };
}

const isMutation = (prepared: PreparedOperation | InvalidDocument): boolean =>
  'operation' in prepared && prepared.operation.operation === OperationTypeNode.MUTATION;

/** Streams of several operations, as `PUT` reserves and tokens name them, would be state of one process: not served. */
function namesSharedStream({ headers, query }: FastifyRequest): boolean {
  return headers['x-graphql-event-stream-token'] !== undefined || (isRecord(query) && 'token' in query);
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

function createHandler({ operations, authenticate, onConnection }: SseOptions, streams: Streams) {
  return async (request: FastifyRequest, reply: FastifyReply) => {
    const { id, headers } = request;
    const trace = operations.begin({ transport: 'sse', requestId: id, headers }, null);
    try {
      const viewer = await authenticate(headers.authorization);
      if (trace) trace.viewer = viewer;
      const { variables, ...fields } = readParams(request);
      const prepared = operations.prepare(viewer, fields, trace);
      if (request.method === 'GET' && isMutation(prepared)) {
        trace?.reject('BAD_REQUEST');
        const message = 'Mutations must be sent by POST.';
        return reply.code(405).header('allow', 'POST').send(errorBody('BAD_REQUEST', message));
      }
      // The protocol has faults of the document in the stream: a browser's EventSource tells nothing of other answers.
      const catalogue = operations.messages.forAcceptLanguage(headers['accept-language']);
      const ask = { variables, viewer, catalogue, trace };
      const result = 'errors' in prepared ? prepared : await operations.run({ prepared, ...ask });
      reply.hijack();
      const stream = new EventStream(reply.raw, reply.getHeaders() as OutgoingHttpHeaders);
      onConnection?.(stream.closed);
      stream.expiresAt = viewer.expiresAt;
      streams.serve(stream, result).catch(operations.report);
      return reply;
    } catch (error) {
      operations.report(error);
      operations.rejectedTokens.describe(error, trace, request.ip);
      trace?.reject(toApiError(error).extensions['code']);
      return sendError(reply, error);
    }
  };
}

/** Serves each operation as a stream of events of its own at `/graphql/stream`, by POST and GET. */
export function registerSse(app: FastifyInstance, options: SseOptions): void {
  const { operations, pingEveryMs = PING_EVERY_MS } = options;
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
