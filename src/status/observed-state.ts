import { createHash } from 'node:crypto';

import type { StoredNews } from './data-news.js';
import { isSamePeriod, isSameState, toState } from './member-state.js';
import type { MemberState, StatusChangeKind } from './member-state.js';

/** A state, and since when the member has been observed in it, in milliseconds since 1970. */
export interface StateSince extends MemberState {
  readonly since: number;
}

/** Which challenges were last observed to be pending. */
export interface ObservedChallenges {
  /** See `digestOfChallenges`. Null if they have not been read since the member became CHALLENGED. */
  readonly digest: string | null;
  /** Start of the read, in milliseconds since 1970. */
  readonly seenAt: number;
}

/** The last observed state. Times are in milliseconds since 1970. */
export interface ObservedState extends StateSince {
  /** Start of the latest read of the member. */
  readonly seenAt: number;
  /** Start of the read whose whole list omitted the member. The next such list confirms that it was deleted. */
  readonly missingAt?: number;
  /** Only of a CHALLENGED member: absent if it was so when it was first observed, and its challenges were not read. */
  readonly challenges?: ObservedChallenges;
  /** What a webhook told of its data last. */
  readonly news?: StoredNews;
  /** Start of the read that observed newer data last; absent if none has. */
  readonly newDataAt?: number;
}

/** Identifies a set of challenges by their guids, in any order. MX gives new guids to each new question. */
export function digestOfChallenges(challenges: readonly { readonly guid: string }[]): string {
  const guids = challenges.map(({ guid }) => guid).sort();
  return createHash('sha256').update(JSON.stringify(guids)).digest('base64url').slice(0, 12);
}

/** The state and since when, without what else is remembered. */
export function toStateSince(observed: ObservedState): StateSince {
  return { ...toState(observed), since: observed.since };
}

/** An observation of one member: when its read began, what kinds of change it shows, and the news of its data. */
interface Seen {
  readonly seenAt: number;
  readonly kinds: readonly StatusChangeKind[];
  readonly news: StoredNews | undefined;
}

/** What is remembered of a member after an observation of it. */
export function toObserved(
  before: ObservedState | undefined,
  next: MemberState,
  { seenAt, kinds, news }: Seen,
): ObservedState {
  const isSame = before !== undefined && isSameState(before, next);
  const unread = next.status === 'CHALLENGED' ? { digest: null, seenAt } : undefined;
  const challenges = isSame ? before.challenges : unread;
  const newDataAt = kinds.includes('DATA') ? seenAt : before?.newDataAt;
  const goesOn = before !== undefined && (kinds.length === 0 || isSamePeriod(before, next));
  return {
    ...toState(next),
    since: goesOn ? before.since : seenAt,
    seenAt,
    ...(challenges && { challenges }),
    ...(news && { news }),
    ...(newDataAt !== undefined && { newDataAt }),
  };
}
