import type { NodeResolvers } from '../../generated/resolvers-types.js';
import type { UserRef } from '../loaders.js';
import type { MxInstitution } from '../../mx/types.js';
import type { ObservedMember } from '../../status/observed-member.js';

/** What stands behind a `Node`: the parent objects of the types that implement it. */
export type NodeObject = UserRef | ObservedMember | MxInstitution;

export const Node: Pick<NodeResolvers, '__resolveType'> = {
  __resolveType: (node) => ('view' in node ? 'Member' : 'code' in node ? 'Institution' : 'User'),
};
