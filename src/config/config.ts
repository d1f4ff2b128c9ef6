import { readEnvironment } from './environment.js';
import type { Environment } from './environment.js';

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
  readonly pollIntervals?: PollIntervals;
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
  /** What the connections page is told about the company that it is served by. */
  readonly page?: PageConfig;
  /** Where the sandbox is, in case it is the upstream: its switches are then at `/sandbox` too, for the page. */
  readonly sandboxUrl?: string;
  /** Where `/metrics` is served instead of on the main port, which it is where this is left out. */
  readonly metricsPort?: number | null;
  /** What names in the log are made with; a salt of this process where it is left out. */
  readonly logSalt?: string | null;
  /** Where log lines go; the standard output where it is left out. */
  readonly logStream?: LogStream;
}

/** How a request shows who asks: by a JWT, or, over the sandbox alone, not at all. */
export type AuthConfig =
  | {
      readonly kind: 'jwt';
      readonly jwksUrl: string;
      readonly issuer: string;
      readonly audience: string;
      /** The claim that holds the viewer's guid at MX. */
      readonly userClaim: string;
      readonly supportScope: string;
    }
  | { readonly kind: 'anonymous'; readonly userGuid: string };

/** What the connections page cannot know of itself. */
export interface PageConfig {
  /** A script that is run before the page's own, and sets `mxMemberToken` and `mxSignIn`; none where it is null. */
  readonly scriptUrl: string | null;
  /** Where an end user reaches support; null where that is not said. */
  readonly supportUrl: string | null;
}

/** How long to wait between two looks at a member, in milliseconds. */
export interface PollIntervals {
  /** While something is about to happen. */
  readonly activeMs: number;
  /** While the end user is wanted elsewhere. */
  readonly awaitingUserMs: number;
  /** While nothing is expected. */
  readonly idleMs: number;
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
    auth,
    redisUrl: data.REDIS_URL ?? null,
    webhook: toWebhook(data),
    watchReadsPerSecond: data.WATCH_READS_PER_SECOND,
    freshnessMs: data.FRESHNESS_MS,
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
