import type { IncomingHttpHeaders } from 'node:http';

import { ApiError, formatError } from '../errors.js';
import type { ErrorCode } from '../errors.js';

/** The body that refuses a request as a whole, in the shape that GraphQL clients read. */
export function refusalBody(code: ErrorCode, message?: string): object {
  return { errors: [formatError({ message: '' }, new ApiError(code, message))] };
}

const JSON_IN_UTF8 = /^application\/json[\t ]*(;[\t ]*charset="?utf-8"?[\t ]*)?;?[\t ]*$/i;

/**
 * Whether a body is said to be JSON as it is: what says that it is something else, or packed, is not read. An unpacked
 * body is bounded by what came in; a body in another charset would be read as something that its sender did not write.
 */
export function bringsPlainJson(headers: IncomingHttpHeaders): boolean {
  const encoding = headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  return JSON_IN_UTF8.test(headers['content-type'] ?? '') && encoding === 'identity';
}
