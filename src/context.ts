import type { Viewer } from './auth.js';
import type { Live } from './live.js';
import { Loaders } from './loaders.js';
import type { Catalogue, Messages } from './messages/messages.js';
import type { MxClient } from './mx/client.js';
import type { Reads } from './reads.js';

/** What lives as long as the process and serves all requests. */
export interface Services {
  readonly client: MxClient;
  readonly reads: Reads;
  readonly live: Live;
  readonly messages: Messages;
}

/** What the resolvers of one operation have to work with. */
export interface Context {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
  readonly services: Services;
  /** The sentences in the language that the client asked for beside the operation. */
  readonly catalogue: Catalogue;
}

/** Makes the context of one operation, or of one event of a subscription. */
export function createContext(services: Services, viewer: Viewer, catalogue: Catalogue): Context {
  return { viewer, loaders: new Loaders(services, viewer), services, catalogue };
}
