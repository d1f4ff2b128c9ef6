import { useQuery } from '@apollo/client/react';
import { useEffect } from 'react';

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

/** What a connection needs next. How it stands comes by itself; what that takes is asked anew with each change. */
export function useNextStep(guid: string, onGone: () => void): NextStepState {
  const { locale } = useI18n();
  const { data, previousData, error, refetch } = useQuery(NextStepDocument, {
    variables: { guid, locale },
    fetchPolicy: 'cache-and-network',
    nextFetchPolicy: 'cache-first',
    // A bank whose form cannot be had still has a name and a sentence.
    errorPolicy: 'all',
  });
  useEffect(
    () =>
      onEveryChange(({ memberGuid, cause, isDeleted }) => {
        if (memberGuid !== guid) return;
        if (isDeleted) onGone();
        else if (cause !== 'SNAPSHOT') refetch().catch(() => undefined);
      }),
    [guid, refetch, onGone],
  );
  return {
    next: toNextStep(data ?? previousData),
    hasFailed: error !== undefined,
    retry: () => void refetch().catch(() => undefined),
  };
}
