import type {
  MxChallenge,
  MxChallengeOption,
  MxChallengeType,
  MxCredential,
  MxMember,
  MxMemberError,
  MxMemberStatus,
} from './types.js';
import { tryParseUrl } from '../url.js';

/**
 * A JSON object. The parsers below are tolerant, because MX's contract is loose: unknown fields are ignored, a field of
 * an unexpected type becomes null, and only a row without its identifier is rejected, as null.
 */
export type Json = Readonly<Record<string, unknown>>;

/** Returns true for a JSON object. */
export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ISO_TIME_PATTERN = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

/** Parses a string. Returns null if it is empty. */
export function parseString(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

const DAYS_OF_MONTH: readonly number[] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** The number of two digits at an index. Cheaper than parsing a substring: there are two times in each member. */
const digitsAt = (text: string, at: number): number =>
  (text.charCodeAt(at) - 48) * 10 + text.charCodeAt(at + 1) - 48;

/** `Date.parse` takes February 30 for March 2. */
function isCalendarDay(time: string): boolean {
  const [month, day] = [digitsAt(time, 5), digitsAt(time, 8)];
  if (month !== 2 || day < 29) return day <= (DAYS_OF_MONTH[month - 1] ?? 0);
  return day === 29 && new Date(Date.UTC(Number(time.slice(0, 4)), 2, 0)).getUTCDate() === 29;
}

/** Times are passed through unchanged, so they must be valid. One before 1970 is a placeholder. */
export function parseTime(value: unknown): string | null {
  const string = parseString(value);
  const isTime = string !== null && ISO_TIME_PATTERN.test(string) && isCalendarDay(string);
  return isTime && Date.parse(string) >= 0 ? string : null;
}

/** Parses an absolute URL. Returns null if it is invalid. */
export function parseUrl(value: unknown): string | null {
  const string = parseString(value);
  return string !== null && tryParseUrl(string) ? string : null;
}

/** An image that is not a string becomes one that is no image. Null would mean that there is none. */
function parseImage(value: unknown): string | null {
  return typeof value === 'string' || value === null || value === undefined
    ? parseString(value)
    : JSON.stringify(value);
}

/** A status that is not a string becomes an unknown status. Null would mean a member without credentials. */
function parseStatus(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function parseRows<T>(value: unknown, parseRow: (row: Json) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJson).flatMap((row) => parseRow(row) ?? []);
}

/** Of rows with the same guid, the first. */
export function uniqueByGuid<T extends { readonly guid: string }>(rows: readonly T[]): T[] {
  return [...new Map(rows.toReversed().map((row) => [row.guid, row])).values()].reverse();
}

/** Parses an object, also from a JSON string. */
export function parseObject(value: unknown): Json | null {
  if (typeof value !== 'string') return isJson(value) ? value : null;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Parses a member's `error`: an object, a JSON string or `{}`. Returns null if it has no code. */
export function parseMemberError(value: unknown): MxMemberError | null {
  const error = parseObject(value);
  const code = error?.['error_code'];
  if (!error || (parseString(code) === null && typeof code !== 'number')) return null;
  return {
    error_code: String(code),
    error_type: parseString(error['error_type']),
    error_message: parseString(error['error_message']),
    user_message: parseString(error['user_message']),
    locale: parseString(error['locale']),
  };
}

/** Parses a member. Returns null if it has no guid. */
export function parseMember(row: Json): MxMember | null {
  const guid = parseString(row['guid']);
  if (guid === null) return null;
  return {
    guid,
    id: parseString(row['id']),
    user_guid: parseString(row['user_guid']),
    institution_code: parseString(row['institution_code']),
    name: parseString(row['name']),
    connection_status: parseStatus(row['connection_status']),
    connection_status_message: parseString(row['connection_status_message']),
    is_being_aggregated: row['is_being_aggregated'] === true,
    is_manual: row['is_manual'] === true,
    is_managed_by_user: row['is_managed_by_user'] !== false,
    is_oauth: row['is_oauth'] === true,
    needs_updated_credentials: row['needs_updated_credentials'] === true,
    background_aggregation_is_disabled: row['background_aggregation_is_disabled'] === true,
    aggregated_at: parseTime(row['aggregated_at']),
    successfully_aggregated_at: parseTime(row['successfully_aggregated_at']),
    most_recent_job_guid: parseString(row['most_recent_job_guid']),
    oauth_window_uri: parseUrl(row['oauth_window_uri']),
    error: parseMemberError(row['error']),
  };
}

/** Parses an array of members. Rows without a guid are dropped. */
export function parseMembers(value: unknown): MxMember[] {
  return parseRows(value, parseMember);
}

function parseCredential(row: Json): MxCredential | null {
  const guid = parseString(row['guid']);
  if (guid === null) return null;
  const order = row['display_order'];
  const isSecret = [row['field_type'], row['type'], row['field_name']].includes('PASSWORD');
  return {
    guid,
    label: parseString(row['label']),
    field_name: parseString(row['field_name']),
    type: isSecret ? 'PASSWORD' : 'TEXT',
    display_order: typeof order === 'number' ? order : null,
  };
}

/** Parses an array of credential fields and sorts them for display. */
export function parseCredentials(value: unknown): MxCredential[] {
  const last = Number.MAX_SAFE_INTEGER;
  return parseRows(value, parseCredential).sort(
    (a, b) => (a.display_order ?? last) - (b.display_order ?? last),
  );
}

/** The types of challenge. MX sends strings; one of its guides shows integers. */
const CHALLENGE_TYPES: ReadonlyMap<unknown, MxChallengeType> = new Map<unknown, MxChallengeType>([
  ['TEXT', 'TEXT'],
  ['OPTIONS', 'OPTIONS'],
  ['TOKEN', 'TOKEN'],
  ['IMAGE', 'IMAGE_DATA'],
  ['IMAGE_DATA', 'IMAGE_DATA'],
  ['IMAGE_OPTIONS', 'IMAGE_OPTIONS'],
  [0, 'TEXT'],
  [2, 'OPTIONS'],
  [12, 'TOKEN'],
  [13, 'IMAGE_DATA'],
  [14, 'IMAGE_OPTIONS'],
]);

function parseOption(row: Json): MxChallengeOption | null {
  const [guid, label] = [parseString(row['guid']), parseString(row['label'])];
  const value = parseString(row['value']) ?? label ?? guid;
  return value === null ? null : { guid, label, value, data_uri: parseImage(row['data_uri']) };
}

/** An unknown type becomes TEXT, so that the end user can still read the challenge and answer it. */
function parseChallenge(row: Json): MxChallenge | null {
  const guid = parseString(row['guid']);
  if (guid === null) return null;
  const given = parseRows(row['options'], parseOption);
  const options = given.length > 0 ? given : parseRows(row['image_options'], parseOption);
  return {
    guid,
    type: CHALLENGE_TYPES.get(row['type']) ?? 'TEXT',
    label: parseString(row['label']),
    image_data: parseImage(row['image_data']),
    options,
  };
}

/** Parses an array of challenges. Rows without a guid are dropped. */
export function parseChallenges(value: unknown): MxChallenge[] {
  return parseRows(value, parseChallenge);
}

/** A choice without options becomes TEXT for the same reason. */
function toAnswerable(challenge: MxChallenge): MxChallenge {
  const { type, options } = challenge;
  const isChoice = type === 'OPTIONS' || type === 'IMAGE_OPTIONS';
  return isChoice && options.length === 0 ? { ...challenge, type: 'TEXT' } : challenge;
}

/**
 * Parses the pending challenges of a member's status. Returns null if they are unknown: some cannot be read, or there
 * are none although the status is CHALLENGED or missing.
 */
function parsePendingChallenges(status: Json): MxChallenge[] | null {
  const rows = status['challenges'];
  const challenges = parseChallenges(rows);
  // All challenges are answered together.
  if (Array.isArray(rows) && challenges.length < rows.length) return null;
  if (challenges.length > 0) return uniqueByGuid(challenges.map(toAnswerable));
  const word = status['connection_status'] ?? null;
  return word === null || word === 'CHALLENGED' ? null : [];
}

const parseFlag = (value: unknown): boolean | null => (typeof value === 'boolean' ? value : null);

/** Parses the status of a member. */
export function parseMemberStatus(status: Json): MxMemberStatus {
  return {
    challenges: parsePendingChallenges(status),
    is_being_aggregated: status['is_being_aggregated'] === true,
    is_authenticated: parseFlag(status['is_authenticated']),
    has_processed_accounts: parseFlag(status['has_processed_accounts']),
    has_processed_transactions: parseFlag(status['has_processed_transactions']),
  };
}
