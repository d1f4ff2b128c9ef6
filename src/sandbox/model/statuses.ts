/** One connection status. Its messages differ from the product's, so that a test can tell them apart. */
export interface StatusRow {
  readonly code: number;
  /** The message that MX would send. `{bank}` is replaced by the name of the institution. */
  readonly message: string;
  /** Whether entering the status fires the Connection Status webhook. */
  readonly fires: boolean;
  /** Whether MX requires new credentials before it tries again. */
  readonly needsCredentials: boolean;
  readonly error: StatusError | null;
}

export interface StatusError {
  readonly code: number;
  readonly type: 'MEMBER' | 'MFA' | 'INSTITUTION';
  readonly name: string;
}

const INVALID_CREDENTIALS: StatusError = { code: 2005, type: 'MEMBER', name: 'INVALID_CREDENTIALS' };
const REAUTHORIZATION_REQUIRED: StatusError = {
  code: 2004,
  type: 'MEMBER',
  name: 'REAUTHORIZATION_REQUIRED',
};
const INCORRECT_MFA: StatusError = { code: 2002, type: 'MFA', name: 'INCORRECT_MFA' };
const MFA_TIMEOUT: StatusError = { code: 2003, type: 'MFA', name: 'MFA_TIMEOUT' };
const INSTITUTION_UNAVAILABLE: StatusError = {
  code: 3002,
  type: 'INSTITUTION',
  name: 'INSTITUTION_UNAVAILABLE',
};

type Tuple = readonly [
  status: string,
  message: string,
  flag?: 'fires' | 'credentials' | undefined,
  error?: StatusError,
];

/** In the order of MX's codes. `credentials` implies `fires`, but MX sends no webhook for IMPORTED. */
const TUPLES: readonly Tuple[] = [
  ['CREATED', 'Hang on while we reach {bank}.'],
  [
    'PREVENTED',
    'Three sign-in attempts at {bank} failed. Enter your login again.',
    'credentials',
    INVALID_CREDENTIALS,
  ],
  ['DENIED', '{bank} did not accept that login.', 'credentials', INVALID_CREDENTIALS],
  ['CHALLENGED', '{bank} wants to be sure it is you.', 'fires'],
  ['REJECTED', 'That was not the answer {bank} expected.', 'fires', INCORRECT_MFA],
  ['LOCKED', '{bank} has locked this login. Unlock it on its website.', 'fires'],
  ['CONNECTED', '{bank} is linked.'],
  ['IMPEDED', '{bank} needs you to read or accept something on its website.', 'fires'],
  ['RECONNECTED', '{bank} has changed how it connects. Sign in again.'],
  ['DEGRADED', '{bank} fails often. We are looking into it.'],
  ['DISCONNECTED', 'No data from {bank} for two weeks. We are looking into it.'],
  ['DISCONTINUED', '{bank} can no longer be linked.'],
  ['CLOSED', 'Your link to {bank} was closed.'],
  ['DELAYED', '{bank} is slow to respond today.'],
  ['FAILED', '{bank} could not be reached.', undefined, INSTITUTION_UNAVAILABLE],
  ['UPDATED', 'Trying your new login at {bank}.'],
  ['DISABLED', 'Fetching from {bank} is paused.'],
  ['IMPORTED', 'We have no login for {bank} yet.', 'credentials', REAUTHORIZATION_REQUIRED],
  ['RESUMED', '{bank} is checking your answer.'],
  ['EXPIRED', '{bank} did not get your answer in time.', 'fires', MFA_TIMEOUT],
  ['IMPAIRED', 'Part of your login for {bank} is missing.', 'credentials', REAUTHORIZATION_REQUIRED],
  ['PENDING', 'Sign in at {bank} to continue.'],
];

/** The 22 statuses of MX. The 23rd state, null, has no row. */
export const STATUSES: ReadonlyMap<string, StatusRow> = new Map(
  TUPLES.map(([status, message, flag, error], code) => [
    status,
    {
      code,
      message,
      fires: flag === 'fires' || (flag === 'credentials' && status !== 'IMPORTED'),
      needsCredentials: flag === 'credentials',
      error: error ?? null,
    },
  ]),
);

/** The message that MX would send with a status. Null for the null status. */
export function providerMessage(status: string | null, bank: string): string | null {
  if (status === null) return null;
  const template = STATUSES.get(status)?.message ?? `{bank} reports the status ${status}.`;
  return template.replace('{bank}', bank);
}
