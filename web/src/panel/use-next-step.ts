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
import { onAnyChange } from '../connections/live-changes.js';
import { useI18n } from '../components/i18n.js';

/** A connection with all data that its next step needs. */
export interface NextStep {
  readonly card: ConnectionCardFragment;
  readonly member: NonNullable<NextStepQuery['member']>;
  readonly challenges: readonly ChallengeQuestionFragment[] | null;
  /** The name of the bank. */
  readonly bank: string;
}

export interface NextStepState {
  readonly next: NextStep | null;
  /** Whether the connection no longer exists. */
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

/**
 * Refetches on each event of the member, and when another operation changed its state in the cache. Returns whether the
 * member was deleted.
 */
function useRefreshOnChange(
  guid: string,
  card: ConnectionCardFragment | undefined,
  refresh: () => void,
): boolean {
  const [isGone, setGone] = useState(false);
  useEffect(
    () =>
      onAnyChange(({ memberGuid, cause, isDeleted }) => {
        if (memberGuid !== guid) return;
        if (isDeleted) setGone(true);
        else if (cause !== 'SNAPSHOT') refresh();
      }),
    [guid, refresh],
  );
  const state = card && `${card.connectionStatus} ${card.requiredAction} ${card.isBeingAggregated}`;
  const last = useRef(state);
  useEffect(() => {
    if (last.current !== undefined && last.current !== state) refresh();
    last.current = state;
  }, [state, refresh]);
  return isGone;
}

/** The next step of a connection. Its state is updated by events; the data of the step is refetched on each change. */
export function useNextStep(guid: string): NextStepState {
  const { locale } = useI18n();
  const { data, previousData, error, refetch } = useQuery(NextStepDocument, {
    variables: { guid, locale },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
  });
  const ask = useCallback(() => void refetch().catch(() => undefined), [refetch]);
  const next = toNextStep(data ?? previousData);
  const wasRemoved = useRefreshOnChange(guid, next?.card, ask);
  const isGone = wasRemoved || hasCode(error, 'NOT_FOUND');
  return { next, isGone, hasFailed: error !== undefined && !isGone, retry: ask };
}
