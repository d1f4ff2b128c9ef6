import type { ReactNode } from 'react';

import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';
import { BankMark } from './bank-mark.js';
import { actionLabelOf, sentenceOf } from './presentation.js';
import type { Standing } from './presentation.js';
import { StatusBadge } from './status-badge.js';

/** The sentence for the end user: the graph's, or the page's own where the graph has none. */
export function Sentence({ standing, name }: { readonly standing: Standing; readonly name: string }) {
  const { t } = useI18n();
  const sentence = sentenceOf(standing);
  return <>{'text' in sentence ? sentence.text : t(sentence.key, { name })}</>;
}

export interface ConnectionCardProps {
  readonly name: string;
  readonly logoUrl?: string | null | undefined;
  readonly standing: Standing;
  /** When it was, in words. */
  readonly time?: ReactNode;
  /** Pressed for the one next action. */
  readonly onAct?: () => void;
  /** Pressed to see more. */
  readonly onOpen?: () => void;
}

function Actions({ name, standing, onAct, onOpen }: ConnectionCardProps) {
  const { t } = useI18n();
  const action = actionLabelOf(standing);
  // Who is not asked for anything is not called on as loudly.
  const isOurs = standing.waitingOn !== 'END_USER';
  return (
    <div className="card-actions">
      {action !== null && (
        <button type="button" className={isOurs ? 'button' : 'button primary'} onClick={onAct}>
          {t(action)}
          <span className="visually-hidden">: {name}</span>
        </button>
      )}
      {onOpen && (
        <button type="button" className="button quiet" onClick={onOpen}>
          {t('card.details')}
          <span className="visually-hidden">: {name}</span>
          <Icon name="chevron" />
        </button>
      )}
    </div>
  );
}

/** One connection: which bank, how it stands, what that means, and the one thing to do. */
export function ConnectionCard(props: ConnectionCardProps) {
  const { name, logoUrl, standing, time } = props;
  return (
    <article className="card" data-tone={standing.phase} aria-label={name}>
      <BankMark name={name} logoUrl={logoUrl} />
      <div className="card-text">
        <header className="card-head">
          <h3 className="card-name">{name}</h3>
          <StatusBadge standing={standing} />
        </header>
        <p className="card-sentence">
          <Sentence standing={standing} name={name} />
        </p>
        {time && <p className="card-time">{time}</p>}
      </div>
      <Actions {...props} />
    </article>
  );
}
