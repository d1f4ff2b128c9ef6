import { useQuery } from '@apollo/client/react';
import { useCallback, useEffect, useRef, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import {
  ChallengeQuestionFragmentDoc,
  ConnectionCardFragmentDoc,
  NextStepDocument,
} from '../../generated/graphql.js';
import type {
  ChallengeQuestionFragment,
  ConnectionCardFragment,
  NextStepQuery,
} from '../../generated/graphql.js';
import { hasCode } from '../api/failure.js';
import { onEveryChange } from '../connections/live-changes.js';
import { useI18n } from '../parts/i18n.js';

/** A connection with all that its next step needs. */
export interface NextStep {
  readonly card: ConnectionCardFragment;
  readonly member: NonNullable<NextStepQuery['member']>;
  readonly challenges: readonly ChallengeQuestionFragment[] | null;
  /** The bank's name. */
  readonly bank: string;
}

export interface NextStepState {
  readonly next: NextStep | null;
  /** Whether there is no such connection any more. */
  readonly isGone: boolean;
  readonly hasFailed: boolean;
  readonly retry: () => void;
}

function toNextStep(data: NextStepQuery | undefined): NextStep | null {
  const member = data?.member;
  if (!member) return null;
  const card = unmask(ConnectionCardFragmentDoc, member);
  const challenges = unmask(ChallengeQuestionFragmentDoc, member.challenges) ?? null;
  return { card, member, challenges, bank: member.institution?.name ?? card.name ?? '' };
}

/** Asks anew with each change that is told, and whenever the cache has it otherwise than it was: by another's answer. */
function useNews(guid: string, card: ConnectionCardFragment | undefined, ask: () => void): boolean {
  const [isGone, setGone] = useState(false);
  useEffect(
    () =>
      onEveryChange(({ memberGuid, cause, isDeleted }) => {
        if (memberGuid !== guid) return;
        if (isDeleted) setGone(true);
        else if (cause !== 'SNAPSHOT') ask();
      }),
    [guid, ask],
  );
  const state = card && `${card.connectionStatus} ${card.requiredAction} ${card.isBeingAggregated}`;
  const last = useRef(state);
  useEffect(() => {
    if (last.current !== undefined && last.current !== state) ask();
    last.current = state;
  }, [state, ask]);
  return isGone;
}

/** What a connection needs next. How it stands comes by itself; what that takes is asked anew with each change. */
export function useNextStep(guid: string): NextStepState {
  const { locale } = useI18n();
  const { data, previousData, error, refetch } = useQuery(NextStepDocument, {
    variables: { guid, locale },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const ask = useCallback(() => void refetch().catch(() => undefined), [refetch]);
  const next = toNextStep(data ?? previousData);
  const wasRemoved = useNews(guid, next?.card, ask);
  const isGone = wasRemoved || hasCode(error, 'NOT_FOUND');
  return { next, isGone, hasFailed: error !== undefined && !isGone, retry: ask };
}
