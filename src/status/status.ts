import type { MemberState } from './change.js';
import { STATUS_TABLE } from './table.js';
import type { ActionStep, ConnectionStatus, Party, RequiredAction, StatusRow } from './table.js';

export { STATUS_TABLE } from './table.js';
export type * from './table.js';

/** A row of the status table with `status` typed as the union of all statuses. */
export type ConnectionStatusRow = StatusRow & { readonly status: ConnectionStatus | null };

/** The fields of a member that `interpretMember` reads, under MX's own names. */
export interface MemberFields {
  readonly connection_status?: string | null;
  readonly is_being_aggregated?: boolean | null;
  readonly is_oauth?: boolean | null;
}

/** How a member's connection is interpreted: its row of the table, adjusted for a running job and for OAuth. */
export interface MemberView {
  readonly row: ConnectionStatusRow;
  readonly requiredAction: RequiredAction;
  readonly actionSteps: readonly ActionStep[];
  readonly waitingOn: Party;
  /** True if nothing more will happen until someone acts, so that a client can stop polling. */
  readonly isTerminal: boolean;
}

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

/** Returns true for a status that is not in the table, such as one that MX has added since. */
export function isUnknownStatus(status: string | null | undefined): boolean {
  return statusOf(status) === UNKNOWN;
}

const POLL_ONLY: readonly ActionStep[] = ['POLL'];

/** A running job replaces the row's action, unless the job waits for the end user or the connection works. */
function appliesWhileRunning(row: ConnectionStatusRow): boolean {
  return row.action === 'ANSWER_CHALLENGE' || row.action === 'COMPLETE_OAUTH' || row.phase === 'CONNECTED';
}

/** An OAuth member has no credentials to update: the end user authorizes the connection again instead. */
function toOauthAction(row: ConnectionStatusRow): Pick<MemberView, 'requiredAction' | 'actionSteps'> {
  const { action, steps } = row;
  if (action !== 'UPDATE_CREDENTIALS') return { requiredAction: action, actionSteps: steps };
  return {
    requiredAction: 'COMPLETE_OAUTH',
    actionSteps: steps.map((step) => (step === 'UPDATE_CREDENTIALS' ? 'REDIRECT_TO_OAUTH' : step)),
  };
}

/** All views of a row. They are computed once, not per member and request. */
interface Views {
  readonly idle: MemberView;
  readonly oauthIdle: MemberView;
  readonly running: MemberView;
}

function viewsOf(row: ConnectionStatusRow): Views {
  const { action: requiredAction, steps: actionSteps, waitingOn, isTerminal } = row;
  const idle: MemberView = { row, requiredAction, actionSteps, waitingOn, isTerminal };
  return {
    idle,
    oauthIdle: { ...idle, ...toOauthAction(row) },
    running: {
      ...idle,
      ...(!appliesWhileRunning(row) && { requiredAction: 'WAIT', actionSteps: POLL_ONLY, waitingOn: 'MX' }),
      isTerminal: false,
    },
  };
}

const VIEWS: ReadonlyMap<StatusRow, Views> = new Map([...ROWS.values()].map((row) => [row, viewsOf(row)]));

/** Interprets a member by its status and its job. No status is terminal while a job is running. */
export function interpretMember(member: MemberFields): MemberView {
  const row = statusOf(member.connection_status);
  const views = VIEWS.get(row) ?? viewsOf(row);
  if (member.is_being_aggregated === true) return views.running;
  return member.is_oauth === true ? views.oauthIdle : views.idle;
}

/** The view of a member whose institution has moved to OAuth: where the row asks for credentials, OAuth replaces them. */
export function toOauthView(view: MemberView): MemberView {
  return view.requiredAction === 'UPDATE_CREDENTIALS' ? { ...view, ...toOauthAction(view.row) } : view;
}

/** Interprets an observed state like the member it was taken from. */
export function interpretState({ status, isBeingAggregated, isOauth }: MemberState): MemberView {
  return interpretMember({
    connection_status: status,
    is_being_aggregated: isBeingAggregated,
    is_oauth: isOauth,
  });
}

/** Placeholder of the institution's name in the messages of the table. */
export const INSTITUTION_PLACEHOLDER = '[…]';

/** Returns true if the message of the row contains the institution's name. */
export function needsInstitutionName(row: StatusRow): boolean {
  return row.message?.includes(INSTITUTION_PLACEHOLDER) ?? false;
}

/** Returns the message for the end user with the institution's name filled in; null if the row has none. */
export function messageFor(row: StatusRow, institutionName: string): string | null {
  return row.message?.split(INSTITUTION_PLACEHOLDER).join(institutionName) ?? null;
}

/** Returns true if the end user or the application must act next: "needs attention" in a list of members. */
export function isActionRequired(view: MemberView): boolean {
  return view.waitingOn === 'END_USER' || view.waitingOn === 'APPLICATION';
}
