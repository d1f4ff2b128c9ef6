import { useEffect, useRef } from 'react';

import { AggregateMemberDocument } from '../../generated/graphql.js';
import { serverNow } from '../api/server-clock.js';
import { useI18n } from '../parts/i18n.js';
import { ProblemNotice } from './problem-notice.js';
import { useAct } from './use-act.js';

export interface TryAgainProps {
  readonly memberGuid: string;
  readonly label: string;
  /** When MX will next start a job; null when it would now. */
  readonly nextAttemptAt: string | null;
  readonly startsNow?: boolean | undefined;
  readonly isSecondary?: boolean;
}

/** The button that has MX try once more; grey until it would. */
export function TryAgain({ memberGuid, label, nextAttemptAt, startsNow, isSecondary }: TryAgainProps) {
  const { t, locale, clock } = useI18n();
  const { run, isBusy, problem } = useAct(AggregateMemberDocument, (data) => data.aggregateMember);
  const hasStarted = useRef(false);
  const start = () => void run({ input: { memberGuid }, locale });
  useEffect(() => {
    if (!startsNow || hasStarted.current) return;
    hasStarted.current = true;
    start();
  });
  const isTooSoon = nextAttemptAt !== null && Date.parse(nextAttemptAt) > serverNow();
  return (
    <div className="stack">
      <ProblemNotice problem={problem} />
      <button
        type="button"
        className={isSecondary ? 'button wide' : 'button primary wide'}
        disabled={isBusy || isTooSoon}
        onClick={start}
      >
        {isBusy ? t('form.sending') : label}
      </button>
      {isTooSoon && (
        <p className="hint">{t('again.from', { time: clock(Date.parse(nextAttemptAt), serverNow()) })}</p>
      )}
    </div>
  );
}
