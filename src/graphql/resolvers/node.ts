import type { NodeResolvers } from '../../generated/resolvers-types.js';

export const Node: Pick<NodeResolvers, '__resolveType'> = {
  __resolveType(node) {
    if ('view' in node) return 'Member';
    if ('last_four' in node) return 'Account';
    return 'code' in node ? 'Institution' : 'User';
  },
};
