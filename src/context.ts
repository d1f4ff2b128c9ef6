import type { Viewer } from './auth.js';
import { createLoaders } from './loaders.js';
import type { Loaders } from './loaders.js';
import type { Reads } from './reads.js';

/** What the resolvers of one operation have to work with. */
export interface Context {
  readonly viewer: Viewer;
  readonly loaders: Loaders;
}

/** Makes the context of one operation, or of one event of a subscription. */
export function createContext(reads: Reads, viewer: Viewer): Context {
  return { viewer, loaders: createLoaders(reads, viewer) };
}
