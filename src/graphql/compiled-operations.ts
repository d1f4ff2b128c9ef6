import { OperationTypeNode } from 'graphql';
import type { FieldNode, GraphQLSchema } from 'graphql';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { CompiledQuery } from 'graphql-jit';
import { LRUCache } from 'lru-cache';

import type { ReadCondition } from './conditions.js';
import { conditionReader, conditionValues, hasMutation, planOperation } from './operation-plan.js';
import type { OperationPlan, SentOperation } from './operation-plan.js';
import { specialize } from './specialize.js';
import type { Specialized } from './specialize.js';

/**
 * Number of executions before an operation is compiled, which costs as much as some hundred executions save. A query
 * that has come back will come again. How many events a subscription will have is only known once they have come.
 */
const RUNS_BEFORE_COMPILING = {
  [OperationTypeNode.QUERY]: 2,
  [OperationTypeNode.SUBSCRIPTION]: 100,
  [OperationTypeNode.MUTATION]: Infinity,
};

const MAX_PLANS = 500;
const MAX_FORMS = 500;
/** A page with 30 fields takes some 100 KB with its document, most of it for its code. */
const MAX_BYTES = 60_000_000;
const BYTES_PER_SELECTION = 2_000;
const BYTES_PER_CHARACTER = 80;

/** An operation with one set of values of its conditions. */
interface Form {
  runsLeft: number;
  /** Null before it is compiled, and if it cannot be. */
  readonly compiled: CompiledQuery | null;
  readonly bytes: number;
}

const NOT_COMPILED = { compiled: null, bytes: 100 };

/** Compiles an operation; null if graphql-jit cannot. Resolvers are shown the original, as graphql-js does. */
function compile(
  schema: GraphQLSchema,
  { document, original, originalOf }: Specialized,
): CompiledQuery | null {
  const resolverInfoEnricher = ({ fieldNodes }: { readonly fieldNodes: readonly FieldNode[] }) => ({
    ...original,
    fieldNodes: [...new Set(fieldNodes.map(originalOf))],
  });
  const compiled = compileQuery(schema, document, undefined, { resolverInfoEnricher });
  return isCompiledQuery(compiled) ? compiled : null;
}

/**
 * The compiled forms of operations that come back. graphql-jit decides conditions wrongly if a fragment is spread twice
 * or shared by operations, and it writes into the document. So it gets a copy of one operation in which the conditions
 * are decided, for each set of their values that comes back.
 */
export class CompiledOperations {
  readonly #schema: GraphQLSchema;
  readonly #plans = new LRUCache<string, { readonly plan: OperationPlan | null }>({ max: MAX_PLANS });
  readonly #forms = new LRUCache<string, Form>({
    max: MAX_FORMS,
    maxSize: MAX_BYTES,
    sizeCalculation: ({ bytes }) => bytes,
  });

  constructor(schema: GraphQLSchema) {
    this.#schema = schema;
  }

  /** Counts an execution of an operation. Returns its compiled form, or null if graphql-js must execute it. */
  take(sent: SentOperation): CompiledQuery | null {
    const key = `${sent.queryHash} ${sent.operationName ?? ''}`;
    const plan = this.#planOf(key, sent);
    const values = plan && conditionValues(plan, sent.variables);
    if (!plan || values === null) return null;
    const formKey = `${key} ${values}`;
    const form = this.#forms.get(formKey) ?? this.#addForm(formKey, RUNS_BEFORE_COMPILING[plan.type]);
    form.runsLeft -= 1;
    if (form.runsLeft !== -1) return form.compiled;
    return this.#compile(formKey, sent, conditionReader(plan, values));
  }

  #planOf(key: string, sent: SentOperation): OperationPlan | null {
    const known = this.#plans.get(key);
    if (known) return known.plan;
    // A mutation does not come back, and its document may contain a secret.
    if (hasMutation(sent.document)) return null;
    const plan = planOperation(sent);
    this.#plans.set(key, { plan });
    return plan;
  }

  #addForm(key: string, runsLeft: number, made: Pick<Form, 'compiled' | 'bytes'> = NOT_COMPILED): Form {
    const form = { runsLeft, ...made };
    this.#forms.set(key, form);
    return form;
  }

  #compile(key: string, sent: SentOperation, read: ReadCondition): CompiledQuery | null {
    const specialized = specialize(sent, read);
    const compiled = specialized && compile(this.#schema, specialized);
    const characters = sent.document.loc?.end ?? 0;
    const bytes = BYTES_PER_SELECTION * (specialized?.size ?? 0) + BYTES_PER_CHARACTER * characters;
    return this.#addForm(key, -1, compiled ? { compiled, bytes } : NOT_COMPILED).compiled;
  }
}
