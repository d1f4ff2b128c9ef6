import type { MemberStatusChangeResolvers } from '../../generated/resolvers-types.js';
import { shownTime } from '../context.js';
import { encodeCursor } from '../../status/cursor.js';
import type { StatusEvent } from '../../live/event-queue.js';
import { interpret, statusOf } from '../../status/status.js';
import type { Resolved } from './resolved.js';

export const MemberStatusChange: Resolved<MemberStatusChangeResolvers, StatusEvent> = {
  cursor: ({ position }) => encodeCursor(position),
  kind: ({ kinds }) => kinds[0] ?? 'SNAPSHOT',
  member({ userGuid, memberGuid, next, observedMs, cause }, _, { loaders }) {
    if (memberGuid === null || next === null) return null;
    const key = { userGuid, memberGuid };
    return cause === 'CLOCK'
      ? loaders.memberAged(key, observedMs, next)
      : loaders.memberSeen(key, observedMs);
  },
  previousStatus: ({ previous }) => statusOf(previous?.status).status,
  connectionStatus: ({ next }) => statusOf(next?.status).status,
  isBeingAggregated: ({ next }) => next?.isBeingAggregated ?? false,
  isTerminal: ({ next }) => next === null || interpret(next).isTerminal,
  isInProgress: ({ next }) => next !== null && interpret(next).isInProgress,
  freshness: ({ next }) => next?.freshness ?? null,
  transactionsCreated: ({ counts }) => counts?.created ?? null,
  transactionsUpdated: ({ counts }) => counts?.updated ?? null,
  isDeleted: ({ memberGuid, next }) => memberGuid !== null && next === null,
  observedAt: ({ observedMs }, _, context) => shownTime(observedMs, context),
};
