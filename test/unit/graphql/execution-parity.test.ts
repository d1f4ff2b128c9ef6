import { parse } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createExecute } from '../../../src/graphql/execute.js';
import { ask, casesOf, freeze, isWrong, print } from './parity/compare.js';
import type { Asked, Outcome } from './parity/compare.js';
import { PARITY_ROWS } from './parity/rows.js';
import { createStubSchema } from './parity/stub-schema.js';

const schema = createStubSchema();

/** Tells how to see the case again. */
const report = (seed: number, outcome: Outcome) =>
  `PARITY_SEED=${seed} npx vitest run test/unit/graphql/execution-parity.test.ts\n${print(outcome)}\n` +
  `graphql-js: ${outcome.expected}\n${outcome.answers.map((answer) => `answer: ${answer}`).join('\n')}`;

/** Seeds of documents that were answered wrongly by an earlier version of the executor. */
const FORMER_SEEDS = [3, 5, 91, 654, 696, 1111, 1147, 1166, 1486, 1720, 1753, 1895, 1901, 2006, 2141, 2234];

const SEEDS_PER_TEST = 100;
const START = Number(process.env['PARITY_START'] ?? 10_000);
const TESTS = Number(process.env['PARITY_TESTS'] ?? 11);
const REPLAYED = process.env['PARITY_SEED'];

function seedGroups(): number[][] {
  if (REPLAYED !== undefined) return [[Number(REPLAYED)]];
  const groups = Array.from({ length: TESTS }, (_, group) =>
    Array.from({ length: SEEDS_PER_TEST }, (__, at) => START + group * SEEDS_PER_TEST + at),
  );
  return [FORMER_SEEDS, ...groups];
}

describe('random operations are answered as graphql-js answers them, byte for byte and every time', () => {
  const total = { cases: 0, compiled: 0 };

  it.each(seedGroups().map((seeds) => ({ seeds, from: seeds[0], to: seeds.at(-1) })))(
    'seeds $from to $to',
    async ({ seeds }) => {
      const execute = createExecute(schema);
      for (const seed of seeds) {
        const outcomes = await ask(schema, execute, casesOf(schema, seed));
        total.cases += outcomes.length;
        total.compiled += outcomes.filter(({ isCompiled }) => isCompiled).length;
        const wrong = outcomes.filter(isWrong);
        expect(wrong.map((outcome) => report(seed, outcome))).toEqual([]);
      }
    },
    60_000,
  );

  it('most of them in their compiled form', ({ skip }) => {
    if (total.cases < 4_000) skip('Not all of the seeds were asked for.');
    expect(total.compiled / total.cases).toBeGreaterThan(0.6);
  });
});

describe('an operation that was answered wrongly once', () => {
  it.each(PARITY_ROWS)('$name', async ({ query, asked, isInterpreted = false }) => {
    const document = freeze(parse(query));
    const cases = asked.flatMap(([variables, operationName]) =>
      [1, 2, 3, 4, 5].map((seed): Asked => {
        const context = { seed, failures: 0, failing: 'at once' } as const;
        return { query, document, operationName, variables, context };
      }),
    );
    const outcomes = await ask(schema, createExecute(schema), cases);
    expect(outcomes.filter(isWrong).map(print)).toEqual([]);
    if (!isInterpreted) expect(outcomes.filter((outcome) => !outcome.isCompiled).map(print)).toEqual([]);
  });
});
