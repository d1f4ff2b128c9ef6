import { execute, GraphQLError, Kind, OperationTypeNode } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

import type { Context } from '../context.js';

/** A validated operation, ready to run. */
export interface Operation {
  /** Names the document: equal documents have equal hashes. */
  readonly queryHash: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown> | undefined;
  readonly context: Context;
}

export type Execute = (operation: Operation) => ExecutionResult | Promise<ExecutionResult>;

/** An operation is worth compiling once it has come back: compiling costs as much as some hundred executions save. */
const RUNS_BEFORE_COMPILING = 2;
const MAX_COMPILED = 500;

interface Entry {
  runs: number;
  /** Null until it is worth it, or where graphql-jit cannot compile it. */
  compiled: CompiledQuery | null;
}

/** Queries come back; a mutation does not, and its document may have a secret written into it: it is not kept. */
function isQuery(document: DocumentNode): boolean {
  return document.definitions.every(
    (node) => node.kind !== Kind.OPERATION_DEFINITION || node.operation === OperationTypeNode.QUERY,
  );
}

/** graphql-jit's errors lack what all readers of a `GraphQLError` count on: these have it. */
function toGraphQLError({ message, path, locations, originalError }: GraphQLError): GraphQLError {
  const error = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
  return Object.defineProperty(error, 'locations', { value: locations, enumerable: true });
}

/** Runs operations: rare ones through graphql-js, queries that come back through a compiled form of them. */
export function createExecute(schema: GraphQLSchema): Execute {
  const entries = new LRUCache<string, Entry>({ max: MAX_COMPILED });

  function compiledOf({ queryHash, document, operationName }: Operation): CompiledQuery | null {
    const key = `${queryHash} ${operationName ?? ''}`;
    const entry = entries.get(key) ?? { runs: 0, compiled: null };
    if (entry.runs === 0 && isQuery(document)) entries.set(key, entry);
    entry.runs += 1;
    if (entry.runs === RUNS_BEFORE_COMPILING + 1) {
      const compiled = compileQuery(schema, document, operationName);
      if (isCompiledQuery(compiled)) entry.compiled = compiled;
    }
    return entry.compiled;
  }

  function interpret({ document, operationName, variables, context }: Operation) {
    const options = { variableValues: variables ?? null, operationName: operationName ?? null };
    return execute({ schema, document, contextValue: context, ...options });
  }

  return async (operation) => {
    const compiled = compiledOf(operation);
    if (!compiled) return interpret(operation);
    const result = await compiled.query(undefined, operation.context, operation.variables ?? {});
    if (!result.errors) return result;
    // Variables that do not fit are told best by graphql-js; nothing has been executed yet.
    if (result.data === undefined) return interpret(operation);
    return { ...result, errors: result.errors.map(toGraphQLError) };
  };
}
