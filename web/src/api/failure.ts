import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

const codeIn = (errors: unknown): string | null => {
  const [first] = Array.isArray(errors) ? (errors as { extensions?: { code?: unknown } }[]) : [];
  return typeof first?.extensions?.code === 'string' ? first.extensions.code : null;
};

/** The code that the API gave a failure; null where it was not the API that failed, but the way to it. */
export function failureCodeOf(error: unknown): string | null {
  if (CombinedGraphQLErrors.is(error)) return codeIn(error.errors) ?? 'INTERNAL_SERVER_ERROR';
  if (!ServerError.is(error)) return null;
  try {
    return codeIn((JSON.parse(error.bodyText) as { errors?: unknown }).errors);
  } catch {
    // What stands before the API answered in its place.
    return null;
  }
}

/** Whether one of the errors that the API answered with has a code. */
export function hasCode(error: unknown, code: string): boolean {
  return (
    CombinedGraphQLErrors.is(error) && error.errors.some(({ extensions }) => extensions?.['code'] === code)
  );
}
