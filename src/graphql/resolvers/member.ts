import type { MemberResolvers } from '../../generated/resolvers-types.js';
import type { Loaders, MemberKey } from '../../loaders.js';
import type { MxInstitution } from '../../mx/types.js';
import type { MaybePromise, ObservedMember } from '../../reads.js';
import { memberErrorOf } from '../../status/member-error.js';
import { messageFor, needsInstitutionName } from '../../status/status.js';
import { nextAttemptAt } from '../../status/throttle.js';
import { encodeNodeId } from '../node-id.js';

const keyOf = ({ userGuid, member }: ObservedMember): MemberKey => ({ userGuid, memberGuid: member.guid });

/** Stands in the sentence where an institution has no name at MX. */
const NAMELESS = 'your institution';

function sentence(parent: ObservedMember, institution: MxInstitution | null): string | null {
  return messageFor(parent.view.row, institution?.name ?? parent.member.name ?? NAMELESS);
}

/** The end user's sentence; the institution is only looked up where the sentence names it. */
function userMessage(parent: ObservedMember, loaders: Loaders): MaybePromise<string | null> {
  const { row } = parent.view;
  // A status that the table does not list has no sentence of ours: MX's own is the best there is.
  if (row.phase === 'UNKNOWN') return parent.member.connection_status_message;
  const code = parent.member.institution_code;
  if (!needsInstitutionName(row) || code === null) return sentence(parent, null);
  const institution = loaders.institution(code);
  return institution instanceof Promise
    ? institution.then((found) => sentence(parent, found))
    : sentence(parent, institution);
}

export const Member: Omit<MemberResolvers, '__isTypeOf'> = {
  id: (parent) => encodeNodeId({ type: 'Member', ...keyOf(parent) }),
  guid: ({ member }) => member.guid,
  name: ({ member }) => member.name,
  user: ({ userGuid }) => ({ guid: userGuid }),
  institution: ({ member }, _, { loaders }) =>
    member.institution_code === null ? null : loaders.institution(member.institution_code),

  connectionStatus: ({ view }) => view.row.status,
  connectionStatusCode: ({ view }) => view.row.code,
  rawConnectionStatus: ({ member }) => member.connection_status,
  statusInfo: ({ view }) => view.row,
  phase: ({ view }) => view.row.phase,
  userMessage: (parent, _, { loaders }) => userMessage(parent, loaders),
  providerMessage: ({ member }) => member.connection_status_message,
  requiredAction: ({ view }) => view.requiredAction,
  actionSteps: ({ view }) => view.actionSteps,
  isTerminal: ({ view }) => view.isTerminal,
  waitingOn: ({ view }) => view.waitingOn,

  isBeingAggregated: ({ member }) => member.is_being_aggregated,
  isManual: ({ member }) => member.is_manual,
  isOauth: ({ member }) => member.is_oauth,
  aggregatedAt: ({ member }) => member.aggregated_at,
  successfullyAggregatedAt: ({ member }) => member.successfully_aggregated_at,
  observedAt: ({ observedAt }) => new Date(observedAt),

  challenges: (parent, _, { loaders }) =>
    parent.view.requiredAction === 'ANSWER_CHALLENGE' ? loaders.challenges(keyOf(parent)) : null,
  credentialFields: ({ view, member }, _, { loaders }) =>
    view.requiredAction === 'UPDATE_CREDENTIALS' && member.institution_code !== null
      ? loaders.institutionCredentials(member.institution_code)
      : null,
  oauthWindowUrl: (parent, _, { loaders }) =>
    parent.view.requiredAction === 'COMPLETE_OAUTH' ? loaders.oauthWindowUrl(keyOf(parent)) : null,
  nextAttemptAt: ({ member }) => nextAttemptAt(member, Date.now()),
  error: ({ member }) => memberErrorOf(member.error),
};
