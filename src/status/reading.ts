/**
 * How a member is read: from all that MX says of it, not from its status alone. The first rule that applies decides what
 * to do next, who must do it, whether anything more will happen by itself, and the phase. There is no such rule elsewhere.
 */
import type { Freshness } from './freshness.js';
import { STATUS_TABLE } from './table.js';
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

/** The sentence that replaces that of the status, because the evidence says something else or something more exact. */
export type ReadingSentence =
  | 'OUT_OF_DATE'
  | 'CREDENTIALS_REQUIRED'
  | 'ANSWER_REJECTED'
  | 'INSTITUTION_UNAVAILABLE'
  | 'VISIT_INSTITUTION';

/** How a member is read. */
export interface MemberView {
  /** The row of its status, as it is in the table. */
  readonly row: ConnectionStatusRow;
  readonly phase: ConnectionPhase;
  readonly requiredAction: RequiredAction;
  readonly actionSteps: readonly ActionStep[];
  readonly waitingOn: Party;
  /** True if nothing more will happen until someone acts, so that a client can stop polling. */
  readonly isTerminal: boolean;
  /** True while something goes on by itself: a job runs, or MX or the institution is about to respond. */
  readonly isInProgress: boolean;
  /** Null if the message of the row is shown. */
  readonly sentence: ReadingSentence | null;
}

type Decision = Pick<
  MemberView,
  'phase' | 'requiredAction' | 'actionSteps' | 'waitingOn' | 'isTerminal' | 'sentence'
>;

/** What evidence can decide in place of the row. */
const DECISIONS = {
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
/** Statuses in which MX or the institution is at work although no job is reported. */
const IN_PROGRESS: Statuses = new Set<ConnectionStatus>(['RESUMED', 'DELAYED']);

const ROWS: ReadonlyMap<string | null, ConnectionStatusRow> = new Map(
  STATUS_TABLE.map((row) => [row.status, row]),
);

function rowOf(status: ConnectionStatus | null): ConnectionStatusRow {
  const row = ROWS.get(status);
  if (!row) throw new Error(`The status table has no row for ${String(status)}.`);
  return row;
}

const NO_STATUS = rowOf(null);
const UNKNOWN = rowOf('UNKNOWN');

/** Finds the row of MX's status: the null row for null and undefined, the UNKNOWN row for a status not in the table. */
export function statusOf(status: string | null | undefined): ConnectionStatusRow {
  return status === null || status === undefined ? NO_STATUS : (ROWS.get(status) ?? UNKNOWN);
}

/** A running job replaces the row's action, unless the job waits for the end user or the connection works. */
function appliesWhileRunning(row: ConnectionStatusRow): boolean {
  return row.action === 'ANSWER_CHALLENGE' || row.action === 'COMPLETE_OAUTH' || row.phase === 'CONNECTED';
}

/** The view of a member that must be authorized at the institution: where credentials are required, OAuth replaces them. */
export function toOauthView(view: MemberView): MemberView {
  if (view.requiredAction !== 'UPDATE_CREDENTIALS') return view;
  return {
    ...view,
    requiredAction: 'COMPLETE_OAUTH',
    actionSteps: view.actionSteps.map((step) => (step === 'UPDATE_CREDENTIALS' ? 'REDIRECT_TO_OAUTH' : step)),
  };
}

/** All views of a row. They are computed once, not per member and request. */
interface Views {
  readonly idle: MemberView;
  readonly running: MemberView;
  readonly byEvidence: Readonly<Record<ReadingSentence, MemberView>>;
}

/** While no job runs, what waits for the application to start one does not go on. */
function idleView(row: ConnectionStatusRow): MemberView {
  const { phase, action: requiredAction, steps: actionSteps, waitingOn } = row;
  return {
    row,
    phase,
    requiredAction,
    actionSteps,
    waitingOn,
    isTerminal: row.isTerminal || waitingOn === 'APPLICATION',
    isInProgress: IN_PROGRESS.has(row.status),
    sentence: null,
  };
}

/** The sentence of a row that asks for credentials says why; the decision is the same. */
function evidenceView(idle: MemberView, sentence: ReadingSentence): MemberView {
  const isSame = sentence === 'CREDENTIALS_REQUIRED' && idle.requiredAction === 'UPDATE_CREDENTIALS';
  return isSame ? idle : { ...idle, ...DECISIONS[sentence] };
}

function viewsOf(row: ConnectionStatusRow): Views {
  const idle = idleView(row);
  const waiting = { requiredAction: 'WAIT', actionSteps: ['POLL'], waitingOn: 'MX' } as const;
  return {
    idle,
    running: {
      ...idle,
      ...(!appliesWhileRunning(row) && waiting),
      isTerminal: false,
      isInProgress: true,
    },
    byEvidence: {
      CREDENTIALS_REQUIRED: evidenceView(idle, 'CREDENTIALS_REQUIRED'),
      ANSWER_REJECTED: evidenceView(idle, 'ANSWER_REJECTED'),
      VISIT_INSTITUTION: evidenceView(idle, 'VISIT_INSTITUTION'),
      INSTITUTION_UNAVAILABLE: evidenceView(idle, 'INSTITUTION_UNAVAILABLE'),
      OUT_OF_DATE: evidenceView(idle, 'OUT_OF_DATE'),
    },
  };
}

type ViewsOfAllRows = ReadonlyMap<StatusRow, Views>;

const VIEWS: ViewsOfAllRows = new Map([...ROWS.values()].map((row) => [row, viewsOf(row)]));

/** The views of OAuth members. They have no credentials to update: the end user authorizes the connection again. */
const OAUTH_VIEWS: ViewsOfAllRows = new Map(
  [...VIEWS].map(([row, { idle, running, byEvidence }]) => [
    row,
    {
      idle: toOauthView(idle),
      running,
      byEvidence: {
        ...byEvidence,
        CREDENTIALS_REQUIRED: toOauthView(byEvidence.CREDENTIALS_REQUIRED),
      },
    },
  ]),
);

/** The evidence that decides in place of the row; null if the row decides. */
function decidingEvidence(
  row: ConnectionStatusRow,
  { needsUpdatedCredentials, errorCode, freshness }: Evidence,
): ReadingSentence | null {
  if (DECIDED_BY_STATUS.has(row.status)) return null;
  if (needsUpdatedCredentials === true) return 'CREDENTIALS_REQUIRED';
  if (EXPLAINED_BY_ERROR.has(row.status)) return DECISION_BY_ERROR.get(errorCode ?? '') ?? null;
  return row.phase === 'CONNECTED' && freshness === 'STALE' ? 'OUT_OF_DATE' : null;
}

/** Reads a member. Pure: equal evidence has the same view. */
export function interpret(evidence: Evidence): MemberView {
  const row = statusOf(evidence.status);
  const views = (evidence.isOauth ? OAUTH_VIEWS : VIEWS).get(row) ?? viewsOf(row);
  if (evidence.isBeingAggregated) return views.running;
  const deciding = decidingEvidence(row, evidence);
  return deciding === null ? views.idle : views.byEvidence[deciding];
}
