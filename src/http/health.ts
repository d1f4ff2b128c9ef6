import { setTimeout as delay } from 'node:timers/promises';

import type { FastifyInstance } from 'fastify';

import { steadyNow } from '../clock.js';
import type { Backplane } from '../backplane/backplane.js';
import { isMxError } from '../mx/errors.js';
import type { MxClient } from '../mx/client.js';

/** How MX was found; the kind of failure names what to look for. */
type MxState = 'ok' | 'timeout' | (string & {});

const CHECKED_FOR_MS = 2_000;
const TIMEOUT_MS = 2_000;

/** Asks MX at most every other second, however often an orchestrator asks us. */
function createMxCheck(client: MxClient): () => Promise<MxState> {
  let state: Promise<MxState> | null = null;
  let askedAt = -Infinity;

  async function check(): Promise<MxState> {
    const asked = client.ping().then(
      () => 'ok',
      (error: unknown) => (isMxError(error) ? error.kind : 'internal'),
    );
    const patience = new AbortController();
    const gaveUp = delay(TIMEOUT_MS, 'timeout', { signal: patience.signal }).catch(() => 'timeout');
    return Promise.race([asked, gaveUp]).finally(() => patience.abort());
  }

  return () => {
    if (!state || steadyNow() - askedAt > CHECKED_FOR_MS) {
      askedAt = steadyNow();
      state = check();
    }
    return state;
  };
}

/**
 * Serves `/livez`, whether the process is alive, and `/readyz`, whether it can do its work. Without its Redis it can:
 * queries are answered and sockets stay open, so it says that it is degraded, and stays in its load balancer.
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
