import { useRef } from 'react';

export interface AttemptId {
  /** The name of this attempt to make something, the same until its answer is there. */
  readonly current: () => { clientMutationId?: string };
  /** The answer is there: what is made next is another thing. */
  readonly settle: () => void;
}

/** Names an attempt to make something: sent again after a lost answer under the same name, it makes no second one. */
export function useAttemptId(): AttemptId {
  const id = useRef<string>(undefined);
  return {
    current() {
      // Without TLS, other than on this machine, browsers make no such names.
      if (!window.isSecureContext) return {};
      id.current ??= crypto.randomUUID();
      return { clientMutationId: id.current };
    },
    settle() {
      id.current = undefined;
    },
  };
}
