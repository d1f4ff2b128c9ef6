import { isJson, parseString, parseTime } from './parse.js';
import type { Json } from './parse.js';
import { MX_ACCOUNT_TYPES } from './types.js';
import type { MxAccount } from './types.js';

const CURRENCY_PATTERN = /^[A-Z]{3}$/;
const ATTEMPT_PATTERN = /^attempt-[0-9a-f]{40}$/;
/** Up to so many characters, MX has sent the end of a number and not the whole. */
const MAX_PARTIAL_LENGTH = 4;

/**
 * The last four digits of an account number, whole or masked. Null unless it ends in four digits, apart from spaces and
 * hyphens: fewer would not be what they are called, and letters may be part of the mask.
 */
function parseLastFour(number: string | null): string | null {
  return /\d{4}$/.exec(number?.replaceAll(/[\s-]/g, '') ?? '')?.[0] ?? null;
}

/** The name without the account number, which some institutions put into it. */
function parseName(row: Json, number: string | null, lastFour: string | null): string | null {
  const name = parseString(row['name']) ?? parseString(row['nickname']);
  if (name === null || number === null || number.length <= MAX_PARTIAL_LENGTH) return name;
  return name.replaceAll(number, `…${lastFour ?? ''}`);
}

function parseBalance(value: unknown): number | null {
  // JSON has numbers that are too large for JavaScript, such as 1e999.
  return typeof value === 'number' && Number.isFinite(value) ? value : null;
}

function stringMatching(pattern: RegExp, value: unknown): string | null {
  return typeof value === 'string' && pattern.test(value) ? value : null;
}

/** Parses an account from the list of a user. Returns null if it has no guid. Its account number is dropped here. */
export function parseAccount(row: unknown, userGuid: string): MxAccount | null {
  const guid = isJson(row) ? parseString(row['guid']) : null;
  if (!isJson(row) || guid === null) return null;
  const number = parseString(row['account_number']);
  const lastFour = parseLastFour(number);
  return {
    guid,
    user_guid: userGuid,
    member_guid: parseString(row['member_guid']),
    name: parseName(row, number, lastFour),
    type: MX_ACCOUNT_TYPES.find((type) => type === row['type']) ?? 'UNKNOWN',
    subtype: parseString(row['subtype']),
    last_four: lastFour,
    balance: parseBalance(row['balance']),
    currency_code: stringMatching(CURRENCY_PATTERN, row['currency_code']),
    updated_at: parseTime(row['updated_at']),
    is_manual: row['is_manual'] === true,
    is_hidden: row['is_hidden'] === true,
    attempt_id: stringMatching(ATTEMPT_PATTERN, row['metadata']),
  };
}
