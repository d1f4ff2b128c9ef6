import type { FastifyInstance } from 'fastify';
import { createControl } from './control/control.js';
import type { SandboxControl } from './control/control.js';
import { DEMO_USER_GUID, OTHER_USER_GUID, seedDemo } from './bank/demo-data.js';
import { createFaults } from './control/faults.js';
import { createRequestLog } from './control/request-log.js';
import { buildServer } from './server.js';
import { DEFAULT_SETTINGS } from './settings.js';
import type { SandboxSettings } from './settings.js';
import { Store } from './model/state.js';
import { createTimers } from './timers.js';
import { Webhooks } from './webhooks/webhooks.js';
import type { SandboxContext } from './bank/world.js';

export type { SandboxControl } from './control/control.js';
export type { SandboxSettings } from './settings.js';

export interface SandboxOptions {
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  /** The name and password Basic auth must carry. */
  clientId?: string;
  apiKey?: string;
  settings?: Partial<SandboxSettings>;
  /** What time it is, in milliseconds; timers keep real time all the same. */
  now?: () => number;
}

/** An MX integration environment on loopback. */
export interface Sandbox {
  /** Starts listening; the answer is the base URL. */
  start(): Promise<string>;
  /** Ends at once, open requests included. Stopping twice is harmless. */
  stop(): Promise<void>;
  readonly url: string;
  readonly demoUserGuid: string;
  /** A user whose members the demo user may not see. */
  readonly otherUserGuid: string;
  readonly credentials: { clientId: string; apiKey: string };
  readonly control: SandboxControl;
}

function createWorld(options: SandboxOptions): SandboxContext {
  const timers = createTimers();
  const world: SandboxContext = {
    store: new Store(),
    timers,
    webhooks: new Webhooks(timers, () => world.settings),
    now: options.now ?? Date.now,
    oauthWindows: new Map(),
    oauthDecisions: new Map(),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    baseUrl: '',
  };
  seedDemo(world);
  return world;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' ? 'is taken' : 'is no use';
    throw new Error(`The sandbox cannot listen: ${host}:${port} ${why}.`, { cause });
  }
}

/** Makes a sandbox with the demonstration in it. Nothing runs before `start`. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { host = '127.0.0.1', port = 0, clientId = 'sandbox-client', apiKey = 'sandbox-key' } = options;
  const world = createWorld(options);
  const parts = { world, faults: createFaults(), log: createRequestLog() };
  const control = createControl(parts);
  const requestTimers = createTimers();
  const credentials = { clientId, apiKey };
  let app: FastifyInstance | null = null;

  return {
    async start() {
      if (app !== null) throw new Error(`The sandbox listens already, at ${world.baseUrl}.`);
      app = buildServer({ ...parts, control, requestTimers, credentials });
      try {
        world.baseUrl = await listen(app, host, port);
      } catch (error) {
        app = null;
        throw error;
      }
      return world.baseUrl;
    },
    async stop() {
      const running = app;
      app = null;
      world.timers.cancelAll();
      requestTimers.cancelAll();
      await Promise.all([running?.close(), world.webhooks.close()]);
      world.timers.cancelAll();
    },
    get url() {
      if (app === null || world.baseUrl === '')
        throw new Error('The sandbox has no address before it is started.');
      return world.baseUrl;
    },
    demoUserGuid: DEMO_USER_GUID,
    otherUserGuid: OTHER_USER_GUID,
    credentials,
    control,
  };
}
