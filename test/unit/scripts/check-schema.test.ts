import { BreakingChangeType } from 'graphql';
import { describe, expect, it } from 'vitest';

import { compareSchemas, toChangelogLines } from '../../../scripts/schema-changes.js';
import type { Release } from '../../../scripts/schema-changes.js';

const SDL = 'type Query { name: String, kind: Kind } enum Kind { ONE }';
const WITHOUT_NAME = 'type Query { kind: Kind } enum Kind { ONE }';
const WITH_NEW_VALUE = 'type Query { name: String, kind: Kind } enum Kind { ONE TWO }';

const release = (sdl: string, version = '0.1.0'): Release => ({ version, sdl });
const compare = (before: string, after: string, changelog = '') =>
  compareSchemas(release(before), release(after), changelog);

/** A changelog whose newest entry has this text. */
const changelog = (text: string) =>
  `# Changes\n\n## 0.2.0\n\n${text}\n\n## 0.1.0\n\n### Changed\n\n- First.\n`;

describe('the check of the schema', () => {
  it('finds nothing in an equal schema', () => {
    expect(compare(SDL, SDL)).toEqual({
      breaking: [],
      dangerous: [],
      unnamed: [],
      vagueDeprecations: [],
      isVersionAllowed: true,
    });
  });

  it('lists a removed field as breaking and a new enum value as dangerous', () => {
    expect(compare(SDL, WITHOUT_NAME)).toMatchObject({
      breaking: [{ coordinate: 'Query.name', description: 'Query.name was removed.' }],
      dangerous: [],
    });
    expect(compare(SDL, WITH_NEW_VALUE)).toMatchObject({
      breaking: [],
      dangerous: ['TWO was added to enum type Kind.'],
    });
  });

  it.each([
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.0', '2.0.0', true],
    ['1.2.0', '1.3.0', false],
    ['10.0.0', '10.0.1', false],
  ])('from %s to %s, allows breaking changes: %s', (before, after, isAllowed) => {
    const changes = compareSchemas(release(SDL, before), release(WITHOUT_NAME, after), '');
    expect(changes.isVersionAllowed).toBe(isAllowed);
  });
});

describe('a breaking change', () => {
  const unnamedIn = (text: string) =>
    compare(SDL, WITHOUT_NAME, text).unnamed.map(({ coordinate }) => coordinate);

  it.each([
    ['under "Changed"', changelog('### Changed\n\n- `Query.name`: use `Query.kind` instead.')],
    ['under "Removed"', changelog('### Added\n\n- More.\n\n### Removed\n\n| `Query.name` | `Query.kind` |')],
  ])('is named %s of the newest entry', (_, text) => {
    expect(unnamedIn(text)).toEqual([]);
  });

  it.each([
    ['nowhere', changelog('### Changed\n\n- Nothing.')],
    ['in an empty changelog', ''],
    ['under another heading', changelog('### Fixed\n\n- `Query.name` is no longer wrong.')],
    [
      'in an older entry',
      `# Changes\n\n## 0.3.0\n\n### Changed\n\n${changelog('### Changed\n\n- `Query.name`')}`,
    ],
    ['without backticks', changelog('### Changed\n\n- Query.name was removed.')],
    ['by its type only', changelog('### Changed\n\n- `Query` has no `name`.')],
    ['by a longer name', changelog('### Changed\n\n- `Query.nameOfBank` was removed.')],
  ])('is not named if it is %s', (_, text) => {
    expect(unnamedIn(text)).toEqual(['Query.name']);
  });

  it('has a line that can be pasted, one for each coordinate', () => {
    const interfaces = 'type Query { a: A } interface M { a: Int } interface N { a: Int }';
    const [before, after] = [
      `${interfaces} type A implements M & N { a: Int }`,
      `${interfaces} type A { a: Int }`,
    ];
    const lines = toChangelogLines(compare(before, after).unnamed);
    expect(lines).toEqual([
      '- `A`: A no longer implements interface M. A no longer implements interface N. Use … instead.',
    ]);
    const { unnamed } = compare(before, after, changelog(`### Changed\n\n${lines.join('\n')}`));
    expect(unnamed).toEqual([]);
  });
});

const ROWS: Readonly<
  Record<BreakingChangeType, readonly [before: string, after: string, coordinate: string]>
> = {
  TYPE_REMOVED: ['type A { a: Int }', '', 'A'],
  TYPE_CHANGED_KIND: ['type A { a: Int }', 'interface A { a: Int }', 'A'],
  TYPE_REMOVED_FROM_UNION: [
    'union U = A | B type A { a: Int } type B { b: Int }',
    'union U = A type A { a: Int } type B { b: Int }',
    'U',
  ],
  VALUE_REMOVED_FROM_ENUM: ['enum E { ONE TWO }', 'enum E { ONE }', 'E.TWO'],
  REQUIRED_INPUT_FIELD_ADDED: ['input I { a: Int }', 'input I { a: Int b: Int! }', 'I.b'],
  IMPLEMENTED_INTERFACE_REMOVED: [
    'interface N { a: Int } type A implements N { a: Int }',
    'interface N { a: Int } type A { a: Int }',
    'A',
  ],
  FIELD_REMOVED: ['type A { a: Int b: Int }', 'type A { a: Int }', 'A.b'],
  FIELD_CHANGED_KIND: ['type A { a: Int! }', 'type A { a: Int }', 'A.a'],
  REQUIRED_ARG_ADDED: ['type A { a: Int }', 'type A { a(b: Int!): Int }', 'A.a(b:)'],
  ARG_REMOVED: ['type A { a(b: Int): Int }', 'type A { a: Int }', 'A.a(b:)'],
  ARG_CHANGED_KIND: ['type A { a(b: Int): Int }', 'type A { a(b: [Int]!): Int }', 'A.a(b:)'],
  DIRECTIVE_REMOVED: ['directive @d on FIELD', '', '@d'],
  DIRECTIVE_ARG_REMOVED: ['directive @d(a: Int) on FIELD', 'directive @d on FIELD', '@d(a:)'],
  REQUIRED_DIRECTIVE_ARG_ADDED: ['directive @d on FIELD', 'directive @d(a: Int!) on FIELD', '@d(a:)'],
  DIRECTIVE_REPEATABLE_REMOVED: ['directive @d repeatable on FIELD', 'directive @d on FIELD', '@d'],
  DIRECTIVE_LOCATION_REMOVED: ['directive @d on FIELD | QUERY', 'directive @d on FIELD', '@d'],
};

describe('each kind of breaking change has the coordinate of what changed', () => {
  const QUERY = 'type Query { q: Int }';

  it.each(Object.entries(ROWS))('%s', (_, [before, after, coordinate]) => {
    const { breaking } = compare(`${QUERY} ${before}`, `${QUERY} ${after}`);
    expect(breaking.map((change) => change.coordinate)).toEqual([coordinate]);
  });

  it('an input type that accepts exactly one field now', () => {
    const input = (directive: string) => `${QUERY} input I ${directive} { a: Int b: Int }`;
    const { breaking } = compare(input(''), input('@oneOf'));
    expect(breaking).toEqual([{ coordinate: 'I', description: 'I accepts exactly one field now.' }]);
    expect(compare(input('@oneOf'), input('@oneOf')).breaking).toEqual([]);
  });

  it('a field that has lost @semanticNonNull', () => {
    const field = (type: string) =>
      `directive @semanticNonNull(levels: [Int!]! = [0]) on FIELD_DEFINITION type Query { a: ${type} }`;
    const kept = field('Int @semanticNonNull');
    expect(compare(kept, field('Int')).breaking).toEqual([
      { coordinate: 'Query.a', description: 'Query.a can be null without an error now.' },
    ]);
    for (const after of [kept, field('Int!')]) expect(compare(kept, after).breaking).toEqual([]);
    expect(compare(field('Int'), kept).breaking).toEqual([]);
    expect(compare(field('Int!'), kept).breaking).toHaveLength(1);
  });

  it('and there are no other kinds', () => {
    expect(Object.keys(ROWS).sort()).toEqual(Object.values(BreakingChangeType).sort());
  });
});

describe('a deprecation', () => {
  const vagueIn = (reason: string) => {
    const deprecated = `@deprecated(reason: "${reason}")`;
    const sdl = `type Query { a(b: Int ${deprecated}): Int ${deprecated} } enum E { ONE ${deprecated} TWO }
      input I { c: Int ${deprecated} d: Int } interface N { e: Int ${deprecated} }`;
    return compare(sdl, sdl).vagueDeprecations;
  };
  const ALL = ['E.ONE', 'I.c', 'Query.a', 'Query.a(b:)', 'N.e'];

  it('names a substitute and a date', () => {
    expect(vagueIn('Use `b` instead. Removed after 2027-06-01.')).toEqual([]);
  });

  it.each(['No longer supported', 'Use `b` instead.', 'Removed after 2027-06-01.', ''])(
    'is vague: %j',
    (reason) => {
      expect(vagueIn(reason)).toEqual(ALL);
    },
  );
});
