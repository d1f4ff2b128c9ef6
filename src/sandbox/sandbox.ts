import { steadyNow } from '../clock.js';
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
import type { SandboxContext } from './bank/sandbox-context.js';

export type { SandboxControl } from './control/control.js';
export type { SandboxSettings } from './settings.js';

export interface SandboxOptions {
  /** Address to listen on. Defaults to `127.0.0.1`. */
  host?: string;
  /** Port to listen on. Defaults to 0, which selects a free port. */
  port?: number;
  /** User name for Basic authentication. Defaults to `sandbox-client`. */
  clientId?: string;
  /** Password for Basic authentication. Defaults to `sandbox-key`. */
  apiKey?: string;
  settings?: Partial<SandboxSettings>;
  /** Returns the current time in ms. Defaults to the steady clock. Timers always use real time. */
  now?: () => number;
}

/** A local simulation of MX's integration environment. */
export interface Sandbox {
  /** Starts listening and resolves to the base URL. */
  start(): Promise<string>;
  /** Stops immediately and aborts open requests. Stopping twice is harmless. */
  stop(): Promise<void>;
  /** The base URL. Throws before `start` has resolved. */
  readonly url: string;
  readonly demoUserGuid: string;
  /** A second user, to test that users cannot see each other's members. */
  readonly otherUserGuid: string;
  readonly credentials: { clientId: string; apiKey: string };
  readonly control: SandboxControl;
}

function createContext(options: SandboxOptions): SandboxContext {
  const timers = createTimers();
  const context: SandboxContext = {
    store: new Store(),
    timers,
    webhooks: new Webhooks(timers, () => context.settings),
    now: options.now ?? steadyNow,
    oauthWindows: new Map(),
    oauthDecisions: new Map(),
    settings: { ...DEFAULT_SETTINGS, ...options.settings },
    baseUrl: '',
  };
  seedDemo(context);
  return context;
}

async function listen(app: FastifyInstance, host: string, port: number): Promise<string> {
  try {
    return await app.listen({ host, port });
  } catch (cause) {
    await app.close();
    const why =
      cause instanceof Error && 'code' in cause && cause.code === 'EADDRINUSE' ? 'is taken' : 'is not usable';
    throw new Error(`The sandbox cannot listen: ${host}:${port} ${why}.`, { cause });
  }
}

/** Creates a sandbox with the demo data. Nothing runs before `start`. */
export function createSandbox(options: SandboxOptions = {}): Sandbox {
  const { host = '127.0.0.1', port = 0, clientId = 'sandbox-client', apiKey = 'sandbox-key' } = options;
  const context = createContext(options);
  const parts = { context, faults: createFaults(), log: createRequestLog() };
  const control = createControl(parts);
  const requestTimers = createTimers();
  const credentials = { clientId, apiKey };
  let app: FastifyInstance | null = null;

  return {
    async start() {
      if (app !== null) throw new Error(`The sandbox is already listening at ${context.baseUrl}.`);
      app = buildServer({ ...parts, control, requestTimers, credentials });
      try {
        context.baseUrl = await listen(app, host, port);
      } catch (error) {
        app = null;
        throw error;
      }
      return context.baseUrl;
    },
    async stop() {
      const running = app;
      app = null;
      context.timers.cancelAll();
      requestTimers.cancelAll();
      await Promise.all([running?.close(), context.webhooks.close()]);
      context.timers.cancelAll();
    },
    get url() {
      if (app === null || context.baseUrl === '')
        throw new Error('The sandbox has no URL before it is started.');
      return context.baseUrl;
    },
    demoUserGuid: DEMO_USER_GUID,
    otherUserGuid: OTHER_USER_GUID,
    credentials,
    control,
  };
}
