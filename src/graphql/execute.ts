import { execute, getOperationAST, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

import type { Context } from './context.js';

/** A validated operation, ready to run. */
export interface Operation {
  /** Names the document: equal documents have equal hashes. */
  readonly queryHash: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
  readonly context: Context;
  /** The event, where this is the answer to one of a subscription. */
  readonly event?: unknown;
}

export type Execute = (operation: Operation) => ExecutionResult | Promise<ExecutionResult>;

/**
 * So often an operation runs before it is compiled, which costs as much as some hundred executions save. A query that
 * has come back will come again; of a subscription nobody knows how many events it will have till they have come.
 */
const RUNS_BEFORE_COMPILING = {
  [OperationTypeNode.QUERY]: 2,
  [OperationTypeNode.SUBSCRIPTION]: 100,
  [OperationTypeNode.MUTATION]: Infinity,
};
const MAX_COMPILED = 500;

interface Entry {
  runsLeft: number;
  /** Null until it is worth it, or where graphql-jit cannot compile it. */
  compiled: CompiledQuery | null;
}

/** A mutation does not come back, and its document may have a secret written into it: it is not kept. */
function hasMutation({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION,
  );
}

function runsBeforeCompiling({ document, operationName }: Operation): number {
  const meant = getOperationAST(document, operationName);
  return meant && !hasMutation(document) ? RUNS_BEFORE_COMPILING[meant.operation] : Infinity;
}

/** graphql-jit's errors lack what all readers of a `GraphQLError` count on: these have it. */
function toGraphQLError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
  return Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
}

/**
 * True for what graphql-jit itself finds wrong with a value, and no resolver: graphql-js tells of it in other words and
 * in another order.
 */
function isOwn({ originalError }: GraphQLError): boolean {
  return originalError === undefined;
}

/** Runs operations: rare ones through graphql-js, those that come back through a compiled form of them. */
export function createExecute(schema: GraphQLSchema): Execute {
  const entries = new LRUCache<string, Entry>({ max: MAX_COMPILED });

  function entryOf(operation: Operation): Entry {
    const key = `${operation.queryHash} ${operation.operationName ?? ''}`;
    const known = entries.get(key);
    if (known) return known;
    const entry: Entry = { runsLeft: runsBeforeCompiling(operation), compiled: null };
    if (entry.runsLeft < Infinity) entries.set(key, entry);
    return entry;
  }

  function compiledOf(operation: Operation): CompiledQuery | null {
    const entry = entryOf(operation);
    if (entry.runsLeft === 0) {
      const compiled = compileQuery(schema, operation.document, operation.operationName);
      if (isCompiledQuery(compiled)) entry.compiled = compiled;
    }
    entry.runsLeft -= 1;
    return entry.compiled;
  }

  function interpret({ document, operationName, variables, context, event }: Operation) {
    const options = { variableValues: variables ?? null, operationName: operationName ?? null };
    return execute({ schema, document, contextValue: context, rootValue: event, ...options });
  }

  return async (operation) => {
    const compiled = compiledOf(operation);
    if (!compiled) return interpret(operation);
    const result = await compiled.query(operation.event, operation.context, operation.variables ?? {});
    if (!result.errors) return result;
    // What fits neither its variable nor its field is told best by graphql-js: all there is to lose is time.
    if (result.data === undefined || result.errors.some(isOwn)) return interpret(operation);
    return { ...result, errors: result.errors.map(toGraphQLError) };
  };
}
