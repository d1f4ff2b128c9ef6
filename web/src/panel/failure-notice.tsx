import { Notice } from '../components/notice.js';
import { useI18n } from '../components/i18n.js';
import type { TextKey } from '../components/i18n.js';

/** The page's messages for error codes of the API that reject a request. */
const MESSAGES: Readonly<Record<string, TextKey>> = {
  RATE_LIMITED: 'refusal.RATE_LIMITED',
  OVERLOADED: 'refusal.OVERLOADED',
  UPSTREAM_THROTTLED: 'refusal.OVERLOADED',
  FORBIDDEN: 'refusal.FORBIDDEN',
  NOT_FOUND: 'refusal.NOT_FOUND',
  BAD_USER_INPUT: 'refusal.BAD_USER_INPUT',
  PERSISTED_QUERY_NOT_FOUND: 'problem.outdatedText',
  DOCUMENT_NOT_TRUSTED: 'problem.outdatedText',
  UPSTREAM_UNAVAILABLE: 'problem.failedText',
  UPSTREAM_TIMEOUT: 'problem.failedText',
  UPSTREAM_MALFORMED: 'problem.failedText',
  AUTH_UNAVAILABLE: 'problem.failedText',
};

const messageFor = (code: string | null): TextKey =>
  code === null ? 'problem.failedText' : (MESSAGES[code] ?? 'problem.otherText');

/** Shown when an action failed with an error instead of `userErrors`. */
export function FailureNotice({ code }: { readonly code: string | null }) {
  const { t } = useI18n();
  const message = messageFor(code);
  return (
    <Notice icon="alert" tone="error" title={t('problem.failed')}>
      <p>{t(message)}</p>
      {message === 'problem.outdatedText' && (
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('panel.reload')}
        </button>
      )}
    </Notice>
  );
}
