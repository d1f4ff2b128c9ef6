import type { StatusPeriodResolvers } from '../../generated/resolvers-types.js';
import type { MemberPeriod } from '../status-history.js';
import { labelKeyOf } from '../../messages/member-texts.js';
import { catalogueFor, shownTime } from '../context.js';
import { viewOf } from '../oauth-view.js';
import { interpret, statusOf } from '../../status/status.js';

export const StatusPeriod: Omit<StatusPeriodResolvers, '__isTypeOf' | 'cause'> = {
  connectionStatus: ({ state }) => statusOf(state.status).status,
  rawConnectionStatus: ({ state }) => state.status,
  isBeingAggregated: ({ state }) => state.isBeingAggregated,
  phase: ({ state }) => interpret(state).phase,
  label({ state }, { locale }, context) {
    const { phase, requiredAction } = interpret(state);
    const { isBeingAggregated } = state;
    return catalogueFor(locale, context).text(labelKeyOf({ phase, requiredAction, isBeingAggregated }));
  },
  async requiredAction({ state, until, member }, _, { loaders }) {
    const view = interpret(state);
    // Nobody knows whether the institution had moved to OAuth in an earlier period.
    return (until === null ? await viewOf({ view, member: member.member }, loaders) : view).requiredAction;
  },
  isTerminal: ({ state }) => interpret(state).isTerminal,
  since: ({ since }, _, context) => shownTime(since, context),
  until: ({ until }, _, context) => (until === null ? null : shownTime(until, context)),
  durationSeconds: ({ since, until }: MemberPeriod, _, { services }) =>
    Math.max(0, Math.round(((until ?? services.cache.clock.now()) - since) / 1_000)),
};
