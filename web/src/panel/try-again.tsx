import { useEffect, useState } from 'react';

import { AggregateMemberDocument } from '../../generated/graphql.js';
import { serverNow } from '../api/server-clock.js';
import { useI18n } from '../parts/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useAction } from './use-act.js';

/** Longer ones are over at once. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

export interface TryAgainProps {
  readonly memberGuid: string;
  readonly label: string;
  /** When MX will next start a job; null when it would now. */
  readonly nextAttemptAt: string | null;
  /** True once, where the user has asked for it already by the way they came here. */
  readonly takeStart?: (() => boolean) | undefined;
  readonly isSecondary?: boolean;
}

/** Whether a time is yet to come, by the server's clock; anew when it has. */
function useIsAhead(time: string | null): boolean {
  const [, setPassed] = useState('');
  const ms = time === null ? 0 : Date.parse(time) - serverNow();
  useEffect(() => {
    if (time === null || ms <= 0 || ms > LONGEST_TIMER_MS) return undefined;
    const timer = setTimeout(() => setPassed(time), ms);
    return () => clearTimeout(timer);
  }, [time, ms]);
  return ms > 0;
}

/** The button that has MX try once more; grey until it would. */
export function TryAgain({ memberGuid, label, nextAttemptAt, takeStart, isSecondary }: TryAgainProps) {
  const { t, locale, clock } = useI18n();
  const { run, isBusy, problem } = useAction(AggregateMemberDocument, (data) => data.aggregateMember);
  const isTooSoon = useIsAhead(nextAttemptAt);
  const start = () => void run({ input: { memberGuid }, locale });
  useEffect(() => {
    if (takeStart?.() && !isTooSoon) start();
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
          {t('again.from', { time: clock(Date.parse(nextAttemptAt ?? ''), serverNow()) })}
        </p>
      )}
    </div>
  );
}
