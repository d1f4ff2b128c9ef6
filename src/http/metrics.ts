import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

import type { Metrics } from '../telemetry/metrics.js';
import { createApp } from './app.js';

/** Serves `/metrics`. It tells how much this service is used and by whom it is told of changes: not for the public. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** An HTTP server that serves `/metrics` and nothing else. */
export async function createMetricsApp(log: FastifyBaseLogger, metrics: Metrics): Promise<FastifyInstance> {
  const app = await createApp(log);
  registerMetrics(app, metrics);
  return app;
}
