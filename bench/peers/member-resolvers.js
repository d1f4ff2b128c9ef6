// Resolvers over the rows of the list call; `context.institution(code)` is what the peers differ in.
import { isTerminal, namesInstitution, requiredAction, statusRow, userMessage } from './member-view.js';

export const member = {
  connectionStatus: (row) => row.connection_status,
  userMessage: async (row, _args, context) => {
    const status = statusRow(row.connection_status);
    if (!namesInstitution(status)) return status.message;
    return userMessage(status, (await context.institution(row.institution_code)).name);
  },
  requiredAction: (row) => requiredAction(statusRow(row.connection_status), row.is_being_aggregated),
  isTerminal: (row) => isTerminal(statusRow(row.connection_status), row.is_being_aggregated),
  institution: (row, _args, context) => context.institution(row.institution_code),
};

export const roots = {
  Query: { user: (_root, { guid }) => ({ guid }) },
  User: { members: (user, _args, { mx }) => mx.members(user.guid) },
};
