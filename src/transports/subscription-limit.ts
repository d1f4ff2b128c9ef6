import type { GraphQLSchema } from 'graphql';

import type { Viewer } from '../auth.js';
import { ApiError } from '../errors/api-error.js';
import { reportAndFormatError } from '../graphql/result.js';
import { createSubscribe } from '../graphql/subscribe.js';
import type { Subscribe, SubscribeOptions } from '../graphql/subscribe.js';

/** Enough for the tabs and devices of one viewer, but not for a page that subscribes in a loop. */
const MAX_SUBSCRIPTIONS_PER_VIEWER = 200;

/** Counts the open subscriptions of each viewer, over all connections of one instance. */
class SubscriptionLimit {
  readonly #taken = new Map<string, number>();

  /** Returns false if the viewer has reached the limit. */
  acquire({ id }: Viewer): boolean {
    const taken = this.#taken.get(id) ?? 0;
    if (taken >= MAX_SUBSCRIPTIONS_PER_VIEWER) return false;
    this.#taken.set(id, taken + 1);
    return true;
  }

  release({ id }: Viewer): void {
    const left = (this.#taken.get(id) ?? 0) - 1;
    if (left > 0) this.#taken.set(id, left);
    else this.#taken.delete(id);
  }
}

/** Starts subscriptions, up to the limit of each viewer. */
export function createLimitedSubscribe(schema: GraphQLSchema, options: SubscribeOptions): Subscribe {
  const seats = new SubscriptionLimit();
  const subscribe = createSubscribe(schema, { ...options, onEnd: (viewer) => seats.release(viewer) });
  return async (subscription) => {
    const { viewer } = subscription;
    if (!seats.acquire(viewer)) {
      const message = `The limit of ${MAX_SUBSCRIPTIONS_PER_VIEWER} concurrent subscriptions per viewer is reached.`;
      return { errors: [reportAndFormatError(new ApiError('OVERLOADED', message), options.report)] };
    }
    const result = await subscribe(subscription);
    if (!(Symbol.asyncIterator in result)) seats.release(viewer);
    return result;
  };
}
