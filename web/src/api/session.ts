import { ServerError } from '@apollo/client';

import { createStore } from './external-store.js';
import { hasCode } from './failure.js';

/** Whether the API still knows who asks. */
export const session = createStore<'open' | 'expired'>('open');

/** Whether a failure means that the user has to sign in anew. */
export function isSignedOut(error: unknown): boolean {
  return ServerError.is(error) ? error.statusCode === 401 : hasCode(error, 'UNAUTHENTICATED');
}

/**
 * Hands over to the application that embeds the page, and goes on when it has done; on its own the page can only begin
 * anew.
 */
export async function signInAgain(): Promise<void> {
  if (!window.mxSignIn) return location.reload();
  await window.mxSignIn();
  session.set('open');
}
