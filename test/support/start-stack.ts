import { onTestFinished } from 'vitest';

import { createSandbox } from '../../src/sandbox/sandbox.js';
import type { Sandbox, SandboxOptions } from '../../src/sandbox/sandbox.js';
import { createServer } from '../../src/server.js';
import type { PollIntervals } from '../../src/config/config.js';
import type { AuthConfig, MxConfig, Server, ServerConfig } from '../../src/server.js';
import { createGraphqlClient } from './graphql-client.js';
import type { GraphqlClient } from './graphql-client.js';

const WEBHOOK = { username: 'mx', password: 'webhook-password' };

export interface StackOptions {
  /** The demo user without a token when left out. */
  readonly auth?: AuthConfig | ((sandbox: Sandbox) => AuthConfig);
  readonly freshnessMs?: number;
  readonly corsOrigins?: readonly string[];
  readonly redisUrl?: string;
  readonly federation?: boolean;
  /** It may be asked for the schema unless told otherwise. */
  readonly introspection?: boolean;
  readonly operationsPerMinute?: number;
  readonly trustedDocuments?: string;
  /** A company's own catalogues. */
  readonly messagesDir?: string;
  readonly watchReadsPerSecond?: number;
  readonly pace?: PollIntervals;
  /** Whether the sandbox sends its webhooks to the server; it does not unless told to. */
  readonly webhooks?: boolean;
  /** Over the sandbox's address and credentials, such as another upstream or a wrong key. */
  readonly mx?: Partial<MxConfig>;
  /** How long a call to MX may take with all its tries, in milliseconds. */
  readonly deadlineMs?: number;
  readonly sandbox?: SandboxOptions;
  /** Whether the server is told that its upstream is the sandbox; it is unless told otherwise. */
  readonly knowsSandbox?: boolean;
  /** Over all settings that are made of the options above. */
  readonly config?: Partial<ServerConfig>;
}

/** A server of its own over a sandbox of its own, each on a free port. */
export interface Stack {
  readonly url: string;
  readonly sandbox: Sandbox;
  readonly server: Server;
  readonly graphql: GraphqlClient;
  /** How often each endpoint of the sandbox was called since the last `forgetCalls`, by `METHOD /path/:template`. */
  readonly calls: () => Record<string, number>;
  readonly forgetCalls: () => void;
  dispose(): Promise<void>;
}

function authOf(sandbox: Sandbox, { auth }: StackOptions): AuthConfig {
  if (typeof auth === 'function') return auth(sandbox);
  return auth ?? { kind: 'anonymous', userGuid: sandbox.demoUserGuid };
}

function configOf(sandbox: Sandbox, options: StackOptions): ServerConfig {
  const { deadlineMs } = options;
  const mx = {
    baseUrl: sandbox.url,
    ...sandbox.credentials,
    apiVersion: 'v20250224',
    ...options.mx,
    ...(deadlineMs !== undefined && { deadlineMs }),
  };
  return {
    host: '127.0.0.1',
    port: 0,
    logLevel: 'silent',
    mx,
    auth: authOf(sandbox, options),
    ...(options.knowsSandbox !== false && { sandboxUrl: sandbox.url }),
    freshnessMs: options.freshnessMs ?? 3_000,
    corsOrigins: options.corsOrigins ?? [],
    redisUrl: options.redisUrl ?? null,
    federation: options.federation ?? false,
    introspection: options.introspection ?? true,
    operationsPerMinute: options.operationsPerMinute ?? 0,
    trustedDocuments: options.trustedDocuments ?? null,
    messagesDir: options.messagesDir ?? null,
    webhook: { ...WEBHOOK, passwords: [WEBHOOK.password], bearers: [] },
    watchReadsPerSecond: options.watchReadsPerSecond ?? 1_000,
    ...(options.pace && { pollIntervals: options.pace }),
    ...options.config,
  };
}

/** Starts a stack; whoever starts it disposes of it. */
export async function startStack(options: StackOptions = {}): Promise<Stack> {
  const sandbox = createSandbox(options.sandbox);
  await sandbox.start();
  const server = createServer(configOf(sandbox, options));
  const dispose = async () => {
    await server.stop();
    await sandbox.stop();
  };
  try {
    const url = await server.start();
    if (options.webhooks) sandbox.control.setWebhooks({ url: `${url}/webhooks/mx`, ...WEBHOOK });
    return {
      url,
      sandbox,
      server,
      graphql: createGraphqlClient(url),
      calls: () => sandbox.control.log().endpoints,
      forgetCalls: () => sandbox.control.clearLog(),
      dispose,
    };
  } catch (error) {
    await dispose();
    throw error;
  }
}

/** A stack that lives as long as the test that calls this, failed or not. */
export async function useStack(options: StackOptions = {}): Promise<Stack> {
  const stack = await startStack(options);
  onTestFinished(() => stack.dispose());
  return stack;
}
