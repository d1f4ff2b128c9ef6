import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';

import { isMxError } from '../mx/errors.js';
import type { MxError, MxErrorKind } from '../mx/errors.js';
import { ApiError, toRetryAfter } from './api-error.js';
import type { ErrorCode } from './api-error.js';
import { redactMessage } from './redact-message.js';

/** The error code for each kind of MX failure, and a message if the default is not specific enough. */
const OF_MX_KIND: Readonly<Record<MxErrorKind, readonly [ErrorCode, string?]>> = {
  unauthorized: [
    'UPSTREAM_MISCONFIGURED',
    'MX rejected the credentials of this service. Check MX_CLIENT_ID and MX_API_KEY.',
  ],
  forbidden: [
    'UPSTREAM_MISCONFIGURED',
    'MX denied access to this service. Check that MX allows its IP address and that MX_BASE_URL is the right environment.',
  ],
  version: ['UPSTREAM_MISCONFIGURED', 'MX does not support the requested API version. Check MX_API_VERSION.'],
  not_found: ['NOT_FOUND'],
  conflict: ['UPSTREAM_REJECTED'],
  constraint: ['UPSTREAM_REJECTED'],
  invalid: ['UPSTREAM_REJECTED'],
  throttled: ['UPSTREAM_THROTTLED'],
  unavailable: ['UPSTREAM_UNAVAILABLE'],
  network: ['UPSTREAM_UNAVAILABLE'],
  circuit_open: ['UPSTREAM_UNAVAILABLE'],
  timeout: ['UPSTREAM_TIMEOUT'],
  malformed: ['UPSTREAM_MALFORMED'],
  too_long: [
    'UPSTREAM_REJECTED',
    'MX lists more than 2,000 members or accounts of this user. This service reads at most 2,000.',
  ],
  overloaded: ['OVERLOADED'],
};

function fromMxError(error: MxError): ApiError {
  const [code, message] = OF_MX_KIND[error.kind];
  const { retryAfterMs } = error.details;
  const apiError = new ApiError(code, message, error);
  return retryAfterMs === undefined ? apiError : apiError.retryAfter(toRetryAfter(retryAfterMs));
}

/** Errors of graphql-js (syntax, validation, variables) concern the client's own document. */
function isOfGraphql(error: unknown): error is GraphQLError {
  if (!(error instanceof GraphQLError) || error instanceof ApiError) return false;
  return error.originalError === undefined || isOfGraphql(error.originalError);
}

/** Converts anything thrown into the error for the client. All errors pass through here. */
export function toApiError(error: unknown): GraphQLError {
  if (error instanceof ApiError) return error;
  if (isMxError(error)) return fromMxError(error);
  if (isOfGraphql(error)) return error;
  if (error instanceof GraphQLError && error.originalError) return toApiError(error.originalError);
  return new ApiError('INTERNAL_SERVER_ERROR', undefined, error);
}

/** A document nested too deeply overflows the parser's stack, which is not a GraphQLError. */
const TOO_DEEP = new GraphQLError('Syntax Error: The document is nested too deeply.');

function toClientError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLError {
  const error = toApiError(thrown);
  const isParsing = formatted.extensions?.['code'] === 'GRAPHQL_PARSE_FAILED';
  return isParsing && error instanceof ApiError ? TOO_DEEP : error;
}

/** Formats an error for the response: message, code, locations and path only. */
export function formatError(formatted: GraphQLFormattedError, thrown: unknown): GraphQLFormattedError {
  const error = toClientError(formatted, thrown);
  const { locations, path } = formatted;
  const code = error.extensions['code'] ?? formatted.extensions?.['code'] ?? 'BAD_USER_INPUT';
  const retryable = error.extensions['retryable'] ?? false;
  const retryAfter = error.extensions['retryAfter'];
  return {
    message: error instanceof ApiError ? error.message : redactMessage(error.message),
    ...(locations && { locations }),
    ...(path && { path }),
    extensions: { code, retryable, ...(retryAfter !== undefined && { retryAfter }) },
  };
}
