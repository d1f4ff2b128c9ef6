import type { ConnectionStatusInfoResolvers } from '../../generated/resolvers-types.js';

export const ConnectionStatusInfo: Omit<ConnectionStatusInfoResolvers, '__isTypeOf'> = {
  status: ({ status }) => status,
  code: ({ code }) => code,
  description: ({ description }) => description,
  guidance: ({ guidance }) => guidance,
  messageTemplate: ({ message }) => message,
  requiredAction: ({ action }) => action,
  actionSteps: ({ steps }) => steps,
  phase: ({ phase }) => phase,
  waitingOn: ({ waitingOn }) => waitingOn,
  isTerminal: ({ isTerminal }) => isTerminal,
};
