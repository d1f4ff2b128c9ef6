import type { MemberResolvers } from '../../generated/resolvers-types.js';
import type { Loaders, MemberKey } from '../loaders.js';
import { actionKeyOf, labelKeyOf } from '../../messages/member-texts.js';
import type { Catalogue } from '../../messages/messages.js';
import type { MxInstitution } from '../../mx/types.js';
import type { ObservedMember } from '../../status/observed-member.js';
import type { RequiredAction } from '../../status/status.js';
import type { MaybePromise } from '../../cache/cache.js';
import { toWallTime, wallNow } from '../../clock.js';
import { isMxError } from '../../mx/errors.js';
import { retryAt } from '../../status/retry-at.js';
import { catalogueFor, shownTime } from '../context.js';
import { encodeNodeId } from '../node-id.js';
import { credentialsCodeOf, fieldsOf, hasMovedToOauth, viewOf } from '../oauth-view.js';
import { readHistory } from '../status-history.js';
import type { Resolved } from './resolved.js';

const keyOf = ({ userGuid, member }: ObservedMember): MemberKey => ({ userGuid, memberGuid: member.guid });

function sentence(
  parent: ObservedMember,
  catalogue: Catalogue,
  institution: MxInstitution | null,
): string | null {
  const name = institution?.name ?? parent.member.name ?? catalogue.fallbackName;
  const { row, sentence: evidence } = parent.view;
  return evidence === null ? catalogue.format(row, name) : catalogue.text(`reading.${evidence}`, name);
}

/** Returns true if the message contains the institution's name. */
function needsInstitution(
  { view: { row, sentence: evidence } }: ObservedMember,
  catalogue: Catalogue,
): boolean {
  return evidence === null
    ? catalogue.needsInstitutionName(row)
    : catalogue.textNeedsInstitutionName(`reading.${evidence}`);
}

/** The institution; null if MX does not list it any more. */
async function readInstitution(code: string, loaders: Loaders): Promise<MxInstitution | null> {
  try {
    return await loaders.institution(code);
  } catch (error) {
    if (isMxError(error, 'not_found')) return null;
    throw error;
  }
}

/**
 * The end user's sentence. The institution is only looked up where the sentence names it; one that cannot be looked up is
 * called by the member's own name.
 */
function userMessage(
  parent: ObservedMember,
  catalogue: Catalogue,
  loaders: Loaders,
): MaybePromise<string | null> {
  const { row } = parent.view;
  // A status that is not in the table has no message of ours, so MX's is used.
  if (row.phase === 'UNKNOWN') return parent.member.connection_status_message;
  const code = parent.member.institution_code;
  if (code === null || !needsInstitution(parent, catalogue)) return sentence(parent, catalogue, null);
  const institution = loaders.institution(code);
  return institution instanceof Promise
    ? institution.then(
        (found) => sentence(parent, catalogue, found),
        () => sentence(parent, catalogue, null),
      )
    : sentence(parent, catalogue, institution);
}

/** The text of the button; the action can be another than the member's own at a bank that has moved to OAuth. */
function actionLabel(
  { phase, waitingOn }: ObservedMember,
  requiredAction: RequiredAction,
  catalogue: Catalogue,
): string | null {
  const key = actionKeyOf({ phase, waitingOn, requiredAction });
  return key === null ? null : catalogue.text(key);
}

/** Fields that are not only properties of the member, because they can depend on its institution. */
type Own = Omit<ObservedMember, 'requiredAction' | 'actionSteps'>;

export const Member: Resolved<MemberResolvers, Own> = {
  id: (parent) => encodeNodeId({ type: 'Member', ...keyOf(parent) }),
  institution({ member }, _, { loaders }) {
    if (member.institution_code === null) return null;
    const institution = loaders.institution(member.institution_code);
    return institution instanceof Promise ? readInstitution(member.institution_code, loaders) : institution;
  },
  requiredAction(parent, _, { loaders }) {
    const view = viewOf(parent, loaders);
    return view instanceof Promise ? view.then(({ requiredAction }) => requiredAction) : view.requiredAction;
  },
  label: (parent, { locale }, context) => catalogueFor(locale, context).text(labelKeyOf(parent)),
  actionLabel(parent, { locale }, context) {
    const catalogue = catalogueFor(locale, context);
    const view = viewOf(parent, context.loaders);
    return view instanceof Promise
      ? view.then(({ requiredAction }) => actionLabel(parent, requiredAction, catalogue))
      : actionLabel(parent, view.requiredAction, catalogue);
  },
  actionSteps(parent, _, { loaders }) {
    const view = viewOf(parent, loaders);
    return view instanceof Promise ? view.then(({ actionSteps }) => actionSteps) : view.actionSteps;
  },
  observedAt: ({ observedMs }, _, context) => shownTime(observedMs, context),
  userMessageSource: ({ view }) => (view.sentence === null ? 'STATUS' : 'EVIDENCE'),
  retryAt({ member, view }, _, { services }) {
    const { pausedUntil } = services.client;
    const upstreamPausedUntil = pausedUntil === null ? null : toWallTime(pausedUntil);
    return retryAt(member, view, { now: wallNow(), upstreamPausedUntil });
  },
  userMessage: (parent, { locale }, context) =>
    userMessage(parent, catalogueFor(locale, context), context.loaders),

  progress: (parent, _, { loaders }) => (parent.isBeingAggregated ? loaders.progress(keyOf(parent)) : null),
  accounts: (parent, _, { loaders }) => loaders.accounts(keyOf(parent)),
  challenges: (parent, _, { loaders }) =>
    parent.requiredAction === 'ANSWER_CHALLENGE' ? loaders.challenges(keyOf(parent)) : null,
  credentialFields(parent, _, { loaders }) {
    const code = credentialsCodeOf(parent);
    return code === null ? null : fieldsOf(code, loaders);
  },
  statusHistory: (parent, args, { loaders }) => readHistory(parent, args, loaders),
  async oauthWindowUrl(parent, _, { loaders }) {
    const code = credentialsCodeOf(parent);
    const isOauth =
      parent.requiredAction === 'COMPLETE_OAUTH' || (code !== null && (await hasMovedToOauth(code, loaders)));
    return isOauth ? loaders.oauthWindowUrl(keyOf(parent)) : null;
  },
};
