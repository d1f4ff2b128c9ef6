import type {
  AggregationThrottledErrorResolvers,
  MemberExistsErrorResolvers,
  PlainUserErrorResolvers,
  UserErrorResolvers,
} from '../../generated/resolvers-types.js';
import type { MemberExistsError as Existing, UserErrorCode } from '../../mutations/mutation.js';
import { catalogueFor, viewerGuid } from '../context.js';
import type { Context } from '../context.js';
import type { Resolved } from './resolved.js';

export const UserError: Pick<UserErrorResolvers, '__resolveType'> = {
  __resolveType({ code }) {
    if (code === 'MEMBER_EXISTS') return 'MemberExistsError';
    return code === 'AGGREGATION_THROTTLED' ? 'AggregationThrottledError' : 'PlainUserError';
  },
};

/** The sentence for the end user. */
function userMessage(
  { code }: { readonly code: UserErrorCode },
  { locale }: { locale?: string | null },
  context: Context,
): string {
  return catalogueFor(locale, context).text(`userError.${code}`);
}

export const PlainUserError: Pick<PlainUserErrorResolvers, 'userMessage'> = { userMessage };

export const AggregationThrottledError: Pick<AggregationThrottledErrorResolvers, 'userMessage'> = {
  userMessage,
};

export const MemberExistsError: Resolved<MemberExistsErrorResolvers, Existing> = {
  userMessage,
  existingMember: ({ existingMemberGuid: memberGuid }, _, context) =>
    memberGuid === null ? null : context.loaders.member({ userGuid: viewerGuid(context), memberGuid }),
};
