import type { DataNews } from './data-news.js';
import type { MemberState } from './member-state.js';

/** What triggered the read that found a change, or the clock, which needs no read. */
export type ChangeCause = 'WEBHOOK' | 'POLL' | 'MUTATION' | 'CLOCK';

/** The age of the data that was updated at an instant, in milliseconds since 1970. */
export type DataAge = Required<Pick<MemberState, 'dataAt' | 'freshness'>>;

/**
 * How much of a user's members an observation covers: the one of a write, the rows of a list that may lack others, or
 * all of them. Only `ALL` says anything about members that it omits.
 */
export type Coverage = 'ONE' | 'SOME' | 'ALL';

/** The result of reading some or all members of one user from MX. */
export interface Observation {
  readonly cause: ChangeCause;
  /** Start of the read, in milliseconds since 1970. The response may be as old as that. */
  readonly observedAt: number;
  /** States by member guid; null for a member that was deleted. */
  readonly states: ReadonlyMap<string, MemberState | null>;
  readonly coverage: Coverage;
  /** Digests of the pending challenges by member guid, if these were read. */
  readonly challenges?: ReadonlyMap<string, string>;
  /** By member guid, how old their data has become. It says nothing of newer data. */
  readonly ages?: ReadonlyMap<string, DataAge>;
  /** By member guid, what webhooks told of their data. It is told with the change that shows the data. */
  readonly news?: ReadonlyMap<string, DataNews>;
}

/** The part of an observation that shows no states. */
export const NO_STATES: Pick<Observation, 'states' | 'coverage'> = { states: new Map(), coverage: 'ONE' };
