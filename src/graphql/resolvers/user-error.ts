import type { MemberExistsErrorResolvers, UserErrorResolvers } from '../../generated/resolvers-types.js';
import type { MemberExistsError as Existing } from '../../mutations/mutation.js';
import { viewerGuid } from '../context.js';
import type { Resolved } from './resolved.js';

export const UserError: Pick<UserErrorResolvers, '__resolveType'> = {
  __resolveType({ code }) {
    if (code === 'MEMBER_EXISTS') return 'MemberExistsError';
    return code === 'AGGREGATION_THROTTLED' ? 'AggregationThrottledError' : 'PlainUserError';
  },
};

export const MemberExistsError: Resolved<MemberExistsErrorResolvers, Existing> = {
  existingMember: ({ existingMemberGuid: memberGuid }, _, context) =>
    memberGuid === null ? null : context.loaders.member({ userGuid: viewerGuid(context), memberGuid }),
};
