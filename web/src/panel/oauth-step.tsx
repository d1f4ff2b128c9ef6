import { Notice } from '../parts/notice.js';
import { Icon } from '../parts/icon.js';
import { useI18n } from '../parts/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useOauthVisit } from './use-oauth-visit.js';

export interface OauthStepProps {
  readonly memberGuid: string;
  readonly bank: string;
  readonly onMember: (guid: string) => void;
}

/** Leads the end user to the bank's own pages and back. */
export function OauthStep({ memberGuid, bank, onMember }: OauthStepProps) {
  const { t } = useI18n();
  const { state, isBusy, problem, start } = useOauthVisit(memberGuid, onMember);
  const isFirst = state === 'idle' && !problem;
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
        {t(isFirst ? 'oauth.start' : 'oauth.again', { name: bank })}
        <Icon name="external" />
      </button>
    </div>
  );
}
