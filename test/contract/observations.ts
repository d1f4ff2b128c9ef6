import type { MemberState, Observation, StatusChange } from '../../src/status/change.js';

export const USER = 'USR-1';
export const MEMBER = 'MBR-1';

/** Long ago enough for anything a test does, and not so long that it would be forgotten. */
export const START = Date.now() - 60_000;

export function stateOf(status: string): MemberState {
  return { status, isBeingAggregated: false, isOauth: false };
}

/** A user's whole list at so many milliseconds after the start, by guid. */
export function wholeList(statuses: Readonly<Record<string, string>>, at: number): Observation {
  const states = new Map(Object.entries(statuses).map(([guid, status]) => [guid, stateOf(status)]));
  return { cause: 'POLL', observedAt: START + at, states, isWhole: true };
}

/** One member, of whose user nothing else was told; null for one that is gone. */
export function oneMember(status: string | null, at: number): Observation {
  const states = new Map([[MEMBER, status === null ? null : stateOf(status)]]);
  return { cause: 'MUTATION', observedAt: START + at, states, isWhole: false };
}

/** A change in few words. */
export function wordsOf({ n, memberGuid, previous, next }: StatusChange): string {
  return `${n} ${memberGuid} ${previous?.status ?? 'none'} -> ${next?.status ?? 'none'}`;
}
