import { readFileSync } from 'node:fs';

import { ESLint } from 'eslint';
import { describe, expect, it } from 'vitest';

const ROOT = new URL('../../', import.meta.url).pathname;

/** The import rules alone: without type information, a file takes milliseconds. */
const eslint = new ESLint({ cwd: ROOT, overrideConfigFile: 'eslint/architecture.js' });

/** What the rules say of a file whose source would be this. */
async function lint(filePath: string, code: string): Promise<string[]> {
  const [result] = await eslint.lintText(code, { filePath: `${ROOT}${filePath}` });
  return (result?.messages ?? []).map(({ ruleId, message }) => `${ruleId ?? 'parser'}: ${message}`);
}

/** A name, then a file, a source that breaks a rule there, and a part of what the rule says. */
type Case = [name: string, [filePath: string, code: string, message: string]];

const ONE_WAY = 'boundaries/dependencies: ';
const CYCLE = 'architecture/no-cycle: ';

describe('the import rules reject', () => {
  it.each<Case>([
    ['an import that points up', ['src/mx/errors.ts', "import '../server.js';", ONE_WAY]],
    [
      'a type-only import that points up',
      ['src/cache/mx-cache.ts', "import type { A } from '../graphql/loaders.js';", ONE_WAY],
    ],
    ['a re-export that points up', ['src/mx/errors.ts', "export * from '../status/status.js';", ONE_WAY]],
    [
      'a dynamic import that points up',
      ['src/mx/errors.ts', "await import('../status/status.js');", ONE_WAY],
    ],
    [
      'an import of another part on the same floor',
      ['src/http/page.ts', "import '../live/stream.js';", "'http' imports only itself"],
    ],
    ['Redis in the interfaces', ['src/backplane/store.ts', "import './redis/store.js';", ONE_WAY]],
    ['mx that imports ours', ['src/mx/parse.ts', "import type { A } from '../status/table.js';", ONE_WAY]],
    ['config that imports ours', ['src/config/config.ts', "import '../errors/api-error.js';", ONE_WAY]],
    [
      'a sandbox that imports ours',
      ['src/sandbox/guid.ts', "import type { A } from '../mx/types.js';", ONE_WAY],
    ],
    [
      'an import up inside the sandbox',
      ['src/sandbox/model/state.ts', "import '../api/oauth.js';", "'sandbox-model' imports only"],
    ],
    [
      'a status table that imports ours',
      ['src/status/table.ts', "import type { A } from './throttle.js';", 'table imports nothing'],
    ],
    [
      'part of Node in what browsers load',
      ['src/status/status.ts', "import 'node:crypto';", 'also runs in browsers'],
    ],
    ['a package in what browsers load', ['src/status/table.ts', "import 'zod';", 'also runs in browsers']],
    [
      'a file that browsers do not load',
      ['src/status/status.ts', "import './change.js';", 'also runs in browsers'],
    ],
    [
      'a status that runs code of mx',
      ['src/status/observed-member.ts', "import '../mx/client.js';", 'types of mx/ only'],
    ],
    [
      'generated types outside of graphql',
      ['src/live/stream.ts', "import type { A } from '../generated/resolvers-types.js';", 'Only graphql/'],
    ],
    [
      'generated code at run time',
      ['src/graphql/schema.ts', "import '../generated/resolvers-types.js';", 'has types only'],
    ],
    [
      'a cache that knows the viewer',
      ['src/cache/mx-cache.ts', "import '../auth.js';", 'nothing of the client'],
    ],
    [
      'a cache that knows the errors of the graph',
      ['src/cache/mx-cache.ts', "import '../errors/api-error.js';", 'nothing of the client'],
    ],
    [
      'a backplane that knows them',
      ['src/backplane/redis/store.ts', "import '../../errors/api-error.js';", 'nothing of the client'],
    ],
    ['a server that has the sandbox', ['src/server.ts', "import './sandbox/sandbox.js';", 'Only main.ts']],
    [
      'settings that a part reads by itself',
      ['src/http/app.ts', "import { readSettings } from '../config/config.js';", 'Settings are passed'],
    ],
    [
      'a second owner of the Redis driver',
      ['src/backplane/redis/bus.ts', "import 'ioredis';", 'the Redis driver'],
    ],
    ['metrics defined elsewhere', ['src/cache/mx-cache.ts', "import 'prom-client';", 'defines metrics']],
    [
      'spans created elsewhere',
      ['src/telemetry/metrics.ts', "import '@opentelemetry/api';", 'creates spans'],
    ],
    ['tests in the product', ['src/server.ts', "import '../test/support/wait-for.js';", 'outside of src/']],
    [
      'the page in the server',
      ['src/http/page.ts', "import '../../web/src/api/session.js';", 'outside of src/'],
    ],
    [
      'the server in the page',
      ['web/src/api/client.ts', "import type { A } from '../../../src/status/status.js';", 'outside of web/'],
    ],
    [
      'an import up in the page',
      ['web/src/api/client.ts', "import type { A } from '../panel/use-action.js';", ONE_WAY],
    ],
    ['a cycle', ['src/mx/errors.ts', "import './client.js';", CYCLE]],
    ['a cycle of types', ['src/mx/types.ts', "import type { A } from './parse.js';", CYCLE]],
    [
      'a cycle by the type of an import',
      ['src/mx/types.ts', "type A = import('./parse.js').B; export type { A };", CYCLE],
    ],
    [
      'a cycle of types in the page',
      ['web/src/api/session.ts', "import type { A } from './client.js';", CYCLE],
    ],
    ['a loose file without a place', ['src/utils.ts', 'export {};', 'boundaries/no-unknown-files: ']],
    ['a folder without a floor', ['src/helpers/a.ts', 'export {};', 'boundaries/no-unknown-files: ']],
    [
      'a folder of the page without one',
      ['web/src/shared/a.ts', 'export {};', 'boundaries/no-unknown-files: '],
    ],
    ['the environment outside of config', ['src/main.ts', 'process.env.PORT;', 'no-restricted-properties: ']],
    [
      'the environment by import',
      ['src/main.ts', "import { env } from 'node:process'; env;", 'reads the environment'],
    ],
    [
      'a timer in a file that owns none',
      ['src/live/stream.ts', 'setTimeout(() => {}, 1);', 'no-restricted-globals: '],
    ],
    [
      'a pause in a file that owns none',
      [
        'src/live/stream.ts',
        "import { setTimeout as wait } from 'node:timers/promises'; wait(1);",
        'no-restricted-imports: ',
      ],
    ],
  ])('%s', async (_, [filePath, code, message]) => {
    const messages = await lint(filePath, code);
    expect(messages.filter((one) => one.includes(message))).not.toEqual([]);
  });
});

describe('the import rules accept', () => {
  it.each([
    ['an import that points down', 'src/server.ts', "import './mx/client.js';"],
    ['a neighbour', 'src/mx/client.ts', "import './transport.js';"],
    ['status with types of mx', 'src/status/history.ts', "import type { A } from '../mx/types.js';"],
    [
      'generated types in graphql',
      'src/graphql/schema.ts',
      "import type { A } from '../generated/resolvers-types.js';",
    ],
    ['main with the sandbox', 'src/main.ts', "import './sandbox/sandbox.js';"],
    ['types of settings', 'src/http/app.ts', "import type { A } from '../config/config.js';"],
    ['Redis over the interfaces', 'src/backplane/redis/store.ts', "import '../store.js';"],
    ['the owner of the Redis driver', 'src/backplane/redis/client.ts', "import 'ioredis';"],
    ['timers where they belong', 'src/http/timers.ts', 'setInterval(() => {}, 1);'],
  ])('%s', async (_, filePath, code) => {
    expect(await lint(filePath, code)).toEqual([]);
  });
});

describe('the generated types', () => {
  it('import types only', () => {
    const source = readFileSync(`${ROOT}src/generated/resolvers-types.ts`, 'utf8');
    expect(source.match(/^import (?!type )/gm)).toBeNull();
  });
});
