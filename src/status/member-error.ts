import type { MxMemberError } from '../mx/types.js';

/** MX's numeric error codes that clients can act on. */
export const MEMBER_ERROR_CODES = {
  1000: 'NO_ELIGIBLE_ACCOUNTS',
  1001: 'NO_ACCOUNTS',
  1002: 'ACCESS_DENIED',
  2001: 'INCORRECT_OTP',
  2002: 'INCORRECT_MFA',
  2003: 'MFA_TIMEOUT',
  2004: 'REAUTHORIZATION_REQUIRED',
  2005: 'INVALID_CREDENTIALS',
  3000: 'INSTITUTION_DOWN',
  3001: 'INSTITUTION_MAINTENANCE',
  3002: 'INSTITUTION_UNAVAILABLE',
} as const;

/** The name of a known error code. */
export type MemberErrorCode = (typeof MEMBER_ERROR_CODES)[keyof typeof MEMBER_ERROR_CODES];

/** Why a member's latest job failed. */
export interface MemberError {
  readonly code: MemberErrorCode;
  readonly errorCode: number;
  readonly userMessage: string | null;
  readonly locale: string | null;
}

const CODES: ReadonlyMap<string, MemberErrorCode> = new Map(Object.entries(MEMBER_ERROR_CODES));

/** Parses MX's error. Returns null for none, and for an unknown code, which must not reach clients. */
export function memberErrorOf(error: MxMemberError | null): MemberError | null {
  const code = CODES.get(error?.error_code ?? '');
  if (!error || !code) return null;
  const { user_message: userMessage, locale } = error;
  return { code, errorCode: Number(error.error_code), userMessage, locale };
}
