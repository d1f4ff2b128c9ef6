import type { ConnectionPhase, Party, RequiredAction } from '../status/status.js';
import type { MemberError } from '../status/member-error.js';
import type { Catalogue, TextKey } from './catalogue.js';
import { canonicalTag, matchLocales } from './locale.js';

/** What the badge of a connection depends on. */
export interface Labelled {
  readonly phase: ConnectionPhase;
  readonly requiredAction: RequiredAction;
  readonly isBeingAggregated: boolean;
}

/** What the button of a connection depends on. */
export interface Actionable {
  readonly phase: ConnectionPhase;
  readonly requiredAction: RequiredAction;
  readonly waitingOn: Party;
}

/**
 * The key of a connection's badge. While a job runs that needs nobody, the phase is the one from before the job, so the
 * badge tells of the job instead.
 */
export function labelKeyOf({ phase, requiredAction, isBeingAggregated }: Labelled): TextKey {
  const needsNobody = requiredAction === 'WAIT' || requiredAction === 'NONE';
  if (!isBeingAggregated || !needsNobody) return `label.${phase}`;
  return phase === 'CONNECTED' ? 'label.UPDATING' : 'label.CONNECTING';
}

/** A first attempt is no second one: what the application has to start is continued, and old data is updated. */
function aggregateKeyOf({ phase, waitingOn }: Actionable): TextKey {
  if (waitingOn !== 'APPLICATION') return 'action.AGGREGATE';
  return phase === 'CONNECTING' ? 'action.CONTINUE' : 'action.UPDATE';
}

/** The key of the button for the next action; null if there is nothing to press. */
export function actionKeyOf(member: Actionable): TextKey | null {
  switch (member.requiredAction) {
    case 'NONE':
    case 'WAIT':
      return null;
    case 'AGGREGATE':
      return aggregateKeyOf(member);
    default:
      return `action.${member.requiredAction}`;
  }
}

/** Returns whether a text is in the catalogue's language, in any regional variant. */
function isInLanguage(tag: string | null, { locale }: Catalogue): boolean {
  const canonical = tag === null ? null : canonicalTag(tag);
  return canonical !== null && matchLocales(canonical, [locale]).length > 0;
}

/**
 * The sentence for an error of a member: MX's own, which can be more precise, if it is in the catalogue's language. Of an
 * error that this product does not know, MX's sentence in another language says more than ours.
 */
export function memberErrorMessage(error: MemberError, catalogue: Catalogue): string {
  const { code, userMessage, locale } = error;
  const isPreferred = code === 'UNKNOWN' || isInLanguage(locale, catalogue);
  return (isPreferred ? userMessage : null) ?? catalogue.text(`memberError.${code}`);
}
