import type { RefusalFragment } from '../../generated/graphql.js';
import { serverNow } from '../api/server-clock.js';
import { useStore } from '../api/external-store.js';
import { session } from '../api/session.js';
import { SignedOut } from '../connections/notices.js';
import { Notice } from '../parts/notice.js';
import { useI18n } from '../parts/i18n.js';
import { FailureNotice } from './failure-notice.js';
import type { Problem } from './use-act.js';

interface RefusalNoticeProps extends Pick<ProblemNoticeProps, 'onMember'> {
  readonly refusal: RefusalFragment;
}

export interface ProblemNoticeProps {
  readonly problem: Problem | null;
  /** Goes to another member, where the problem is that there is one already. */
  readonly onMember?: ((guid: string) => void) | undefined;
}

function RefusalNotice({ refusal, onMember }: RefusalNoticeProps) {
  const { t, clock } = useI18n();
  const { code, retryAt, existingMemberGuid } = refusal;
  return (
    <Notice icon="alert" tone="error" title={t(`refusal.${code}`)}>
      {retryAt !== null && <p>{t('problem.retryAt', { time: clock(Date.parse(retryAt), serverNow()) })}</p>}
      {existingMemberGuid !== null && onMember && (
        <button type="button" className="button" onClick={() => onMember(existingMemberGuid)}>
          {t('problem.goToExisting')}
        </button>
      )}
    </Notice>
  );
}

/** What stood in the way of an action, in the page's words for the API's code. */
export function ProblemNotice({ problem, onMember }: ProblemNoticeProps) {
  const isSignedOut = useStore(session) === 'expired';
  if (problem === null) return null;
  if (isSignedOut) return <SignedOut />;
  if (problem.kind === 'failed') return <FailureNotice code={problem.code} />;
  return problem.refusals.map((refusal) => (
    <RefusalNotice key={refusal.code} refusal={refusal} onMember={onMember} />
  ));
}
