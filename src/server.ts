import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import { pino } from 'pino';
import type { Logger } from 'pino';

import { createAuthenticate } from './auth.js';
import { createMemoryBackplane } from './backplane.js';
import type { Backplane } from './backplane.js';
import { SettingsError } from './config.js';
import type { ServerConfig } from './config.js';
import type { Services } from './context.js';
import { createExecute } from './graphql/execute.js';
import { createSchema } from './graphql/schema.js';
import { createApp } from './http/app.js';
import { registerGraphiql } from './http/graphiql.js';
import { registerGraphql } from './http/graphql.js';
import { registerHealth } from './http/health.js';
import { createOperations } from './http/operations.js';
import { registerPage } from './http/page.js';
import { registerSandboxSwitches } from './http/sandbox-switches.js';
import { registerSse } from './http/sse.js';
import { registerWebhook } from './http/webhook.js';
import { registerWebsocket } from './http/websocket.js';
import { Live } from './live.js';
import { readMessages } from './messages/messages.js';
import type { Messages } from './messages/messages.js';
import { MxClient } from './mx/client.js';
import type { ReadWindows } from './read-windows.js';
import { Reads } from './reads.js';
import { PACE } from './status/pace.js';

export type { AuthConfig } from './auth.js';
export type { MxConfig, ServerConfig, WebhookConfig } from './config.js';

/** A GraphQL server over MX. */
export interface Server {
  /** Listens; resolves to the address it is reached at. Rejects where it cannot, such as on a port that is taken. */
  start(): Promise<string>;
  /** Finishes what is under way, closes all connections and resolves. Calling it again does no more. */
  stop(): Promise<void>;
}

/** Everything of a server but its HTTP. */
interface Parts extends Services {
  readonly backplane: Backplane;
}

/** A read of MX that has not ended after so long is taken for dead, and another instance may begin one. */
const FLIGHT_MS = 12_000;
/** What one instance has read is there for the others for so long, should MX fail. */
const SHARED_KEPT_MS = 3_600_000;
/** While Redis is away, each attempt to reach it fails: once in a while is enough to be told. */
const TOLD_EVERY_MS = 5_000;

/** Tells the log of a fault, but not of each of many. */
function createTell(log: Logger, message: string): (error: unknown) => void {
  let toldAt = 0;
  return (error) => {
    if (Date.now() < toldAt + TOLD_EVERY_MS) return;
    toldAt = Date.now();
    log.warn({ err: error }, message);
  };
}

/** The backplane that the settings ask for. Redis, and its driver, are only loaded where there is one. */
async function createBackplane(
  { redisUrl, watchReadsPerSecond, freshnessMs }: ServerConfig,
  log: Logger,
): Promise<{ backplane: Backplane; windows: ReadWindows | null }> {
  if (redisUrl === null) return { backplane: createMemoryBackplane({ watchReadsPerSecond }), windows: null };
  const { createRedisBackplane } = await import('./redis/backplane.js');
  const onError = createTell(log, 'Redis fails');
  const backplane = createRedisBackplane({ url: redisUrl, watchReadsPerSecond, onError });
  const shared = { freshnessMs, flightMs: FLIGHT_MS, keptMs: SHARED_KEPT_MS };
  const windows = freshnessMs > 0 ? backplane.windows(shared) : null;
  return { backplane, windows };
}

/** The sentences in all languages; throws a `SettingsError` that names all that is wrong with a company's own. */
function loadMessages({ messagesDir = null }: ServerConfig): Messages {
  const { messages, faults } = readMessages(messagesDir);
  if (faults.length > 0) throw new SettingsError(faults.map((fault) => `MESSAGES_DIR: ${fault}`));
  return messages;
}

async function createParts(config: ServerConfig, client: MxClient, log: Logger): Promise<Parts> {
  const messages = loadMessages(config);
  const { backplane, windows } = await createBackplane(config, log);
  const reads = new Reads({
    client,
    windows,
    freshnessMs: config.freshnessMs,
    onUnknownStatus: (word) =>
      log.warn(
        { connectionStatus: word.slice(0, 60) },
        'MX sent a connection status that the table does not list',
      ),
  });
  const live = new Live({
    reads,
    backplane,
    pace: config.pace ?? PACE,
    now: () => windows?.now() ?? Promise.resolve(Date.now()),
    onFault: createTell(log, 'what was read of MX could not be stored'),
  });
  return { client, reads, live, messages, backplane };
}

/** The schema as the settings ask for it. Apollo's library is only loaded where there is a gateway to serve. */
async function loadSchema({ federation = false }: ServerConfig): Promise<GraphQLSchema> {
  if (!federation) return createSchema();
  const { createSubgraphSchema } = await import('./graphql/federation.js');
  return createSubgraphSchema();
}

async function buildApp(config: ServerConfig, parts: Parts, log: Logger): Promise<FastifyInstance> {
  const { corsOrigins, webhook } = config;
  const { client, reads, live, messages, backplane } = parts;
  const app = await createApp(log, corsOrigins);
  const schema = await loadSchema(config);
  const execute = createExecute(schema);
  const authenticate = createAuthenticate(config.auth);
  const services = { client, reads, live, messages };
  const operations = createOperations({ schema, execute, services, log: app.log });

  registerHealth(app, client, backplane);
  await registerGraphql(app, { schema, execute, services, authenticate, log: app.log });
  registerWebsocket(app, { schema, operations, authenticate, corsOrigins });
  registerSse(app, { operations, authenticate });
  if (webhook) {
    const onOutcome = (outcome: string, type: string | null) =>
      log.debug({ outcome, type }, 'a webhook came');
    const accept = backplane.inbox.put.bind(backplane.inbox);
    registerWebhook(app, { credentials: webhook, accept, log: app.log, onOutcome });
  }
  const { sandboxUrl } = config;
  if (sandboxUrl !== undefined) registerSandboxSwitches(app, sandboxUrl);
  await registerPage(app, { hasSandbox: sandboxUrl !== undefined });
  await registerGraphiql(app);
  return app;
}

/** Builds all parts of a server; nothing happens before `start`. An MX that is down makes it unready, not unstarted. */
export function createServer(config: ServerConfig): Server {
  const log = pino({ level: config.logLevel });
  const client = new MxClient(config.mx);
  let app: FastifyInstance | undefined;
  let parts: Parts | undefined;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    await app?.close();
    await parts?.live.stop();
    await parts?.backplane.stop();
    await client.close();
  }

  return {
    async start() {
      parts = await createParts(config, client, log);
      app = await buildApp(config, parts, log);
      await parts.backplane.start();
      parts.live.start();
      return app.listen({ host: config.host, port: config.port });
    },
    stop: () => (stopped ??= close()),
  };
}
