import type { OutgoingHttpHeaders } from 'node:http';

import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FormattedExecutionResult } from 'graphql';

import type { Authenticator, Viewer } from '../auth.js';
import { toApiError } from '../errors/format-error.js';
import type { InvalidDocument, PreparedOperation } from '../graphql/document.js';
import type { ResultStream } from '../graphql/subscribe.js';
import { sendError } from '../http/error-response.js';
import type { OperationTrace } from '../telemetry/operation.js';
import { EventStream } from './event-stream.js';
import { readParams } from './operation-params.js';
import type { OperationParams } from './operation-params.js';
import type { Operations } from './operations.js';
import type { StreamEncoding } from './stream-format.js';

/** What requests whose responses stay open are checked and run with. */
export interface StreamServices {
  readonly operations: Operations;
  readonly authenticate: Authenticator;
}

/** An operation that has been admitted. */
export interface RequestedOperation {
  readonly viewer: Viewer;
  readonly params: OperationParams;
  readonly prepared: PreparedOperation | InvalidDocument;
  /** Executes it; the result of an invalid document are its errors. */
  readonly run: () => Promise<ResultStream | FormattedExecutionResult>;
}

/** Authenticates the request, and reads, admits and validates its operation. Throws an `ApiError`. */
export async function readOperation(
  request: FastifyRequest,
  trace: OperationTrace | null,
  { operations, authenticate }: StreamServices,
): Promise<RequestedOperation> {
  const { headers } = request;
  const viewer = await authenticate(headers.authorization);
  if (trace) trace.viewer = viewer;
  const params = readParams(request);
  const { variables, ...fields } = params;
  const prepared = operations.prepare(viewer, fields, trace);
  const catalogue = operations.messages.forAcceptLanguage(headers['accept-language']);
  const run = () =>
    'errors' in prepared
      ? Promise.resolve(prepared)
      : operations.run({ prepared, variables, viewer, catalogue, trace });
  return { viewer, params, prepared, run };
}

/** Answers a request that could not be authenticated, read or admitted. */
export function rejectRequest(
  reply: FastifyReply,
  error: unknown,
  { operations, trace }: { readonly operations: Operations; readonly trace: OperationTrace | null },
): FastifyReply {
  operations.report(error);
  operations.rejectedTokens.describe(error, trace, reply.request.ip);
  trace?.reject(toApiError(error).extensions['code']);
  return sendError(reply, error);
}

/** Takes the response over from Fastify, and begins a stream that ends when the viewer's token expires. */
export function openStream(reply: FastifyReply, encoding: StreamEncoding, viewer: Viewer): EventStream {
  reply.hijack();
  const stream = new EventStream(reply.raw, reply.getHeaders() as OutgoingHttpHeaders, encoding);
  stream.expiresAt = viewer.expiresAt;
  return stream;
}
