import { useRef } from 'react';

export interface IdempotencyKey {
  /** The `idempotencyKey` of the current attempt, the same until `reset`. */
  readonly current: () => { idempotencyKey?: string };
  /** Call when the response has arrived: the next mutation gets a new key. */
  readonly reset: () => void;
}

/** Generates an `idempotencyKey`, so that a mutation that is retried after a lost response creates only one member. */
export function useIdempotencyKey(): IdempotencyKey {
  const key = useRef<string>(undefined);
  return {
    current() {
      // `crypto.randomUUID` exists only in secure contexts.
      if (!window.isSecureContext) return {};
      key.current ??= crypto.randomUUID();
      return { idempotencyKey: key.current };
    },
    reset() {
      key.current = undefined;
    },
  };
}
