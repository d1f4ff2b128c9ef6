import { STATUS_CODES } from 'node:http';
import type { IncomingHttpHeaders } from 'node:http';
import type { Duplex } from 'node:stream';

import type { FastifyReply } from 'fastify';

import { ApiError } from '../errors/api-error.js';
import { formatError, toApiError } from '../errors/format-error.js';
import type { ErrorCode } from '../errors/api-error.js';

/** Whoever is sent away because there is too much to do is asked to come back after so long. */
export const RETRY_AFTER_S = 5;

/** The body that refuses a request as a whole, in the shape that GraphQL clients read. */
export function errorBody(code: ErrorCode, message?: string): object {
  return { errors: [formatError({ message: '' }, new ApiError(code, message))] };
}

/** Refuses a request as a whole, for whatever was thrown on the way. */
export function sendError(reply: FastifyReply, error: unknown): FastifyReply {
  const { http } = toApiError(error).extensions as {
    http?: { status?: number; headers?: ReadonlyMap<string, string> };
  };
  const status = http?.status ?? 500;
  if (status === 401) void reply.header('www-authenticate', 'Bearer');
  for (const [name, value] of http?.headers ?? []) void reply.header(name, value);
  return reply.code(status).send({ errors: [formatError({ message: '' }, error)] });
}

/** A request that is answered on its bare connection. */
export interface Refusal {
  readonly status: number;
  readonly code: ErrorCode;
  readonly message?: string;
}

/** Answers on a connection that no reply stands for, and closes it. */
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
 * Whether a body is said to be JSON as it is: what says that it is something else, or packed, is not read. An unpacked
 * body is bounded by what came in; a body in another charset would be read as something that its sender did not write.
 */
export function isPlainJson(headers: IncomingHttpHeaders): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return JSON_IN_UTF8.test(headers['content-type'] ?? '') && encoding === 'identity';
}
