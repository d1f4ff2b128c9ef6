import { useEffect, useState } from 'react';

import { AggregateMemberDocument } from '../../generated/graphql.js';
import { serverNow } from '../api/server-clock.js';
import { useI18n } from '../components/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useAction } from './use-action.js';

/** Maximum delay of `setTimeout`; a longer one fires at once. */
const MAX_TIMEOUT_MS = 2 ** 31 - 1;

export interface TryAgainProps {
  readonly memberGuid: string;
  readonly label: string;
  /** When MX will accept the next job; null if it does now. */
  readonly aggregatableAt: string | null;
  /** Returns true once if the job should start without another press. */
  readonly consumeAutoStart?: (() => boolean) | undefined;
  readonly isSecondary?: boolean;
}

/** Returns whether a time is in the future by the server's clock, and re-renders when it is reached. */
function useIsInFuture(time: string | null): boolean {
  const [, setReachedTime] = useState('');
  const ms = time === null ? 0 : Date.parse(time) - serverNow();
  useEffect(() => {
    if (time === null || ms <= 0 || ms > MAX_TIMEOUT_MS) return undefined;
    const timer = setTimeout(() => setReachedTime(time), ms);
    return () => clearTimeout(timer);
  }, [time, ms]);
  return ms > 0;
}

/** Button that starts a job; disabled until MX accepts one. */
export function TryAgain({
  memberGuid,
  label,
  aggregatableAt,
  consumeAutoStart,
  isSecondary,
}: TryAgainProps) {
  const { t, locale, clock } = useI18n();
  const { run, isBusy, problem } = useAction(AggregateMemberDocument, (data) => data.aggregateMember);
  const isTooSoon = useIsInFuture(aggregatableAt);
  const start = () => void run({ input: { member: { guid: memberGuid } }, locale });
  useEffect(() => {
    if (consumeAutoStart?.() && !isTooSoon) start();
  });
  return (
    <div className="stack">
      <ProblemNotice problem={problem} />
      <button
        type="button"
        className={isSecondary ? 'button wide' : 'button primary wide'}
        disabled={isTooSoon}
        aria-disabled={isBusy}
        onClick={start}
      >
        {isBusy ? t('form.sending') : label}
      </button>
      {isTooSoon && (
        <p className="hint">
          {t('again.from', { time: clock(Date.parse(aggregatableAt ?? ''), serverNow()) })}
        </p>
      )}
    </div>
  );
}
