import type {
  MxChallenge,
  MxChallengeOption,
  MxChallengeType,
  MxCredential,
  MxInstitution,
  MxMember,
  MxMemberError,
} from './types.js';

/**
 * Tolerant readers of MX's answers: an unknown field is passed over, a field of another type than documented is
 * read as null, and only what cannot be named (a row without its identifier) is refused, as null.
 */
export type Json = Readonly<Record<string, unknown>>;

export function isJson(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

const ISO_TIME = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/;

function text(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Times are passed on as they came, so they must be what they claim to be. */
function time(value: unknown): string | null {
  const written = text(value);
  return written !== null && ISO_TIME.test(written) && !Number.isNaN(Date.parse(written)) ? written : null;
}

/** An absolute address, or null. */
export function parseUrl(value: unknown): string | null {
  const written = text(value);
  return written !== null && URL.canParse(written) ? written : null;
}

/** A status that is no string is still a word that MX sent: it reads as an unknown one, never as none. */
function word(value: unknown): string | null {
  if (value === null || value === undefined) return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}

function rows<T>(value: unknown, read: (row: Json) => T | null): T[] {
  if (!Array.isArray(value)) return [];
  return value.filter(isJson).flatMap((row) => read(row) ?? []);
}

function parsedObject(value: unknown): Json | null {
  if (typeof value !== 'string') return isJson(value) ? value : null;
  try {
    const parsed: unknown = JSON.parse(value);
    return isJson(parsed) ? parsed : null;
  } catch {
    return null;
  }
}

/** Reads a member's `error`, an object, JSON text or `{}`; null when it carries no code. */
export function parseMemberError(value: unknown): MxMemberError | null {
  const error = parsedObject(value);
  const code = error?.['error_code'];
  if (!error || (typeof code !== 'string' && typeof code !== 'number')) return null;
  return {
    error_code: String(code),
    error_type: text(error['error_type']),
    error_message: text(error['error_message']),
    user_message: text(error['user_message']),
    locale: text(error['locale']),
  };
}

/** Reads one member; null when it has no guid. */
export function parseMember(row: Json): MxMember | null {
  const guid = text(row['guid']);
  if (guid === null) return null;
  return {
    guid,
    id: text(row['id']),
    user_guid: text(row['user_guid']),
    institution_code: text(row['institution_code']),
    name: text(row['name']),
    connection_status: word(row['connection_status']),
    connection_status_message: text(row['connection_status_message']),
    is_being_aggregated: row['is_being_aggregated'] === true,
    is_manual: row['is_manual'] === true,
    is_managed_by_user: row['is_managed_by_user'] !== false,
    is_oauth: row['is_oauth'] === true,
    aggregated_at: time(row['aggregated_at']),
    successfully_aggregated_at: time(row['successfully_aggregated_at']),
    most_recent_job_guid: text(row['most_recent_job_guid']),
    oauth_window_uri: parseUrl(row['oauth_window_uri']),
    error: parseMemberError(row['error']),
  };
}

/** Reads a list of members out of MX's whole answer, one that was read before and kept as text. */
export function parseMemberList(text: string): MxMember[] {
  const body: unknown = JSON.parse(text);
  return parseMembers(isJson(body) ? body['members'] : null);
}

export function parseMembers(value: unknown): MxMember[] {
  return rows(value, parseMember);
}

/** Reads one institution; null when it has no code. */
export function parseInstitution(row: Json): MxInstitution | null {
  const code = text(row['code']);
  if (code === null) return null;
  return {
    code,
    name: text(row['name']),
    url: parseUrl(row['url']),
    small_logo_url: parseUrl(row['small_logo_url']),
    medium_logo_url: parseUrl(row['medium_logo_url']),
    supports_oauth: row['supports_oauth'] === true,
    forgot_password_url: parseUrl(row['forgot_password_url']),
    forgot_username_url: parseUrl(row['forgot_username_url']),
    trouble_signing_in_url: parseUrl(row['trouble_signing_in_url']),
  };
}

export function parseInstitutions(value: unknown): MxInstitution[] {
  return rows(value, parseInstitution);
}

function parseCredential(row: Json): MxCredential | null {
  const guid = text(row['guid']);
  if (guid === null) return null;
  const order = row['display_order'];
  const isSecret = [row['field_type'], row['type'], row['field_name']].includes('PASSWORD');
  return {
    guid,
    label: text(row['label']),
    field_name: text(row['field_name']),
    type: isSecret ? 'PASSWORD' : 'TEXT',
    display_order: typeof order === 'number' ? order : null,
  };
}

/** Reads the fields an institution asks for, in the order to show them. */
export function parseCredentials(value: unknown): MxCredential[] {
  const last = Number.MAX_SAFE_INTEGER;
  return rows(value, parseCredential).sort((a, b) => (a.display_order ?? last) - (b.display_order ?? last));
}

/** MX's words and, as one of its guides shows, integers for the types of challenge. */
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
  const [guid, label] = [text(row['guid']), text(row['label'])];
  const value = text(row['value']) ?? label ?? guid;
  return value === null ? null : { guid, label, value, data_uri: text(row['data_uri']) };
}

/** A type that is not known is asked as text: the end user can still read the question and answer it. */
function parseChallenge(row: Json): MxChallenge | null {
  const guid = text(row['guid']);
  if (guid === null) return null;
  const options = rows(row['options'], parseOption);
  return {
    guid,
    type: CHALLENGE_TYPES.get(row['type']) ?? 'TEXT',
    label: text(row['label']),
    image_data: text(row['image_data']),
    options: options.length > 0 ? options : rows(row['image_options'], parseOption),
  };
}

export function parseChallenges(value: unknown): MxChallenge[] {
  return rows(value, parseChallenge);
}
