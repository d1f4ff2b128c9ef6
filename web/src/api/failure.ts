import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

const codeIn = (errors: unknown): string | null => {
  const [first] = Array.isArray(errors) ? (errors as { extensions?: { code?: unknown } }[]) : [];
  return typeof first?.extensions?.code === 'string' ? first.extensions.code : null;
};

/** The error code of the API; null if the API was not reached or something else answered in its place. */
export function failureCodeOf(error: unknown): string | null {
  if (CombinedGraphQLErrors.is(error)) return codeIn(error.errors) ?? 'INTERNAL_SERVER_ERROR';
  if (!ServerError.is(error)) return null;
  try {
    return codeIn((JSON.parse(error.bodyText) as { errors?: unknown }).errors);
  } catch {
    // The body is not JSON: a proxy in front of the API answered.
    return null;
  }
}

/**
 * Returns whether a query failed before or in a field of this depth. Errors that are deeper leave the field its data: an
 * institution that cannot be read, or one of a list's items.
 */
export function failsAtDepth(error: unknown, depth: number): boolean {
  if (!CombinedGraphQLErrors.is(error)) return Boolean(error);
  return error.errors.some(({ path = [] }) => path.length <= depth);
}

/** Returns whether one of the GraphQL errors has the code. */
export function hasCode(error: unknown, code: string): boolean {
  return (
    CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === code)
  );
}
