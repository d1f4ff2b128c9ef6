import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Vite would take graphql's ES build where Node, and so every package, takes the other: two of it know nothing of each other.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 20_000,
    hookTimeout: 20_000,
  },
});
