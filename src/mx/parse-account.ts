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

/** Longer than any number; it limits the pattern below. */
const MAX_NUMBER_LENGTH = 64;
/** Digits that are so many that they may be an account number: together, or as those of a card in groups. */
const NUMBER_PATTERN = /\d(?:[ -]?\d){11,}|\d{8,}/g;

/** Finds a number also if it is divided into groups otherwise, or has lost its leading zeros. Null for a partial one. */
function patternOf(number: string): RegExp | null {
  const characters = number.replaceAll(/[^\p{L}\p{N}]/gu, '').replace(/^0+/, '');
  if (characters.length <= MAX_PARTIAL_LENGTH || characters.length > MAX_NUMBER_LENGTH) return null;
  return new RegExp([...characters].join(String.raw`[\s.\-]*`), 'giu');
}

/**
 * The name without account numbers, which some institutions put into it. Where MX masks the number or sends none, the
 * name may have the whole, so that long digits are masked too, except in names that end users have given.
 */
function parseName(row: Json, lastFour: string | null): string | null {
  const name = parseString(row['name']) ?? parseString(row['nickname']);
  if (name === null) return null;
  const { account_number: number, is_manual: isManual } = row;
  const text = typeof number === 'number' ? String(number) : (parseString(number) ?? '');
  const pattern = patternOf(text);
  const masked = `…${lastFour ?? ''}`;
  const whole = text.length > MAX_PARTIAL_LENGTH ? name.replaceAll(text, masked) : name;
  const other = pattern ? whole.replaceAll(pattern, masked) : whole;
  return isManual === true ? other : other.replaceAll(NUMBER_PATTERN, (digits) => `…${digits.slice(-4)}`);
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
  const lastFour = parseLastFour(parseString(row['account_number']));
  return {
    guid,
    user_guid: userGuid,
    member_guid: parseString(row['member_guid']),
    name: parseName(row, lastFour),
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
