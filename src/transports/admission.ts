import type { Viewer } from '../auth.js';
import { rateLimited } from '../errors/api-error.js';
import type { ResolveDocument } from '../graphql/trusted-documents.js';
import type { RateLimiter } from '../backplane/rate-limit.js';

/** What an operation must pass before it is read, on any transport. */
export interface Admission {
  /** Counts an operation of the viewer's; throws RATE_LIMITED when there have been too many. */
  readonly admit: (viewer: Viewer) => void;
  readonly resolveDocument: ResolveDocument;
}

/** Builds the count of operations; without a budget all are let in. */
export function createAdmit(budget: RateLimiter | null): Admission['admit'] {
  return ({ id }) => {
    const waitMs = budget?.consume(id) ?? 0;
    if (waitMs > 0) throw rateLimited(waitMs);
  };
}
