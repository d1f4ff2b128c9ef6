import type { Viewer } from '../auth.js';
import type { Live } from '../live/change-feed.js';
import { Loaders } from './loaders.js';
import type { Catalogue, Messages } from '../messages/messages.js';
import type { MxClient } from '../mx/client.js';
import type { Reads } from '../cache/mx-cache.js';
import type { OperationRun } from '../telemetry/operation.js';

/** What lives as long as the process and serves all requests. */
export interface Services {
  readonly client: MxClient;
  readonly reads: Reads;
  readonly live: Live;
  readonly messages: Messages;
}

/** Who asks for an operation, and how. */
export interface Asker {
  readonly viewer: Viewer;
  /** The sentences in the language that the client asked for beside the operation. */
  readonly catalogue: Catalogue;
  /** The operation as it is followed, where somebody does. */
  readonly run?: OperationRun | null;
}

/** What the resolvers of one operation have to work with. */
export interface Context extends Required<Asker> {
  readonly loaders: Loaders;
  readonly services: Services;
}

/** Makes the context of one operation, or of one event of a subscription. */
export function createContext(services: Services, { viewer, catalogue, run = null }: Asker): Context {
  return { viewer, catalogue, loaders: new Loaders(services, viewer, run), services, run };
}
