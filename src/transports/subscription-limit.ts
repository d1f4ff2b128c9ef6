import type { GraphQLSchema } from 'graphql';

import { ApiError } from '../errors/api-error.js';
import { reportAndFormatError } from '../graphql/result.js';
import { createSubscribe } from '../graphql/subscribe.js';
import type { Subscribe, SubscribeOptions } from '../graphql/subscribe.js';
import { ViewerLimit } from './viewer-limit.js';

/** Enough for the tabs and devices of one viewer, but not for a page that subscribes in a loop. */
const MAX_SUBSCRIPTIONS_PER_VIEWER = 200;

/** Starts subscriptions, up to the limit of each viewer. */
export function createLimitedSubscribe(schema: GraphQLSchema, options: SubscribeOptions): Subscribe {
  const limit = new ViewerLimit(MAX_SUBSCRIPTIONS_PER_VIEWER);
  const subscribe = createSubscribe(schema, { ...options, onEnd: (viewer) => limit.release(viewer) });
  return async (subscription) => {
    const { viewer } = subscription;
    if (!limit.acquire(viewer)) {
      const message = `The limit of ${MAX_SUBSCRIPTIONS_PER_VIEWER} concurrent subscriptions per viewer is reached.`;
      return { errors: [reportAndFormatError(new ApiError('OVERLOADED', message), options.report)] };
    }
    const result = await subscribe(subscription);
    if (!(Symbol.asyncIterator in result)) limit.release(viewer);
    return result;
  };
}
