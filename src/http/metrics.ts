import type { FastifyBaseLogger, FastifyInstance } from 'fastify';

import type { Metrics } from '../telemetry/metrics.js';
import { createApp } from './app.js';

/** Serves `/metrics`. It reveals how much the service is used, so it should not be public. */
export function registerMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.get('/metrics', async (_, reply) => reply.type(metrics.contentType).send(await metrics.text()));
}

/** Creates an HTTP server for `/metrics` only. */
export async function createMetricsApp(log: FastifyBaseLogger, metrics: Metrics): Promise<FastifyInstance> {
  const app = await createApp(log);
  registerMetrics(app, metrics);
  return app;
}
