import {
  getOperationAST,
  getVariableValues,
  GraphQLError,
  isNonNullType,
  Kind,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import type {
  ASTNode,
  DocumentNode,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionNode,
  VariableDefinitionNode,
} from 'graphql';

import { isIncluded } from './conditions.js';
import type { SentOperation } from './operation-plan.js';
import { fragmentsOf } from './specialize.js';

type Variables = Readonly<Record<string, unknown>>;

function hasNull(variables: Variables): boolean {
  for (const name in variables) if (variables[name] === null) return true;
  return false;
}

/** True if null fits the type of the variable, and may not fit its use: GraphQL allows that because of the default. */
function isSuspect({ variable, type, defaultValue }: VariableDefinitionNode, variables: Variables): boolean {
  return (
    defaultValue !== undefined && type.kind !== Kind.NON_NULL_TYPE && variables[variable.name.value] === null
  );
}

/** Finds uses of variables that are null where null is not allowed, in what the conditions leave of an operation. */
class NullSearch {
  readonly #schema: GraphQLSchema;
  readonly #values: Variables;
  /** The expected type by the name of the variable. */
  readonly found = new Map<string, string>();
  readonly #spread = new Set<string>();

  constructor(schema: GraphQLSchema, values: Variables) {
    this.#schema = schema;
    this.#values = values;
  }

  search(document: DocumentNode, operation: OperationDefinitionNode): void {
    const fragments = fragmentsOf(document);
    this.#visit(operation);
    // The set grows during the iteration, by the fragments that fragments spread.
    for (const name of this.#spread) {
      const fragment = fragments[name];
      if (fragment) this.#visit(fragment);
    }
  }

  #visit(root: ASTNode): void {
    const typeInfo = new TypeInfo(this.#schema);
    const leave = () => false as const;
    const skip = (node: SelectionNode) => (this.#isIncluded(node) ? undefined : false);
    const visitor = visitWithTypeInfo(typeInfo, {
      VariableDefinition: leave,
      Directive: leave,
      Field: skip,
      InlineFragment: skip,
      FragmentSpread: (node) => {
        if (this.#isIncluded(node)) this.#spread.add(node.name.value);
        return false;
      },
      Variable: ({ name }) => {
        const type = typeInfo.getInputType();
        if (isNonNullType(type)) this.#expect(name.value, String(type));
      },
    });
    visit(root, visitor);
  }

  #isIncluded(node: SelectionNode): boolean {
    return isIncluded(node, (name) => {
      this.#expect(name, 'Boolean!');
      return this.#values[name] === true;
    });
  }

  #expect(name: string, type: string): void {
    if (this.#values[name] === null && !this.found.has(name)) this.found.set(name, type);
  }
}

/**
 * Errors for variables that have a default and are sent as null, but are used where null is not allowed. graphql-js
 * would execute the operation and fail the fields in question; it is an error of the client, like a variable of a
 * wrong type.
 */
export function nullVariableErrors(
  schema: GraphQLSchema,
  { document, operationName, variables = {} }: Omit<SentOperation, 'queryHash'>,
): GraphQLError[] {
  if (!hasNull(variables)) return [];
  const operation = getOperationAST(document, operationName);
  const definitions = operation?.variableDefinitions ?? [];
  if (!operation || !definitions.some((definition) => isSuspect(definition, variables))) return [];
  const { coerced } = getVariableValues(schema, definitions, variables);
  if (!coerced) return [];
  const search = new NullSearch(schema, coerced);
  search.search(document, operation);
  return [...search.found].map(
    ([name, type]) =>
      new GraphQLError(`Variable "$${name}" must not be null: it is used where "${type}" is expected.`, {
        nodes: definitions.filter(({ variable }) => variable.name.value === name),
        extensions: { code: 'BAD_USER_INPUT' },
      }),
  );
}
