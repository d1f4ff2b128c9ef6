import type { OperationVariables, TypedDocumentNode } from '@apollo/client';
import { useApolloClient } from '@apollo/client/react';
import { useRef, useState } from 'react';

import { unmask } from '../../generated/fragment-masking.js';
import type { FragmentType } from '../../generated/fragment-masking.js';
import { UserErrorDetailsFragmentDoc } from '../../generated/graphql.js';
import type { UserErrorDetailsFragment } from '../../generated/graphql.js';
import { failureCodeOf } from '../api/failure.js';

/**
 * Why an action failed: rejected with `userErrors`, or failed with an error, whose code is null if the API gave none.
 */
export type Problem =
  | { readonly kind: 'rejected'; readonly userErrors: readonly UserErrorDetailsFragment[] }
  | { readonly kind: 'failed'; readonly code: string | null };

interface Payload {
  readonly userErrors: readonly FragmentType<typeof UserErrorDetailsFragmentDoc>[];
}

export interface Action<V, P> {
  readonly isBusy: boolean;
  readonly problem: Problem | null;
  /** Clears the problem of the last attempt. */
  readonly reset: () => void;
  /** Runs the mutation. Resolves with its payload, or null if it failed. */
  readonly run: (variables: V) => Promise<P | null>;
}

/** Runs a mutation and exposes whether it is running and why it failed. */
export function useAction<D, V extends OperationVariables, P extends Payload>(
  mutation: TypedDocumentNode<D, V>,
  payloadOf: (data: D) => P | null,
): Action<V, P> {
  const client = useApolloClient();
  const isRunning = useRef(false);
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState<Problem | null>(null);

  async function run(variables: V): Promise<P | null> {
    // Busy buttons stay focusable and can be pressed.
    if (isRunning.current) return null;
    isRunning.current = true;
    setProblem(null);
    setBusy(true);
    try {
      const { data, error } = await client.mutate<D>({ mutation, variables, errorPolicy: 'all' });
      const payload = data === undefined || data === null ? null : payloadOf(data);
      const userErrors = unmask(UserErrorDetailsFragmentDoc, payload?.userErrors) ?? [];
      if (userErrors.length > 0) setProblem({ kind: 'rejected', userErrors });
      else if (!payload) setProblem({ kind: 'failed', code: failureCodeOf(error) });
      return payload;
    } catch (error) {
      // The client itself handles an expired session.
      setProblem({ kind: 'failed', code: failureCodeOf(error) });
      return null;
    } finally {
      isRunning.current = false;
      setBusy(false);
    }
  }
  return { isBusy, problem, reset: () => setProblem(null), run };
}
