import type { ConnectionStatusInfoResolvers } from '../../generated/resolvers-types.js';
import { INSTITUTION_PLACEHOLDER } from '../../status/status.js';
import type { StatusRow } from '../../status/status.js';
import { catalogueFor } from '../context.js';
import type { Resolved } from './resolved.js';

export const ConnectionStatusInfo: Resolved<ConnectionStatusInfoResolvers, StatusRow> = {
  messageTemplate: (row, { locale }, context) =>
    catalogueFor(locale, context).format(row, INSTITUTION_PLACEHOLDER),
  requiredAction: ({ action }) => action,
  actionSteps: ({ steps }) => steps,
};
