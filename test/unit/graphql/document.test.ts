import { buildSchema } from 'graphql';
import { describe, expect, it } from 'vitest';

import { createPrepareDocument } from '../../../src/graphql/document.js';
import type { PreparedOperation, InvalidDocument } from '../../../src/graphql/document.js';

const SCHEMA = buildSchema(`
  type Query { word(of: String): String, inner: Query }
  type Mutation { say(word: String): String }
  type Subscription { words: String }
`);
const prepare = createPrepareDocument(SCHEMA);

function prepared(outcome: PreparedOperation | InvalidDocument): PreparedOperation {
  if ('errors' in outcome) throw new Error(JSON.stringify(outcome.errors));
  return outcome;
}

const codesOf = (outcome: PreparedOperation | InvalidDocument) =>
  'errors' in outcome ? outcome.errors.map(({ extensions }) => extensions?.['code']) : null;

describe('a valid document', () => {
  it('is parsed and validated only once', () => {
    const [first, second] = [prepared(prepare('{ word }')), prepared(prepare('{ word }'))];
    expect(second.document).toBe(first.document);
    expect(first.queryHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is cached when it is a subscription', () => {
    const query = 'subscription { words }';
    expect(prepared(prepare(query)).document).toBe(prepared(prepare(query)).document);
  });

  it('is not cached if it contains a mutation, because it may contain a secret', () => {
    const query = 'query A { word } mutation B { say(word: "secret") }';
    expect(prepared(prepare(query, 'A')).document).not.toBe(prepared(prepare(query, 'A')).document);
  });

  it('is prepared with the named operation, or with its only one', () => {
    const query = 'query A { word } subscription B { words }';
    expect(prepared(prepare(query, 'A')).operation.operation).toBe('query');
    expect(prepared(prepare(query, 'B')).operation.operation).toBe('subscription');
    expect(prepared(prepare('query A { word }')).operation.name?.value).toBe('A');
  });

  it('is evicted after a thousand others, and prepared again with the same result', () => {
    const first = prepared(prepare('{ word(of: "0") }')).document;
    for (let at = 1; at < 1_000; at += 1) prepared(prepare(`{ word(of: "${at}") }`));
    const again = prepared(prepare('{ word(of: "0") }')).document;
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  it('is evicted early by large documents, because the cache is bounded by size', () => {
    const own = createPrepareDocument(SCHEMA);
    const first = prepared(own('{ inner { word } }'));
    for (let at = 0; at < 40; at += 1) prepared(own(`{ x${at}: word } \n${'#\n'.repeat(7_000)}`));
    expect(prepared(own('{ inner { word } }')).document).not.toBe(first.document);
  });
});

describe('an invalid document', () => {
  it('is rejected when a condition on the root of a subscription makes graphql-js fail to validate it', () => {
    const query = 'subscription ($a: Boolean!) { words @include(if: $a) }';
    expect(codesOf(prepare(query))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it.each([
    ['is not GraphQL', '{ word', 'GRAPHQL_PARSE_FAILED'],
    ['is empty', '', 'GRAPHQL_PARSE_FAILED'],
    ['is blank', ' \n ', 'GRAPHQL_PARSE_FAILED'],
    ['is only a comment', '# hello', 'GRAPHQL_PARSE_FAILED'],
    ['exceeds the token limit', `{ ${'word '.repeat(2_001)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['nests beyond the parser', '{inner'.repeat(5_000), 'GRAPHQL_PARSE_FAILED'],
    ['selects an unknown field', '{ wurd }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'exceeds the depth limit',
      `${'{ inner '.repeat(13)}{ word }${' }'.repeat(13)}`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('is rejected when it %s', (_, query, code) => {
    expect(codesOf(prepare(query))).toEqual([code]);
  });

  it('is rejected with at most five errors, and a note that there are more', () => {
    expect(codesOf(prepare('{ a b c d e f g }'))).toHaveLength(6);
  });

  it.each<[string, string, string | null]>([
    ['no operation has the given name', '{ word }', 'B'],
    ['it has several operations and no name is given', 'query A { word } query B { word }', null],
  ])('is rejected when %s', (_, query, name) => {
    expect(codesOf(prepare(query, name))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
  });

  it('is rejected with the same errors the second time', () => {
    expect(prepare('{ wurd }')).toEqual(prepare('{ wurd }'));
  });

  it('is rejected without suggesting schema names and without repeating its values', () => {
    const messages = JSON.stringify([
      prepare('{ wordz }'),
      prepare('mutation { say(word: 5555) }'),
      prepare('{ "hush" }'),
    ]);
    expect(messages).not.toMatch(/Did you mean|5555|hush/);
  });
});
