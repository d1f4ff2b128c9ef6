import { GraphQLError } from 'graphql';
import type { ExecutionResult, FormattedExecutionResult, GraphQLFormattedError } from 'graphql';

import { ApiError, isClientError } from '../errors/api-error.js';
import { formatError } from '../errors/format-error.js';

/** Tells the log what a client is not told. */
export type ErrorReporter = (error: unknown) => void;

/** What a report needs of a log. */
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

/** Reports whatever was thrown, and makes of it what a client may see. */
export function reportAndFormatError(error: unknown, report: ErrorReporter): GraphQLFormattedError {
  report(error);
  if (!(error instanceof GraphQLError)) return formatError({ message: '' }, error);
  // Without a path it is said of the operation's variables, before anything of ours ran.
  const code = error.path ? 'INTERNAL_SERVER_ERROR' : 'BAD_USER_INPUT';
  return formatError({ ...error.toJSON(), extensions: { code } }, error);
}

/** A result as it goes to a client. */
export function formatResult(result: ExecutionResult, report: ErrorReporter): FormattedExecutionResult {
  const { data, errors } = result;
  return {
    ...(errors && { errors: errors.map((error) => reportAndFormatError(error, report)) }),
    ...(data !== undefined && { data }),
  };
}
