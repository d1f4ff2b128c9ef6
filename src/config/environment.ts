import { z } from 'zod';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const url = () => z.url({ protocol: /^https?$/, error: 'must be an http:// or https:// URL' });
const text = () => z.string().min(1, 'must not be empty');
const integer = (min: number, max: number) =>
  z
    .string()
    .regex(/^\d+$/, `must be an integer from ${min} to ${max}`)
    .transform(Number)
    .refine((n) => n >= min && n <= max, `must be an integer from ${min} to ${max}`);
const port = () => integer(0, 65_535);

/** The settings as the environment has them; this list is all that there are. */
const Environment = z.object({
  PORT: port().default(4000),
  HOST: text().default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MX_BASE_URL: url().optional(),
  MX_CLIENT_ID: text().optional(),
  MX_API_KEY: text().optional(),
  MX_API_VERSION: z
    .string()
    .regex(/^v\d{8}$/, 'must be a dated version such as v20250224')
    .default('v20250224'),
  AUTH_JWKS_URL: url().optional(),
  AUTH_ISSUER: text().optional(),
  AUTH_AUDIENCE: text().optional(),
  AUTH_USER_CLAIM: text().optional(),
  AUTH_SUPPORT_SCOPE: text().default('mx:support'),
  CORS_ORIGINS: z
    .string()
    .transform((list) => list.split(',').map((origin) => origin.trim()))
    .pipe(z.array(url()))
    .default([]),
  INTROSPECTION: z.enum(['true', 'false'], 'must be true or false').optional(),
  OPERATIONS_PER_MINUTE: integer(0, 1_000_000).optional(),
  TRUSTED_DOCUMENTS: text().optional(),
  FEDERATION: z.enum(['true', 'false'], 'must be true or false').default('false'),
  MESSAGES_DIR: text().optional(),
  PAGE_SCRIPT_URL: url().optional(),
  SUPPORT_URL: z
    .url({
      protocol: /^(https?|mailto|tel)$/,
      error: 'must be a URL such as https://example.com/help or mailto:help@example.com',
    })
    .optional(),
  REDIS_URL: z
    .url({
      protocol: /^rediss?(\+(sentinel|cluster))?$/,
      error:
        'must be a URL such as redis://host:6379, or one with rediss:, redis+sentinel: or redis+cluster:',
    })
    .optional(),
  WEBHOOK_USERNAME: text().optional(),
  WEBHOOK_PASSWORD: text().optional(),
  WEBHOOK_PASSWORD_PREVIOUS: text().optional(),
  WEBHOOK_BEARER: text().optional(),
  WEBHOOK_BEARER_PREVIOUS: text().optional(),
  WATCH_READS_PER_SECOND: integer(1, 2_000).default(100),
  FRESHNESS_MS: integer(0, 3_600_000).default(3_000),
  METRICS_PORT: integer(1, 65_535).optional(),
  LOG_SALT: z.string().min(16, 'must have at least 16 characters').optional(),
  SANDBOX_PORT: port().default(0),
});
export type Environment = z.infer<typeof Environment>;

const MX_SETTINGS = ['MX_BASE_URL', 'MX_CLIENT_ID', 'MX_API_KEY'] as const;
const WEBHOOK_SETTINGS = ['WEBHOOK_USERNAME', 'WEBHOOK_PASSWORD'] as const;
const AUTH_SETTINGS = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_USER_CLAIM'] as const;

type Given = Readonly<Record<string, string>>;

/** Settings that only make sense together: none or all of them. */
function missingOf(given: Given, names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => given[name] === undefined);
  return missing.length === names.length ? [] : missing;
}

function togetherFaults(given: Given): string[] {
  const faults = [MX_SETTINGS, AUTH_SETTINGS, WEBHOOK_SETTINGS].flatMap((names: readonly string[]) =>
    missingOf(given, names).map((name) => `${name}: required because others of ${names.join(', ')} are set`),
  );
  const isRealMx = MX_SETTINGS.some((name) => given[name] !== undefined);
  if (isRealMx && AUTH_SETTINGS.every((name) => given[name] === undefined)) {
    faults.push(
      `${AUTH_SETTINGS.join(', ')}: required with a real MX; without them, any client could read any user's connections`,
    );
  }
  if (given['TRUSTED_DOCUMENTS'] !== undefined && given['FEDERATION'] === 'true') {
    faults.push(
      'TRUSTED_DOCUMENTS: cannot be combined with FEDERATION because a gateway generates its own documents',
    );
  }
  return faults;
}

/** A setting that is set to nothing is not set: that is how shells and container files leave one out. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(entries);
}

/** What an environment says, and all that is wrong with it, each fault naming its setting. */
export type ReadEnvironment = { readonly settings: Environment } | { readonly faults: readonly string[] };

/** Reads an environment, such as that of the process. */
export function readEnvironment(env: NodeJS.ProcessEnv): ReadEnvironment {
  const given = withoutEmpty(env);
  const parsed = Environment.safeParse(given);
  // The value is not said back: it may be a secret in the wrong place.
  const unfit = parsed.error?.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`) ?? [];
  const faults = [...unfit, ...togetherFaults(given)];
  return parsed.success && faults.length === 0 ? { settings: parsed.data } : { faults };
}
