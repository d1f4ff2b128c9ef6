import { MxError } from '../mx/errors.js';
import { isJson, parseMembers } from '../mx/parse.js';
import type { MxMember, MxMemberList } from '../mx/types.js';
import type { ObservedMember, ObservedMembers } from '../status/observed-member.js';

/** A member as it was last read. */
export interface KnownMember {
  readonly member: MxMember;
  /** When it was read, in milliseconds since 1970. */
  readonly observedAt: number;
  /** True if a whole list has omitted the member since: the next one that does so confirms that it is gone. */
  readonly isDoubted: boolean;
  /** True if MX answered a write with it so recently that lists may not show it yet. */
  readonly isPending: boolean;
}

export type KnownMembers = ReadonlyMap<string, KnownMember>;

/** A list of members, completed with the known members that it omits. */
export interface MemberReading {
  readonly members: KnownMembers;
  /** True if the list was whole: a member that is not in `members` does not exist. */
  readonly isWhole: boolean;
  /** True if a known member is missing from the list, and it is not confirmed that it is gone. */
  readonly hasMissing: boolean;
  /** True if MX should be asked again, because the list contradicts itself or what is known. */
  readonly isDoubtful: boolean;
  /** Members that are confirmed to be gone. */
  readonly gone: readonly string[];
  /** Indexes of the rows of MX's list that are no members. */
  readonly unreadableRows: readonly number[];
}

/** What other instances are told of a reading. */
export type SharedReading = Pick<MemberReading, 'members' | 'isWhole' | 'unreadableRows'>;

/**
 * Compares a list with the known members. Only a whole list says that a member is gone, and only if an earlier whole
 * list said so as well. Until then the member stays as it was last read.
 *
 * @param observedAt when the list was read, in milliseconds since 1970
 */
export function reconcile(known: KnownMembers, list: MxMemberList, observedAt: number): MemberReading {
  const members = new Map<string, KnownMember>();
  for (const member of list.members)
    members.set(member.guid, { member, observedAt, isDoubted: false, isPending: false });
  const gone: string[] = [];
  let hasMissing = false;
  for (const [guid, one] of known) {
    if (members.has(guid)) continue;
    if (list.isWhole && one.isDoubted) {
      gone.push(guid);
      continue;
    }
    members.set(guid, list.isWhole && !one.isPending ? { ...one, isDoubted: true } : one);
    hasMissing ||= !one.isPending;
  }
  const isDoubtful = hasMissing || list.isShort;
  const { isWhole, unreadableRows } = list;
  return { members, isWhole, hasMissing, isDoubtful, gone, unreadableRows };
}

/** True if MX has got new data of a member since `last`, so that what was read of its accounts before is old. */
export function hasNewData(last: KnownMembers, members: KnownMembers): boolean {
  const dataTimeIn = (known: KnownMembers, guid: string) =>
    known.get(guid)?.member.successfully_aggregated_at ?? null;
  return [...members.keys()].some((guid) => dataTimeIn(members, guid) !== dataTimeIn(last, guid));
}

/** The form in which readings are stored and shared. `members` were read when the list was, `missing` before. */
interface StoredReading {
  readonly members: readonly MxMember[];
  readonly missing: readonly Omit<KnownMember, 'isPending'>[];
  readonly isWhole: boolean;
  readonly unreadableRows: readonly number[];
}

/** Encodes a reading whose list was read at `observedAt`. */
export function encodeReading(
  { members, isWhole, unreadableRows }: SharedReading,
  observedAt: number,
): Uint8Array {
  const known = [...members.values()];
  const isListed = (one: KnownMember) => one.observedAt === observedAt && !one.isDoubted;
  const stored: StoredReading = {
    members: known.filter(isListed).map(({ member }) => member),
    missing: known
      .filter((one) => !isListed(one))
      .map(({ member, observedAt: at, isDoubted }) => ({ member, observedAt: at, isDoubted })),
    isWhole,
    unreadableRows,
  };
  return Buffer.from(JSON.stringify(stored));
}

/** Decodes a reading that this or another instance has encoded, which may be one of the version before. */
export function decodeReading(bytes: Buffer, observedAt: number): SharedReading {
  const body: unknown = JSON.parse(bytes.toString());
  const stored = isJson(body) ? (body as Partial<StoredReading>) : {};
  const { members, missing, isWhole, unreadableRows = [] } = stored;
  const listed = parseMembers(members).map((member) => ({ member, observedAt, isDoubted: false }));
  const known = [...listed, ...(missing ?? [])].map((one): KnownMember => ({ ...one, isPending: false }));
  const byGuid = new Map(known.map((one) => [one.member.guid, one]));
  return { members: byGuid, isWhole: isWhole !== false, unreadableRows };
}

/** Finds a member; null if there is none. Throws `malformed` if the list is not whole, and so does not say. */
export function findMember(members: ObservedMembers, memberGuid: string): ObservedMember | null {
  const member = members.get(memberGuid);
  if (member) return member;
  if (members.isAbsent(memberGuid)) return null;
  throw new MxError('malformed', { endpoint: 'GET /users/:user/members' });
}
