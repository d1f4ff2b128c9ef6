import { ApiError } from '../errors/api-error.js';
import type { Viewer } from '../auth.js';
import type { ChangeFeed } from '../live/change-feed.js';
import { Loaders } from './loaders.js';
import type { Catalogue, Messages } from '../messages/messages.js';
import type { CreateOutcomes } from '../mutations/create-outcomes.js';
import type { MutationDeduplicator } from '../mutations/deduplicate.js';
import type { MxProduct } from '../mx/products.js';
import type { MxClient } from '../mx/client.js';
import type { MxCache } from '../cache/mx-cache.js';
import type { OperationTrace } from '../telemetry/operation.js';

/** Services that live as long as the process and are shared by all requests. */
export interface Services {
  readonly client: MxClient;
  readonly cache: MxCache;
  readonly changeFeed: ChangeFeed;
  readonly deduplicator: MutationDeduplicator;
  readonly createOutcomes: CreateOutcomes;
  /** The products to request of new members whose input has none. */
  readonly defaultProducts: readonly MxProduct[];
  readonly messages: Messages;
}

/** The viewer and request of an operation. */
export interface RequestContext {
  readonly viewer: Viewer;
  /** The messages in the language of the request. */
  readonly catalogue: Catalogue;
  /** The trace of the operation, if it is traced. */
  readonly trace?: OperationTrace | null;
}

/** The context of the resolvers of one operation. */
export interface Context extends Required<RequestContext> {
  readonly loaders: Loaders;
  readonly services: Services;
}

/** Creates the context of one operation, or of one event of a subscription. */
export function createContext(
  services: Services,
  { viewer, catalogue, trace = null }: RequestContext,
): Context {
  return { viewer, catalogue, loaders: new Loaders(services, viewer, trace), services, trace };
}

/** Converts a time at which members were observed to the wall clock's, to be shown. */
export function shownTime(ms: number, { services }: Context): Date {
  return new Date(services.cache.clock.toWallTime(ms));
}

/** The viewer's guid at MX; throws FORBIDDEN for support staff who are no end users themselves. */
export function viewerGuid({ viewer }: Context): string {
  if (viewer.userGuid !== null) return viewer.userGuid;
  throw new ApiError(
    'FORBIDDEN',
    'The token does not identify an MX user, so there is no viewer. Query `user` instead.',
  );
}

/** Throws FORBIDDEN unless the viewer has the support scope. `action` begins the message. */
export function assertSupport({ viewer }: Context, action: string): void {
  if (!viewer.isSupport) throw new ApiError('FORBIDDEN', `${action} requires the support scope.`);
}

/** The messages in the language of a field's argument, else of the request. Throws BAD_USER_INPUT. */
export function catalogueFor(locale: string | null | undefined, { services, catalogue }: Context): Catalogue {
  if (locale === null || locale === undefined) return catalogue;
  const wanted = services.messages.forLocale(locale);
  if (wanted) return wanted;
  throw new ApiError('BAD_USER_INPUT', 'Expected `locale` to be a BCP 47 language tag, such as es or fr-CA.');
}
