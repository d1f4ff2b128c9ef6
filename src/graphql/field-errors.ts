import { locatedError, responsePathAsArray } from 'graphql';
import type { ExecutionResult, GraphQLError, GraphQLResolveInfo } from 'graphql';

import { sortErrors } from './error-order.js';

/** The errors that resolvers have added to the result of an execution, by its context. */
const added = new WeakMap<object, GraphQLError[]>();

/** The place of a field in the document and in the response. */
export type FieldPlace = Pick<GraphQLResolveInfo, 'fieldNodes' | 'path'>;

/**
 * Adds an error about an item that a resolver leaves out of its list. The list keeps its other items, although its type
 * allows no null among them.
 *
 * @param context the context of the execution, with which `withFieldErrors` takes the errors
 * @param index where the item would have been, for the path of the error
 */
export function addItemError(
  context: object,
  { info, index, error }: { info: FieldPlace; index: number; error: Error },
): void {
  const path = [...responsePathAsArray(info.path), index];
  const errors = added.get(context) ?? [];
  errors.push(locatedError(error, info.fieldNodes, path));
  added.set(context, errors);
}

/**
 * Completes a result with the errors that were added in its context. They are then in the order of the document, because
 * nothing else orders them among those of graphql-js.
 */
export function withFieldErrors(result: ExecutionResult, context: object): ExecutionResult {
  const errors = added.get(context);
  if (!errors) return result;
  return sortErrors({ ...result, errors: [...(result.errors ?? []), ...errors] });
}
