import type { MxMemberError } from '../mx/types.js';

/** What an error is about, so that a client need not know every code. */
export type MemberErrorKind = 'CREDENTIALS' | 'CHALLENGE' | 'ACCESS' | 'ACCOUNTS' | 'INSTITUTION' | 'UNKNOWN';

/** MX's numeric error codes that this product knows. */
export const MEMBER_ERRORS = {
  1000: { code: 'NO_ELIGIBLE_ACCOUNTS', kind: 'ACCOUNTS' },
  1001: { code: 'NO_ACCOUNTS', kind: 'ACCOUNTS' },
  1002: { code: 'ACCESS_DENIED', kind: 'ACCESS' },
  2001: { code: 'INCORRECT_OTP', kind: 'CHALLENGE' },
  2002: { code: 'INCORRECT_MFA', kind: 'CHALLENGE' },
  2003: { code: 'MFA_TIMEOUT', kind: 'CHALLENGE' },
  2004: { code: 'REAUTHORIZATION_REQUIRED', kind: 'CREDENTIALS' },
  2005: { code: 'INVALID_CREDENTIALS', kind: 'CREDENTIALS' },
  3000: { code: 'INSTITUTION_DOWN', kind: 'INSTITUTION' },
  3001: { code: 'INSTITUTION_MAINTENANCE', kind: 'INSTITUTION' },
  3002: { code: 'INSTITUTION_UNAVAILABLE', kind: 'INSTITUTION' },
} as const satisfies Record<number, { code: string; kind: MemberErrorKind }>;

/** The name of an error code. UNKNOWN for one that MX has added since. */
export type MemberErrorCode = (typeof MEMBER_ERRORS)[keyof typeof MEMBER_ERRORS]['code'] | 'UNKNOWN';

/** Why a member's latest job failed. */
export interface MemberError {
  readonly code: MemberErrorCode;
  readonly kind: MemberErrorKind;
  /** Null if MX sent no integer. */
  readonly errorCode: number | null;
  readonly userMessage: string | null;
  readonly locale: string | null;
}

type KnownError = Pick<MemberError, 'code' | 'kind'>;

const ERRORS: ReadonlyMap<string, KnownError> = new Map(Object.entries(MEMBER_ERRORS));
const UNKNOWN: KnownError = { code: 'UNKNOWN', kind: 'UNKNOWN' };

/** The range of GraphQL's `Int`. */
const MAX_INT = 2 ** 31 - 1;

function toInteger(code: string): number | null {
  const number = /^\d{1,10}$/.test(code) ? Number(code) : Infinity;
  return number <= MAX_INT ? number : null;
}

/** Interprets MX's error. Returns null if there is none. */
export function memberErrorOf(error: MxMemberError | null): MemberError | null {
  const errorCode = error?.error_code ?? null;
  if (!error || errorCode === null) return null;
  const { user_message: userMessage, locale } = error;
  return { ...(ERRORS.get(errorCode) ?? UNKNOWN), errorCode: toInteger(errorCode), userMessage, locale };
}
