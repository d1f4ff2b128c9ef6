import { useRef } from 'react';

export interface ClientMutationId {
  /** The `clientMutationId` of the current attempt, the same until `reset`. */
  readonly current: () => { clientMutationId?: string };
  /** Call when the response has arrived: the next mutation gets a new id. */
  readonly reset: () => void;
}

/** Generates a `clientMutationId`, so that a mutation that is retried after a lost response creates only one member. */
export function useClientMutationId(): ClientMutationId {
  const id = useRef<string>(undefined);
  return {
    current() {
      // `crypto.randomUUID` exists only in secure contexts.
      if (!window.isSecureContext) return {};
      id.current ??= crypto.randomUUID();
      return { clientMutationId: id.current };
    },
    reset() {
      id.current = undefined;
    },
  };
}
