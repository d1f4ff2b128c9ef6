import type { Viewer } from '../auth.js';
import { rateLimited } from '../errors/api-error.js';
import type { ResolveDocument } from '../graphql/trusted-documents.js';
import type { RateLimiter } from '../backplane/rate-limit.js';

/** Checks of each operation before its document is read, on every transport. */
export interface Admission {
  /** Counts an operation of the viewer. Throws RATE_LIMITED above the limit. */
  readonly admit: (viewer: Viewer) => void;
  readonly resolveDocument: ResolveDocument;
}

/** Creates the rate limit of operations per viewer. Without a limiter, all operations are admitted. */
export function createAdmit(budget: RateLimiter | null): Admission['admit'] {
  return ({ id }) => {
    const waitMs = budget?.consume(id) ?? 0;
    if (waitMs > 0) throw rateLimited(waitMs);
  };
}
