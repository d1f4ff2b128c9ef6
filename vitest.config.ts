import { defineConfig } from 'vitest/config';
import type { TestProjectConfiguration } from 'vitest/config';

/** Suites whose tests are independent: their files run side by side and share the modules that a worker has loaded. */
const shared = (name: string): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    isolate: false,
    sequence: { groupOrder: 0 },
  },
});

/** Suites that start processes of their own, which take all cores: they run file by file, and after the others unless `npm test` starts them. */
const alone = (name: string, groupOrder: number): TestProjectConfiguration => ({
  extends: true,
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    isolate: false,
    maxWorkers: 1,
    sequence: { groupOrder },
  },
});

export default defineConfig({
  // Vite resolves graphql's ES build where Node, and so every package, resolves the other: two copies of it do not work together.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    testTimeout: 30_000,
    hookTimeout: 30_000,
    maxWorkers: 3,
    coverage: {
      provider: 'v8',
      include: ['src/**/*.ts'],
      exclude: ['src/generated/**'],
      reporter: ['text-summary', 'json-summary'],
      thresholds: { lines: 95, statements: 94, branches: 90, functions: 94 },
    },
    projects: [
      ...['unit', 'sandbox', 'contract', 'e2e'].map(shared),
      alone('browser', 1),
      alone('faults', 2),
    ],
  },
});
