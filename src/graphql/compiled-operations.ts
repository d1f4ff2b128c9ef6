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

/** A field that fails often fails again soon, as in an outage of MX, and then its operation is executed twice. */
const RUNS_AFTER_ERRORS = 10;

const MAX_PLANS = 500;
const MAX_FORMS = 500;
/** A page with 30 fields takes some 100 KB with its document, most of it for its code. */
const MAX_BYTES = 60_000_000;
const BYTES_PER_SELECTION = 2_000;
const BYTES_PER_CHARACTER = 80;
const EMPTY_BYTES = 100;

/** An operation with one set of values of its conditions. */
interface Form {
  /** Number of executions that graphql-js does before the compiled query is used. */
  runsLeft: number;
  /** Undefined before it is compiled, null if that is not possible. */
  readonly query: CompiledQuery['query'] | null | undefined;
  readonly bytes: number;
}

export interface CompiledForm extends Form {
  readonly query: CompiledQuery['query'];
}

const isCompiled = (form: Form): form is CompiledForm => typeof form.query === 'function';

/** Compiles an operation; null if graphql-jit cannot. Resolvers are shown the original, as graphql-js does. */
function compile(
  schema: GraphQLSchema,
  { document, original, originalOf }: Specialized,
): CompiledQuery['query'] | null {
  const resolverInfoEnricher = ({ fieldNodes }: { readonly fieldNodes: readonly FieldNode[] }) => ({
    ...original,
    fieldNodes: [...new Set(fieldNodes.map(originalOf))],
  });
  const compiled = compileQuery(schema, document, undefined, { resolverInfoEnricher });
  return isCompiledQuery(compiled) ? compiled.query : null;
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
  take(sent: SentOperation): CompiledForm | null {
    const key = `${sent.queryHash} ${sent.operationName ?? ''}`;
    const plan = this.#planOf(key, sent);
    const values = plan && conditionValues(plan, sent.variables);
    if (!plan || values === null) return null;
    const formKey = `${key} ${values}`;
    const form = this.#forms.get(formKey) ?? this.#addNew(formKey, plan);
    if (form.runsLeft > 0) {
      form.runsLeft -= 1;
      return null;
    }
    const ready =
      form.query === undefined ? this.#addCompiled(formKey, sent, conditionReader(plan, values)) : form;
    return isCompiled(ready) ? ready : null;
  }

  /** Leaves the next executions of a form to graphql-js. */
  pause(form: CompiledForm): void {
    form.runsLeft = RUNS_AFTER_ERRORS;
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

  #addNew(key: string, { type }: OperationPlan): Form {
    return this.#add(key, { runsLeft: RUNS_BEFORE_COMPILING[type], query: undefined, bytes: EMPTY_BYTES });
  }

  #addCompiled(key: string, sent: SentOperation, read: ReadCondition): Form {
    const specialized = specialize(sent, read);
    const query = specialized && compile(this.#schema, specialized);
    const characters = sent.document.loc?.end ?? 0;
    const bytes = BYTES_PER_SELECTION * (specialized?.size ?? 0) + BYTES_PER_CHARACTER * characters;
    return this.#add(key, { runsLeft: 0, query, bytes: query ? bytes : EMPTY_BYTES });
  }

  #add(key: string, form: Form): Form {
    this.#forms.set(key, form);
    return form;
  }
}
