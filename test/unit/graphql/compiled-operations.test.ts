import { parse, specifiedRules, validate } from 'graphql';
import { describe, expect, it } from 'vitest';

import { CompiledOperations } from '../../../src/graphql/compiled-operations.js';
import type { Context } from '../../../src/graphql/context.js';
import { createExecute } from '../../../src/graphql/execute.js';
import { limitsRule } from '../../../src/graphql/validation-rules.js';
import { freeze } from './parity/compare.js';
import { createStubSchema } from './parity/stub-schema.js';

const schema = createStubSchema();
const CONTEXT = { seed: 1, failures: 0, failing: 'at once' } as unknown as Context;

interface Sent {
  readonly operationName?: string;
  readonly variables?: Record<string, unknown>;
}

/** An operation that a server would accept, in a document that must not be written to. */
function sent(query: string, { operationName, variables = {} }: Sent = {}) {
  const document = parse(query);
  expect(validate(schema, document, [...specifiedRules, limitsRule])).toEqual([]);
  return { queryHash: query, document: freeze(document), operationName, variables };
}

/** Which of `count` executions the compiled form answers. */
function compiledRuns(operations: CompiledOperations, query: string, options: Sent & { count: number }) {
  const operation = sent(query, options);
  return Array.from({ length: options.count }, () => operations.take(operation) !== null);
}

async function answers(query: string, count = 5): Promise<string[]> {
  const execute = createExecute(schema);
  const operation = { ...sent(query), context: CONTEXT };
  const texts: string[] = [];
  for (let run = 0; run < count; run += 1) texts.push(JSON.stringify(await execute(operation)));
  return texts;
}

describe('an operation is compiled', () => {
  it('when a query comes for the third time', () => {
    const operations = new CompiledOperations(schema);
    expect(compiledRuns(operations, '{ locales }', { count: 4 })).toEqual([false, false, true, true]);
  });

  it('at the 101st event of a subscription', () => {
    const operations = new CompiledOperations(schema);
    const runs = compiledRuns(operations, 'subscription { memberStatusChanged { cursor } }', { count: 102 });
    expect(runs.indexOf(true)).toBe(100);
    expect(runs.filter(Boolean)).toHaveLength(2);
  });

  it('again only after ten executions once its fields have failed', () => {
    const operations = new CompiledOperations(schema);
    const operation = sent('{ locales }');
    const isCompiled = () => operations.take(operation) !== null;
    expect([isCompiled(), isCompiled(), isCompiled()]).toEqual([false, false, true]);
    const form = operations.take(operation);
    if (form) operations.pause(form);
    expect(Array.from({ length: 12 }, isCompiled).indexOf(true)).toBe(10);
  });

  it('never if there is a mutation in its document', () => {
    const operations = new CompiledOperations(schema);
    const query = `query Q { locales }
      mutation M { deleteMember(input: { member: { guid: "MBR-1" } }) { deletedMemberId } }`;
    for (const operationName of ['Q', 'M']) {
      expect(compiledRuns(operations, query, { operationName, count: 200 })).not.toContain(true);
    }
  });

  it('for each set of values of three conditions, and never with a fourth', () => {
    const operations = new CompiledOperations(schema);
    const query = (more: string) => `query Q($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) {
      locales @include(if: $a) ...F @skip(if: $b) x: __typename @include(if: $c) ${more} }
      fragment F on Query { __type(name: "Query") { name @include(if: $a) fields(includeDeprecated: $d) { name } } }`;
    const sets = Array.from({ length: 8 }, (_, at) => ({ a: at % 2 > 0, b: at % 4 > 1, c: at > 3, d: true }));
    for (const variables of sets) {
      expect(compiledRuns(operations, query(''), { variables, count: 3 })).toEqual([false, false, true]);
      expect(
        compiledRuns(operations, query('y: __typename @skip(if: $d)'), { variables, count: 9 }),
      ).not.toContain(true);
    }
    // All eight are still there.
    for (const variables of sets) {
      expect(compiledRuns(operations, query(''), { variables, count: 1 })).toEqual([true]);
    }
  });

  it('again after five hundred others have come back', () => {
    const operations = new CompiledOperations(schema);
    const isCompiled = (at: number, count = 3) =>
      compiledRuns(operations, `query Q${at} { locales }`, { count }).at(-1);
    for (let at = 0; at < 500; at += 1) expect(isCompiled(at)).toBe(true);
    expect(isCompiled(0, 1)).toBe(true);
    expect(isCompiled(500)).toBe(true);
    expect(isCompiled(1, 1)).toBe(false);
    expect(isCompiled(0, 1)).toBe(true);
  });

  it('again after larger ones have filled the memory that there is for them', () => {
    const operations = new CompiledOperations(schema);
    const fields = Array.from(
      { length: 28 },
      (_, at) => `a${at}: member(guid: "${at}") { ${'guid '.repeat(16)} }`,
    );
    const isCompiled = (at: number, count: number) =>
      compiledRuns(operations, `query Q${at} { viewer { ${fields.join(' ')} } }`, { count }).at(-1);
    for (let at = 0; at < 70; at += 1) expect(isCompiled(at, 3)).toBe(true);
    expect(isCompiled(69, 1)).toBe(true);
    expect(isCompiled(0, 1)).toBe(false);
  });
});

describe('a document that graphql-jit must not get', () => {
  const MARKER = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d';

  it.each([
    `{ viewer { member(guid: "${MARKER}globalThis.isTakenOver=1") { guid } } }`,
    `{ member(by: { guid: "${MARKER}globalThis.isTakenOver=1" }) { guid } }`,
    `{ viewer { member(guid: """${MARKER}globalThis.isTakenOver=1""") { guid } } }`,
    `{ __type(name: "${MARKER}globalThis.isTakenOver=1") { name } }`,
    `query Q($guid: String = "${MARKER}globalThis.isTakenOver=1") { viewer { member(guid: $guid) { guid } } }`,
  ])('runs no code of a client: %s', async (query) => {
    const [first, ...others] = await answers(query);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(globalThis).not.toHaveProperty('isTakenOver');
  });

  it('does not grow exponentially by fragments that spread each other twice', async () => {
    const links = Array.from(
      { length: 60 },
      (_, at) => `fragment F${at} on __Type { ...F${at + 1} ...G${at} }
      fragment G${at} on __Type { name ...F${at + 1} }`,
    );
    const query = `{ __schema { queryType { ...F0 } } } ${links.join(' ')} fragment F60 on __Type { kind }`;
    const started = performance.now();
    const [first, ...others] = await answers(query);
    expect(new Set(others)).toEqual(new Set([first]));
    expect(first).toContain('"kind":"OBJECT"');
    expect(performance.now() - started).toBeLessThan(5_000);
  });

  it('is planned once: its later executions cost no more than a look-up', () => {
    const operations = new CompiledOperations(schema);
    const document = parse('query Q($a: Boolean!) { a_b: locales @include(if: $a) }');
    const take = (definitions: typeof document.definitions) =>
      operations.take({
        queryHash: 'one',
        document: { ...document, definitions },
        operationName: 'Q',
        variables: { a: true },
      });
    expect(take(document.definitions)).toBeNull();
    // Whoever reads the document a second time finds nothing in it.
    const unreadable = new Proxy([...document.definitions], {
      get: () => {
        throw new Error('read again');
      },
    });
    expect(take(unreadable)).toBeNull();
  });
});

describe('a null variable that has a default', () => {
  const execute = createExecute(schema);

  async function ask(query: string, variables: Record<string, unknown>) {
    const texts = new Set<string>();
    for (let run = 0; run < 10; run += 1) {
      texts.add(JSON.stringify(await execute({ ...sent(query, { variables }), context: CONTEXT })));
    }
    expect([...texts]).toHaveLength(1);
    return JSON.parse([...texts].join()) as unknown;
  }

  const refused = (name: string, type: string) => ({
    errors: [
      {
        message: `Variable "$${name}" must not be null: it is used where "${type}" is expected.`,
        locations: [expect.anything() as unknown],
        extensions: { code: 'BAD_USER_INPUT' },
      },
    ],
  });
  const FRAGMENTS = `fragment F on Query { ...G } fragment G on Query { viewer { member(guid: $v) { guid } } }`;

  it.each<[where: string, query: string, type: string]>([
    ['an argument', 'query Q($v: ID = "1") { node(id: $v) { id } }', 'ID!'],
    ['an argument deep in fragments', `query Q($v: String = "1") { ...F } ${FRAGMENTS}`, 'String!'],
    ['a condition', 'query Q($v: Boolean = true) { locales @include(if: $v) }', 'Boolean!'],
    [
      'a condition of a fragment',
      `query Q($v: Boolean = true) { ...F @skip(if: $v) } fragment F on Query { locales }`,
      'Boolean!',
    ],
    [
      'a field of an input object',
      'mutation Q($v: MemberBy = { guid: "1" }) { deleteMember(input: { member: $v }) { deletedMemberId } }',
      'MemberBy!',
    ],
    [
      'an item of a list',
      `mutation Q($v: CredentialInput = { guid: "1", value: "2" }) {
        createMember(input: { institutionCode: "x", access: { credentials: [$v] } }) { member { guid } } }`,
      'CredentialInput!',
    ],
  ])('is refused in %s', async (_, query, type) => {
    expect(await ask(query, { v: null })).toEqual(refused('v', type));
  });

  it.each<[where: string, query: string]>([
    ['may be null', 'query Q($v: Int = 5) { institutions(search: "a", first: $v) { totalCount } }'],
    ['is left out', `query Q($v: String = "1") { locales ...F @include(if: false) } ${FRAGMENTS}`],
  ])('is no error where it %s', async (_, query) => {
    expect(await ask(query, { v: null })).not.toHaveProperty('errors');
  });

  it('leaves it to graphql-js to tell of another variable of a wrong type', async () => {
    const query =
      'query Q($v: ID = "1", $n: Int) { node(id: $v) { id } institutions(search: "", first: $n) { totalCount } }';
    expect(await ask(query, { v: null, n: 'many' })).toMatchObject({
      errors: [{ message: expect.stringContaining('Variable "$n" got invalid value') as string }],
    });
  });
});
