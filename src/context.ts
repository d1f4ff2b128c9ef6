import type { Viewer } from './auth.js';
import type { Live } from './live.js';
import { Loaders } from './loaders.js';
import type { MxClient } from './mx/client.js';
import type { Reads } from './reads.js';
import type { OperationRun } from './telemetry/operation.js';

/** What lives as long as the process and serves all requests. */
export interface Services {
  readonly client: MxClient;
  readonly reads: Reads;
  readonly live: Live;
}

/** What the resolvers of one operation have to work with. */
export interface Context {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
  readonly services: Services;
  /** The operation as it is followed; null where nobody does. */
  readonly run: OperationRun | null;
}

/** Makes the context of one operation, or of one event of a subscription. */
export function createContext(services: Services, viewer: Viewer, run: OperationRun | null = null): Context {
  return { viewer, loaders: new Loaders(services, viewer, run), services, run };
}
