import type { ConnectionCardFragment, ConnectionPhase } from '../../generated/graphql.js';
import type { IconName } from '../components/icon.js';
import type { TextKey } from '../components/i18n.js';

/** The fields of a connection that decide how it is shown. */
export type ConnectionState = Pick<
  ConnectionCardFragment,
  'phase' | 'label' | 'requiredAction' | 'actionLabel' | 'waitingOn' | 'userMessage' | 'isBeingAggregated'
>;

/** The fields that decide the badge. */
export type BadgeState = Pick<ConnectionState, 'phase' | 'label' | 'requiredAction' | 'isBeingAggregated'>;

/** The display name of a connection. */
export function nameOf({ name, institution }: Pick<ConnectionCardFragment, 'name' | 'institution'>): string {
  return name ?? institution?.name ?? '–';
}

type Tone = ConnectionPhase | 'UPDATING';

export interface Badge {
  readonly tone: Tone;
  readonly icon: IconName;
}

const ICONS: Readonly<Record<Tone, IconName>> = {
  CONNECTED: 'check',
  OUT_OF_DATE: 'clock',
  CONNECTING: 'sync',
  UPDATING: 'sync',
  ACTION_REQUIRED: 'alert',
  UNAVAILABLE: 'pause',
  ENDED: 'stop',
  MANUAL: 'pencil',
  UNKNOWN: 'question',
};

/**
 * Returns whether a job is running that needs no input from anyone. Until it ends, the status and its message are those
 * from before the job, so the page shows its own message.
 */
export function isInProgress({
  isBeingAggregated,
  requiredAction,
}: Pick<ConnectionState, 'isBeingAggregated' | 'requiredAction'>): boolean {
  return isBeingAggregated && (requiredAction === 'WAIT' || requiredAction === 'NONE');
}

function toneOf(state: BadgeState): Tone {
  if (!isInProgress(state)) return state.phase;
  return state.phase === 'CONNECTED' ? 'UPDATING' : 'CONNECTING';
}

/** The tone and icon of a connection's badge. */
export function badgeOf(state: BadgeState): Badge {
  const tone = toneOf(state);
  return { tone, icon: ICONS[tone] };
}

/** The page's own message if the API has none. */
function defaultSentence(state: ConnectionState): TextKey {
  if (isInProgress(state)) return state.phase === 'CONNECTED' ? 'sentence.UPDATING' : 'sentence.CONNECTING';
  if (state.requiredAction === 'COMPLETE_OAUTH') return 'sentence.COMPLETE_OAUTH';
  return `sentence.${state.phase}`;
}

/** The message for the end user: the API's text, or the key of one of the page's own. */
export function sentenceOf(state: ConnectionState): { text: string } | { key: TextKey } {
  if (state.userMessage === null || isInProgress(state)) return { key: defaultSentence(state) };
  return { text: state.userMessage };
}
