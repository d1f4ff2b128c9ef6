import { Notice } from '../components/notice.js';
import { isInProgress } from '../connections/presentation.js';
import { supportUrl } from '../api/page-settings.js';
import { useI18n } from '../components/i18n.js';
import { AnswerStep, CredentialsStep, ManualStep } from './form-steps.js';
import { OauthStep } from './oauth-step.js';
import { ProgressSteps } from './progress-steps.js';
import { TryAgain } from './try-again.js';
import type { NextStep } from './use-next-step.js';
import { VisitStep } from './visit-step.js';
import type { OpenMember } from '../connections/connection-list.js';

export interface NextStepFormProps {
  readonly next: NextStep;
  /** Returns true once if the next step should start at once. */
  readonly consumeAutoStart: () => boolean;
  /** Whether a job that ran while the panel was open has succeeded. */
  readonly isDone: boolean;
  readonly onClose: () => void;
  readonly onMember: OpenMember;
}

/** No action is required: shows success, or a button to update now. */
function NoActionStep({ next, isDone, onClose }: NextStepFormProps) {
  const { t } = useI18n();
  const { card, member } = next;
  if (isDone) {
    return (
      <div className="stack">
        <Notice icon="check" tone="success" title={t('done.title')} />
        <button type="button" className="button primary wide" onClick={onClose}>
          {t('done.close')}
        </button>
      </div>
    );
  }
  if (card.phase !== 'CONNECTED') return null;
  return (
    <TryAgain
      memberGuid={card.guid}
      label={t('again.update')}
      aggregatableAt={member.aggregatableAt}
      isSecondary
    />
  );
}

/** The form of the next action: one component for each of the ten values of `requiredAction`. */
export function NextStepForm(props: NextStepFormProps) {
  const { next, consumeAutoStart, onMember } = props;
  const { t } = useI18n();
  const { card, member, bank } = next;
  if (isInProgress(card)) return <ProgressSteps state={card} name={bank} />;
  switch (card.requiredAction) {
    case 'UPDATE_CREDENTIALS':
      return <CredentialsStep next={next} onMember={onMember} />;
    case 'ANSWER_CHALLENGE':
      return <AnswerStep next={next} />;
    case 'COMPLETE_OAUTH':
      return <OauthStep memberGuid={card.guid} bank={bank} onMember={onMember} />;
    case 'VISIT_INSTITUTION':
      return <VisitStep next={next} />;
    case 'TRACK_MANUALLY':
      return <ManualStep next={next} onMember={onMember} />;
    case 'AGGREGATE':
    case 'RETRY_LATER': {
      const { guid, actionLabel } = card;
      return (
        <TryAgain
          memberGuid={guid}
          label={actionLabel ?? t('list.retry')}
          aggregatableAt={member.aggregatableAt}
          consumeAutoStart={consumeAutoStart}
        />
      );
    }
    case 'CONTACT_SUPPORT':
      return supportUrl === null ? null : (
        <a className="button primary wide" href={supportUrl}>
          {card.actionLabel}
        </a>
      );
    case 'NONE':
    case 'WAIT':
      return <NoActionStep {...props} />;
  }
}
