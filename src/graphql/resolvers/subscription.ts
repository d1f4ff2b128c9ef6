import type { SubscriptionResolvers } from '../../generated/resolvers-types.js';
import { StreamError } from '../../live/event-queue.js';
import type { StatusEvent } from '../../live/event-queue.js';
import { viewerGuid } from '../context.js';
import { assertMemberGuid } from '../node-id.js';

type Event = StatusEvent | StreamError;

export const Subscription: SubscriptionResolvers = {
  memberStatusChanged: {
    async subscribe(_, { memberGuid, after }, context) {
      if (typeof memberGuid === 'string') assertMemberGuid(memberGuid);
      const args = { memberGuid: memberGuid ?? null, after: after ?? null };
      return context.services.changeFeed.subscribe({ userGuid: viewerGuid(context), ...args });
    },
    /** An error fails only its own event and leaves the stream open. */
    resolve(event: Event) {
      if (event instanceof StreamError) throw event.error;
      return event;
    },
  },
};
