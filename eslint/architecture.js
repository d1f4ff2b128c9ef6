import boundaries from 'eslint-plugin-boundaries';
import tseslint from 'typescript-eslint';

import { FLOORS, OWN_TIMERS, PARTS, ROLES, SANDBOX_FLOORS, WEB_FLOORS } from './floors.js';
import { noCycle } from './no-cycle.js';

const files = (...categories) => ({ file: { categories } });
/** All files but those, the ones that have no category and the packages included. */
const filesBut = (...categories) => [
  { file: { categories: { noneOf: categories } } },
  { file: { isUnknown: true } },
];
const packages = (source) => ({ module: { origin: 'external', source } });
const coreModules = (source) => ({ module: { origin: 'core', source } });
const OURS = { module: { origin: 'local' } };
const oursBut = (...categories) => filesBut(...categories).map((one) => ({ ...OURS, ...one }));
const VALUES = { kind: 'value' };

/** Forbids a part to import the parts beside it and above it. */
function downOnly(floors, part) {
  const height = floors.findIndex((floor) => floor.includes(part));
  const others = floors.slice(height).flat();
  return {
    from: files(part),
    disallow: { to: files(...others.filter((other) => other !== part)) },
    message: `'${part}' imports only itself and the floors below it, type-only imports included.`,
  };
}

const allDownOnly = (floors) => floors.flat().map((part) => downOnly(floors, part));

/** What holds in all of `src`. */
const COMMON_POLICIES = [
  {
    disallow: { to: oursBut(...FLOORS.flat(), 'generated') },
    message: 'src/ imports nothing of ours that is outside of src/.',
  },
  {
    from: filesBut('graphql'),
    disallow: { to: files('generated') },
    message: 'Only graphql/ imports the generated types.',
  },
  {
    disallow: { to: files('generated'), dependency: VALUES },
    message: 'Generated code has types only: use `import type`.',
  },
  {
    from: filesBut('main', 'sandbox'),
    disallow: { to: files('sandbox') },
    message: 'Only main.ts starts the sandbox.',
  },
  {
    from: filesBut('config', 'reads-config'),
    disallow: { to: files('config'), dependency: VALUES },
    message: 'Settings are passed as arguments: import types of config/ only.',
  },
  {
    from: filesBut('config'),
    disallow: { to: coreModules(['process', 'node:process']) },
    message: 'Only config/config.ts reads the environment; the rest of `process` is a global.',
  },
  {
    from: filesBut('owns-ioredis'),
    disallow: { to: packages('ioredis') },
    message: 'Only backplane/redis/client.ts imports the Redis driver.',
  },
  {
    from: filesBut('owns-prom-client'),
    disallow: { to: packages('prom-client') },
    message: 'Only telemetry/metrics*.ts defines metrics.',
  },
  {
    from: filesBut('owns-opentelemetry'),
    disallow: { to: packages('@opentelemetry/api') },
    message: 'Only telemetry/tracing.ts creates spans.',
  },
];

const NO_CLIENT = {
  disallow: { to: files('errors', 'auth') },
  message: 'This part knows nothing of the client: neither the errors that it gets nor the viewer.',
};

/** What holds in one part of `src` alone. */
const OWN_POLICIES = {
  sandbox: allDownOnly(SANDBOX_FLOORS),
  status: [
    {
      from: files('status-table'),
      disallow: { to: OURS },
      message: 'The status table imports nothing of ours.',
    },
    {
      from: files('runs-in-browsers'),
      disallow: { to: filesBut('runs-in-browsers'), dependency: VALUES },
      message: 'status/status.ts also runs in browsers: at run time it needs only the files listed for it.',
    },
    {
      disallow: { to: files('mx'), dependency: VALUES },
      message: 'status/ imports types of mx/ only.',
    },
  ],
  backplane: [NO_CLIENT],
  redis: [NO_CLIENT],
  cache: [NO_CLIENT],
  messages: [NO_CLIENT],
};

const WEB_POLICIES = [
  ...allDownOnly(WEB_FLOORS),
  {
    disallow: { to: oursBut(...WEB_FLOORS.flat(), 'web-data') },
    message: 'The page is a client of the graph: it imports nothing of ours that is outside of web/.',
  },
];

const dependencies = (policies) => ({
  'boundaries/dependencies': [
    'error',
    { default: 'allow', policies, checkAllOrigins: true, checkUnknownLocals: true },
  ],
});

/** Which part of the project may know which, in the editor and in CI; test/unit/architecture.test.ts breaks each rule once. */
export default tseslint.config(
  {
    files: ['**/*.{ts,tsx}'],
    languageOptions: { parser: tseslint.parser },
    plugins: { architecture: { rules: { 'no-cycle': noCycle } } },
    rules: { 'architecture/no-cycle': 'error' },
  },
  {
    files: ['src/**/*.ts', 'web/src/**/*.{ts,tsx}'],
    plugins: { boundaries },
    settings: {
      'import/resolver': { typescript: { project: 'tsconfig.json' } },
      'boundaries/legacy-templates': false,
      'boundaries/files': Object.entries({ ...PARTS, ...ROLES }).map(([category, pattern]) => ({
        category,
        pattern,
      })),
    },
    rules: { 'boundaries/no-unknown-files': 'error' },
  },
  // A block for each part, because the plugin compares each import with each policy of the block, which takes time.
  FLOORS.flat().map((part) => ({
    files: [PARTS[part]].flat(),
    rules: dependencies([downOnly(FLOORS, part), ...COMMON_POLICIES, ...(OWN_POLICIES[part] ?? [])]),
  })),
  { files: ['web/src/**'], rules: dependencies(WEB_POLICIES) },
  {
    files: ['src/**/*.ts'],
    ignores: ['src/config/config.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        { object: 'process', property: 'env', message: 'Only config/config.ts reads the environment.' },
      ],
    },
  },
  {
    files: ['src/**/*.ts'],
    ignores: OWN_TIMERS,
    rules: {
      'no-restricted-globals': [
        'error',
        ...['setTimeout', 'setInterval'].map((name) => ({
          name,
          message: 'Use http/timers.ts, or add the file to OWN_TIMERS.',
        })),
      ],
      'no-restricted-imports': ['error', 'node:timers', 'node:timers/promises', 'timers', 'timers/promises'],
    },
  },
);
