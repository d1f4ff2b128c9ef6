import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';

import { createAuthenticator } from './auth.js';
import { steadyNow } from './clock.js';
import { createBackplane } from './backplane/create-backplane.js';
import type { Backplane } from './backplane/backplane.js';
import { normalizeOrigins } from './config/config.js';
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
import type { BuiltPage } from './http/page.js';
import { createLoadShedder } from './http/load-shedding.js';
import type { LoadShedder } from './http/load-shedding.js';
import { registerSandboxProxy } from './http/sandbox-proxy.js';
import { registerSse } from './transports/sse.js';
import { registerWebhook } from './http/webhook.js';
import { registerWebsocket } from './transports/websocket.js';
import { ChangeFeed } from './live/change-feed.js';
import { MxClient } from './mx/client.js';
import { RateLimiter } from './backplane/rate-limit.js';
import { CreateOutcomes } from './mutations/create-outcomes.js';
import { MutationDeduplicator } from './mutations/deduplicate.js';
import { toFreshnessLimits } from './status/freshness.js';
import type { ObservedMembers } from './status/observed-member.js';
import { MxCache } from './cache/mx-cache.js';
import { loadDocuments } from './graphql/trusted-documents.js';
import { loadMessages } from './messages/messages.js';
import { DEFAULT_POLL_INTERVALS } from './live/poll-interval.js';
import { throttledWarn } from './telemetry/throttled-warn.js';
import { Telemetry } from './telemetry/telemetry.js';

export type { AuthConfig, MxConfig, ServerConfig, WebhookConfig } from './config/config.js';

/** A GraphQL server over MX. */
export interface Server {
  /** Starts listening and resolves to the address. Rejects if it cannot, for example if the port is in use. */
  start(): Promise<string>;
  /** Finishes requests in flight, closes all connections and resolves. Calling it again is harmless. */
  stop(): Promise<void>;
}

/** All parts of a server except HTTP. */
interface Parts extends Services {
  readonly backplane: Backplane;
  readonly rateLimiter: RateLimiter | null;
  readonly telemetry: Telemetry;
}

interface AppParts {
  readonly config: ServerConfig;
  readonly parts: Parts;
  readonly loadShedder: LoadShedder;
  readonly page: BuiltPage | null;
}

/** What `createMember` needs. */
function forCreating({ products = [] }: ServerConfig): Pick<Services, 'createOutcomes' | 'defaultProducts'> {
  return { createOutcomes: new CreateOutcomes(), defaultProducts: products };
}

/** Who is told of what the cache reads. */
function cacheEvents({ cache, log }: Telemetry, deduplicator: MutationDeduplicator) {
  return {
    ...cache,
    onMembers: (userGuid: string, members: ObservedMembers) => {
      cache.onMembers(userGuid, members);
      deduplicator.observe(userGuid, members);
    },
    onUnknownStatus: (word: string) =>
      log.warn(
        { connectionStatus: word.slice(0, 60) },
        'MX sent a connection status that is not in the status table',
      ),
  };
}

async function createParts(config: ServerConfig, client: MxClient, telemetry: Telemetry): Promise<Parts> {
  const { log, memberGauge } = telemetry;
  const { operationsPerMinute: perMinute = 0 } = config;
  const messages = loadMessages(config);
  const { backplane, leases, writeLocks, sharedRateLimit } = await createBackplane(
    config,
    throttledWarn(log, 'Redis error'),
  );
  const rateLimiter = perMinute > 0 ? new RateLimiter({ perMinute, shared: sharedRateLimit }) : null;
  const onError = throttledWarn(log, 'mutations are deduplicated in this instance only');
  const limits = toFreshnessLimits({ fresh: config.freshHours, stale: config.staleHours });
  const secret = config.mx.apiKey;
  const deduplicator = new MutationDeduplicator({ locks: writeLocks, secret, limits, onError });
  const cache = new MxCache({
    ...cacheEvents(telemetry, deduplicator),
    client,
    leases,
    freshnessMs: config.freshnessMs,
    limits,
  });
  const changeFeed = new ChangeFeed({
    cache,
    backplane,
    pollIntervals: config.pollIntervals ?? DEFAULT_POLL_INTERVALS,
    limits,
    now: () => leases?.now() ?? Promise.resolve(steadyNow()),
    onError: throttledWarn(log, 'failed to store observation'),
    events: telemetry.changeFeed,
  });
  const redis = () => backplane.state();
  const watched = () => changeFeed.watchedUsers;
  telemetry.metrics.observe({ watched, breaker: () => client.breaker, redis, memberGauge });
  const shared = { client, cache, changeFeed, deduplicator, messages, ...forCreating(config) };
  return { ...shared, backplane, rateLimiter, telemetry };
}

/** Creates the schema. Apollo's subgraph library is loaded only with `federation`. */
async function loadSchema({ federation = false }: ServerConfig): Promise<GraphQLSchema> {
  if (!federation) return createSchema();
  const { createSubgraphSchema } = await import('./graphql/federation.js');
  return createSubgraphSchema();
}

/** Serves the connections page if it has been built. */
async function servePage(app: FastifyInstance, config: ServerConfig, page: BuiltPage | null): Promise<void> {
  if (!page) {
    app.log.warn('the connections page is not served because its files are missing; run `npm run build`');
    return;
  }
  const { scriptUrl = null, supportUrl = null } = config.page ?? {};
  await registerPage(app, { scriptUrl, supportUrl, hasSandbox: config.sandboxUrl !== undefined, page });
}

/** GraphQL over HTTP, WebSocket and SSE. */
async function serveGraphql(
  app: FastifyInstance,
  { config, parts, loadShedder, page }: AppParts,
): Promise<void> {
  const { corsOrigins, introspection = false } = config;
  const { rateLimiter, telemetry, ...services } = parts;
  const { log } = app;
  const begin = telemetry.startOperation.bind(telemetry);
  const schema = await loadSchema(config);
  const execute = createExecute(schema);
  const rules = createRules({ introspection });
  const prepare = createPrepareDocument(schema, rules);
  const resolveDocument = await loadDocuments(config, {
    pageManifest: page?.documents ?? null,
    schema,
    prepare,
  });
  const admission = { admit: createAdmit(rateLimiter), resolveDocument };
  const authenticate = createAuthenticator(config.auth);
  const operations = createOperations({ schema, prepare, admission, execute, services, log, begin });
  const sockets = { schema, operations, authenticate, corsOrigins, loadShedder, ...telemetry.sockets };

  const overHttp = {
    schema,
    prepare,
    execute,
    rules,
    admission,
    services,
    operations,
    authenticate,
    log,
    begin,
  };
  await registerGraphql(app, { ...overHttp, multipart: telemetry.streamsOf('http') });
  registerWebsocket(app, sockets);
  registerSse(app, { operations, authenticate, ...telemetry.streamsOf('sse') });
}

async function buildApp(config: ServerConfig, parts: Parts): Promise<FastifyInstance> {
  const { corsOrigins, webhook, introspection = false, sandboxUrl } = config;
  const { client, backplane, telemetry } = parts;
  const loadShedder = createLoadShedder();
  const app = await createApp(telemetry.log, { corsOrigins, loadShedder });
  app.addHook('onClose', (_, done) => {
    loadShedder.stop();
    done();
  });
  const page = await readPage();

  registerHealth(app, client, backplane);
  await serveGraphql(app, { config, parts, loadShedder, page });
  if (webhook) {
    const onOutcome = telemetry.countWebhook.bind(telemetry);
    const accept = backplane.inbox.enqueue.bind(backplane.inbox);
    registerWebhook(app, { credentials: webhook, accept, log: app.log, onOutcome });
  }
  if (sandboxUrl !== undefined) registerSandboxProxy(app, sandboxUrl);
  await servePage(app, config, page);
  if (introspection) await registerGraphiql(app);
  return app;
}

/**
 * Builds all parts of a server; nothing happens before `start`. An MX that is down makes it unready, not unstarted.
 * Throws a `SettingsError` if `corsOrigins` contains an origin that is not valid.
 */
export function createServer(settings: ServerConfig): Server {
  const config = { ...settings, corsOrigins: normalizeOrigins(settings.corsOrigins) };
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
    await parts?.changeFeed.stop();
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
      parts.changeFeed.start();
      if (metricsPort !== null) await metricsApp?.listen({ host: config.host, port: metricsPort });
      return app.listen({ host: config.host, port: config.port });
    },
    stop: () => (stopped ??= close()),
  };
}
