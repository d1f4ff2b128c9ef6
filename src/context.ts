import type { Viewer } from './auth.js';
import type { Live } from './live.js';
import { Loaders } from './loaders.js';
import type { MxClient } from './mx/client.js';
import type { Reads } from './reads.js';

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
}

/** Makes the context of one operation, or of one event of a subscription. */
export function createContext(services: Services, viewer: Viewer): Context {
  return { viewer, loaders: new Loaders(services, viewer), services };
}
