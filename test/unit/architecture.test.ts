import ts from 'typescript';
import { describe, expect, it } from 'vitest';

import { faultsOf, isPlaced, placeOf } from './architecture-rules.js';
import { importsOf, readSource, sourceFiles } from './imports.js';
import type { Import } from './imports.js';

const FILES = sourceFiles();
const IMPORTS = FILES.flatMap((path) => importsOf(path, readSource(path)));

/** The files whose code, comments aside, has a name in it. */
function filesWith(isMeant: (node: ts.Node) => boolean): string[] {
  return FILES.filter((path) => {
    let isFound = false;
    const visit = (node: ts.Node): void => {
      isFound ||= isMeant(node);
      if (!isFound) ts.forEachChild(node, visit);
    };
    visit(ts.createSourceFile(path, readSource(path), ts.ScriptTarget.ES2023, true));
    return isFound;
  });
}

const arrow = (from: string, to: string, more: Partial<Import> = {}): Import => ({
  from,
  to,
  isOurs: true,
  isTypeOnly: false,
  ...more,
});

describe('the imports of src', () => {
  it('are found: files import each other, and files that are there', () => {
    expect(FILES.length).toBeGreaterThan(30);
    const ours = IMPORTS.filter(({ isOurs }) => isOurs);
    expect(ours.length).toBeGreaterThan(100);
    expect(ours.filter(({ to }) => !FILES.includes(to))).toEqual([]);
    expect(ours).toContainEqual(arrow('server.ts', 'transports/http.ts'));
    expect(ours).toContainEqual(arrow('graphql/loaders.ts', 'cache/mx-cache.ts', { isTypeOnly: true }));
  });

  it('come from files that have a place in the house', () => {
    expect(FILES.filter((path) => !isPlaced(path))).toEqual([]);
  });

  it('point down, and keep the other rules of the house', () => {
    expect(IMPORTS.flatMap(faultsOf)).toEqual([]);
  });
});

describe('the rules of the house', () => {
  it.each([
    ['an arrow that points up', arrow('mx/client.ts', 'server.ts')],
    [
      'an arrow that points up by types only',
      arrow('cache/cache.ts', 'graphql/schema.ts', { isTypeOnly: true }),
    ],
    ['reads that know who asks', arrow('cache/mx-cache.ts', 'auth.ts')],
    ['a backplane that knows the cache', arrow('backplane/store.ts', 'cache/cache.ts')],
    ['a status that knows the errors', arrow('status/status.ts', 'errors/api-error.ts')],
    ['the upstream client knowing statuses', arrow('mx/parse.ts', 'status/table.ts')],
    ['a table that imports', arrow('status/table.ts', 'status/status.ts')],
    ['a status that runs the upstream client', arrow('status/status.ts', 'mx/client.ts')],
    ['generated code that runs something', arrow('generated/resolvers-types.ts', 'graphql/context.ts')],
    ['settings fetched from below', arrow('http/app.ts', 'config/config.ts')],
    ['the product using the sandbox', arrow('server.ts', 'sandbox/sandbox.ts')],
    [
      'the sandbox using the product',
      arrow('sandbox/api/serializers.ts', 'mx/types.ts', { isTypeOnly: true }),
    ],
    ['a second owner of the Redis driver', arrow('backplane/redis/bus.ts', 'ioredis', { isOurs: false })],
    ['metrics that are counted anywhere', arrow('cache/mx-cache.ts', 'prom-client', { isOurs: false })],
    ['spans that are made anywhere', arrow('telemetry/metrics.ts', '@opentelemetry/api', { isOurs: false })],
    [
      'reads that know the telemetry',
      arrow('backplane/store.ts', 'telemetry/metrics.ts', { isTypeOnly: true }),
    ],
  ])('forbid %s', (_, one) => {
    expect(faultsOf(one)).not.toEqual([]);
  });

  it.each([
    ['an arrow that points down', arrow('server.ts', 'mx/client.ts')],
    ['neighbours', arrow('mx/client.ts', 'mx/transport.ts')],
    [
      'statuses knowing the types of MX',
      arrow('status/observed-member.ts', 'mx/types.ts', { isTypeOnly: true }),
    ],
    [
      'types from generated code',
      arrow('graphql/resolvers/user.ts', 'generated/resolvers-types.ts', { isTypeOnly: true }),
    ],
    ['main having the sandbox', arrow('main.ts', 'sandbox/sandbox.ts')],
    ['the one owner of the Redis driver', arrow('backplane/redis/client.ts', 'ioredis', { isOurs: false })],
    ['what defines metrics', arrow('telemetry/metrics-process.ts', 'prom-client', { isOurs: false })],
  ])('allow %s', (_, one) => {
    expect(faultsOf(one)).toEqual([]);
  });

  it('see an import in each of its forms, and whether it is of types only', () => {
    const text = `
      import { a } from './a.js';
      import type { B } from '../mx/types.js';
      export { c } from './c.js';
      export type * from './d.js';
      import './e.js';
      import { type F } from './f.js';
      import { g } from 'pino';
      const h = await import('./h.js');
      // import { i } from './i.js';
    `;
    const found = importsOf('status/x.ts', text).map(({ to, isTypeOnly }) => [to, isTypeOnly]);
    expect(Object.fromEntries(found)).toEqual({
      'status/a.ts': false,
      'mx/types.ts': true,
      'status/c.ts': false,
      'status/d.ts': true,
      'status/e.ts': false,
      'status/f.ts': false,
      pino: false,
      'status/h.ts': false,
    });
  });
});

describe('the sources', () => {
  it('read the environment in config.ts only', () => {
    const readsEnv = (node: ts.Node) =>
      (ts.isPropertyAccessExpression(node) && node.name.text === 'env') ||
      (ts.isStringLiteral(node) && node.text === 'env');
    expect(filesWith(readsEnv)).toEqual(['config/config.ts']);
  });

  it('own timers only where time is somebody’s business', () => {
    const isTimer = (node: ts.Node) =>
      (ts.isIdentifier(node) && ['setTimeout', 'setInterval'].includes(node.text)) ||
      (ts.isStringLiteral(node) && /^(node:)?timers(\/promises)?$/.test(node.text));
    const owners = filesWith(isTimer).filter((path) => placeOf(path) !== 'sandbox');
    const mayOwn = (path: string) =>
      path.startsWith('mx/') ||
      [
        'mutations/create-member.ts',
        'http/timers.ts',
        'http/health.ts',
        'main.ts',
        'backplane/redis/client.ts',
        'cache/leases.ts',
        'live/watcher.ts',
      ].includes(path);
    expect(owners.filter((path) => !mayOwn(path))).toEqual([]);
    expect(owners).toContain('main.ts');
  });

  it('have at most 250 lines each, generated ones aside', () => {
    const isLong = (path: string) => readSource(path).trimEnd().split('\n').length > 250;
    expect(FILES.filter((path) => placeOf(path) !== 'generated').filter(isLong)).toEqual([]);
  });

  it('have no default exports', () => {
    expect(
      filesWith(
        (node) =>
          ts.isExportAssignment(node) ||
          (node.kind === ts.SyntaxKind.DefaultKeyword && ts.isFunctionDeclaration(node.parent)),
      ),
    ).toEqual([]);
  });
});

describe('status/status.ts, which also runs in browsers', () => {
  it('needs nothing at run time but files beside it: no part of Node, no package', () => {
    const needed = new Set(['status/status.ts']);
    for (const path of needed) {
      const atRunTime = IMPORTS.filter(({ from, isTypeOnly }) => from === path && !isTypeOnly);
      for (const { to } of atRunTime) needed.add(to);
    }
    expect([...needed]).toContain('status/table.ts');
    expect([...needed].filter((path) => !path.startsWith('status/'))).toEqual([]);
  });
});
