import type { StatusPeriodResolvers } from '../../generated/resolvers-types.js';
import type { ObservedPeriod } from '../../status/history.js';
import { shownTime } from '../context.js';
import { statusOf, interpretState } from '../../status/status.js';

export const StatusPeriod: Omit<StatusPeriodResolvers, '__isTypeOf' | 'cause'> = {
  connectionStatus: ({ state }) => statusOf(state.status).status,
  rawConnectionStatus: ({ state }) => state.status,
  isBeingAggregated: ({ state }) => state.isBeingAggregated,
  phase: ({ state }) => statusOf(state.status).phase,
  requiredAction: ({ state }) => interpretState(state).requiredAction,
  isTerminal: ({ state }) => interpretState(state).isTerminal,
  since: ({ since }, _, context) => shownTime(since, context),
  until: ({ until }, _, context) => (until === null ? null : shownTime(until, context)),
  durationSeconds: ({ since, until }: ObservedPeriod, _, { services }) =>
    Math.max(0, Math.round(((until ?? services.cache.clock.now()) - since) / 1_000)),
};
