import { Notice } from '../parts/notice.js';
import { useI18n } from '../parts/i18n.js';
import type { TextKey } from '../parts/i18n.js';

/** The page's messages for error codes of the API that reject a request. */
const WORDS: Readonly<Record<string, TextKey>> = {
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

const wordsFor = (code: string | null): TextKey =>
  code === null ? 'problem.failedText' : (WORDS[code] ?? 'problem.otherText');

/** An action failed, and not for a reason that the action itself has. */
export function FailureNotice({ code }: { readonly code: string | null }) {
  const { t } = useI18n();
  const words = wordsFor(code);
  return (
    <Notice icon="alert" tone="error" title={t('problem.failed')}>
      <p>{t(words)}</p>
      {words === 'problem.outdatedText' && (
        <button type="button" className="button" onClick={() => location.reload()}>
          {t('panel.reload')}
        </button>
      )}
    </Notice>
  );
}
