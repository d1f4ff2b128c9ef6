import { signInAgain } from '../api/session.js';
import { useI18n } from '../parts/i18n.js';
import { Notice } from '../parts/notice.js';

/** Shown when the API does not know any more who asks. */
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

/** Shown when there is no list to show. */
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

/** Shown over a list that could not be brought up to date. */
export function OldNews({ time }: { readonly time: string }) {
  const { t } = useI18n();
  return (
    <Notice icon="clock" tone="warning" title={t('list.old')}>
      <p>{t('list.oldText', { time })}</p>
    </Notice>
  );
}
