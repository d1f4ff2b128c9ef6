import type { ReactNode } from 'react';

import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';
import { BankMark } from './bank-mark.js';
import { sentenceOf } from './presentation.js';
import type { ConnectionState } from './presentation.js';
import { StatusBadge } from './status-badge.js';

/** The message for the end user: the API's, or the page's own if the API has none. */
export function Sentence({ state, name }: { readonly state: ConnectionState; readonly name: string }) {
  const { t } = useI18n();
  const sentence = sentenceOf(state);
  return <>{'text' in sentence ? sentence.text : t(sentence.key, { name })}</>;
}

export interface ConnectionCardProps {
  readonly name: string;
  readonly logoUrl?: string | null | undefined;
  readonly state: ConnectionState;
  /** When the data was updated, as formatted text. */
  readonly time?: ReactNode;
  /** Called when the button of the next action is pressed. */
  readonly onAction?: () => void;
  /** Called when the button for details is pressed. */
  readonly onOpen?: () => void;
}

function Actions({ name, state, onAction, onOpen }: ConnectionCardProps) {
  const { t } = useI18n();
  const action = state.actionLabel;
  const accessibleName = (label: string) => t('card.actionFor', { action: label, name });
  // The button is less prominent if the end user does not have to act.
  const isOptional = state.waitingOn !== 'END_USER';
  return (
    <div className="card-actions">
      {action !== null && (
        <button
          type="button"
          className={isOptional ? 'button' : 'button primary'}
          aria-label={accessibleName(action)}
          onClick={onAction}
        >
          {action}
        </button>
      )}
      {onOpen && (
        <button
          type="button"
          className="button quiet"
          aria-label={accessibleName(t('card.details'))}
          onClick={onOpen}
        >
          {t('card.details')}
          <Icon name="chevron" />
        </button>
      )}
    </div>
  );
}

/** A card of one connection: bank, state, message and next action. */
export function ConnectionCard(props: ConnectionCardProps) {
  const { name, logoUrl, state, time } = props;
  return (
    <article className="card" data-tone={state.phase} aria-label={name}>
      <BankMark name={name} logoUrl={logoUrl} />
      <div className="card-text">
        <header className="card-head">
          <h3 className="card-name">{name}</h3>
          <StatusBadge state={state} />
        </header>
        <p className="card-sentence">
          <Sentence state={state} name={name} />
        </p>
        {time && <p className="card-time">{time}</p>}
      </div>
      <Actions {...props} />
    </article>
  );
}
