import { digestOfChallenges } from '../../src/status/observed-state.js';
import type { StatusChange } from '../../src/status/change.js';
import type { Observation } from '../../src/status/observation.js';
import type { MemberState } from '../../src/status/member-state.js';

export const USER = 'USR-1';
export const MEMBER = 'MBR-1';

/** Early enough for all observations of a test, and recent enough not to be removed. */
export const START = Date.now() - 60_000;

export function stateOf(status: string): MemberState {
  return { status, isBeingAggregated: false, isOauth: false };
}

/** An observation of the whole list of a user, by guid, in milliseconds after the start. */
export function wholeList(statuses: Readonly<Record<string, string>>, at: number): Observation {
  const states = new Map(Object.entries(statuses).map(([guid, status]) => [guid, stateOf(status)]));
  return { cause: 'POLL', observedAt: START + at, states, coverage: 'ALL' };
}

/** An observation of one member. The status is null if the member was deleted. */
export function oneMember(status: string | null, at: number): Observation {
  const states = new Map([[MEMBER, status === null ? null : stateOf(status)]]);
  return { cause: 'MUTATION', observedAt: START + at, states, coverage: 'ONE' };
}

/** A change as one line. */
export function toLine({ n, memberGuid, previous, next }: StatusChange): string {
  return `${n} ${memberGuid} ${previous?.status ?? 'none'} -> ${next?.status ?? 'none'}`;
}

/** An observation of the challenges of the member by a webhook. */
export function challengesOf(guid: string, at: number): Observation {
  return {
    ...{ cause: 'WEBHOOK', observedAt: START + at, states: new Map(), coverage: 'ONE' },
    challenges: new Map([[MEMBER, digestOfChallenges([{ guid }])]]),
  };
}
