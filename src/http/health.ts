import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import { steadyNow } from '../clock.js';
import type { Backplane } from '../backplane/backplane.js';
import { isMxError } from '../mx/errors.js';
import type { MxClient } from '../mx/client.js';

/** The state of MX; on failure, the kind of error. */
type MxState = 'ok' | 'timeout' | (string & {});

const CHECK_TTL_MS = 2_000;
const TIMEOUT_MS = 2_000;

/** Pings MX at most every two seconds, however often the endpoint is polled. */
function createMxCheck(client: MxClient): () => Promise<MxState> {
  let state: Promise<MxState> | null = null;
  let askedAt = -Infinity;

  async function check(): Promise<MxState> {
    const ping = client.ping().then(
      () => 'ok',
      (error: unknown) => (isMxError(error) ? error.kind : 'internal'),
    );
    const controller = new AbortController();
    const timeout = delay(TIMEOUT_MS, 'timeout', { signal: controller.signal }).catch(() => 'timeout');
    return Promise.race([ping, timeout]).finally(() => controller.abort());
  }

  return () => {
    if (!state || steadyNow() - askedAt > CHECK_TTL_MS) {
      askedAt = steadyNow();
      state = check();
    }
    return state;
  };
}

/**
 * Serves `/livez` (the process is alive) and `/readyz` (it can serve requests). Without Redis the instance still
 * answers queries and keeps sockets open, so it reports `degraded` and stays in the load balancer.
 */
export function registerHealth(app: FastifyInstance, client: MxClient, backplane: Backplane): void {
  const checkMx = createMxCheck(client);
  app.get('/livez', () => ({ status: 'alive' }));
  app.get('/readyz', async (_, reply) => {
    const mx = await checkMx();
    const redis = backplane.state();
    // An MX that is rate limiting requests works again soon: without this instance, clients would not be told when.
    const isReady = mx === 'ok' || mx === 'throttled';
    const isDegraded = mx === 'throttled' || redis === 'unavailable';
    const status = !isReady ? 'not ready' : isDegraded ? 'degraded' : 'ready';
    return reply.code(isReady ? 200 : 503).send({ status, checks: { mx, ...(redis && { redis }) } });
  });
}
