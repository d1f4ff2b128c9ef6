import type { ConnectionStatusInfoResolvers } from '../../generated/resolvers-types.js';
import { actionKeyOf } from '../../messages/member-texts.js';
import { INSTITUTION_PLACEHOLDER } from '../../status/status.js';
import type { StatusRow } from '../../status/status.js';
import { catalogueFor } from '../context.js';
import type { Resolved } from './resolved.js';

export const ConnectionStatusInfo: Resolved<ConnectionStatusInfoResolvers, StatusRow> = {
  messageTemplate: (row, { locale }, context) =>
    catalogueFor(locale, context).format(row, INSTITUTION_PLACEHOLDER),
  label: ({ phase }, { locale }, context) => catalogueFor(locale, context).text(`label.${phase}`),
  actionLabel({ phase, action: requiredAction, waitingOn }, { locale }, context) {
    const catalogue = catalogueFor(locale, context);
    const key = actionKeyOf({ phase, requiredAction, waitingOn });
    return key === null ? null : catalogue.text(key);
  },
  requiredAction: ({ action }) => action,
  actionSteps: ({ steps }) => steps,
};
