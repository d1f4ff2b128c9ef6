import type { ReactNode } from 'react';

import { signInAgain } from '../api/session.js';
import { Icon } from '../parts/icon.js';
import type { IconName } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';

export interface NoticeProps {
  readonly icon: IconName;
  readonly tone: 'warning' | 'error' | 'info' | 'success';
  readonly title: ReactNode;
  readonly children?: ReactNode;
}

/** Something the end user should know, with what can be done about it. */
export function Notice({ icon, tone, title, children }: NoticeProps) {
  return (
    <div className="notice" data-tone={tone} role={tone === 'error' ? 'alert' : 'status'}>
      <Icon name={icon} />
      <div>
        <p className="notice-title">{title}</p>
        {children}
      </div>
    </div>
  );
}

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
