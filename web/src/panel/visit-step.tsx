import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';
import { TryAgain } from './try-again.js';
import type { NextStep } from './use-next-step.js';

/** A link to pages of the bank, in a tab of its own. */
export function BankLink({ href, label }: { readonly href: string | null; readonly label: string }) {
  if (href === null) return null;
  return (
    <a className="text-link" href={href} target="_blank" rel="noreferrer">
      {label}
      <Icon name="external" />
    </a>
  );
}

/** Something has to be done on the bank's own website; afterwards it is tried again. */
export function VisitStep({ next }: { readonly next: NextStep }) {
  const { t } = useI18n();
  const { member, card, bank } = next;
  const { url = null, troubleSigningInUrl = null } = member.institution ?? {};
  return (
    <div className="stack">
      {url !== null && (
        <a className="button primary wide" href={url} target="_blank" rel="noreferrer">
          {t('visit.open', { name: bank })}
          <Icon name="external" />
        </a>
      )}
      <BankLink href={troubleSigningInUrl} label={t('visit.trouble')} />
      <p>{t('visit.then')}</p>
      <TryAgain
        memberGuid={card.guid}
        label={t('visit.done')}
        nextAttemptAt={member.nextAttemptAt}
        isSecondary
      />
    </div>
  );
}
