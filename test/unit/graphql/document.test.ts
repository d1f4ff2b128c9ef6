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

describe('a document that fits', () => {
  it('is prepared once, whoever asks', () => {
    const [first, second] = [prepared(prepare('{ word }')), prepared(prepare('{ word }'))];
    expect(second.document).toBe(first.document);
    expect(first.queryHash).toMatch(/^[0-9a-f]{64}$/);
  });

  it('is kept when it subscribes', () => {
    const query = 'subscription { words }';
    expect(prepared(prepare(query)).document).toBe(prepared(prepare(query)).document);
  });

  it('is not kept when any of its operations is a mutation, for it may have a secret written into it', () => {
    const query = 'query A { word } mutation B { say(word: "secret") }';
    expect(prepared(prepare(query, 'A')).document).not.toBe(prepared(prepare(query, 'A')).document);
  });

  it('gives the operation that is meant', () => {
    const query = 'query A { word } subscription B { words }';
    expect(prepared(prepare(query, 'A')).operation.operation).toBe('query');
    expect(prepared(prepare(query, 'B')).operation.operation).toBe('subscription');
    expect(prepared(prepare('query A { word }')).operation.name?.value).toBe('A');
  });

  it('is still right after a thousand others, which are not all kept', () => {
    const first = prepared(prepare('{ word(of: "0") }')).document;
    for (let at = 1; at < 1_000; at += 1) prepared(prepare(`{ word(of: "${at}") }`));
    const again = prepared(prepare('{ word(of: "0") }')).document;
    expect(again).not.toBe(first);
    expect(again).toEqual(first);
  });

  it('is forgotten early when there are many large ones: what is kept is bounded by its size', () => {
    const own = createPrepareDocument(SCHEMA);
    const first = prepared(own('{ inner { word } }'));
    for (let at = 0; at < 40; at += 1) prepared(own(`{ x${at}: word } \n${'#\n'.repeat(7_000)}`));
    expect(prepared(own('{ inner { word } }')).document).not.toBe(first.document);
  });
});

describe('a document that does not fit', () => {
  it('has a condition with a variable on the root of a subscription, which fails the validation of graphql-js', () => {
    const query = 'subscription ($a: Boolean!) { words @include(if: $a) }';
    expect(codesOf(prepare(query))).toEqual(['GRAPHQL_VALIDATION_FAILED']);
  });

  it.each([
    ['is no GraphQL', '{ word', 'GRAPHQL_PARSE_FAILED'],
    ['is empty', '', 'GRAPHQL_PARSE_FAILED'],
    ['is blank', ' \n ', 'GRAPHQL_PARSE_FAILED'],
    ['is a comment', '# hello', 'GRAPHQL_PARSE_FAILED'],
    ['has too many tokens', `{ ${'word '.repeat(2_001)} }`, 'GRAPHQL_PARSE_FAILED'],
    ['nests beyond the parser', '{inner'.repeat(5_000), 'GRAPHQL_PARSE_FAILED'],
    ['asks for what is not there', '{ wurd }', 'GRAPHQL_VALIDATION_FAILED'],
    ['nests too deep', `${'{ inner '.repeat(13)}{ word }${' }'.repeat(13)}`, 'GRAPHQL_VALIDATION_FAILED'],
  ])('because it %s is told so', (_, query, code) => {
    expect(codesOf(prepare(query))).toEqual([code]);
  });

  it('is told at most five faults, and that there are more', () => {
    expect(codesOf(prepare('{ a b c d e f g }'))).toHaveLength(6);
  });

  it.each<[string, string, string | null]>([
    ['no operation has the name', '{ word }', 'B'],
    ['it does not say which of several', 'query A { word } query B { word }', null],
  ])('because %s is told so', (_, query, name) => {
    expect(codesOf(prepare(query, name))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
  });

  it('is told again when it comes again', () => {
    expect(prepare('{ wurd }')).toEqual(prepare('{ wurd }'));
  });

  it('is told without the names of the schema and the values that it has', () => {
    const said = JSON.stringify([
      prepare('{ wordz }'),
      prepare('mutation { say(word: 5555) }'),
      prepare('{ "hush" }'),
    ]);
    expect(said).not.toMatch(/Did you mean|5555|hush/);
  });
});
