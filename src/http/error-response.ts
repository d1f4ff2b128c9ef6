import { STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

import type { FastifyReply } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { formatError, toApiError } from '../errors/format-error.js';
import type { ErrorCode } from '../errors/api-error.js';

/** The `Retry-After` of requests that are rejected because of the load, in seconds. */
export const RETRY_AFTER_S = 5;

/** The body of a rejected request, in the shape of a GraphQL response. */
export function errorBody(code: ErrorCode, message?: string): object {
  return { errors: [formatError({ message: '' }, new ApiError(code, message))] };
}

/** Answers a request with the error that was thrown. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const { http } = toApiError(error).extensions as {
    http?: { status?: number; headers?: ReadonlyMap<string, string> };
  };
  const status = http?.status ?? 500;
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value);
  return reply.code(status).send({ errors: [formatError({ message: '' }, error)] });
}

/** An error response that is written to a socket. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message?: string;
}

/** Writes an error response to a socket without a reply object, and closes it. */
export function writeErrorToSocket(socket: Duplex, { status, code, message }: Refusal): void {
  const body = JSON.stringify(errorBody(code, message));
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'connection: close',
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    ...(status === 503 ? [`retry-after: ${RETRY_AFTER_S}`] : []),
  ];
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

const JSON_IN_UTF8 = /^application\/json[\t ]*(;[\t ]*charset="?utf-8"?[\t ]*)?;?[\t ]*$/i;

/**
 * Whether the body is declared as uncompressed JSON in UTF-8. Other bodies are not read: a compressed one is not
 * bounded by its length, and one in another charset would be misread.
 */
export function isPlainJson(headers: IncomingHttpHeaders): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return JSON_IN_UTF8.test(headers['content-type'] ?? '') && encoding === 'identity';
}
