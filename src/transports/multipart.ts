import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';

import type { PrepareDocument } from '../graphql/document.js';
import { isFields } from '../graphql/trusted-documents.js';
import { isPlainJson } from '../http/error-response.js';
import type { Streams } from './event-stream.js';
import { openStream, readOperation, rejectRequest } from './request-operation.js';
import type { StreamServices } from './request-operation.js';
import { MULTIPART, MULTIPART_RESULTS } from './stream-format.js';

/** A media range of `Accept`, up to the next comma. */
const MEDIA_RANGE = /(?:[^,"]|"[^"]*")+/g;
const PARAMETER_OF_PROTOCOL = /;\s*subscriptionSpec\s*=\s*"?1\.0"?\s*(?:;|$)/i;
const EXCLUDED = /;\s*q\s*=\s*0(?:\.0*)?\s*(?:;|$)/i;

/** Whether the client accepts subscriptions in Apollo's multipart protocol. */
export function acceptsMultipart(accept = ''): boolean {
  const ranges = accept.match(MEDIA_RANGE) ?? [];
  return ranges.some(
    (range) =>
      /^\s*multipart\/mixed\s*;/i.test(range) && PARAMETER_OF_PROTOCOL.test(range) && !EXCLUDED.test(range),
  );
}

/** Whether the body is a subscription that this server can execute. Other bodies are left to Apollo. */
function isSubscription(body: unknown, prepare: PrepareDocument): boolean {
  if (!isFields(body)) return false;
  const { query, operationName } = body;
  // Most requests are queries, which need not be prepared twice.
  if (typeof query !== 'string' || !query.includes('subscription')) return false;
  const prepared = prepare(query, typeof operationName === 'string' ? operationName : null);
  return 'operation' in prepared && prepared.operation.operation === OperationTypeNode.SUBSCRIPTION;
}

export interface MultipartOptions extends StreamServices {
  readonly streams: Streams;
  readonly prepare: PrepareDocument;
}

/**
 * Serves subscriptions that are sent by POST to clients that accept multipart responses, which are Apollo's clients for
 * browsers, Android and iOS. Resolves to null if the request is another one, which is then left to Apollo Server.
 */
export function createMultipart(options: MultipartOptions) {
  const { streams, prepare, operations } = options;
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | null> => {
    const { headers, method, body, trace } = request;
    const isCandidate = method === 'POST' && acceptsMultipart(headers.accept) && isPlainJson(headers);
    if (!isCandidate || !isSubscription(body, prepare)) return null;
    try {
      const { viewer, run } = await readOperation(request, trace, options);
      const result = await run();
      // From now on the trace is that of the subscription, which ends by itself.
      request.trace = null;
      streams.serve(openStream(reply, MULTIPART, viewer), MULTIPART_RESULTS, result);
      return reply;
    } catch (error) {
      return rejectRequest(reply, error, { operations, trace });
    }
  };
}
