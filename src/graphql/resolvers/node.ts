import type { NodeResolvers } from '../../generated/resolvers-types.js';

export const Node: Pick<NodeResolvers, '__resolveType'> = {
  __resolveType: (node) => ('view' in node ? 'Member' : 'code' in node ? 'Institution' : 'User'),
};
