import { LRUCache } from 'lru-cache';

import type { ObservedMember } from '../status/observed-member.js';

/** What MX was made to do: the member as its answer had it, or null for one that was deleted. */
interface Write {
  readonly member: ObservedMember | null;
  /** When it was answered, in milliseconds since 1970. */
  readonly at: number;
}

const MAX_USERS = 10_000;
/** MX's lists may lag so far behind a create or a delete; till then the write is believed, not the list. */
const SETTLES_MS = 10_000;

/** Members just made or deleted, which a list of MX's may not yet have heard of. */
export class RecentWrites {
  readonly #byUser = new LRUCache<string, Map<string, Write>>({ max: MAX_USERS, ttl: SETTLES_MS });

  note(userGuid: string, memberGuid: string, write: Write): void {
    const ofUser = this.#byUser.get(userGuid) ?? new Map<string, Write>();
    const known = ofUser.get(memberGuid);
    if (!known || known.at <= write.at) ofUser.set(memberGuid, write);
    this.#byUser.set(userGuid, ofUser);
  }

  /** The member as MX answered to the write of that instant; undefined once a list has told of it since. */
  answerOf(userGuid: string, memberGuid: string, at: number): ObservedMember | undefined {
    const write = this.#byUser.get(userGuid)?.get(memberGuid);
    return write?.at === at ? (write.member ?? undefined) : undefined;
  }

  /**
   * Brings a list up to what has been written since. A list that was asked for after the write and has heard of it
   * knows better than the answer to the write does: the write is then forgotten.
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
