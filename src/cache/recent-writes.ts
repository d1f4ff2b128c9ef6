import { LRUCache } from 'lru-cache';

import type { ObservedMember } from '../status/observed-member.js';

/** A write that MX has answered. */
export interface Write {
  /** The member as MX's response had it; null if it was deleted. */
  readonly member: ObservedMember | null;
  /** When MX answered, in milliseconds since 1970. */
  readonly at: number;
}

const MAX_USERS = 10_000;
/** How long MX's lists may lag behind a create or a delete. Until then the write is believed, not the list. */
const LIST_LAG_MS = 10_000;

const NO_WRITES: ReadonlyMap<string, Write> = new Map();
const NO_DELETIONS: ReadonlyMap<string, number> = new Map();

/** The latest writes of each user: read-your-writes over lists of MX that lag behind. */
export class RecentWrites {
  readonly #byUser = new LRUCache<string, Map<string, Write>>({
    maxSize: MAX_USERS,
    sizeCalculation: () => 1,
    ttl: LIST_LAG_MS,
  });

  /** When members were deleted, by user: a list that lacks rows must not bring them back. */
  readonly #deletions = new LRUCache<string, Map<string, number>>({
    maxSize: MAX_USERS,
    sizeCalculation: () => 1,
  });

  add(userGuid: string, memberGuid: string, write: Write): void {
    const ofUser = this.#byUser.get(userGuid) ?? new Map<string, Write>();
    const known = ofUser.get(memberGuid);
    if (!known || known.at <= write.at) ofUser.set(memberGuid, write);
    this.#byUser.set(userGuid, ofUser);
    if (write.member !== null) return;
    const deletions = this.#deletions.get(userGuid) ?? new Map<string, number>();
    this.#deletions.set(userGuid, deletions.set(memberGuid, write.at));
  }

  /** The writes of the user that lists may not show yet, by member. */
  pending(userGuid: string): ReadonlyMap<string, Write> {
    return this.#byUser.get(userGuid) ?? NO_WRITES;
  }

  /** The members that the user has deleted, by guid, with the time. */
  deletions(userGuid: string): ReadonlyMap<string, number> {
    return this.#deletions.get(userGuid) ?? NO_DELETIONS;
  }

  /** True if the member was deleted after an instant, or so shortly before it that a list might still have shown it. */
  isDeletedSince(userGuid: string, memberGuid: string, at: number): boolean {
    return (this.deletions(userGuid).get(memberGuid) ?? -Infinity) > at - LIST_LAG_MS;
  }

  /** The member as MX answered the write of that instant; undefined once a list has shown it. */
  memberWrittenAt(userGuid: string, memberGuid: string, at: number): ObservedMember | undefined {
    const write = this.#byUser.get(userGuid)?.get(memberGuid);
    return write?.at === at ? (write.member ?? undefined) : undefined;
  }

  /**
   * Applies the writes to a list that may not show them. A list that was requested after a write and shows it is
   * newer than the response to the write, which is then forgotten.
   */
  applyTo(members: Map<string, ObservedMember>, userGuid: string, observedAt: number): void {
    const ofUser = this.#byUser.get(userGuid);
    if (!ofUser) return;
    for (const [guid, { member, at }] of ofUser) {
      // A member that the list omits may be in it as it was read before.
      const seenAt = members.get(guid)?.observedMs ?? observedAt;
      if (seenAt >= at && members.has(guid) === (member !== null)) ofUser.delete(guid);
      else if (member === null) members.delete(guid);
      else members.set(guid, member);
    }
  }
}
