import type { UserErrorResolvers } from '../../generated/resolvers-types.js';
import type { UserError as MutationError } from '../../mutations/mutation.js';
import { catalogueFor } from '../context.js';
import type { Resolved } from './resolved.js';

export const UserError: Pick<Resolved<UserErrorResolvers, MutationError>, 'userMessage'> = {
  userMessage: ({ code }, { locale }, context) => catalogueFor(locale, context).text(`userError.${code}`),
};
