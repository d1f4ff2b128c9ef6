import type { FastifyInstance } from 'fastify';
import { pino } from 'pino';
import type { Logger } from 'pino';

import { createAuthenticate } from './auth.js';
import type { ServerConfig } from './config.js';
import { createApp } from './http/app.js';
import { registerGraphiql } from './http/graphiql.js';
import { registerGraphql } from './http/graphql.js';
import { registerHealth } from './http/health.js';
import { MxClient } from './mx/client.js';
import { Reads } from './reads.js';

export type { AuthConfig } from './auth.js';
export type { MxConfig, ServerConfig } from './config.js';

/** A GraphQL server over MX. */
export interface Server {
  /** Listens; resolves to the address it is reached at. Rejects where it cannot, such as on a port that is taken. */
  start(): Promise<string>;
  /** Finishes what is under way, closes all connections and resolves. Calling it again does no more. */
  stop(): Promise<void>;
}

async function buildApp(config: ServerConfig, client: MxClient, log: Logger): Promise<FastifyInstance> {
  const app = await createApp(log, config.corsOrigins);
  const reads = new Reads({
    client,
    freshnessMs: config.freshnessMs,
    onUnknownStatus: (word) =>
      log.warn(
        { connectionStatus: word.slice(0, 60) },
        'MX sent a connection status that the table does not list',
      ),
  });
  registerHealth(app, client);
  await registerGraphql(app, {
    services: { client, reads },
    authenticate: createAuthenticate(config.auth),
    log: app.log,
  });
  await registerGraphiql(app);
  return app;
}

/** Builds all parts of a server; nothing happens before `start`. An MX that is down makes it unready, not unstarted. */
export function createServer(config: ServerConfig): Server {
  const log = pino({ level: config.logLevel });
  const client = new MxClient(config.mx);
  let app: FastifyInstance | undefined;
  let stopped: Promise<void> | undefined;

  async function close(): Promise<void> {
    await app?.close();
    await client.close();
  }

  return {
    async start() {
      app = await buildApp(config, client, log);
      return app.listen({ host: config.host, port: config.port });
    },
    stop: () => (stopped ??= close()),
  };
}
