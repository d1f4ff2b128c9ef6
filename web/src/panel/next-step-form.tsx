import { Notice } from '../parts/notice.js';
import { actionLabelOf, isUnderWay } from '../connections/presentation.js';
import { supportUrl } from '../api/page-settings.js';
import { useI18n } from '../parts/i18n.js';
import { AnswerStep, CredentialsStep, ManualStep } from './form-steps.js';
import { OauthStep } from './oauth-step.js';
import { ProgressSteps } from './progress-steps.js';
import { TryAgain } from './try-again.js';
import type { NextStep } from './use-next-step.js';
import { VisitStep } from './visit-step.js';

export interface NextStepFormProps {
  readonly next: NextStep;
  /** Whether the next step is to be taken at once, where it needs nothing of the user; it is so once. */
  readonly takeStart: () => boolean;
  /** Whether what the user set going has ended well. */
  readonly isDone: boolean;
  readonly onClose: () => void;
  readonly onMember: (guid: string) => void;
}

/** Nothing is to be done: good news, or a button to look for news all the same. */
function Settled({ next, isDone, onClose }: NextStepFormProps) {
  const { t } = useI18n();
  const { card, member, bank } = next;
  if (isDone) {
    return (
      <div className="stack">
        <Notice icon="check" tone="success" title={t('done.title', { name: bank })} />
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
      nextAttemptAt={member.nextAttemptAt}
      isSecondary
    />
  );
}

/** The one next action, with everything to perform it: one part for each of the ten that the API names. */
export function NextStepForm(props: NextStepFormProps) {
  const { next, takeStart, onMember } = props;
  const { t } = useI18n();
  const { card, member, bank } = next;
  if (isUnderWay(card)) return <ProgressSteps standing={card} name={bank} />;
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
      const label = t(actionLabelOf(card) ?? 'action.AGGREGATE');
      const { guid } = card;
      return (
        <TryAgain
          memberGuid={guid}
          label={label}
          nextAttemptAt={member.nextAttemptAt}
          takeStart={takeStart}
        />
      );
    }
    case 'CONTACT_SUPPORT':
      return supportUrl === null ? null : (
        <a className="button primary wide" href={supportUrl}>
          {t('action.CONTACT_SUPPORT')}
        </a>
      );
    case 'NONE':
    case 'WAIT':
      return <Settled {...props} />;
  }
}
