import { hash } from 'node:crypto';

import { getOperationAST, GraphQLError, parse, specifiedRules, validate } from 'graphql';
import type {
  DocumentNode,
  GraphQLFormattedError,
  GraphQLSchema,
  OperationDefinitionNode,
  ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';

import { formatError } from '../errors/format-error.js';
import { hasMutation } from './operation-plan.js';
import { createRules, MAX_TOKENS, MAX_VALIDATION_ERRORS } from './validation-rules.js';

/** A valid document. */
interface Document {
  readonly document: DocumentNode;
  /** Identifies the document: equal documents have equal hashes, on every transport. */
  readonly queryHash: string;
}

/** An operation selected from a valid document. */
export interface PreparedOperation extends Document {
  readonly operation: OperationDefinitionNode;
}

/** The error for the client if a document is invalid. */
export interface InvalidDocument {
  readonly errors: readonly GraphQLFormattedError[];
}

/** Parses and validates a document, and selects the operation. */
export type PrepareDocument = (
  query: string,
  operationName?: string | null,
) => PreparedOperation | InvalidDocument;

const MAX_CACHED_DOCUMENTS = 500;
/** Estimated memory of a cached document, per token and per character. */
const MAX_CACHED_BYTES = 20_000_000;
const BYTES_PER_TOKEN = 500;
const BYTES_PER_CHARACTER = 2;

type Code = 'GRAPHQL_PARSE_FAILED' | 'GRAPHQL_VALIDATION_FAILED' | 'OPERATION_RESOLUTION_FAILURE';

function invalidDocument(code: Code, thrown: readonly unknown[]): InvalidDocument {
  const format = (error: unknown) => {
    const formatted = error instanceof GraphQLError ? error.toJSON() : { message: '' };
    return formatError({ ...formatted, extensions: { code } }, error);
  };
  return { errors: thrown.map(format) };
}

/** What documents are validated against. */
interface Measures {
  readonly schema: GraphQLSchema;
  readonly rules: readonly ValidationRule[];
}

/** Anything that the parser throws, the end of its stack included, is a fault of the document. */
function read(query: string, { schema, rules }: Measures): Document | InvalidDocument {
  let document: DocumentNode;
  try {
    document = parse(query, { maxTokens: MAX_TOKENS });
  } catch (error) {
    return invalidDocument('GRAPHQL_PARSE_FAILED', [error]);
  }
  const errors = validate(schema, document, rules, { maxErrors: MAX_VALIDATION_ERRORS });
  if (errors.length > 0) return invalidDocument('GRAPHQL_VALIDATION_FAILED', errors);
  return { document, queryHash: hash('sha256', query) };
}

function bytesOf({ document }: Document, query: string): number {
  let tokens = 1;
  for (let token = document.loc?.startToken; token; token = token.next ?? undefined) tokens += 1;
  return tokens * BYTES_PER_TOKEN + query.length * BYTES_PER_CHARACTER;
}

function whyNoOperation(operationName: string | null | undefined): string {
  return operationName === null || operationName === undefined
    ? 'Must provide operation name if query contains multiple operations.'
    : `Unknown operation named "${operationName}".`;
}

/**
 * Prepares documents for WebSocket and SSE, with the same limits and messages as Apollo. Documents are cached, so that
 * ten thousand subscribers of the same subscription share one document.
 */
export function createPrepareDocument(
  schema: GraphQLSchema,
  ours: readonly ValidationRule[] = createRules({ introspection: true }),
): PrepareDocument {
  const measures = { schema, rules: [...specifiedRules, ...ours] };
  const cache = new LRUCache<string, Document>({
    max: MAX_CACHED_DOCUMENTS,
    maxSize: MAX_CACHED_BYTES,
    sizeCalculation: bytesOf,
  });

  function find(query: string): Document | InvalidDocument {
    const known = cache.get(query);
    if (known) return known;
    const found = read(query, measures);
    // A mutation does not come back, and its document may contain a secret.
    if ('document' in found && !hasMutation(found.document)) cache.set(query, found);
    return found;
  }

  return (query, operationName) => {
    const found = find(query);
    if ('errors' in found) return found;
    const operation = getOperationAST(found.document, operationName);
    if (operation) return { document: found.document, queryHash: found.queryHash, operation };
    return invalidDocument('OPERATION_RESOLUTION_FAILURE', [new GraphQLError(whyNoOperation(operationName))]);
  };
}
