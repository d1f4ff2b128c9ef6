import type { SubscriptionResolvers } from '../../generated/resolvers-types.js';
import { StreamFault } from '../../live/event-queue.js';
import type { StatusEvent } from '../../live/event-queue.js';
import { viewerGuid } from '../context.js';
import { assertMemberGuid } from '../node-id.js';

type Event = StatusEvent | StreamFault;

export const Subscription: SubscriptionResolvers = {
  memberStatusChanged: {
    async subscribe(_, { memberGuid, after }, context) {
      if (typeof memberGuid === 'string') assertMemberGuid(memberGuid);
      const wanted = { memberGuid: memberGuid ?? null, after: after ?? null };
      return context.services.live.subscribe({ userGuid: viewerGuid(context), ...wanted });
    },
    /** A fault fails its own event and leaves the stream open. */
    resolve(event: Event) {
      if (event instanceof StreamFault) throw event.error;
      return event;
    },
  },
};
