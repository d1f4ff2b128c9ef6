import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';

import { createAuthenticate } from './auth.js';
import { createMemoryBackplane } from './backplane/backplane.js';
import type { Backplane } from './backplane/backplane.js';
import type { ServerConfig } from './config/config.js';
import type { Services } from './graphql/context.js';
import { createPrepareDocument } from './graphql/document.js';
import { createExecute } from './graphql/execute.js';
import { createRules } from './graphql/validation-rules.js';
import { createSchema } from './graphql/schema.js';
import { createAdmit } from './transports/admission.js';
import { createApp } from './http/app.js';
import { registerGraphiql } from './http/graphiql.js';
import { registerGraphql } from './transports/http.js';
import { registerHealth } from './http/health.js';
import { createMetricsApp, registerMetrics } from './http/metrics.js';
import { createOperations } from './transports/operations.js';
import { readPage, registerPage } from './http/page.js';
import { createPressure } from './http/load-shedding.js';
import { registerSandboxSwitches } from './http/sandbox-proxy.js';
import { registerSse } from './transports/sse.js';
import { registerWebhook } from './http/webhook.js';
import { registerWebsocket } from './transports/websocket.js';
import { Live } from './live/change-feed.js';
import { MxClient } from './mx/client.js';
import { OperationBudget } from './backplane/rate-limit.js';
import type { SharedSpending } from './backplane/rate-limit.js';
import type { ReadWindows } from './backplane/read-leases.js';
import { Reads } from './cache/mx-cache.js';
import { loadDocuments } from './graphql/trusted-documents.js';
import { loadMessages } from './messages/messages.js';
import { PACE } from './live/poll-interval.js';
import { Telemetry } from './telemetry/telemetry.js';

export type { AuthConfig, MxConfig, ServerConfig, WebhookConfig } from './config/config.js';

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
  readonly budget: OperationBudget | null;
  readonly telemetry: Telemetry;
}

/** A read of MX that has not ended after so long is taken for dead, and another instance may begin one. */
const FLIGHT_MS = 12_000;
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

/** What instances share. */
interface Meeting {
  readonly backplane: Backplane;
  readonly windows: ReadWindows | null;
  /** Null where there is nobody to share a budget with. */
  readonly spending: SharedSpending | null;
}

/** The backplane that the settings ask for. Redis, and its driver, are only loaded where there is one. */
async function createBackplane(
  { redisUrl, watchReadsPerSecond, freshnessMs, operationsPerMinute: perMinute = 0 }: ServerConfig,
  log: Logger,
): Promise<Meeting> {
  if (redisUrl === null) {
    return { backplane: createMemoryBackplane({ watchReadsPerSecond }), windows: null, spending: null };
  }
  const { createRedisBackplane } = await import('./backplane/redis/backplane.js');
  const onError = createTell(log, 'Redis fails');
  const backplane = createRedisBackplane({ url: redisUrl, watchReadsPerSecond, onError });
  const shared = { freshnessMs, flightMs: FLIGHT_MS, keptMs: freshnessMs };
  const windows = freshnessMs > 0 ? backplane.windows(shared) : null;
  return { backplane, windows, spending: perMinute > 0 ? backplane.spending(perMinute) : null };
}

async function createParts(config: ServerConfig, client: MxClient, telemetry: Telemetry): Promise<Parts> {
  const { log, membersSeen } = telemetry;
  const { operationsPerMinute: perMinute = 0 } = config;
  const messages = loadMessages(config);
  const { backplane, windows, spending } = await createBackplane(config, log);
  const budget = perMinute > 0 ? new OperationBudget({ perMinute, shared: spending }) : null;
  const reads = new Reads({
    ...telemetry.reads,
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
    events: telemetry.live,
  });
  telemetry.metrics.observe({
    watched: () => live.watched,
    breaker: () => client.breaker,
    redis: () => backplane.state(),
    membersSeen,
  });
  return { client, reads, live, messages, backplane, budget, telemetry };
}

/** The schema as the settings ask for it. Apollo's library is only loaded where there is a gateway to serve. */
async function loadSchema({ federation = false }: ServerConfig): Promise<GraphQLSchema> {
  if (!federation) return createSchema();
  const { createSubgraphSchema } = await import('./graphql/federation.js');
  return createSubgraphSchema();
}

const toPage = ({ sandboxUrl, page }: ServerConfig) => ({
  scriptUrl: page?.scriptUrl ?? null,
  supportUrl: page?.supportUrl ?? null,
  hasSandbox: sandboxUrl !== undefined,
});

async function buildApp(config: ServerConfig, parts: Parts): Promise<FastifyInstance> {
  const { corsOrigins, webhook, introspection = false, sandboxUrl } = config;
  const { client, reads, live, messages, backplane, budget, telemetry } = parts;
  const pressure = createPressure();
  const app = await createApp(telemetry.log, { corsOrigins, pressure });
  app.addHook('onClose', (_, done) => {
    pressure.stop();
    done();
  });
  const begin = telemetry.begin.bind(telemetry);
  const schema = await loadSchema(config);
  const execute = createExecute(schema);
  const rules = createRules({ introspection });
  const prepare = createPrepareDocument(schema, rules);
  const page = await readPage();
  const textOf = await loadDocuments(config, page?.documents ?? null, prepare);
  const admission = { admit: createAdmit(budget), textOf };
  const authenticate = createAuthenticate(config.auth);
  const services = { client, reads, live, messages };
  const { log } = app;
  const operations = createOperations({ schema, prepare, admission, execute, services, log, begin });

  registerHealth(app, client, backplane);
  await registerGraphql(app, { schema, execute, rules, admission, services, authenticate, log, begin });
  registerWebsocket(app, { schema, operations, authenticate, corsOrigins, pressure, ...telemetry.sockets });
  registerSse(app, { operations, authenticate, ...telemetry.streams });
  if (webhook) {
    const onOutcome = telemetry.countWebhook.bind(telemetry);
    const accept = backplane.inbox.put.bind(backplane.inbox);
    registerWebhook(app, { credentials: webhook, accept, log: app.log, onOutcome });
  }
  if (sandboxUrl !== undefined) registerSandboxSwitches(app, sandboxUrl);
  if (page) await registerPage(app, { ...toPage(config), page });
  else log.warn('the connections page is not served: its files are not there (npm run build makes them)');
  if (introspection) await registerGraphiql(app);
  return app;
}

/** Builds all parts of a server; nothing happens before `start`. An MX that is down makes it unready, not unstarted. */
export function createServer(config: ServerConfig): Server {
  const telemetry = new Telemetry(config);
  const client = new MxClient({ ...config.mx, ...telemetry.mx });
  const { metricsPort = null } = config;
  let app: FastifyInstance | undefined;
  let metricsApp: FastifyInstance | undefined;
  let parts: Parts | undefined;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    await app?.close();
    await metricsApp?.close();
    await parts?.live.stop();
    await parts?.backplane.stop();
    await client.close();
  }

  return {
    async start() {
      parts = await createParts(config, client, telemetry);
      app = await buildApp(config, parts);
      if (metricsPort === null) registerMetrics(app, telemetry.metrics);
      else metricsApp = await createMetricsApp(telemetry.log, telemetry.metrics);
      await parts.backplane.start();
      parts.live.start();
      if (metricsPort !== null) await metricsApp?.listen({ host: config.host, port: metricsPort });
      return app.listen({ host: config.host, port: config.port });
    },
    stop: () => (stopped ??= close()),
  };
}
