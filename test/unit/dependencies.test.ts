import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

describe('docs/dependencies.md', () => {
  it('gives a reason for each runtime dependency, and lists no other package', () => {
    const { dependencies } = JSON.parse(read('package.json')) as { dependencies: Record<string, string> };
    const rows = [...read('docs/dependencies.md').matchAll(/^\| `([^`]+)` +\| (\S.*?) *\|/gm)];
    expect(rows.map(([, name]) => name)).toEqual(Object.keys(dependencies).sort());
    expect(rows.every(([, , reason]) => (reason ?? '').length > 5)).toBe(true);
  });
});

describe('package-lock.json', () => {
  it('contains no registry URLs', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});
