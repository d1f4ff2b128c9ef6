/** A document that was answered wrongly once, with the variables and operations to ask for. */
export interface ParityRow {
  readonly name: string;
  readonly query: string;
  readonly asked: readonly (readonly [variables: Record<string, unknown>, operationName?: string])[];
  /** Whether graphql-js must answer each time. */
  readonly isInterpreted?: boolean;
}

const BOTH = [true, false].flatMap((a) => [true, false].map((b) => [{ a, b }] as const));

const shared = (fragment: string) => `query A($c: Boolean!) { ...F @include(if: $c) ...F }
  query B($c: Boolean!) { ...F } query C { ...G locales } ${fragment} fragment G on Query { locales viewer { id } }`;

export const PARITY_ROWS: readonly ParityRow[] = [
  {
    name: 'a fragment spread twice under two conditions',
    query: `query Q($a: Boolean!, $b: Boolean!) { viewer { id ...F @include(if: $a) ...F @skip(if: $b) } }
      fragment F on User { guid }`,
    asked: BOTH,
  },
  {
    name: 'a fragment that spreads another one twice under two conditions',
    query: `query Q($a: Boolean!, $b: Boolean!) { viewer { ...F } viewer { ...F @skip(if: $a) } }
      fragment F on User { ...G @include(if: $a) ...G @skip(if: $b) id }
      fragment G on User { guid members { guid phase } }`,
    asked: BOTH,
  },
  {
    name: 'a field with and without a condition',
    query: `query Q($a: Boolean!) { viewer { members @include(if: $a) { guid } members { phase } } }`,
    asked: [[{ a: true }], [{ a: false }]],
  },
  {
    name: 'a field whose first mention is left out takes its place by the second',
    query: 'query Q($c: Boolean!) { locales @skip(if: $c) __typename locales }',
    asked: [[{ c: true }], [{ c: false }]],
  },
  {
    name: 'a field whose first mention is left out literally',
    query: '{ locales @include(if: false) __typename locales viewer { id @skip(if: true) } }',
    asked: [[{}]],
  },
  {
    name: 'both directives on one field',
    query: `query Q($a: Boolean!, $b: Boolean!) { locales @include(if: $a) @skip(if: $b)
      viewer @skip(if: $a) @include(if: $b) { id } __typename }`,
    asked: BOTH,
  },
  {
    name: 'operations that share a fragment, asked for in turn',
    query: shared('fragment F on Query { locales viewer { guid } }'),
    asked: [
      [{ c: false }, 'A'],
      [{ c: true }, 'B'],
      [{ c: true }, 'A'],
      [{}, 'C'],
      [{ c: false }, 'B'],
    ],
  },
  {
    name: 'operations that share a fragment with a condition',
    query: shared('fragment F on Query { __typename locales @include(if: $c) viewer { guid } }'),
    asked: [
      [{ c: false }, 'A'],
      [{ c: false }, 'B'],
      [{ c: true }, 'A'],
      [{}, 'C'],
      [{ c: true }, 'B'],
    ],
  },
  {
    name: 'a fragment under several type conditions',
    query: `query Q($a: Boolean!) { node(id: "1") { ... on User { ...F } ... on Member { ...F @skip(if: $a) guid }
      ...F @include(if: $a) ... on Node { ...F } } } fragment F on Node { id __typename }`,
    asked: [[{ a: true }], [{ a: false }]],
  },
  {
    name: 'conditions within the types of an interface',
    query: `query Q($a: Boolean!) { viewer { members { challenges { __typename guid @skip(if: $a)
      ... on OptionsChallenge @include(if: $a) { label options { value } } ... on Challenge { label } } } } }`,
    asked: [[{ a: true }], [{ a: false }]],
  },
  {
    name: 'an object of which nothing is left',
    query: 'query Q($a: Boolean!) { viewer { members { guid @include(if: $a) } } }',
    asked: [[{ a: true }], [{ a: false }]],
  },
  {
    name: 'a default of a condition',
    query:
      'query Q($a: Boolean = true, $b: Boolean! = false) { viewer { guid @skip(if: $b) } locales @include(if: $a) }',
    asked: [[{}], [{ a: false }], [{ a: true, b: false }], [{ b: true }]],
    isInterpreted: true,
  },
  {
    name: 'a condition of a wrong type',
    query: 'query Q($a: Boolean!) { locales @include(if: $a) __typename }',
    asked: [[{ a: 'yes' }], [{}], [{ a: null }], [{ a: 1 }]],
    isInterpreted: true,
  },
  {
    name: 'more conditions than are compiled',
    query: `query Q($a: Boolean!, $b: Boolean!, $c: Boolean!, $d: Boolean!) { locales @include(if: $a)
      a: __typename @skip(if: $b) viewer @skip(if: $c) { id } ...F @include(if: $d) }
      fragment F on Query { viewer { guid } }`,
    asked: [[{ a: true, b: true, c: false, d: true }], [{ a: false, b: false, c: true, d: true }]],
    isInterpreted: true,
  },
  {
    name: 'null for an argument that may be null and has a default',
    query: 'query Q($n: Int = 5) { institutions(search: "a", first: $n) { totalCount } }',
    asked: [[{}], [{ n: null }], [{ n: 7 }]],
  },
  {
    name: 'an alias that would be the prototype of an object',
    query: '{ viewer { member(guid: "two") { __proto__: name name } } __proto__: __typename }',
    asked: [[{}]],
    isInterpreted: true,
  },
  {
    name: 'aliases of which two paths are joined to the same name',
    query: '{ a_viewer: viewer { guid } viewer { a: member(guid: "1") { guid } } viewer_a: locales }',
    asked: [[{}]],
    isInterpreted: true,
  },
  {
    name: 'a string that graphql-jit takes for a sign of its own',
    query: `{ viewer { a: member(guid: "__MAGIC_NAN__57f286b9_4c20_487f_b409_79804ddcb4f8") { guid }
      b: member(guid: """__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d0""") { guid } } }`,
    asked: [[{}]],
    isInterpreted: true,
  },
  {
    name: 'a variable of a @oneOf type with two fields, with none, or with null',
    query: 'query Q($by: MemberBy!) { member(by: $by) { guid } }',
    asked: [[{ by: { guid: '1', id: '2' } }], [{ by: {} }], [{ by: { guid: null } }], [{ by: null }]],
    isInterpreted: true,
  },
  {
    name: 'a variable of a @oneOf type',
    query: 'query Q($by: MemberBy!) { member(by: $by) { guid } }',
    asked: [[{ by: { guid: '1' } }], [{ by: { id: '2' } }]],
  },
];
