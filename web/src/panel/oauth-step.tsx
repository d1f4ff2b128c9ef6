import { Notice } from '../connections/notices.js';
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
  const { state, isBusy, problem, blockedUrl, start } = useOauthVisit(memberGuid, onMember);
  return (
    <div className="stack">
      <p>{t('oauth.text', { name: bank })}</p>
      <ProblemNotice problem={problem} />
      {state === 'away' && <Notice icon="external" tone="info" title={t('oauth.away', { name: bank })} />}
      {state === 'closed' && <Notice icon="alert" tone="warning" title={t('oauth.closed')} />}
      {blockedUrl === null ? (
        <button type="button" className="button primary wide" disabled={isBusy} onClick={() => void start()}>
          {t(state === 'idle' && !problem ? 'oauth.start' : 'oauth.again', { name: bank })}
          <Icon name="external" />
        </button>
      ) : (
        <a className="button primary wide" href={blockedUrl} target="_blank" rel="noreferrer">
          {t('oauth.start', { name: bank })}
          <Icon name="external" />
        </a>
      )}
    </div>
  );
}
