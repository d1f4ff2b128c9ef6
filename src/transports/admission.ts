import type { Viewer } from '../auth.js';
import { askedTooOften } from '../errors/api-error.js';
import type { ResolveText } from '../graphql/trusted-documents.js';
import type { OperationBudget } from '../backplane/rate-limit.js';

/** What an operation must pass before it is read, on any transport. */
export interface Admission {
  /** Counts an operation of the viewer's; throws RATE_LIMITED when there have been too many. */
  readonly admit: (viewer: Viewer) => void;
  readonly textOf: ResolveText;
}

/** Builds the count of operations; without a budget all are let in. */
export function createAdmit(budget: OperationBudget | null): Admission['admit'] {
  return ({ id }) => {
    const waitMs = budget?.take(id) ?? 0;
    if (waitMs > 0) throw askedTooOften(waitMs);
  };
}
