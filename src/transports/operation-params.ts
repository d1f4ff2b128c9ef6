import type { FastifyRequest } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { isFields } from '../graphql/trusted-documents.js';
import type { OperationFields } from './operations.js';
import { NO_BATCHES } from './persisted-documents.js';

/** The operation that a request contains. */
export interface OperationParams extends OperationFields {
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** In a URL, all parameters are strings: those that are objects are JSON. */
function parseField(name: string, value: unknown): unknown {
  if (typeof value !== 'string') return value;
  try {
    return JSON.parse(value);
  } catch (error) {
    throw new ApiError('BAD_REQUEST', `The parameter "${name}" is not valid JSON.`, error);
  }
}

/** Reads the operation from the body, or from the URL of a GET request. Throws BAD_REQUEST. */
export function readParams({ method, body, query: search }: FastifyRequest): OperationParams {
  const fields = method === 'GET' ? search : body;
  if (Array.isArray(fields)) throw new ApiError('BAD_REQUEST', NO_BATCHES);
  if (!isFields(fields)) throw new ApiError('BAD_REQUEST', 'The body must be a JSON object.');
  const { query, documentId, operationName } = fields;
  const [read, extensions] = (['variables', 'extensions'] as const).map((name) =>
    method === 'GET' ? parseField(name, fields[name]) : fields[name],
  );
  if (typeof (operationName ?? '') !== 'string')
    throw new ApiError('BAD_REQUEST', '"operationName" must be a string.');
  if (!isFields(read ?? {})) throw new ApiError('BAD_REQUEST', '"variables" must be an object.');
  return {
    query,
    documentId,
    extensions,
    operationName: typeof operationName === 'string' ? operationName : undefined,
    variables: isFields(read) ? read : undefined,
  };
}
