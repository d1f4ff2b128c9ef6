import type { MemberStatusChangeResolvers } from '../../generated/resolvers-types.js';
import { shownTime } from '../context.js';
import { encodeCursor } from '../../status/change.js';
import type { StatusEvent } from '../../live/event-queue.js';
import { interpret, statusOf } from '../../status/status.js';
import type { Resolved } from './resolved.js';

export const MemberStatusChange: Resolved<MemberStatusChangeResolvers, StatusEvent> = {
  cursor: ({ position }) => encodeCursor(position),
  member: ({ userGuid, memberGuid, next, observedMs }, _, { loaders }) =>
    memberGuid === null || next === null ? null : loaders.memberSeen({ userGuid, memberGuid }, observedMs),
  previousStatus: ({ previous }) => statusOf(previous?.status).status,
  connectionStatus: ({ next }) => statusOf(next?.status).status,
  isBeingAggregated: ({ next }) => next?.isBeingAggregated ?? false,
  isTerminal: ({ next }) => next === null || interpret(next).isTerminal,
  isDeleted: ({ memberGuid, next }) => memberGuid !== null && next === null,
  observedAt: ({ observedMs }, _, context) => shownTime(observedMs, context),
};
