import { GraphQLError } from 'graphql';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

import { ApiError, isClientError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';

/** Logs the details that clients must not see. */
export type ErrorReporter = (error: unknown) => void;

/** The method of the log that reports need. */
interface ErrorLog {
  error(fields: { err: unknown }, message: string): void;
}

/** Reports the cause of each error that is not the client's own. */
export function createErrorReporter(log: ErrorLog): ErrorReporter {
  return (error) => {
    const original = error instanceof GraphQLError ? (error.originalError ?? error) : error;
    if (original instanceof ApiError && (original.cause === undefined || isClientError(original))) return;
    if (original instanceof GraphQLError && !(original instanceof ApiError)) return;
    log.error({ err: original }, 'operation failed');
  };
}

/** Reports anything thrown, and returns the error for the client. */
export function reportAndFormatError(error: unknown, report: ErrorReporter): GraphQLFormattedError {
  report(error);
  if (!(error instanceof GraphQLError)) return formatError({ message: '' }, error);
  // Without a path, the error is about the operation's variables, before any resolver ran.
  const code = error.path ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';
  return formatError({ ...error.toJSON(), extensions: { code } }, error);
}

/** Formats a result for the client. */
export function formatResult(result: ExecutionResult, report: ErrorReporter): FormattedExecutionResult {
  const { data, errors } = result;
  return {
    ...(errors && { errors: errors.map((error) => reportAndFormatError(error, report)) }),
    ...(data !== undefined && { data }),
  };
}
