import { Notice } from '../components/notice.js';
import { Icon } from '../components/icon.js';
import { useI18n } from '../components/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useOauthFlow } from './use-oauth-flow.js';
import type { OpenMember } from '../connections/connection-list.js';

export interface OauthStepProps {
  readonly memberGuid: string;
  readonly bank: string;
  readonly onMember: OpenMember;
}

/** Step that opens the bank's OAuth page and completes the OAuth flow. */
export function OauthStep({ memberGuid, bank, onMember }: OauthStepProps) {
  const { t } = useI18n();
  const { state, isBusy, problem, start } = useOauthFlow(memberGuid, onMember);
  const wasOpened = state === 'away' || state === 'closed' || problem !== null;
  return (
    <div className="stack">
      <p>{t('oauth.text', { name: bank })}</p>
      <ProblemNotice problem={problem} />
      {state === 'away' && <Notice icon="external" tone="info" title={t('oauth.away', { name: bank })} />}
      {state === 'closed' && <Notice icon="alert" tone="warning" title={t('oauth.closed')} />}
      {state === 'blocked' && <Notice icon="alert" tone="warning" title={t('oauth.blocked')} />}
      <button
        type="button"
        className="button primary wide"
        aria-disabled={isBusy}
        onClick={() => void start()}
      >
        {t(wasOpened ? 'oauth.again' : 'oauth.start', { name: bank })}
        <Icon name="external" />
      </button>
    </div>
  );
}
