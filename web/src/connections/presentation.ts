import type { ConnectionCardFragment, ConnectionPhase } from '../../generated/graphql.js';
import type { IconName } from '../parts/icon.js';
import type { TextKey } from '../parts/i18n.js';

/** What of a connection decides how it is drawn: the graph's own words for how it stands. */
export type Standing = Pick<
  ConnectionCardFragment,
  'phase' | 'requiredAction' | 'waitingOn' | 'userMessage' | 'isBeingAggregated'
>;

/** What of it a badge shows. */
export type Glance = Pick<Standing, 'phase' | 'requiredAction' | 'isBeingAggregated'>;

/** What a connection is called. */
export function nameOf({ name, institution }: Pick<ConnectionCardFragment, 'name' | 'institution'>): string {
  return name ?? institution?.name ?? '–';
}

type Tone = ConnectionPhase | 'UPDATING';

export interface Badge {
  readonly tone: Tone;
  readonly icon: IconName;
  readonly label: TextKey;
}

const ICONS: Readonly<Record<Tone, IconName>> = {
  CONNECTED: 'check',
  CONNECTING: 'sync',
  UPDATING: 'sync',
  ACTION_REQUIRED: 'alert',
  UNAVAILABLE: 'pause',
  ENDED: 'stop',
  MANUAL: 'pencil',
  UNKNOWN: 'question',
};

/**
 * Whether a job is at work that needs nobody. While it is, the status and its sentence are still those from before, so
 * the page says in its own words that something goes on.
 */
export function isUnderWay({ isBeingAggregated, requiredAction }: Glance): boolean {
  return isBeingAggregated && (requiredAction === 'WAIT' || requiredAction === 'NONE');
}

function toneOf(standing: Glance): Tone {
  if (!isUnderWay(standing)) return standing.phase;
  return standing.phase === 'CONNECTED' ? 'UPDATING' : 'CONNECTING';
}

/** The colour, picture and word for how a connection stands. */
export function badgeOf(standing: Glance): Badge {
  const tone = toneOf(standing);
  return { tone, icon: ICONS[tone], label: `badge.${tone}` };
}

/** The sentence of the page where the graph has none to show. */
function ownSentence(standing: Standing): TextKey {
  if (isUnderWay(standing))
    return standing.phase === 'CONNECTED' ? 'sentence.UPDATING' : 'sentence.CONNECTING';
  if (standing.requiredAction === 'COMPLETE_OAUTH') return 'sentence.COMPLETE_OAUTH';
  return `sentence.${standing.phase}`;
}

/** What to tell the end user: the graph's sentence, or the key of one of the page's own. */
export function sentenceOf(standing: Standing): { text: string } | { key: TextKey } {
  if (standing.userMessage === null || isUnderWay(standing)) return { key: ownSentence(standing) };
  return { text: standing.userMessage };
}

/** The words on the button for the one next action; null where there is nothing for the end user to press. */
export function actionLabelOf({ requiredAction, waitingOn }: Standing): TextKey | null {
  switch (requiredAction) {
    case 'NONE':
    case 'WAIT':
      return null;
    case 'AGGREGATE':
      return waitingOn === 'APPLICATION' ? 'action.CONTINUE' : 'action.AGGREGATE';
    default:
      return `action.${requiredAction}`;
  }
}
