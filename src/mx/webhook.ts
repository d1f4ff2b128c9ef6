/** A parsed webhook: a hint that a member may have changed, or one that is ignored. */
export type Webhook =
  | {
      readonly kind: 'hint';
      readonly type: string;
      readonly userGuid: string;
      readonly memberGuid: string;
      /** Of a completed aggregation. */
      readonly aggregation?: CompletedAggregation;
    }
  | { readonly kind: 'ignored'; readonly type: string };

/** What a webhook tells of a successful aggregation. */
export interface CompletedAggregation {
  /** Identifies the job; the time of its end if MX does not name it. */
  readonly id: string;
  /** In milliseconds since 1970. MX sends whole seconds. */
  readonly completedAt: number;
  /** Number of transactions; null if it is missing or no number. */
  readonly created: number | null;
  readonly updated: number | null;
}

type JsonObject = Readonly<Record<string, unknown>>;

/** The member that a webhook is about. */
interface Subject {
  readonly type: string;
  readonly userGuid: unknown;
  readonly memberGuid: unknown;
}

/** Types with the member in the top-level fields `member_guid` and `user_guid`. */
const FLAT_TYPES: ReadonlySet<string> = new Set(['CONNECTION_STATUS', 'AGGREGATION', 'INITIAL_DATA_READY']);
const MEMBER_ACTIONS: ReadonlySet<unknown> = new Set(['created', 'updated', 'deleted']);

const USER_GUID_PATTERN = /^USR-[\w-]{1,60}$/;
const MEMBER_GUID_PATTERN = /^MBR-[\w-]{1,60}$/;
const MAX_TYPE_LENGTH = 60;

const isJsonObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const matches = (value: unknown, pattern: RegExp): value is string =>
  typeof value === 'string' && pattern.test(value);

/** Sanitizes the type, because logs and metrics contain it and the sender controls it. */
function typeOf({ type }: JsonObject): string | null {
  const name = typeof type === 'string' ? type.slice(0, MAX_TYPE_LENGTH).replace(/[^\w.-]/g, '_') : '';
  return name === '' ? null : name;
}

/** MX nests some objects under their name and sends others flat, next to `action`. */
function subjectOf(body: JsonObject): Subject | null {
  const { job, member, user_guid: userGuid, member_guid: memberGuid, guid } = body;
  const type = typeOf(body);
  if (isJsonObject(job)) {
    return { type: type ?? 'JOB', userGuid: job['user_guid'], memberGuid: job['member_guid'] };
  }
  if (isJsonObject(member)) {
    return {
      type: type ?? 'MEMBER',
      userGuid: member['user_guid'] ?? userGuid,
      memberGuid: member['guid'],
    };
  }
  const kind = type?.toUpperCase() ?? '';
  if (type !== null && FLAT_TYPES.has(kind)) return { type, userGuid, memberGuid };
  const isUntyped = type === null && MEMBER_ACTIONS.has(body['action']) && matches(guid, MEMBER_GUID_PATTERN);
  const isMember = kind === 'MEMBER' || isUntyped;
  return isMember ? { type: type ?? 'MEMBER', userGuid, memberGuid: guid } : null;
}

const JOB_GUID_PATTERN = /^JOB-[\w-]{1,60}$/;
/** The largest `Int` of GraphQL. */
const MAX_COUNT = 2 ** 31 - 1;
/** The end of the year 9999, in seconds since 1970: later ones are not seconds. */
const MAX_SECONDS = 253_402_300_799;

function toCount(value: unknown): number | null {
  return Number.isInteger(value) && Number(value) >= 0 && Number(value) <= MAX_COUNT ? Number(value) : null;
}

/** MX sends this webhook only if the aggregation has succeeded. */
function aggregationOf(body: JsonObject): CompletedAggregation | null {
  const { type, completed_at: seconds, job_guid: job } = body;
  if (typeof type !== 'string' || type.toUpperCase() !== 'AGGREGATION') return null;
  if (!Number.isInteger(seconds) || Number(seconds) <= 0 || Number(seconds) > MAX_SECONDS) return null;
  return {
    id: matches(job, JOB_GUID_PATTERN) ? job : String(seconds),
    completedAt: Number(seconds) * 1_000,
    created: toCount(body['transactions_created_count']),
    updated: toCount(body['transactions_updated_count']),
  };
}

/** Parses the body of a webhook. Returns null if it is no JSON object. Unknown types and missing guids are ignored. */
export function parseWebhook(body: unknown): Webhook | null {
  if (!isJsonObject(body)) return null;
  const subject = subjectOf(body);
  if (!subject) return { kind: 'ignored', type: typeOf(body) ?? 'UNKNOWN' };
  const { type, userGuid, memberGuid } = subject;
  if (!matches(userGuid, USER_GUID_PATTERN) || !matches(memberGuid, MEMBER_GUID_PATTERN))
    return { kind: 'ignored', type };
  const aggregation = aggregationOf(body);
  return { kind: 'hint', type, userGuid, memberGuid, ...(aggregation && { aggregation }) };
}
