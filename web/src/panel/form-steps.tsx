import {
  AnswerChallengesDocument,
  CreateManualAccountDocument,
  UpdateMemberCredentialsDocument,
} from '../../generated/graphql.js';
import { unmask } from '../../generated/fragment-masking.js';
import { ConnectionCardFragmentDoc } from '../../generated/graphql.js';
import { useI18n } from '../components/i18n.js';
import { PanelSkeleton } from '../components/panel-skeleton.js';
import { ChallengeForm } from './challenge-form.js';
import { CredentialsForm } from './credentials-form.js';
import { ProblemNotice } from './problem-notice.js';
import { useAction } from './use-action.js';
import { useIdempotencyKey } from './use-idempotency-key.js';
import type { NextStep } from './use-next-step.js';
import { BankLink } from './visit-step.js';
import { nameOf } from '../connections/presentation.js';
import type { OpenMember } from '../connections/connection-list.js';

/** Maximum length of the name of a manual account. */
const MAX_NAME_LENGTH = 100;

interface StepProps {
  readonly next: NextStep;
  readonly onMember: OpenMember;
}

/** Form to enter new credentials. */
export function CredentialsStep({ next, onMember }: StepProps) {
  const { t, locale } = useI18n();
  const { run, isBusy, problem } = useAction(
    UpdateMemberCredentialsDocument,
    (data) => data.updateMemberCredentials,
  );
  const { credentialFields, institution } = next.member;
  const member = { guid: next.card.guid };
  if (!credentialFields) return <PanelSkeleton />;
  return (
    <div className="stack">
      <CredentialsForm
        fields={credentialFields}
        submitLabel={t('credentials.submit')}
        isBusy={isBusy}
        onSubmit={(credentials) => void run({ input: { member, credentials }, locale })}
      >
        <ProblemNotice problem={problem} onMember={onMember} />
      </CredentialsForm>
      <BankLink href={institution?.forgotPasswordUrl ?? null} label={t('credentials.forgot')} />
    </div>
  );
}

/**
 * Form to answer the bank's challenges. A new challenge resets the form; a wrong answer shows in the connection's next
 * state.
 */
export function AnswerStep({ next }: Pick<StepProps, 'next'>) {
  const { locale } = useI18n();
  const { run, isBusy, problem } = useAction(AnswerChallengesDocument, (data) => data.answerChallenges);
  const { card, challenges } = next;
  const member = { guid: card.guid };
  if (!challenges) return <PanelSkeleton />;
  return (
    <ChallengeForm
      key={challenges.map(({ guid }) => guid).join()}
      challenges={challenges}
      isBusy={isBusy}
      onSubmit={(answers) => void run({ input: { member, answers }, locale })}
    >
      <ProblemNotice problem={problem} />
    </ChallengeForm>
  );
}

/** The connection has ended; offers to track an account manually, of the same name. */
export function ManualStep({ next, onMember }: StepProps) {
  const { t, locale } = useI18n();
  const { run, isBusy, problem } = useAction(CreateManualAccountDocument, (data) => data.createManualAccount);
  const idempotencyKey = useIdempotencyKey();
  const { card } = next;

  async function create(): Promise<void> {
    const input = {
      name: nameOf(card).slice(0, MAX_NAME_LENGTH),
      type: 'ANY' as const,
      ...idempotencyKey.current(),
    };
    const payload = await run({ input, locale });
    const created = unmask(ConnectionCardFragmentDoc, payload?.account?.member);
    if (payload) idempotencyKey.reset();
    if (created) onMember(created.guid);
  }
  return (
    <div className="stack">
      <p>{t('manual.text')}</p>
      <ProblemNotice problem={problem} onMember={onMember} />
      <button
        type="button"
        className="button primary wide"
        aria-disabled={isBusy}
        onClick={() => void create()}
      >
        {card.actionLabel}
      </button>
    </div>
  );
}
