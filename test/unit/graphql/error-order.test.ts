import { makeExecutableSchema } from '@graphql-tools/schema';
import { execute as interpret, parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import type { Context } from '../../../src/graphql/context.js';
import { createExecute } from '../../../src/graphql/execute.js';

const QUERY =
  '{ rows { b: fail(n: 2) a: fail(n: 1) ...F } z: fail(n: 0) } fragment F on Row { c: fail(n: 3) }';

/** A schema whose fields fail after a delay, each time another one. */
function schemaOf(delay: (n: number) => Promise<void> | null) {
  const fail = (_: unknown, { n }: { n: number }) => {
    const wait = delay(n);
    const error = new Error(`failure ${n}`);
    if (!wait) throw error;
    return wait.then(() => Promise.reject(error));
  };
  return makeExecutableSchema({
    typeDefs: 'type Query { rows: [Row] fail(n: Int): String } type Row { fail(n: Int): String }',
    resolvers: { Query: { rows: () => [{}, {}], fail }, Row: { fail } },
  });
}

const CONTEXT = {} as Context;

async function answersOf(schema: ReturnType<typeof schemaOf>): Promise<string[]> {
  const execute = createExecute(schema);
  const document = parse(QUERY);
  const operation = { queryHash: 'one', document, operationName: undefined, variables: {}, context: CONTEXT };
  const answers: string[] = [];
  for (let run = 0; run < 6; run += 1) answers.push(JSON.stringify(await execute(operation)));
  return answers;
}

describe('the errors of an operation', () => {
  it('are in the order of the document, whichever field had to wait longest', async () => {
    let calls = 0;
    const schema = schemaOf((n) => {
      calls += 1;
      return new Promise((resolve) => setTimeout(resolve, (calls * 7 + n * 3) % 10));
    });
    const [first = '', ...others] = await answersOf(schema);
    expect(others).toEqual(others.map(() => first));
    const { errors } = JSON.parse(first) as { errors: { path: unknown[] }[] };
    expect(errors.map(({ path }) => path.join('.'))).toEqual([
      'rows.0.b',
      'rows.1.b',
      'rows.0.a',
      'rows.1.a',
      'z',
      'rows.0.c',
      'rows.1.c',
    ]);
  });

  it('are in the order of graphql-js where nothing had to wait', async () => {
    const schema = schemaOf((n) => (n % 2 === 0 ? null : Promise.resolve()));
    const expected = JSON.stringify(await interpret({ schema, document: parse(QUERY) }));
    expect(await answersOf(schema)).toEqual(Array.from({ length: 6 }, () => expected));
  });
});
