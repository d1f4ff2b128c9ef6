import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/dependencies.md', () => {
  it('has a reason for each package that ships, and for no other', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| (\S.*?) *\|/gm)];
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(dependencies).sort());
    expect(rows.every(([, , reason]) => (reason ?? '').length > 5)).toBe(true);
  });
});

describe('package-lock.json', () => {
  it('names no registry that the packages were downloaded from', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});
