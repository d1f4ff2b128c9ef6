import { z } from 'zod';

import { parseBaseUrl, parseContactUrl, parseResourceUrl } from './http-url.js';
import { parseOrigins } from './origins.js';
import { parseProductList } from './products.js';
import { checkRedisUrl } from './redis-url.js';
import { basicUsername, host, integer, parsedBy, text } from './values.js';

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const port = () => integer(0, 65_535);
const flag = () => z.enum(['true', 'false'], 'must be true or false');
/** Clients send a token in a header, in which these characters are all that it can be made of. */
const bearer = () => text({ test: /^[\x21-\x7e]+$/, error: 'must be ASCII without spaces' });
const scope = () =>
  text({ test: /^[\x21\x23-\x5b\x5d-\x7e]+$/, error: 'must be a single scope, without spaces or quotes' });

/** The settings as the environment has them; this list is all that there are. */
const Environment = z.object({
  PORT: port().default(4000),
  HOST: host().default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `must be one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MX_BASE_URL: parsedBy(parseBaseUrl).optional(),
  MX_CLIENT_ID: basicUsername().optional(),
  MX_API_KEY: text().optional(),
  MX_API_VERSION: z
    .string()
    .regex(/^v\d{8}$/, 'must be a dated version such as v20250224')
    .default('v20250224'),
  MX_PRODUCTS: parsedBy(parseProductList).default([]),
  AUTH_JWKS_URL: parsedBy(parseResourceUrl).optional(),
  AUTH_ISSUER: text().optional(),
  AUTH_AUDIENCE: text().optional(),
  AUTH_USER_CLAIM: text().optional(),
  AUTH_SUPPORT_SCOPE: scope().default('mx:support'),
  CORS_ORIGINS: parsedBy((list) => parseOrigins(list.split(',').map((entry) => entry.trim()))).default([]),
  INTROSPECTION: flag().optional(),
  OPERATIONS_PER_MINUTE: integer(0, 1_000_000).optional(),
  TRUSTED_DOCUMENTS: text().optional(),
  FEDERATION: flag().default('false'),
  MESSAGES_DIR: text().optional(),
  PAGE_SCRIPT_URL: parsedBy(parseResourceUrl).optional(),
  SUPPORT_URL: parsedBy(parseContactUrl).optional(),
  REDIS_URL: parsedBy(checkRedisUrl).optional(),
  WEBHOOK_USERNAME: basicUsername().optional(),
  WEBHOOK_PASSWORD: text().optional(),
  WEBHOOK_PASSWORD_PREVIOUS: text().optional(),
  WEBHOOK_BEARER: bearer().optional(),
  WEBHOOK_BEARER_PREVIOUS: bearer().optional(),
  WATCH_READS_PER_SECOND: integer(1, 2_000).default(100),
  FRESHNESS_MS: integer(0, 3_600_000).default(3_000),
  FRESH_HOURS: integer(1, 8_760).default(36),
  STALE_HOURS: integer(2, 8_760).default(72),
  METRICS_PORT: integer(1, 65_535).optional(),
  LOG_SALT: text({ test: /^.{16,}$/s, error: 'must have at least 16 characters' }).optional(),
  SANDBOX_PORT: port().default(0),
});
export type Environment = z.infer<typeof Environment>;

const MX_SETTINGS = ['MX_BASE_URL', 'MX_CLIENT_ID', 'MX_API_KEY'] as const;
const WEBHOOK_SETTINGS = ['WEBHOOK_USERNAME', 'WEBHOOK_PASSWORD'] as const;
const AUTH_SETTINGS = ['AUTH_JWKS_URL', 'AUTH_ISSUER', 'AUTH_AUDIENCE', 'AUTH_USER_CLAIM'] as const;
/** Old secrets, which are accepted in addition to the current ones. */
const PREVIOUS_SETTINGS = ['WEBHOOK_PASSWORD', 'WEBHOOK_BEARER'] as const;

/** The settings that are set, by name. */
export type Given = Readonly<Record<string, string>>;

/** Settings that only make sense together: none or all of them. */
function missingOf(given: Given, names: readonly string[]): readonly string[] {
  const missing = names.filter((name) => given[name] === undefined);
  return missing.length === names.length ? [] : missing;
}

function requiredFaults(given: Given): string[] {
  const faults = [MX_SETTINGS, AUTH_SETTINGS, WEBHOOK_SETTINGS].flatMap((names: readonly string[]) =>
    missingOf(given, names).map((name) => `${name}: required because others of ${names.join(', ')} are set`),
  );
  for (const name of PREVIOUS_SETTINGS) {
    const isAlone = given[`${name}_PREVIOUS`] !== undefined && given[name] === undefined;
    const isReported = faults.some((fault) => fault.startsWith(`${name}:`));
    if (isAlone && !isReported) faults.push(`${name}: required because ${name}_PREVIOUS is set`);
  }
  const isRealMx = MX_SETTINGS.some((name) => given[name] !== undefined);
  if (isRealMx && AUTH_SETTINGS.every((name) => given[name] === undefined)) {
    faults.push(
      `${AUTH_SETTINGS.join(', ')}: required with a real MX; without them, any client could read any user's connections`,
    );
  }
  return faults;
}

/** Products came with this version of MX's API. Older ones would ignore them. */
const PRODUCTS_SINCE = 'v20250224';

function conflictFaults(given: Given): string[] {
  const faults: string[] = [];
  if (given['MX_PRODUCTS'] !== undefined && (given['MX_API_VERSION'] ?? PRODUCTS_SINCE) < PRODUCTS_SINCE) {
    faults.push(`MX_PRODUCTS: requires MX_API_VERSION ${PRODUCTS_SINCE} or later`);
  }
  if (given['TRUSTED_DOCUMENTS'] !== undefined && given['FEDERATION'] === 'true') {
    faults.push(
      'TRUSTED_DOCUMENTS: cannot be combined with FEDERATION because a gateway generates its own documents',
    );
  }
  if (Number(given['STALE_HOURS'] ?? 72) <= Number(given['FRESH_HOURS'] ?? 36)) {
    faults.push('STALE_HOURS: must be greater than FRESH_HOURS');
  }
  const ports = { PORT: Number(given['PORT'] ?? 4000), SANDBOX_PORT: Number(given['SANDBOX_PORT']) };
  const metricsPort = Number(given['METRICS_PORT']);
  if (ports.SANDBOX_PORT > 0 && ports.SANDBOX_PORT === ports.PORT) {
    faults.push('SANDBOX_PORT: must differ from PORT');
  }
  for (const [name, value] of Object.entries(ports)) {
    if (metricsPort > 0 && metricsPort === value) faults.push(`METRICS_PORT: must differ from ${name}`);
  }
  return faults;
}

/** A setting that is set to nothing is not set: that is how shells and container files leave one out. */
export function withoutEmpty(env: NodeJS.ProcessEnv): Given {
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
  const faults = [...unfit, ...requiredFaults(given), ...conflictFaults(given)];
  return parsed.success && faults.length === 0 ? { settings: parsed.data } : { faults };
}

/** The names of all settings. */
export const SETTING_NAMES: readonly string[] = Object.keys(Environment.shape);
