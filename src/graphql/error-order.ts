import type { ExecutionResult, GraphQLError } from 'graphql';

/**
 * Returns a function that tells whether anything was waited for since, such as a response of MX: whether there was a
 * time when no promise was left to continue.
 */
export function watchForWaiting(): () => boolean {
  let hasWaited = false;
  queueMicrotask(() =>
    process.nextTick(() => {
      hasWaited = true;
    }),
  );
  return () => hasWaited;
}

function comparePaths(a: GraphQLError['path'] = [], b: GraphQLError['path'] = []): number {
  const at = a.findIndex((key, index) => key !== b[index]);
  const [own, other] = [a[at], b[at]];
  if (own === undefined || other === undefined) return a.length - b.length;
  return own < other ? -1 : 1;
}

function compare(a: GraphQLError, b: GraphQLError): number {
  const [own, other] = [a.locations?.[0], b.locations?.[0]];
  if (!own || !other) return 0;
  return own.line - other.line || own.column - other.column || comparePaths(a.path, b.path);
}

/**
 * Orders errors by their place in the document, then in the response. Without it, errors of fields that wait for MX are
 * in the order in which MX happens to respond.
 */
export function sortErrors(result: ExecutionResult): ExecutionResult {
  return result.errors ? { ...result, errors: [...result.errors].sort(compare) } : result;
}
