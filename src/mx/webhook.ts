/** What a webhook of MX comes to: a reason to look at a member, or nothing to do with members. */
export type Webhook =
  | { readonly kind: 'hint'; readonly type: string; readonly userGuid: string; readonly memberGuid: string }
  | { readonly kind: 'ignored'; readonly type: string };

type Fields = Readonly<Record<string, unknown>>;

/** Where a webhook names its member. */
interface Subject {
  readonly type: string;
  readonly userGuid: unknown;
  readonly memberGuid: unknown;
}

/** The types whose fields `member_guid` and `user_guid` name the member. */
const FLAT_TYPES: ReadonlySet<string> = new Set(['CONNECTION_STATUS', 'AGGREGATION', 'INITIAL_DATA_READY']);
const MEMBER_ACTIONS: ReadonlySet<unknown> = new Set(['created', 'updated', 'deleted']);

const USER_GUID = /^USR-[\w-]{1,60}$/;
const MEMBER_GUID = /^MBR-[\w-]{1,60}$/;
const MAX_TYPE_LENGTH = 60;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const fits = (value: unknown, shape: RegExp): value is string =>
  typeof value === 'string' && shape.test(value);

/** The type is counted and logged under its name, so whoever writes it may not choose any text. */
function typeOf({ type }: Fields): string | null {
  const name = typeof type === 'string' ? type.slice(0, MAX_TYPE_LENGTH).replace(/[^\w.-]/g, '_') : '';
  return name === '' ? null : name;
}

/** MX nests some objects under their name and sends others flat beside `action`. */
function subjectOf(body: Fields): Subject | null {
  const { job, member, user_guid: userGuid, member_guid: memberGuid, guid } = body;
  const type = typeOf(body);
  if (isFields(job)) {
    return { type: type ?? 'JOB', userGuid: job['user_guid'], memberGuid: job['member_guid'] };
  }
  if (isFields(member)) {
    return {
      type: type ?? 'MEMBER',
      userGuid: member['user_guid'] ?? userGuid,
      memberGuid: member['guid'],
    };
  }
  const kind = type?.toUpperCase() ?? '';
  if (type !== null && FLAT_TYPES.has(kind)) return { type, userGuid, memberGuid };
  const isUntyped = type === null && MEMBER_ACTIONS.has(body['action']) && fits(guid, MEMBER_GUID);
  const isMember = kind === 'MEMBER' || isUntyped;
  return isMember ? { type: type ?? 'MEMBER', userGuid, memberGuid: guid } : null;
}

/** Reads the body of a webhook; null for what is no JSON object. New types and nulls come without notice: ignored. */
export function parseWebhook(body: unknown): Webhook | null {
  if (!isFields(body)) return null;
  const subject = subjectOf(body);
  if (!subject) return { kind: 'ignored', type: typeOf(body) ?? 'UNKNOWN' };
  const { type, userGuid, memberGuid } = subject;
  if (!fits(userGuid, USER_GUID) || !fits(memberGuid, MEMBER_GUID)) return { kind: 'ignored', type };
  return { kind: 'hint', type, userGuid, memberGuid };
}
