import { describe, expect, it } from 'vitest';

import { compareSchemas } from '../../../scripts/check-schema.js';

const SDL = 'type Query { name: String, kind: Kind } enum Kind { ONE }';
const WITHOUT_NAME = 'type Query { kind: Kind } enum Kind { ONE }';
const WITH_NEW_VALUE = 'type Query { name: String, kind: Kind } enum Kind { ONE TWO }';

describe('the check of the schema', () => {
  it('finds nothing in an equal schema', () => {
    const changes = compareSchemas({ version: '1.0.0', sdl: SDL }, { version: '1.0.0', sdl: SDL });
    expect(changes).toEqual({ breaking: [], dangerous: [], isAllowed: true });
  });

  it('lists a removed field as breaking and a new enum value as dangerous', () => {
    const release = { version: '1.0.0', sdl: SDL };
    expect(compareSchemas(release, { version: '2.0.0', sdl: WITHOUT_NAME })).toMatchObject({
      breaking: ['Query.name was removed.'],
      dangerous: [],
    });
    expect(compareSchemas(release, { version: '1.1.0', sdl: WITH_NEW_VALUE })).toEqual({
      breaking: [],
      dangerous: ['TWO was added to enum type Kind.'],
      isAllowed: true,
    });
  });

  it.each([
    ['0.1.0', '0.2.0', true],
    ['0.9.0', '1.0.0', true],
    ['1.2.0', '2.0.0', true],
    ['1.2.0', '1.3.0', false],
    ['10.0.0', '10.0.1', false],
  ])('from %s to %s, allows breaking changes: %s', (before, after, isAllowed) => {
    const changes = compareSchemas({ version: before, sdl: SDL }, { version: after, sdl: WITHOUT_NAME });
    expect(changes.isAllowed).toBe(isAllowed);
  });
});
