import type { MemberResolvers } from '../../generated/resolvers-types.js';
import type { Loaders, MemberKey } from '../loaders.js';
import type { Catalogue } from '../../messages/messages.js';
import type { MxInstitution } from '../../mx/types.js';
import type { ObservedMember } from '../../status/observed-member.js';
import type { MaybePromise } from '../../cache/cache.js';
import { catalogueFor } from '../context.js';
import { encodeNodeId } from '../node-id.js';
import { readHistory } from '../status-history.js';
import type { Resolved } from './resolved.js';

const keyOf = ({ userGuid, member }: ObservedMember): MemberKey => ({ userGuid, memberGuid: member.guid });

function sentence(
  parent: ObservedMember,
  catalogue: Catalogue,
  institution: MxInstitution | null,
): string | null {
  const name = institution?.name ?? parent.member.name ?? catalogue.fallbackName;
  return catalogue.format(parent.view.row, name);
}

/** The message for the end user. The institution is loaded only if the message contains its name. */
function userMessage(
  parent: ObservedMember,
  catalogue: Catalogue,
  loaders: Loaders,
): MaybePromise<string | null> {
  const { row } = parent.view;
  // A status that is not in the table has no message of ours, so MX's is used.
  if (row.phase === 'UNKNOWN') return parent.member.connection_status_message;
  const code = parent.member.institution_code;
  if (!catalogue.needsInstitutionName(row) || code === null) return sentence(parent, catalogue, null);
  const institution = loaders.institution(code);
  return institution instanceof Promise
    ? institution.then((found) => sentence(parent, catalogue, found))
    : sentence(parent, catalogue, institution);
}

export const Member: Resolved<MemberResolvers, ObservedMember> = {
  id: (parent) => encodeNodeId({ type: 'Member', ...keyOf(parent) }),
  institution: ({ member }, _, { loaders }) =>
    member.institution_code === null ? null : loaders.institution(member.institution_code),
  userMessage: (parent, { locale }, context) =>
    userMessage(parent, catalogueFor(locale, context), context.loaders),

  challenges: (parent, _, { loaders }) =>
    parent.requiredAction === 'ANSWER_CHALLENGE' ? loaders.challenges(keyOf(parent)) : null,
  credentialFields: ({ requiredAction, member }, _, { loaders }) =>
    requiredAction === 'UPDATE_CREDENTIALS' && member.institution_code !== null
      ? loaders.institutionCredentials(member.institution_code)
      : null,
  statusHistory: (parent, args, { loaders }) => readHistory(keyOf(parent), args, loaders),
  oauthWindowUrl: (parent, _, { loaders }) =>
    parent.requiredAction === 'COMPLETE_OAUTH' ? loaders.oauthWindowUrl(keyOf(parent)) : null,
};
