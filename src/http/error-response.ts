import { STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

import type { FastifyReply } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { formatError, toApiError } from '../errors/format-error.js';
import type { ErrorCode } from '../errors/api-error.js';

/** Value of `Retry-After` under overload, in seconds. */
export const RETRY_AFTER_S = 5;

/** The body of a response that rejects a whole request, in the format of GraphQL clients. */
export function errorBody(code: ErrorCode, message?: string): object {
  return { errors: [formatError({ message: '' }, new ApiError(code, message))] };
}

/** Rejects a whole request with the error that was thrown. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const { http } = toApiError(error).extensions as {
    http?: { status?: number; headers?: ReadonlyMap<string, string> };
  };
  const status = http?.status ?? 500;
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value);
  return reply.code(status).send({ errors: [formatError({ message: '' }, error)] });
}

/** A request that is answered on its raw connection. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message?: string;
}

/** Writes a response to a raw connection and closes it. */
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
 * Returns whether the headers declare an uncompressed UTF-8 JSON body; any other is not read. A compressed body could
 * exceed the limit once unpacked, and another charset would be decoded wrongly.
 */
export function isPlainJson(headers: IncomingHttpHeaders): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return JSON_IN_UTF8.test(headers['content-type'] ?? '') && encoding === 'identity';
}
