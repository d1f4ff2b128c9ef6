import { execute, getOperationAST, Kind, parse, specifiedRules, validate } from 'graphql';
import type { DocumentNode, ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';

import type { Context } from '../../../../src/graphql/context.js';
import type { Execute } from '../../../../src/graphql/execute.js';
import { makeDocument, makeVariables } from './random-document.js';
import { mix, Random } from './random.js';
import type { StubContext } from './stub-schema.js';

/** One operation with its variables, as a client sends it. */
export interface Asked {
  readonly query: string;
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Record<string, unknown>;
  readonly context: StubContext;
}

/** What came of an operation that was asked several times. */
export interface Outcome extends Asked {
  /** What graphql-js answers. */
  readonly expected: string;
  /** Each answer, in the order in which they were asked for. */
  readonly answers: string[];
  /** Whether the last answer came from the compiled form. */
  isCompiled: boolean;
}

/** So often each is asked: the third time, it is compiled. */
const RUNS = 4;

/** An object that is read-only to the last node: writing to it throws. */
export function freeze<T>(value: T, seen = new Set<unknown>()): Readonly<T> {
  if (typeof value !== 'object' || value === null || seen.has(value)) return value;
  seen.add(value);
  for (const inner of Object.values(value) as unknown[]) freeze(inner, seen);
  return Object.freeze(value);
}

/** A case as it can be sent to any server, to be kept in the rows. */
export const print = ({ query, operationName, variables, context }: Asked) =>
  JSON.stringify({ query, operationName, variables, context });

const text = ({ data, errors }: ExecutionResult) => JSON.stringify({ data, errors });

/** A sent null that has a default, where graphql-js lets the field fail that it stands in. */
export function hasNullForDefault({ document, operationName, variables }: Asked): boolean {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
  return definitions.some(
    ({ variable, type, defaultValue }) =>
      type.kind !== Kind.NON_NULL_TYPE &&
      defaultValue !== undefined &&
      defaultValue.kind !== Kind.NULL &&
      variables[variable.name.value] === null,
  );
}

/** Where graphql-js finds an argument null that must not be. */
export const findsNullArgument = ({ expected }: Outcome) =>
  /Argument \\"\w+\\" of non-null type \\"[^"]+\\" must not be null/.test(expected);

/** Whether the operation was refused as a whole because of such a null. */
export const isRefusedForNull = (answer: string) =>
  /^\{"errors":\[\{"message":"Variable \\"\$\w+\\" must not be null: /.test(answer);

/** The cases of a seed: each operation of one random document with two sets of variables. */
export function casesOf(schema: GraphQLSchema, seed: number): Asked[] {
  const random = new Random(seed);
  const query = makeDocument(schema, random);
  const document = parse(query);
  if (validate(schema, document, specifiedRules).length > 0) return [];
  freeze(document);
  const operations = document.definitions.filter(
    (node): node is OperationDefinitionNode => node.kind === Kind.OPERATION_DEFINITION,
  );
  const failures = random.chance(0.35) ? random.pick([5, 30, 150]) : 0;
  const failing = random.pick(['at once', 'later', 'where null is allowed'] as const);
  return operations.flatMap((operation) =>
    [1, 2].map((at) => ({
      query,
      document,
      operationName: operations.length === 1 && random.chance(0.5) ? undefined : operation.name?.value,
      variables: makeVariables(operation, random),
      context: { seed: mix(seed, at), failures, failing },
    })),
  );
}

/** Asks all cases several times over, those of one document in a mixed order and two at the same time. */
export async function ask(schema: GraphQLSchema, run: Execute, cases: readonly Asked[]): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const one of cases) {
    const { document, operationName, variables, context } = one;
    const options = { operationName: operationName ?? null, variableValues: variables };
    const expected = text(await execute({ schema, document, contextValue: context, ...options }));
    outcomes.push({ ...one, expected, answers: [], isCompiled: false });
  }
  const order = new Random(mix(outcomes.length, cases[0]?.query ?? '')).shuffle(
    outcomes.flatMap((outcome) => Array.from({ length: RUNS }, () => outcome)),
  );
  const answer = async (outcome: Outcome) => {
    const { query, document, operationName, variables } = outcome;
    const context = outcome.context as unknown as Context;
    const result = await run({ queryHash: query, document, operationName, variables, context });
    outcome.answers.push(text(result));
    // graphql-js makes objects without a prototype, graphql-jit those with one.
    const { data } = result;
    outcome.isCompiled = Boolean(data) && Object.getPrototypeOf(data) === Object.prototype;
  };
  while (order.length > 0) await Promise.all(order.splice(0, 2).map(answer));
  return outcomes;
}

/** The answers that differ from what graphql-js says, or from one another. */
export function isWrong(outcome: Outcome): boolean {
  const { answers, expected } = outcome;
  const [first = ''] = answers;
  if (answers.some((answer) => answer !== first)) return true;
  if (hasNullForDefault(outcome) && isRefusedForNull(first)) return false;
  return first !== expected || findsNullArgument(outcome);
}
