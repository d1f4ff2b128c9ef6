import { readEnvironment } from './environment.js';
import { parseOrigins } from './origins.js';
import { findWarnings } from './warnings.js';
import type { ProductName } from './products.js';
import type { SettingWarning } from './warnings.js';
import type { Environment } from './environment.js';

/** The configuration of a server, as `createServer` takes it. */
export interface ServerConfig {
  readonly host: string;
  /** 0 selects any free port. */
  readonly port: number;
  readonly logLevel: LogLevel;
  readonly mx: MxConfig;
  /** Products to request of new members whose input has none. Defaults to none, which leaves them to MX. */
  readonly products?: readonly ProductName[];
  readonly auth: AuthConfig;
  /** How long members are fresh, in milliseconds: their statuses are read from MX at most once in that time. */
  readonly freshnessMs: number;
  /** From which age on the data of a member is late, in hours. Defaults to 36. */
  readonly freshHours?: number;
  /** From which age on it is stale, in hours; more than `freshHours`. Defaults to 72. */
  readonly staleHours?: number;
  /** The Redis that instances share; null for a single instance. */
  readonly redisUrl: string | null;
  /** How MX authenticates its webhooks; null if webhooks are not accepted. */
  readonly webhook: WebhookConfig | null;
  /** Maximum number of polls of MX per second, over all instances. */
  readonly watchReadsPerSecond: number;
  /** The time between two polls of a user. Defaults to `DEFAULT_POLL_INTERVALS`. */
  readonly pollIntervals?: PollIntervals;
  /** Origins whose pages may call this API, such as `https://app.example`. */
  readonly corsOrigins: readonly string[];
  /** Allows introspection and serves GraphiQL. Defaults to false. */
  readonly introspection?: boolean;
  /** Maximum number of operations per viewer and minute. Defaults to 0, which sets no limit. */
  readonly operationsPerMinute?: number;
  /** File with the only documents that are accepted. Defaults to null, which accepts any. */
  readonly trustedDocuments?: string | null;
  /** Serves the API as a subgraph of Apollo Federation. Defaults to false. */
  readonly federation?: boolean;
  /** Folder with custom messages, one `<locale>.json` per language. Defaults to null, which uses the built-in ones. */
  readonly messagesDir?: string | null;
  /** Settings of the connections page. */
  readonly page?: PageConfig;
  /** URL of the sandbox if it is the upstream. Its control routes are then served at `/sandbox` too, for the page. */
  readonly sandboxUrl?: string;
  /** Port that serves `/metrics`. Defaults to the main port. */
  readonly metricsPort?: number | null;
  /** Salt of the pseudonyms in the log. Defaults to a random one per process. */
  readonly logSalt?: string | null;
  /** Destination of log lines. Defaults to the standard output. */
  readonly logStream?: LogStream;
}

/** How requests are authenticated: by a JWT, or, with the sandbox only, not at all. */
export type AuthConfig =
  | {
      readonly kind: 'jwt';
      readonly jwksUrl: string;
      readonly issuer: string;
      readonly audience: string;
      /** The claim that holds the viewer's guid at MX. */
      readonly userClaim: string;
      readonly supportScope: string;
      /** How long a token is accepted after it has expired, because clocks differ, in seconds. Defaults to 5 s. */
      readonly clockToleranceS?: number;
    }
  | { readonly kind: 'anonymous'; readonly userGuid: string };

/** Settings of the connections page. */
export interface PageConfig {
  /** A script that runs before the page's own and sets `mxMemberToken` and `mxSignIn`; null for none. */
  readonly scriptUrl: string | null;
  /** URL at which end users reach support; null if there is none. */
  readonly supportUrl: string | null;
}

/** The time between two polls of a user, in milliseconds. */
export interface PollIntervals {
  /** While a change is expected. */
  readonly activeMs: number;
  /** While the end user must act. */
  readonly awaitingUserMs: number;
  /** While no change is expected. */
  readonly idleMs: number;
}

/** A destination of log lines. */
export interface LogStream {
  write(line: string): void;
}

/** Several secrets are accepted, so that one can be replaced without a gap. */
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
  /** Maximum duration of a call with all its attempts, in milliseconds. Defaults to 10,000. */
  readonly deadlineMs?: number;
}

export type LogLevel = 'fatal' | 'error' | 'warn' | 'info' | 'debug' | 'trace' | 'silent';

/** The settings of a process: those of a server without what an embedded sandbox supplies. */
export interface Settings extends Omit<ServerConfig, 'mx' | 'auth'> {
  /** The real MX; null if the embedded sandbox is the upstream. */
  readonly mx: MxConfig | null;
  /** Null if the sandbox's demo user is the viewer of requests without a token. */
  readonly auth: AuthConfig | null;
  readonly sandboxPort: number;
}

/** An invalid configuration. It lists all errors, each with the name of its setting. */
export class SettingsError extends Error {
  override readonly name = 'SettingsError';

  constructor(readonly faults: readonly string[]) {
    super(`Invalid configuration:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
  }
}

const OPERATIONS_PER_MINUTE = 600;

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

/** Reads the settings from the environment; throws a `SettingsError` that names all that is wrong with them. */
export function readSettings(env: NodeJS.ProcessEnv = process.env): Settings {
  const read = readEnvironment(env);
  if ('faults' in read) throw new SettingsError(read.faults);
  const { settings: data } = read;
  const [mx, auth] = [toMx(data), toAuth(data)];
  return {
    host: data.HOST,
    port: data.PORT,
    logLevel: data.LOG_LEVEL,
    mx,
    products: data.MX_PRODUCTS,
    auth,
    redisUrl: data.REDIS_URL ?? null,
    webhook: toWebhook(data),
    watchReadsPerSecond: data.WATCH_READS_PER_SECOND,
    freshnessMs: data.FRESHNESS_MS,
    freshHours: data.FRESH_HOURS,
    staleHours: data.STALE_HOURS,
    corsOrigins: data.CORS_ORIGINS,
    ...toPolicy(data, { isSandbox: mx === null, isOpen: auth === null }),
    messagesDir: data.MESSAGES_DIR ?? null,
    page: { scriptUrl: data.PAGE_SCRIPT_URL ?? null, supportUrl: data.SUPPORT_URL ?? null },
    federation: data.FEDERATION === 'true',
    metricsPort: data.METRICS_PORT ?? null,
    logSalt: data.LOG_SALT ?? null,
    sandboxPort: data.SANDBOX_PORT,
  };
}

/** Returns origins in the form that browsers send. Throws a `SettingsError` if they include one that is not valid. */
export function normalizeOrigins(origins: readonly string[]): readonly string[] {
  const parsed = parseOrigins(origins);
  if ('error' in parsed) throw new SettingsError([`CORS_ORIGINS: ${parsed.error}`]);
  return parsed.value;
}

/** Finds variables of the environment that are probably misspelled settings, and settings that have no effect. */
export const readWarnings = (env: NodeJS.ProcessEnv = process.env): readonly SettingWarning[] =>
  findWarnings(env);
