import { z } from 'zod';

import type { AuthConfig } from './auth.js';
import type { Pace } from './status/pace.js';

/** All that a server needs to know, as `createServer` takes it. */
export interface ServerConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly mx: MxConfig;
  readonly auth: AuthConfig;
  /** A status is asked of MX at most once per member in so many milliseconds. */
  readonly freshnessMs: number;
  /** Where instances meet; null for one that is alone. */
  readonly redisUrl: string | null;
  /** How MX shows that a webhook is its; null where webhooks are not taken. */
  readonly webhook: WebhookConfig | null;
  /** How many reads of MX per second may be spent on watching, by all instances together. */
  readonly watchReadsPerSecond: number;
  /** How long to wait between two looks at a member; `PACE` where it is left out. */
  readonly pace?: Pace;
  /** Web origins whose pages may call this API. */
  readonly corsOrigins: readonly string[];
  /** Whether the schema may be asked for, and GraphiQL is served; neither where it is left out. */
  readonly introspection?: boolean;
  /** How many operations a viewer may ask for in a minute; as many as one likes where it is 0 or left out. */
  readonly operationsPerMinute?: number;
  /** The file of the only documents that are run; any are where it is null or left out. */
  readonly trustedDocuments?: string | null;
  /** Whether the API is a subgraph of Apollo Federation; it is not where it is left out. */
  readonly federation?: boolean;
  /** A company's own folder of sentences, `<locale>.json` each; none where it is null or left out. */
  readonly messagesDir?: string | null;
  /** Where the sandbox is, in case it is the upstream: its switches are then at `/sandbox` too, for the page. */
  readonly sandboxUrl?: string;
  /** Where `/metrics` is served instead of on the main port, which it is where this is left out. */
  readonly metricsPort?: number | null;
  /** What names in the log are made with; a salt of this process where it is left out. */
  readonly logSalt?: string | null;
  /** Where log lines go; the standard output where it is left out. */
  readonly logStream?: LogStream;
}

/** What takes log lines. */
export interface LogStream {
  write(line: string): void;
}

/** Secrets in pairs, so that one can be changed while the other still holds. */
export interface WebhookConfig {
  readonly username: string;
  readonly passwords: readonly string[];
  readonly bearers: readonly string[];
}

export interface MxConfig {
  readonly baseUrl: string;
  readonly clientId: string;
  readonly apiKey: string;
  readonly apiVersion: string;
  /** The time that a call may take with all its tries, in milliseconds; 10 s where it is left out. */
  readonly deadlineMs?: number;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** The settings of a process: those of a server, save what an embedded sandbox itself supplies. */
export interface Settings extends Omit<ServerConfig, 'mx' | 'auth'> {
  /** The real MX; null where the embedded sandbox is the upstream. */
  readonly mx: MxConfig | null;
  /** Null where the sandbox's demo user is the viewer of a request without a token. */
  readonly auth: AuthConfig | null;
  readonly sandboxPort: number;
}

/** Settings that cannot be used: every fault at once, each naming its setting. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`The settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;

const url = () =>
  z.url({ protocol: /^https?$/, error: 'expected an address that begins with http:// or https://' });
const text = () => z.string().min(1, 'expected some text');
const whole = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, `expected a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((n) => n >= least && n <= most, `expected a whole number from ${least} to ${most}`);
const port = () => whole(0, 65_535);

const Environment = z.object({
  PORT: port().default(4000),
  HOST: text().default('127.0.0.1'),
  LOG_LEVEL: z.enum(LOG_LEVELS, `expected one of ${LOG_LEVELS.join(', ')}`).default('info'),
  MX_BASE_URL: url().optional(),
  MX_CLIENT_ID: text().optional(),
  MX_API_KEY: text().optional(),
  MX_API_VERSION: z
    .string()
    .regex(/^v\d{8}$/, 'expected a dated version such as v20250224')
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
  INTROSPECTION: z.enum(['true', 'false'], 'expected true or false').optional(),
  OPERATIONS_PER_MINUTE: whole(0, 1_000_000).optional(),
  TRUSTED_DOCUMENTS: text().optional(),
  FEDERATION: z.enum(['true', 'false'], 'expected true or false').default('false'),
  MESSAGES_DIR: text().optional(),
  REDIS_URL: z
    .url({
      protocol: /^rediss?(\+(sentinel|cluster))?$/,
      error: 'expected an address such as redis://host:6379, or rediss:, redis+sentinel: or redis+cluster:',
    })
    .optional(),
  WEBHOOK_USERNAME: text().optional(),
  WEBHOOK_PASSWORD: text().optional(),
  WEBHOOK_PASSWORD_PREVIOUS: text().optional(),
  WEBHOOK_BEARER: text().optional(),
  WEBHOOK_BEARER_PREVIOUS: text().optional(),
  WATCH_READS_PER_SECOND: whole(1, 2_000).default(100),
  FRESHNESS_MS: whole(0, 3_600_000).default(3_000),
  METRICS_PORT: whole(1, 65_535).optional(),
  LOG_SALT: z.string().min(16, 'expected at least 16 characters').optional(),
  SANDBOX_PORT: port().default(0),
});
type Environment = z.infer<typeof Environment>;

const OPERATIONS_PER_MINUTE = 600;

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
    missingOf(given, names).map((name) => `${name}: expected, because others of ${names.join(', ')} are set`),
  );
  const isRealMx = MX_SETTINGS.some((name) => given[name] !== undefined);
  if (isRealMx && AUTH_SETTINGS.every((name) => given[name] === undefined)) {
    faults.push(
      `${AUTH_SETTINGS.join(', ')}: expected with a real MX, or anybody could read anybody's connections`,
    );
  }
  if (given['TRUSTED_DOCUMENTS'] !== undefined && given['FEDERATION'] === 'true') {
    faults.push('TRUSTED_DOCUMENTS: not expected with FEDERATION: a gateway writes documents of its own');
  }
  return faults;
}

/** What is said of who asks, and how much; it is the stricter where it is somebody's own data. */
function toPolicy(env: Environment, { isSandbox, isOpen }: { isSandbox: boolean; isOpen: boolean }) {
  const { INTROSPECTION: introspection, OPERATIONS_PER_MINUTE: operations } = env;
  return {
    introspection: introspection === undefined ? isSandbox : introspection === 'true',
    // Where nobody is told from anybody, all who try it out would share one count.
    operationsPerMinute: operations ?? (isOpen ? 0 : OPERATIONS_PER_MINUTE),
    trustedDocuments: env.TRUSTED_DOCUMENTS ?? null,
  };
}

function toMx(env: Environment): MxConfig | null {
  const { MX_BASE_URL: baseUrl, MX_CLIENT_ID: clientId, MX_API_KEY: apiKey } = env;
  if (baseUrl === undefined || clientId === undefined || apiKey === undefined) return null;
  return { baseUrl, clientId, apiKey, apiVersion: env.MX_API_VERSION };
}

function toAuth(env: Environment): AuthConfig | null {
  const { AUTH_JWKS_URL: jwksUrl, AUTH_ISSUER: issuer, AUTH_AUDIENCE: audience } = env;
  const { AUTH_USER_CLAIM: userClaim, AUTH_SUPPORT_SCOPE: supportScope } = env;
  if (jwksUrl === undefined || issuer === undefined || audience === undefined || userClaim === undefined) {
    return null;
  }
  return { kind: 'jwt', jwksUrl, issuer, audience, userClaim, supportScope };
}

function present(...values: readonly (string | undefined)[]): string[] {
  return values.filter((value) => value !== undefined);
}

function toWebhook(env: Environment): WebhookConfig | null {
  const passwords = present(env.WEBHOOK_PASSWORD, env.WEBHOOK_PASSWORD_PREVIOUS);
  const bearers = present(env.WEBHOOK_BEARER, env.WEBHOOK_BEARER_PREVIOUS);
  if (passwords.length === 0 && bearers.length === 0) return null;
  return { username: env.WEBHOOK_USERNAME ?? '', passwords, bearers };
}

/** A setting that is set to nothing is not set: that is how shells and container files leave one out. */
function withoutEmpty(env: NodeJS.ProcessEnv): Record<string, string> {
  const entries = Object.entries(env).flatMap(([name, value]) => (value ? [[name, value] as const] : []));
  return Object.fromEntries(entries);
}

/** Reads the settings from the environment; throws a `SettingsError` that names all that is wrong with them. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const given = withoutEmpty(env);
  const parsed = Environment.safeParse(given);
  // The value is not said back: it may be a secret in the wrong place.
  const unfit = parsed.error?.issues.map((issue) => `${String(issue.path[0])}: ${issue.message}`) ?? [];
  const faults = [...unfit, ...togetherFaults(given)];
  if (!parsed.success || faults.length > 0) throw new SettingsError(faults);
  const { data } = parsed;
  const [mx, auth] = [toMx(data), toAuth(data)];
  return {
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    mx,
    auth,
    redisUrl: data.REDIS_URL ?? null,
    webhook: toWebhook(data),
    watchReadsPerSecond: data.WATCH_READS_PER_SECOND,
    freshnessMs: data.FRESHNESS_MS,
    corsOrigins: data.CORS_ORIGINS,
    ...toPolicy(data, { isSandbox: mx === null, isOpen: auth === null }),
    messagesDir: data.MESSAGES_DIR ?? null,
    federation: data.FEDERATION === 'true',
    metricsPort: data.METRICS_PORT ?? null,
    logSalt: data.LOG_SALT ?? null,
    sandboxPort: data.SANDBOX_PORT,
  };
}
