/**
 * The floors of `src`, lowest first. A part may import itself and the floors below it, type-only imports included.
 * docs/architecture.md says what each part is for.
 */
export const FLOORS = [
  ['clock', 'url'],
  ['mx', 'config', 'sandbox'],
  ['status', 'errors'],
  ['backplane', 'auth', 'messages'],
  ['redis'],
  ['cache', 'telemetry'],
  ['mutations', 'live', 'http'],
  ['graphql'],
  ['transports'],
  ['server'],
  ['main', 'doctor'],
];

/** The floors inside `src/sandbox`; the files right under it serve all of them. */
export const SANDBOX_FLOORS = [
  ['sandbox-model'],
  ['sandbox-webhooks'],
  ['sandbox-bank'],
  ['sandbox-api'],
  ['sandbox-control'],
];

/** The floors of `web/src`. */
export const WEB_FLOORS = [
  ['web-api'],
  ['web-components'],
  ['web-connections'],
  ['web-panel', 'web-sandbox'],
  ['web-add'],
  ['web-root'],
];

/** Files by their parts; a new folder, or a new file right under `src`, is given its place here. */
export const PARTS = {
  auth: 'src/auth.ts',
  clock: 'src/clock.ts',
  url: 'src/url.ts',
  main: 'src/main.ts',
  server: 'src/server.ts',
  // Chooses between the forms of the backplane, so it stands above both.
  redis: ['src/backplane/redis/**', 'src/backplane/create-backplane.ts'],
  backplane: 'src/backplane/!(create-backplane).ts',
  ...Object.fromEntries(
    ['cache', 'config', 'doctor', 'errors', 'generated', 'graphql', 'http', 'live', 'messages', 'mutations']
      .concat(['mx', 'sandbox', 'status', 'telemetry', 'transports'])
      .map((folder) => [folder, `src/${folder}/**`]),
  ),
  ...Object.fromEntries(
    ['model', 'webhooks', 'bank', 'api', 'control'].map((folder) => [
      `sandbox-${folder}`,
      `src/sandbox/${folder}/**`,
    ]),
  ),
  ...Object.fromEntries(
    ['api', 'components', 'connections', 'panel', 'sandbox', 'add'].map((folder) => [
      `web-${folder}`,
      `web/src/${folder}/**`,
    ]),
  ),
  'web-root': 'web/src/*',
  'web-data': ['web/generated/**', 'web/messages/**', 'web/src/styles/**'],
};

/** Files that one rule or another names, whatever part they are in. */
export const ROLES = {
  'status-table': 'src/status/table.ts',
  // What `mx-member-graphql/status` loads.
  'runs-in-browsers': [
    'src/clock.ts',
    ...['evidence', 'freshness', 'reading', 'status', 'table'].map((name) => `src/status/${name}.ts`),
  ],
  'reads-config': [
    'src/main.ts',
    'src/doctor/**',
    'src/server.ts',
    'src/backplane/redis/client.ts',
    'src/messages/messages.ts',
    'src/graphql/trusted-documents.ts',
  ],
  'owns-ioredis': 'src/backplane/redis/client.ts',
  'owns-prom-client': 'src/telemetry/metrics*.ts',
  'owns-opentelemetry': 'src/telemetry/tracing.ts',
};

/** Where time is the business of the file: pauses, time-outs, schedules. */
export const OWN_TIMERS = [
  'src/main.ts',
  'src/backplane/redis/client.ts',
  'src/cache/in-flight.ts',
  'src/cache/leases.ts',
  'src/http/health.ts',
  'src/http/timers.ts',
  'src/live/watcher.ts',
  'src/mutations/attempt.ts',
  'src/mutations/deduplicate.ts',
  'src/mx/**',
  'src/sandbox/**',
];
