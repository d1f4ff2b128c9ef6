import type { Context } from './context.js';
import { ApiError } from '../errors/api-error.js';

/** The viewer's guid at MX; throws FORBIDDEN for support staff who are no end users themselves. */
export function viewerGuid({ viewer }: Context): string {
  if (viewer.userGuid !== null) return viewer.userGuid;
  throw new ApiError('FORBIDDEN', 'The token names no MX user, so there is no viewer: ask for a `user`.');
}
