import { BREAK, getOperationAST, Kind, OperationTypeNode, separateOperations, visit } from 'graphql';
import type { ASTVisitor, DocumentNode, OperationDefinitionNode, ValueNode } from 'graphql';

import type { ReadCondition } from './conditions.js';

/** An operation as the client sent it. */
export interface SentOperation {
  /** Identifies the document: equal documents have equal hashes. */
  readonly queryHash: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

/** What is found out once about an operation that may be compiled. */
export interface OperationPlan {
  readonly type: OperationTypeNode;
  /** The Boolean variables that its conditions read, with their defaults. */
  readonly conditions: ReadonlyMap<string, boolean | undefined>;
}

/** With three, an operation has at most eight forms. */
const MAX_CONDITIONS = 3;

/** graphql-jit builds code from strings that contain this, which would let a client run code of its own. */
const JIT_MARKER = '__MAGIC_';

/** Names that graphql-jit would write into code as a property of an object literal. */
const isUnsafeName = (name: string) => name === '__proto__';

/**
 * Values that graphql-jit reads differently from graphql-js: variables inside of a list or an object, objects, and
 * strings with its marker.
 */
function isUnsafeValue(value: ValueNode): boolean {
  if (value.kind === Kind.LIST)
    return value.values.some((item) => item.kind === Kind.VARIABLE || isUnsafeValue(item));
  return value.kind === Kind.OBJECT || (value.kind === Kind.STRING && value.value.includes(JIT_MARKER));
}

/**
 * Stops at whatever graphql-jit does not execute as graphql-js does. It names data by response paths joined with
 * underscores, so an alias with an underscore may name two.
 */
function createSafetyCheck(onUnsafe: () => void): ASTVisitor {
  const stopIf = (isUnsafe: boolean) => {
    if (!isUnsafe) return undefined;
    onUnsafe();
    return BREAK;
  };
  return {
    VariableDefinition: ({ variable, defaultValue }) =>
      stopIf(
        isUnsafeName(variable.name.value) || (defaultValue !== undefined && isUnsafeValue(defaultValue)),
      ),
    Field: ({ alias }) => stopIf(alias?.value.includes('_') === true),
    Argument: ({ value }) => stopIf(isUnsafeValue(value)),
  };
}

function isSafe(document: DocumentNode): boolean {
  let safe = true;
  visit(
    document,
    createSafetyCheck(() => (safe = false)),
  );
  return safe;
}

function conditionsOf(document: DocumentNode): Set<string> {
  const names = new Set<string>();
  visit(document, {
    Directive({ arguments: args = [] }) {
      for (const { value } of args) if (value.kind === Kind.VARIABLE) names.add(value.name.value);
    },
  });
  return names;
}

function defaultOf(name: string, { variableDefinitions = [] }: OperationDefinitionNode): boolean | undefined {
  const value = variableDefinitions.find(({ variable }) => variable.name.value === name)?.defaultValue;
  return value?.kind === Kind.BOOLEAN ? value.value : undefined;
}

/** True for a document with a mutation. */
export function hasMutation({ definitions }: DocumentNode): boolean {
  return definitions.some(
    (node) => node.kind === Kind.OPERATION_DEFINITION && node.operation === OperationTypeNode.MUTATION,
  );
}

/** Plans an operation; null if it must be interpreted every time. */
export function planOperation({ document, operationName }: SentOperation): OperationPlan | null {
  const operation = getOperationAST(document, operationName);
  if (!operation) return null;
  const own = separateOperations(document)[operation.name?.value ?? ''];
  if (!own || !isSafe(own)) return null;
  const names = [...conditionsOf(own)];
  if (names.length > MAX_CONDITIONS) return null;
  return {
    type: operation.operation,
    conditions: new Map(names.map((name) => [name, defaultOf(name, operation)])),
  };
}

/**
 * The values of an operation's conditions, one character for each; null if a value is not a Boolean, so that only
 * graphql-js can tell what to answer.
 */
export function conditionValues(
  { conditions }: OperationPlan,
  variables: Readonly<Record<string, unknown>> = {},
): string | null {
  let values = '';
  for (const [name, byDefault] of conditions) {
    const sent = variables[name];
    const value = sent === undefined ? byDefault : sent;
    if (typeof value !== 'boolean') return null;
    values += value ? '1' : '0';
  }
  return values;
}

/** Reads conditions from their values, as `conditionValues` gives them. */
export function conditionReader({ conditions }: OperationPlan, values: string): ReadCondition {
  const names = [...conditions.keys()];
  return (name) => values[names.indexOf(name)] === '1';
}
