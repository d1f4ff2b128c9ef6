import { signInAgain } from '../api/session.js';
import { useI18n } from '../components/i18n.js';
import { Notice } from '../components/notice.js';

/** Shown when the API no longer accepts the token. */
export function SignedOut() {
  const { t } = useI18n();
  return (
    <Notice icon="lock" tone="error" title={t('session.expired')}>
      <p>{t('session.expiredText')}</p>
      <button
        type="button"
        className="button primary"
        onClick={() => void signInAgain().catch(() => undefined)}
      >
        {t('session.signIn')}
      </button>
    </Notice>
  );
}

/** Shown when the list could not be loaded. */
export function LoadFailed({ onRetry }: { readonly onRetry: () => void }) {
  const { t } = useI18n();
  return (
    <Notice icon="alert" tone="error" title={t('list.failed')}>
      <p>{t('list.failedText')}</p>
      <button type="button" className="button" onClick={onRetry}>
        {t('list.retry')}
      </button>
    </Notice>
  );
}

/** Shown above a list that cannot be refreshed. */
export function StaleNotice({ time }: { readonly time: string }) {
  const { t } = useI18n();
  return (
    <Notice icon="clock" tone="warning" title={t('list.old')}>
      <p>{t('list.oldText', { time })}</p>
    </Notice>
  );
}
