import { answeredBy, ask, GOOD_QUERY, JSON_TYPE } from '../support/bad-row.js';
import type { BadRow } from '../support/bad-row.js';

/** Documents that cannot be parsed or are invalid against the schema. */
export const DOCUMENTS: readonly BadRow[] = [
  ...answeredBy('GRAPHQL_VALIDATION_FAILED', 400, {
    'a literal of the wrong type': ask('{ member(by: { guid: 5 }) { guid } }'),
    'a member by both id and guid': ask('{ member(by: { id: "x", guid: "MBR-1" }) { guid } }'),
    'a member by neither id nor guid': ask('{ member(by: {}) { guid } }'),
    'a member by null': ask('{ member(by: { guid: null }) { guid } }'),
    'a member by a variable that may be null': ask('query A($x: ID) { member(by: { id: $x }) { guid } }'),
    'a default with both id and guid': ask(
      'query A($x: MemberBy = { id: "x", guid: "MBR-1" }) { member(by: $x) { guid } }',
    ),
    'a misspelt field': ask('{ viewr { guid } }'),
    'a misspelt argument': ask('{ institutions(search: "", frst: 1) { totalCount } }'),
    'a misspelt type': ask('{ viewer { ... on Usr { guid } } }'),
    'a misspelt fragment': ask('{ viewer { ...Nowhere } }'),
    'a misspelt directive': ask('{ viewer { guid @skp(if: true) } }'),
    'a variable of an unknown type': ask('query A($x: Strng) { viewer { member(guid: $x) { guid } } }'),
    'an undeclared variable': ask('{ viewer { member(guid: $x) { guid } } }'),
    'an object without a selection': ask('{ viewer }'),
    'a scalar with a selection': ask('{ viewer { guid { x } } }'),
    'a fragment that spreads itself': ask('{ viewer { ...A } } fragment A on User { guid ...A }'),
    'one response name for two fields': ask('{ viewer { x: id x: guid } }'),
    'a document without an operation': ask('fragment A on User { guid }'),
    'a type definition': ask('type X { y: Int }'),
    'two operations with one name': ask(`query A ${GOOD_QUERY} query A ${GOOD_QUERY}`, {
      operationName: 'A',
    }),
    'an unknown mutation': ask('mutation { nope }'),
    'an unknown subscription': ask('subscription { nope }'),
  }),
  ...answeredBy('GRAPHQL_PARSE_FAILED', 400, {
    'an unclosed document': ask('{ viewer { guid'),
    'a blank document': ask('   \n\t'),
    'a document with only a comment': ask('# nothing'),
    'a null character': ask('{ viewer { guid \u0000 } }'),
    'an empty selection': ask('{ viewer { } }'),
    'a document that is not GraphQL': ask('SELECT * FROM members'),
  }),
  ...answeredBy('OPERATION_RESOLUTION_FAILURE', 400, {
    'an unknown operation name': ask(`query A ${GOOD_QUERY}`, { operationName: 'B' }),
    'two operations and no operation name': ask(`query A ${GOOD_QUERY} query B ${GOOD_QUERY}`),
  }),
];

const INNER = 'user { member(guid: "MBR-1") { ';
const nested = (levels: number, leaf: string) =>
  `{ viewer { member(guid: "MBR-1") { ${INNER.repeat(levels)}${leaf}${' } }'.repeat(levels)} } } }`;
const aliases = (field: string, names: string, count: number) =>
  Array.from({ length: count }, (_, at) => `${names}${at}: ${field}`).join(' ');
const doubling = (last: string) =>
  Array.from({ length: 18 }, (_, at) => `fragment F${at} on User { ...F${at + 1} ...F${at + 1} }`)
    .concat(`fragment F18 on User { ${last} }`, '{ viewer { ...F0 } }')
    .join(' ');
const CIRCULAR_INTROSPECTION =
  '{ __schema { types { fields { type { fields { type { fields { type { name } } } } } } } } }';
const NESTED_LISTS =
  '{ viewer { members { user { members { user { members { user { members { guid } } } } } } } } }';
const HALF_MEGABYTE = 'x'.repeat(500_001);

/** Documents that would be expensive. Each is rejected before it is executed. */
export const HUGE: readonly BadRow[] = [
  ...answeredBy('GRAPHQL_PARSE_FAILED', 400, {
    '5,000 nested braces': ask('{a'.repeat(5_000)),
    '5,000 nested lists in an argument': ask(`{ a(b: ${'['.repeat(5_000)}`),
    '5,000 nested objects in an argument': ask(`{ a(b: ${'{c:'.repeat(5_000)}`),
    '5,000 nested lists in the type of a variable': ask(`query A($x: ${'['.repeat(5_000)}`),
    'more than 2,000 tokens': ask(`{ viewer { ${'guid '.repeat(2_000)} } }`),
  }),
  ...answeredBy('GRAPHQL_VALIDATION_FAILED', 400, {
    'more than 15,000 characters': ask(`# ${'x'.repeat(15_000)}\n${GOOD_QUERY}`),
    '51 directives': ask(`{ viewer { ${'guid @skip(if: false) '.repeat(51)} } }`),
    'a depth of 13': ask(nested(5, 'institution { name }')),
    'a depth of 13 through a fragment': ask(
      `${nested(5, '...F')} fragment F on Member { institution { name } }`,
    ),
    'a depth of 13 through fragments on an interface': ask(
      `{ node(id: "x") { ... on User { member(guid: "MBR-1") { ${INNER.repeat(5)} name ${' } }'.repeat(5)} } } } }`,
    ),
    '31 aliases': ask(`{ ${aliases('__typename', 'a', 31)} }`),
    '40 aliases in two fragments': ask(
      `{ ...A ...B } fragment A on Query { ${aliases('__typename', 'a', 20)} }
       fragment B on Query { ${aliases('__typename', 'b', 20)} }`,
    ),
    '40 aliases in an introspection query': ask(`{ __schema { ${aliases('types { name }', 'a', 40)} } }`),
    'four nested lists of members': ask(NESTED_LISTS),
    '18 fragments that each spread the next one twice': ask(doubling('members { guid }')),
    'a circular introspection query': ask(CIRCULAR_INTROSPECTION),
  }),
  ...answeredBy('PAYLOAD_TOO_LARGE', 413, {
    'a body of more than a megabyte': ask(`# ${HALF_MEGABYTE}${HALF_MEGABYTE}\n${GOOD_QUERY}`),
    'variables of more than a megabyte': ask(GOOD_QUERY, {
      variables: { a: HALF_MEGABYTE, b: HALF_MEGABYTE },
    }),
    'more than a megabyte of spaces': { headers: JSON_TYPE, body: ' '.repeat(1_000_001) },
  }),
];
