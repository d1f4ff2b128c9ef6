import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';
import { TryAgain } from './try-again.js';
import type { NextStep } from './use-next-step.js';

/** A link to a page of the bank, opened in a new tab. */
export function BankLink({ href, label }: { readonly href: string | null; readonly label: string }) {
  if (href === null) return null;
  return (
    <a className="text-link" href={href} target="_blank" rel="noreferrer">
      {label}
      <Icon name="external" />
    </a>
  );
}

/** Step for the user to act on the bank's website, then try again. */
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
        aggregatableAt={member.aggregatableAt}
        isSecondary
      />
    </div>
  );
}
