/**
 * How a member is read: from all that MX says of it, not from its status alone. The first rule that applies decides what
 * to do next, who must do it, whether anything more will happen by itself, and the phase. There is no such rule elsewhere.
 */
import { decidingEvidence, DECISIONS } from './evidence.js';
import type { ConnectionStatusRow, Decision, Evidence, ReadingSentence } from './evidence.js';
import { STATUS_TABLE } from './table.js';
import type { ConnectionStatus, StatusRow } from './table.js';

/** How a member is read. */
export interface MemberView extends Decision {
  /** The row of its status, as it is in the table. */
  readonly row: ConnectionStatusRow;
  /** True while something goes on by itself: a job runs, or MX or the institution is about to respond. */
  readonly isInProgress: boolean;
}

/** Statuses in which MX or the institution is at work although no job is reported. */
const IN_PROGRESS: ReadonlySet<ConnectionStatus | null> = new Set<ConnectionStatus>(['RESUMED', 'DELAYED']);

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

/** Evidence that decides what the row does leaves the row its message, which is MX's own. */
function evidenceView(idle: MemberView, sentence: ReadingSentence): MemberView {
  const decision: Decision = DECISIONS[sentence];
  const isSame =
    decision.requiredAction === idle.requiredAction &&
    decision.waitingOn === idle.waitingOn &&
    decision.phase === idle.phase;
  return isSame ? idle : { ...idle, ...decision };
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

/** Reads a member. Pure: equal evidence has the same view. */
export function interpret(evidence: Evidence): MemberView {
  const row = statusOf(evidence.status);
  const views = (evidence.isOauth ? OAUTH_VIEWS : VIEWS).get(row) ?? viewsOf(row);
  if (evidence.isBeingAggregated) return views.running;
  const deciding = decidingEvidence(row, evidence);
  return deciding === null ? views.idle : views.byEvidence[deciding];
}
