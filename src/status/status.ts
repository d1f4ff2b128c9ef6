import type { MemberState } from './change.js';
import { STATUS_TABLE } from './table.js';
import type { ActionStep, ConnectionStatus, Party, RequiredAction, StatusRow } from './table.js';

export { STATUS_TABLE } from './table.js';
export type * from './table.js';

/** A row with its word typed: what the functions of this module give back. */
export type ConnectionStatusRow = StatusRow & { readonly status: ConnectionStatus | null };

/** What is read of a member to say how its connection stands; MX's own field names. */
export interface MemberReading {
  readonly connection_status?: string | null;
  readonly is_being_aggregated?: boolean | null;
  readonly is_oauth?: boolean | null;
}

/** How a member's connection stands: its row, and what the row means while a job may run. */
export interface MemberView {
  readonly row: ConnectionStatusRow;
  readonly requiredAction: RequiredAction;
  readonly actionSteps: readonly ActionStep[];
  readonly waitingOn: Party;
  /** Nothing more will happen until somebody acts: stop waiting. */
  readonly isTerminal: boolean;
}

const ROWS: ReadonlyMap<string | null, ConnectionStatusRow> = new Map(
  STATUS_TABLE.map((row) => [row.status, row]),
);

function rowOf(word: ConnectionStatus | null): ConnectionStatusRow {
  const row = ROWS.get(word);
  if (!row) throw new Error(`The status table has no row for ${String(word)}.`);
  return row;
}

const NO_STATUS = rowOf(null);
const UNKNOWN = rowOf('UNKNOWN');

/** The row of a word as MX sent it. Total: null and undefined have the row of null, an unlisted word the row UNKNOWN. */
export function statusOf(word: string | null | undefined): ConnectionStatusRow {
  return word === null || word === undefined ? NO_STATUS : (ROWS.get(word) ?? UNKNOWN);
}

/** True for a word that MX has added since the table was written. */
export function isUnknownStatus(word: string | null | undefined): boolean {
  return statusOf(word) === UNKNOWN;
}

const WATCHING: readonly ActionStep[] = ['POLL'];

/** What a running job leaves standing: only what the end user must do for it to go on, and a connection that works. */
function outlivesJob(row: ConnectionStatusRow): boolean {
  return row.action === 'ANSWER_CHALLENGE' || row.action === 'COMPLETE_OAUTH' || row.phase === 'CONNECTED';
}

/** A member that authenticates through its institution's pages has no credentials to enter: it goes there again. */
function withoutCredentials(row: ConnectionStatusRow): Pick<MemberView, 'requiredAction' | 'actionSteps'> {
  const { action, steps } = row;
  if (action !== 'UPDATE_CREDENTIALS') return { requiredAction: action, actionSteps: steps };
  return {
    requiredAction: 'COMPLETE_OAUTH',
    actionSteps: steps.map((step) => (step === 'UPDATE_CREDENTIALS' ? 'REDIRECT_TO_OAUTH' : step)),
  };
}

/** All ways in which a row can be read. They are made once, not once per member and request. */
interface Views {
  readonly atRest: MemberView;
  readonly oauthAtRest: MemberView;
  readonly atWork: MemberView;
}

function viewsOf(row: ConnectionStatusRow): Views {
  const { action: requiredAction, steps: actionSteps, waitingOn, isTerminal } = row;
  const atRest: MemberView = { row, requiredAction, actionSteps, waitingOn, isTerminal };
  return {
    atRest,
    oauthAtRest: { ...atRest, ...withoutCredentials(row) },
    atWork: {
      ...atRest,
      ...(!outlivesJob(row) && { requiredAction: 'WAIT', actionSteps: WATCHING, waitingOn: 'MX' }),
      isTerminal: false,
    },
  };
}

const VIEWS: ReadonlyMap<StatusRow, Views> = new Map([...ROWS.values()].map((row) => [row, viewsOf(row)]));

/** Reads a member through its row and its job. A status is only believed to be the end once the job is over. */
export function interpretMember(member: MemberReading): MemberView {
  const row = statusOf(member.connection_status);
  const views = VIEWS.get(row) ?? viewsOf(row);
  if (member.is_being_aggregated === true) return views.atWork;
  return member.is_oauth === true ? views.oauthAtRest : views.atRest;
}

/** Reads a state that was seen as the member that it was seen of. */
export function interpretState({ status, isBeingAggregated, isOauth }: MemberState): MemberView {
  return interpretMember({
    connection_status: status,
    is_being_aggregated: isBeingAggregated,
    is_oauth: isOauth,
  });
}

/** What stands for the institution's name in a message. */
export const INSTITUTION_PLACEHOLDER = '[…]';

/** True where the sentence cannot be said without the institution's name. */
export function needsInstitutionName(row: StatusRow): boolean {
  return row.message?.includes(INSTITUTION_PLACEHOLDER) ?? false;
}

/** The end user's sentence with the institution's name in it; nothing else in the sentence changes. */
export function messageFor(row: StatusRow, institutionName: string): string | null {
  return row.message?.split(INSTITUTION_PLACEHOLDER).join(institutionName) ?? null;
}

/** True when the end user or the application has the ball: what "needs attention" means in a list of members. */
export function isActionRequired(view: MemberView): boolean {
  return view.waitingOn === 'END_USER' || view.waitingOn === 'APPLICATION';
}
