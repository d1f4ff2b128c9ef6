import { execute } from 'graphql';
import type { ExecutionResult, GraphQLSchema } from 'graphql';

import { CompiledOperations } from './compiled-operations.js';
import type { Context } from './context.js';
import { sortErrors, watchForWaiting } from './error-order.js';
import { withFieldErrors } from './field-errors.js';
import { nullVariableErrors } from './null-variables.js';
import { createOneOfCheck } from './one-of-variables.js';
import type { SentOperation } from './operation-plan.js';

/** A validated operation, ready to run. */
export interface Operation extends SentOperation {
  readonly context: Context;
  /** The event, if this is an execution of a subscription. */
  readonly event?: unknown;
}

export type Execute = (operation: Operation) => ExecutionResult | Promise<ExecutionResult>;

/**
 * Runs operations: rare ones with graphql-js, those that come back in a compiled form. The compiled form only answers if
 * no field has failed. Otherwise graphql-js answers, because the order of the errors and what they null differ.
 */
export function createExecute(schema: GraphQLSchema): Execute {
  const operations = new CompiledOperations(schema);
  const fitsOneOf = createOneOfCheck(schema);

  async function interpret({ document, operationName, variables, context, event }: Operation) {
    const options = { variableValues: variables ?? null, operationName: operationName ?? null };
    const result = await execute({ schema, document, contextValue: context, rootValue: event, ...options });
    return withFieldErrors(result, context);
  }

  async function run(operation: Operation): Promise<ExecutionResult> {
    const form = operations.take(operation);
    if (!form || !fitsOneOf(operation)) return interpret(operation);
    const result = await form.query(operation.event, operation.context, operation.variables ?? {});
    if (!result.errors) return withFieldErrors(result, operation.context);
    if (result.data !== undefined) operations.pause(form);
    // The same loaders, so that nothing is requested twice; but another context, so that nothing is counted twice.
    return interpret({ ...operation, context: { ...operation.context } });
  }

  return async (operation) => {
    const errors = nullVariableErrors(schema, operation);
    if (errors.length > 0) return { errors };
    const hasWaited = watchForWaiting();
    const result = await run(operation);
    return hasWaited() ? sortErrors(result) : result;
  };
}
