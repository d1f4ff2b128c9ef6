import type { ConnectionStatusInfoResolvers } from '../../generated/resolvers-types.js';
import type { StatusRow } from '../../status/status.js';
import type { Resolved } from './resolved.js';

export const ConnectionStatusInfo: Resolved<ConnectionStatusInfoResolvers, StatusRow> = {
  messageTemplate: ({ message }) => message,
  requiredAction: ({ action }) => action,
  actionSteps: ({ steps }) => steps,
};
