import { decompress } from './decompress.js';
import { kindOfStatus, MxError } from './errors.js';
import type { RawResponse } from './exchange.js';
import { isJson } from './parse.js';
import type { Json } from './parse.js';
import { parseRetryAfter } from './retry-after.js';

/** The parts of a request that decide how its response is read. */
export interface ResponseContext {
  readonly method: string;
  /** Template of the path, without guids, for errors. */
  readonly endpoint: string;
}

/** A successful response: parsed, and as plain bytes of UTF-8. `body` is null for 204 and for a DELETE. */
export interface MxHttpResponse {
  /** From 200 to 299. */
  readonly status: number;
  readonly body: Json | null;
  readonly bytes: Buffer;
}

/** Maximum size of a response body in bytes, as sent and after decompression. */
export const MAX_RESPONSE_BYTES = 16 * 1024 * 1024;

const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

/** Decompresses a body and removes its byte order mark. Rejects if that fails. */
async function toPlainBytes({ bytes, contentEncoding }: RawResponse): Promise<Buffer> {
  const plain = await decompress(bytes, contentEncoding, MAX_RESPONSE_BYTES);
  const hasMark = plain.subarray(0, BYTE_ORDER_MARK.length).equals(BYTE_ORDER_MARK);
  return hasMark ? plain.subarray(BYTE_ORDER_MARK.length) : plain;
}

function parseBody(bytes: Buffer): Json | null {
  try {
    const parsed: unknown = JSON.parse(bytes.toString());
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** The parts of MX's error bodies that are passed on. Any other part may contain input of the end user. */
const ERROR_TYPE_PATTERN = /^[a-z_]{1,80}$/;
const MEMBER_GUID_PATTERN = /^MBR-[\w-]{1,60}$/;

function stringMatching(pattern: RegExp, value: unknown): string | undefined {
  return typeof value === 'string' && pattern.test(value) ? value : undefined;
}

async function toStatusError({ endpoint }: ResponseContext, response: RawResponse): Promise<MxError> {
  const { status, retryAfter, date } = response;
  // The status says what failed, also with a body that cannot be read.
  const bytes = await toPlainBytes(response).catch(() => null);
  const body = bytes && parseBody(bytes);
  const error = isJson(body?.['error']) ? body['error'] : {};
  const guid = body?.['guid'] ?? error['guid'];
  return new MxError(kindOfStatus(status), {
    endpoint,
    status,
    type: stringMatching(ERROR_TYPE_PATTERN, error['type']),
    existingGuid: stringMatching(MEMBER_GUID_PATTERN, guid),
    retryAfterMs: parseRetryAfter(retryAfter, date),
  });
}

/** Reads a response. Rejects with `MxError`: of the kind of its status, or `malformed` if the body is unusable. */
export async function readResponse(request: ResponseContext, response: RawResponse): Promise<MxHttpResponse> {
  const { status } = response;
  const { method, endpoint } = request;
  if (status < 200 || status > 299) throw await toStatusError(request, response);
  // MX answers a DELETE with 204. Other bodies may come from a proxy that has not passed the request on.
  const isEmpty = status === 204 || (method === 'DELETE' && response.bytes.length === 0);
  if (isEmpty) return { status, body: null, bytes: response.bytes };
  if (method === 'DELETE') throw new MxError('malformed', { endpoint, status });
  const bytes = await toPlainBytes(response).catch((cause: unknown) => {
    throw new MxError('malformed', { endpoint, status, cause });
  });
  const body = parseBody(bytes);
  if (!body) throw new MxError('malformed', { endpoint, status });
  return { status, body, bytes };
}
