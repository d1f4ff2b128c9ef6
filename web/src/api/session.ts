import { ServerError } from '@apollo/client';

import { createStore } from './external-store.js';
import { hasCode } from './failure.js';

/** Whether the API accepts the user's token. */
export const session = createStore<'open' | 'expired'>('open');

/** Returns whether an error means that the user must sign in again. */
export function isSignedOut(error: unknown): boolean {
  return ServerError.is(error) ? error.statusCode === 401 : hasCode(error, 'UNAUTHENTICATED');
}

/** Calls `mxSignIn` of the embedding application and resumes when it has completed; without it, reloads the page. */
export async function signInAgain(): Promise<void> {
  if (!window.mxSignIn) return location.reload();
  await window.mxSignIn();
  session.set('open');
}
