import type { SubscriptionResolvers } from '../../generated/resolvers-types.js';
import { StreamError } from '../../live/event-queue.js';
import type { StatusEvent } from '../../live/event-queue.js';
import { mayView } from '../../auth.js';
import { ApiError } from '../../errors/api-error.js';
import { viewerGuid } from '../context.js';
import type { Context } from '../context.js';
import { assertMemberGuid, assertUserGuid } from '../node-id.js';

type Event = StatusEvent | StreamError;

/** The user whose members are subscribed to. Throws FORBIDDEN for another user without the support scope. */
function userOf(userGuid: string | null, context: Context): string {
  if (userGuid === null) return viewerGuid(context);
  assertUserGuid(userGuid);
  if (!mayView(context.viewer, userGuid))
    throw new ApiError('FORBIDDEN', 'Subscribing to another user requires the support scope.');
  context.trace?.noteRead(userGuid);
  return userGuid;
}

export const Subscription: SubscriptionResolvers = {
  memberStatusChanged: {
    async subscribe(_, { userGuid, memberGuid, after }, context) {
      if (typeof memberGuid === 'string') assertMemberGuid(memberGuid);
      const args = { memberGuid: memberGuid ?? null, after: after ?? null };
      return context.services.changeFeed.subscribe({ userGuid: userOf(userGuid ?? null, context), ...args });
    },
    /** An error fails only its own event and leaves the stream open. */
    resolve(event: Event) {
      if (event instanceof StreamError) throw event.error;
      return event;
    },
  },
};
