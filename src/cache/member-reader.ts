import { LRUCache } from 'lru-cache';

import type { MxClient } from '../mx/client.js';
import type { CallCounter } from '../mx/transport.js';
import type { MxForeignRow, MxMemberList } from '../mx/types.js';
import { reconcile } from './member-list.js';
import type { KnownMember, KnownMembers, MemberReading } from './member-list.js';
import type { RecentWrites } from './recent-writes.js';

export interface MemberReaderOptions {
  readonly client: MxClient;
  /** How long a list is fresh, in milliseconds: MX is asked again at most once in this time. */
  readonly freshnessMs: number;
  readonly writes: RecentWrites;
  readonly onForeignRow?: (userGuid: string, row: MxForeignRow) => void;
}

/** A read of a user's members. */
export interface MemberRead {
  /** The members of the last reading; null if there is none. */
  readonly last: KnownMembers | null;
  /** When the read started, in milliseconds since 1970. */
  readonly startedAt: number;
  readonly counter: CallCounter | null;
}

const MAX_USERS = 10_000;
const MAX_FOREIGN_ROWS = 1_000;
/** MX is not asked again after a slow answer, so that both reads stay within the time of one. In milliseconds. */
const MAX_FIRST_READ_MS = 3_000;

/** Reads lists of members, and asks MX again if a list contradicts itself or what is known. */
export class MemberReader {
  readonly #options: MemberReaderOptions;
  /** When MX was last asked again, by user, on the monotonic clock. */
  readonly #askedAgainAt = new LRUCache<string, number>({ maxSize: MAX_USERS, sizeCalculation: () => 1 });
  readonly #reportedRows = new LRUCache<string, true>({
    maxSize: MAX_FOREIGN_ROWS,
    sizeCalculation: () => 1,
  });

  constructor(options: MemberReaderOptions) {
    this.#options = options;
  }

  /** Reads the list of a user. Rejects as MX does; a second read that fails leaves the first as it is. */
  async read(userGuid: string, read: MemberRead): Promise<MemberReading> {
    const { startedAt, counter } = read;
    const begun = performance.now();
    const first = reconcile(this.#known(userGuid, read), await this.#list(userGuid, counter), startedAt);
    if (!first.isDoubtful || !this.#mayAskAgain(userGuid, begun)) return first;
    const list = await this.#list(userGuid, counter).catch(() => null);
    if (!list) return first;
    const second = reconcile(first.members, list, startedAt);
    return { ...second, gone: [...first.gone, ...second.gone] };
  }

  async #list(userGuid: string, counter: CallCounter | null): Promise<MxMemberList> {
    const list = await this.#options.client.withCallCounter(counter).listMembers(userGuid);
    list.foreignRows.forEach((row) => this.#report(userGuid, row));
    return list;
  }

  #mayAskAgain(userGuid: string, begun: number): boolean {
    const now = performance.now();
    const last = this.#askedAgainAt.get(userGuid) ?? -Infinity;
    if (now - begun > MAX_FIRST_READ_MS || now < last + this.#options.freshnessMs) return false;
    this.#askedAgainAt.set(userGuid, now);
    return true;
  }

  /** What is known of the user's members: the last reading with the writes since. */
  #known(userGuid: string, { last }: MemberRead): KnownMembers {
    const { writes } = this.#options;
    const known = new Map<string, KnownMember>();
    for (const [guid, one] of last ?? [])
      if (!writes.isDeletedSince(userGuid, guid, one.observedAt)) known.set(guid, one);
    for (const [guid, { member, at }] of writes.pending(userGuid)) {
      if (member === null || at < (known.get(guid)?.observedAt ?? -Infinity)) continue;
      known.set(guid, { member: member.member, observedAt: at, isDoubted: false, isPending: true });
    }
    return known;
  }

  #report(userGuid: string, row: MxForeignRow): void {
    const key = `${userGuid}/${row.memberGuid}`;
    if (this.#reportedRows.has(key)) return;
    this.#reportedRows.set(key, true);
    this.#options.onForeignRow?.(userGuid, row);
  }
}
