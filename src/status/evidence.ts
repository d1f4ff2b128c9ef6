/** What a member is read from, and what it decides in place of the status. */
import type { Freshness } from './freshness.js';
import type {
  ActionStep,
  ConnectionPhase,
  ConnectionStatus,
  Party,
  RequiredAction,
  StatusRow,
} from './table.js';

/** A row of the status table with `status` typed as the union of all statuses. */
export type ConnectionStatusRow = StatusRow & { readonly status: ConnectionStatus | null };

/** A type whose properties can be set one by one, to build a value without conditional spreads, which are slow. */
export type Writable<T> = { -readonly [K in keyof T]: T[K] };

/** All that a reading depends on. */
export interface Evidence {
  /** MX's status, whether or not the table lists it; null for a member without credentials. */
  readonly status: string | null;
  readonly isBeingAggregated: boolean;
  readonly isOauth: boolean;
  /** True if MX does not aggregate the member until its credentials have been updated. */
  readonly needsUpdatedCredentials?: boolean;
  /** MX's code of the error of the last job; absent if there is none. */
  readonly errorCode?: string;
  /** Absent for a manual member. */
  readonly freshness?: Freshness;
}

/** The sentence that replaces that of the status, because the evidence decides otherwise. */
export type ReadingSentence =
  | 'OUT_OF_DATE'
  | 'CREDENTIALS_REQUIRED'
  | 'ANSWER_REJECTED'
  | 'INSTITUTION_UNAVAILABLE'
  | 'VISIT_INSTITUTION';

/** What is to be done next, by whom, and how the member is shown. */
export interface Decision {
  readonly phase: ConnectionPhase;
  readonly requiredAction: RequiredAction;
  readonly actionSteps: readonly ActionStep[];
  readonly waitingOn: Party;
  /** True if nothing more will happen until someone acts, so that a client can stop polling. */
  readonly isTerminal: boolean;
  /** Null if the message of the status is shown. */
  readonly sentence: ReadingSentence | null;
}

/** What evidence can decide in place of the row. */
export const DECISIONS = {
  CREDENTIALS_REQUIRED: {
    phase: 'ACTION_REQUIRED',
    requiredAction: 'UPDATE_CREDENTIALS',
    actionSteps: ['DISPLAY_MESSAGE', 'UPDATE_CREDENTIALS', 'AGGREGATE'],
    waitingOn: 'END_USER',
    isTerminal: true,
    sentence: 'CREDENTIALS_REQUIRED',
  },
  ANSWER_REJECTED: {
    phase: 'ACTION_REQUIRED',
    requiredAction: 'AGGREGATE',
    actionSteps: ['DISPLAY_MESSAGE', 'AGGREGATE', 'POLL'],
    waitingOn: 'END_USER',
    isTerminal: true,
    sentence: 'ANSWER_REJECTED',
  },
  VISIT_INSTITUTION: {
    phase: 'ACTION_REQUIRED',
    requiredAction: 'VISIT_INSTITUTION',
    actionSteps: ['DISPLAY_MESSAGE'],
    waitingOn: 'END_USER',
    isTerminal: true,
    sentence: 'VISIT_INSTITUTION',
  },
  INSTITUTION_UNAVAILABLE: {
    phase: 'UNAVAILABLE',
    requiredAction: 'RETRY_LATER',
    actionSteps: ['DISPLAY_MESSAGE', 'AGGREGATE_LATER'],
    waitingOn: 'INSTITUTION',
    isTerminal: true,
    sentence: 'INSTITUTION_UNAVAILABLE',
  },
  OUT_OF_DATE: {
    phase: 'OUT_OF_DATE',
    requiredAction: 'AGGREGATE',
    actionSteps: ['DISPLAY_MESSAGE', 'AGGREGATE', 'POLL'],
    waitingOn: 'APPLICATION',
    isTerminal: true,
    sentence: 'OUT_OF_DATE',
  },
} as const satisfies Record<ReadingSentence, Decision>;

/** What MX's error codes decide of a failing member. All other codes leave it to the row. */
const DECISION_BY_ERROR: ReadonlyMap<string, ReadingSentence> = new Map([
  ['1002', 'VISIT_INSTITUTION'],
  ['2001', 'ANSWER_REJECTED'],
  ['2002', 'ANSWER_REJECTED'],
  ['2003', 'ANSWER_REJECTED'],
  ['2004', 'CREDENTIALS_REQUIRED'],
  ['2005', 'CREDENTIALS_REQUIRED'],
  ['3000', 'INSTITUTION_UNAVAILABLE'],
  ['3001', 'INSTITUTION_UNAVAILABLE'],
  ['3002', 'INSTITUTION_UNAVAILABLE'],
]);

type Statuses = ReadonlySet<ConnectionStatus | null>;

/** Statuses that say all there is to say while no job runs. */
const DECIDED_BY_STATUS: Statuses = new Set<ConnectionStatus | null>([
  null,
  'UNKNOWN',
  'CHALLENGED',
  'PENDING',
  'LOCKED',
  'DISCONTINUED',
  'CLOSED',
  'DISABLED',
]);
/** Statuses that do not say why the member fails, whereas the error can. */
const EXPLAINED_BY_ERROR: Statuses = new Set<ConnectionStatus>(['DEGRADED', 'DISCONNECTED', 'FAILED']);
/** The evidence that decides in place of the row; null if the row decides. */
export function decidingEvidence(
  row: ConnectionStatusRow,
  { needsUpdatedCredentials, errorCode, freshness }: Evidence,
): ReadingSentence | null {
  if (DECIDED_BY_STATUS.has(row.status)) return null;
  if (needsUpdatedCredentials === true) return 'CREDENTIALS_REQUIRED';
  if (EXPLAINED_BY_ERROR.has(row.status)) return DECISION_BY_ERROR.get(errorCode ?? '') ?? null;
  return row.phase === 'CONNECTED' && freshness === 'STALE' ? 'OUT_OF_DATE' : null;
}
