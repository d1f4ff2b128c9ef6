import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import type { FragmentType } from '../../generated/fragment-masking.js';
import { RefusalFragmentDoc } from '../../generated/graphql.js';
import type { RefusalFragment } from '../../generated/graphql.js';
import { failureCodeOf } from '../api/failure.js';

/** Why an action did not happen: refused for a reason that the action has, or failed, with the API's code if it has one. */
export type Problem =
  | { readonly kind: 'refused'; readonly refusals: readonly RefusalFragment[] }
  | { readonly kind: 'failed'; readonly code: string | null };

interface Payload {
  readonly userErrors: readonly FragmentType<typeof RefusalFragmentDoc>[];
}

export interface Act<V, P> {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Has what stood in the way of the last attempt forgotten. */
  readonly forget: () => void;
  /** Acts; resolves to what came of it, or null where nothing did. */
  readonly run: (variables: V) => Promise<P | null>;
}

/** What a caller of any of the mutations wants: to run it, to know whether it runs, and what stood in the way. */
export function useAction<D, V extends OperationVariables, P extends Payload>(
  mutation: TypedDocumentNode<D, V>,
  payloadOf: (data: D) => P | null,
): Act<V, P> {
  const client = useApolloClient();
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(variables: V): Promise<P | null> {
    // Buttons that are busy keep the focus, and so can be pressed.
    if (isRunning.current) return null;
    isRunning.current = true;
    setProblem(null);
    setBusy(true);
    try {
      const { data, error } = await client.mutate<D>({ mutation, variables, errorPolicy: 'all' });
      const payload = data === undefined || data === null ? null : payloadOf(data);
      const refusals = unmask(RefusalFragmentDoc, payload?.userErrors) ?? [];
      if (refusals.length > 0) setProblem({ kind: 'refused', refusals });
      else if (!payload) setProblem({ kind: 'failed', code: failureCodeOf(error) });
      return payload;
    } catch (error) {
      // A lost session is told to the session by the client.
      setProblem({ kind: 'failed', code: failureCodeOf(error) });
      return null;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }
  return { isBusy, problem, forget: () => setProblem(null), run };
}
