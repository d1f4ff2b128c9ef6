import { GraphQLError } from 'graphql';

interface ErrorRow {
  /** Default message for the client. A more specific one may be given when the error is created. */
  readonly message: string;
  /** Whether the same request may succeed later. */
  readonly retryable: boolean;
  /** HTTP status if the whole request fails with it. A failed field leaves the status at 200. */
  readonly httpStatus?: number;
}

/** All errors of this API, by `extensions.code`. */
export const ERROR_TABLE = {
  UNAUTHENTICATED: { message: 'A valid bearer token is required.', retryable: false, httpStatus: 401 },
  AUTH_UNAVAILABLE: {
    message: 'Token verification is temporarily unavailable.',
    retryable: true,
    httpStatus: 503,
  },
  BAD_REQUEST: { message: 'Malformed request.', retryable: false, httpStatus: 400 },
  PAYLOAD_TOO_LARGE: { message: 'Request too large.', retryable: false, httpStatus: 413 },
  UNSUPPORTED_MEDIA_TYPE: {
    message: 'The body must be uncompressed application/json in UTF-8.',
    retryable: false,
    httpStatus: 415,
  },
  RATE_LIMITED: { message: 'Rate limit exceeded.', retryable: true, httpStatus: 429 },
  PERSISTED_QUERY_NOT_FOUND: {
    message: 'No persisted document has this hash.',
    retryable: false,
    httpStatus: 400,
  },
  DOCUMENT_NOT_TRUSTED: {
    message: 'Only registered (persisted) documents are accepted.',
    retryable: false,
    httpStatus: 400,
  },
  FORBIDDEN: { message: 'Access denied.', retryable: false },
  NOT_FOUND: { message: 'Not found, or not visible to the viewer.', retryable: false },
  BAD_USER_INPUT: { message: 'Invalid input.', retryable: false },
  UPSTREAM_UNAVAILABLE: { message: 'MX is unavailable.', retryable: true },
  UPSTREAM_TIMEOUT: { message: 'MX timed out.', retryable: true },
  UPSTREAM_THROTTLED: { message: 'MX is rate limiting requests.', retryable: true },
  UPSTREAM_MALFORMED: { message: 'MX returned an invalid response.', retryable: true },
  UPSTREAM_REJECTED: { message: 'MX rejected the request.', retryable: false },
  UPSTREAM_MISCONFIGURED: { message: 'This service is not authorized to use MX.', retryable: false },
  OVERLOADED: { message: 'The service is overloaded.', retryable: true },
  INTERNAL_SERVER_ERROR: { message: 'Internal server error.', retryable: false },
} as const satisfies Record<string, ErrorRow>;

export type ErrorCode = keyof typeof ERROR_TABLE;

/** An error of this API for the client. `cause` is logged and never sent to the client. */
export class ApiError extends GraphQLError {
  override readonly name = 'ApiError';
  override readonly cause: unknown;

  constructor(code: ErrorCode, message?: string, cause?: unknown) {
    const row: ErrorRow = ERROR_TABLE[code];
    const http = row.httpStatus === undefined ? {} : { http: { status: row.httpStatus } };
    super(message ?? row.message, { extensions: { code, retryable: row.retryable, ...http } });
    this.cause = cause;
  }

  /** Tells clients when to try again: by `extensions.retryAfter`, and over HTTP also by `Retry-After`. */
  retryAfter(seconds: number): this {
    const http = this.extensions['http'] as object | undefined;
    this.extensions['retryAfter'] = seconds;
    this.extensions['http'] = { ...http, headers: new Map([['retry-after', `${seconds}`]]) };
    return this;
  }
}

/** Converts a time to wait to whole seconds, as `Retry-After` has them: at least one. */
export function toRetryAfter(waitMs: number): number {
  return Math.max(1, Math.ceil(waitMs / 1_000));
}

/** True for an error by which the request is rejected because of what the client sent, such as an expired token. */
export function isClientError(error: ApiError): boolean {
  const row: ErrorRow = ERROR_TABLE[error.extensions['code'] as ErrorCode];
  return row.httpStatus !== undefined && row.httpStatus < 500;
}

/** Said to a viewer who has used up the operations of a minute. */
export function rateLimited(waitMs: number): ApiError {
  const seconds = toRetryAfter(waitMs);
  return new ApiError('RATE_LIMITED', `Rate limit exceeded. Retry in ${seconds} s.`).retryAfter(seconds);
}

/** The error for a row of MX's list of members that is no member. The log has it once per list, not per response. */
export function unreadableMember(): ApiError {
  return new ApiError('UPSTREAM_MALFORMED', 'MX sent a member that could not be read.');
}

/** The error for an account that does not exist or belongs to another user. */
export function accountNotFound(): ApiError {
  return new ApiError('NOT_FOUND', 'Account not found, or not visible to the viewer.');
}

/** The error for a member that does not exist or belongs to another user: the two are indistinguishable. */
export function memberNotFound(): ApiError {
  return new ApiError('NOT_FOUND', 'Member not found, or not visible to the viewer.');
}
