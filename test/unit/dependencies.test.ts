import { readFileSync } from 'node:fs';

import { describe, expect, it } from 'vitest';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

type Packages = Readonly<Record<string, string>>;

describe('docs/dependencies.md', () => {
  const [ships = '', development = ''] = read('docs/dependencies.md').split('## In development');
  const { dependencies, devDependencies } = JSON.parse(read('package.json')) as {
    dependencies: Packages;
    devDependencies: Packages;
  };
  /** Packages whose row has a purpose. */
  const namesIn = (table: string) =>
    [...table.matchAll(/^\| `([^`]+)` +\| \S.{5,}?\|/gm)].map(([, name]) => name);

  it('gives a purpose for each runtime dependency, and lists no other package', () => {
    expect(namesIn(ships)).toEqual(Object.keys(dependencies).sort());
  });

  it('gives a purpose for each development dependency', () => {
    expect(Object.keys(devDependencies).filter((name) => !namesIn(development).includes(name))).toEqual([]);
  });
});

describe('package-lock.json', () => {
  it('contains no registry URLs', () => {
    expect(read('package-lock.json')).not.toMatch(/"resolved": "https?:/);
  });
});
