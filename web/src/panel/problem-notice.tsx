import type { UserErrorDetailsFragment } from '../../generated/graphql.js';
import { serverNow } from '../api/server-clock.js';
import { useStore } from '../api/external-store.js';
import { session } from '../api/session.js';
import { SignedOut } from '../connections/notices.js';
import { Notice } from '../components/notice.js';
import { useI18n } from '../components/i18n.js';
import { FailureNotice } from './failure-notice.js';
import type { Problem } from './use-action.js';

interface UserErrorNoticeProps extends Pick<ProblemNoticeProps, 'onMember'> {
  readonly userError: UserErrorDetailsFragment;
}

export interface ProblemNoticeProps {
  readonly problem: Problem | null;
  /** Opens another member, if that member already is the connection. */
  readonly onMember?: ((guid: string) => void) | undefined;
}

function UserErrorNotice({ userError, onMember }: UserErrorNoticeProps) {
  const { t, clock } = useI18n();
  const { userMessage } = userError;
  const retryAt = userError.__typename === 'AggregationThrottledError' ? userError.retryAt : null;
  const existingMemberGuid =
    userError.__typename === 'MemberExistsError' ? userError.existingMemberGuid : null;
  return (
    <Notice icon="alert" tone="error" title={userMessage}>
      {retryAt !== null && <p>{t('problem.retryAt', { time: clock(Date.parse(retryAt), serverNow()) })}</p>}
      {existingMemberGuid !== null && onMember && (
        <button type="button" className="button" onClick={() => onMember(existingMemberGuid)}>
          {t('problem.goToExisting')}
        </button>
      )}
    </Notice>
  );
}

/** The reason why an action failed, in the words of the API. */
export function ProblemNotice({ problem, onMember }: ProblemNoticeProps) {
  const isSignedOut = useStore(session) === 'expired';
  if (problem === null) return null;
  if (isSignedOut) return <SignedOut />;
  if (problem.kind === 'failed') return <FailureNotice code={problem.code} />;
  return problem.userErrors.map((userError) => (
    <UserErrorNotice key={userError.code} userError={userError} onMember={onMember} />
  ));
}
