import { LRUCache } from 'lru-cache';

import type { ObservedMember } from '../status/observed-member.js';

/** A write that MX has answered. */
interface Write {
  /** The member as MX's response had it; null if it was deleted. */
  readonly member: ObservedMember | null;
  /** When MX answered, in milliseconds since 1970. */
  readonly at: number;
}

const MAX_USERS = 10_000;
/** How long MX's lists may lag behind a create or a delete. Until then the write is believed, not the list. */
const LIST_LAG_MS = 10_000;

/** The latest writes of each user: read-your-writes over lists of MX that lag behind. */
export class RecentWrites {
  readonly #byUser = new LRUCache<string, Map<string, Write>>({
    maxSize: MAX_USERS,
    sizeCalculation: () => 1,
    ttl: LIST_LAG_MS,
  });

  add(userGuid: string, memberGuid: string, write: Write): void {
    const ofUser = this.#byUser.get(userGuid) ?? new Map<string, Write>();
    const known = ofUser.get(memberGuid);
    if (!known || known.at <= write.at) ofUser.set(memberGuid, write);
    this.#byUser.set(userGuid, ofUser);
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
      if (observedAt >= at && members.has(guid) === (member !== null)) ofUser.delete(guid);
      else if (member === null) members.delete(guid);
      else members.set(guid, member);
    }
  }
}
