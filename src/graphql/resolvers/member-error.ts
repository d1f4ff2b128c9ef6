import type { MemberErrorResolvers } from '../../generated/resolvers-types.js';
import { memberErrorMessage } from '../../messages/member-texts.js';
import { catalogueFor } from '../context.js';

export const MemberError: Pick<MemberErrorResolvers, 'userMessage' | 'providerMessage'> = {
  userMessage: (error, { locale }, context) => memberErrorMessage(error, catalogueFor(locale, context)),
  providerMessage: ({ userMessage }) => userMessage,
};
