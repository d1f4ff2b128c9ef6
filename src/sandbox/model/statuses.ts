/** One connection status as the sandbox tells it: its own sentences, so that a test can tell MX's from the product's. */
export interface StatusRow {
  readonly code: number;
  /** What MX would show; `{bank}` stands for the institution. */
  readonly message: string;
  /** Whether entering it fires the Connection Status webhook. */
  readonly fires: boolean;
  /** Whether MX waits for other credentials before it tries again. */
  readonly needsCredentials: boolean;
  readonly error: StatusError | null;
}

export interface StatusError {
  readonly code: number;
  readonly type: 'MEMBER' | 'MFA' | 'INSTITUTION';
  readonly name: string;
}

const INVALID: StatusError = { code: 2005, type: 'MEMBER', name: 'INVALID_CREDENTIALS' };
const REAUTHORIZE: StatusError = { code: 2004, type: 'MEMBER', name: 'REAUTHORIZATION_REQUIRED' };
const WRONG_ANSWER: StatusError = { code: 2002, type: 'MFA', name: 'INCORRECT_MFA' };
const TOO_LATE: StatusError = { code: 2003, type: 'MFA', name: 'MFA_TIMEOUT' };
const BANK_DOWN: StatusError = { code: 3002, type: 'INSTITUTION', name: 'INSTITUTION_UNAVAILABLE' };

type Tuple = readonly [
  word: string,
  message: string,
  mark?: 'fires' | 'credentials' | undefined,
  error?: StatusError,
];

/** By code. `credentials` fires too, except IMPORTED, which MX leaves out of the webhook. */
const TUPLES: readonly Tuple[] = [
  ['CREATED', 'Hang on while we reach {bank}.'],
  ['PREVENTED', 'Three tries at {bank} went wrong; enter your login anew.', 'credentials', INVALID],
  ['DENIED', '{bank} did not accept that login.', 'credentials', INVALID],
  ['CHALLENGED', '{bank} wants to be sure it is you.', 'fires'],
  ['REJECTED', 'That was not the answer {bank} expected.', 'fires', WRONG_ANSWER],
  ['LOCKED', '{bank} has locked this login. Unlock it on its website.', 'fires'],
  ['CONNECTED', '{bank} is linked.'],
  ['IMPEDED', '{bank} has something for you to read or accept on its website.', 'fires'],
  ['RECONNECTED', '{bank} moved to a new line; a fresh sign-in is due.'],
  ['DEGRADED', '{bank} keeps stumbling; we are on it.'],
  ['DISCONNECTED', 'No data from {bank} for two weeks; we are on it.'],
  ['DISCONTINUED', '{bank} can no longer be linked.'],
  ['CLOSED', 'Your link to {bank} was closed.'],
  ['DELAYED', '{bank} takes its time today.'],
  ['FAILED', '{bank} could not be reached.', undefined, BANK_DOWN],
  ['UPDATED', 'Trying your new login at {bank}.'],
  ['DISABLED', 'Fetching from {bank} is paused.'],
  ['IMPORTED', 'We have no login for {bank} yet.', 'credentials', REAUTHORIZE],
  ['RESUMED', '{bank} is checking your answer.'],
  ['EXPIRED', '{bank} waited for your answer, but in vain.', 'fires', TOO_LATE],
  ['IMPAIRED', 'Part of your login for {bank} is missing.', 'credentials', REAUTHORIZE],
  ['PENDING', 'Sign in at {bank} to go on.'],
];

/** The 22 words of MX, by word. The 23rd state, null, has no word. */
export const STATUSES: ReadonlyMap<string, StatusRow> = new Map(
  TUPLES.map(([word, message, mark, error], code) => [
    word,
    {
      code,
      message,
      fires: mark === 'fires' || (mark === 'credentials' && word !== 'IMPORTED'),
      needsCredentials: mark === 'credentials',
      error: error ?? null,
    },
  ]),
);

/** The sentence MX would send with a status; null for the null status. */
export function providerMessage(word: string | null, bank: string): string | null {
  if (word === null) return null;
  const template = STATUSES.get(word)?.message ?? `{bank} reports a state named ${word}.`;
  return template.replace('{bank}', bank);
}
