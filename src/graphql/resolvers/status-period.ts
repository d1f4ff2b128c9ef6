import type { StatusPeriodResolvers } from '../../generated/resolvers-types.js';
import type { ObservedPeriod } from '../../status/history.js';
import { statusOf, interpretState } from '../../status/status.js';

export const StatusPeriod: Omit<StatusPeriodResolvers, '__isTypeOf' | 'cause'> = {
  connectionStatus: ({ state }) => statusOf(state.status).status,
  rawConnectionStatus: ({ state }) => state.status,
  isBeingAggregated: ({ state }) => state.isBeingAggregated,
  phase: ({ state }) => statusOf(state.status).phase,
  requiredAction: ({ state }) => interpretState(state).requiredAction,
  isTerminal: ({ state }) => interpretState(state).isTerminal,
  since: ({ since }) => new Date(since),
  until: ({ until }) => (until === null ? null : new Date(until)),
  durationSeconds: ({ since, until }: ObservedPeriod) =>
    Math.max(0, Math.round(((until ?? Date.now()) - since) / 1_000)),
};
