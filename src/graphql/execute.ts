import { execute } from 'graphql';
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

/** Runs operations: rare ones through graphql-js, those that come back through a compiled form of them. */
export function createExecute(schema: GraphQLSchema): Execute {
  const entries = new LRUCache<string, Entry>({ max: MAX_COMPILED });

  function entryOf({ queryHash, document, operationName }: Operation): Entry {
    const key = `${queryHash} ${operationName ?? ''}`;
    const entry = entries.get(key) ?? { runs: 0, compiled: null };
    if (entry.runs === 0) entries.set(key, entry);
    entry.runs += 1;
    if (entry.runs === RUNS_BEFORE_COMPILING + 1) {
      const compiled = compileQuery(schema, document, operationName);
      if (isCompiledQuery(compiled)) entry.compiled = compiled;
    }
    return entry;
  }

  return (operation) => {
    const { document, operationName, variables, context } = operation;
    const { compiled } = entryOf(operation);
    if (compiled) return compiled.query(undefined, context, variables ?? {});
    return execute({
      schema,
      document,
      contextValue: context,
      variableValues: variables ?? null,
      operationName: operationName ?? null,
    });
  };
}
