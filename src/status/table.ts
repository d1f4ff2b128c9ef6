/**
 * The status table: one row per connection status. It is the single source of every fact about a status.
 *
 * The SDL enum with its descriptions and `docs/statuses.md` are generated from it. The TypeScript type, messages,
 * actions, steps, phases and terminality are derived from it. To add a status, add a row and run `npm run generate`.
 *
 * `code`, `description`, `guidance` and `message` are MX's own, word for word; in a message, `[…]` is replaced by the
 * institution's name. The other columns are this product's interpretation: see `docs/statuses.md`.
 */

/** The group that a status belongs to, e.g. for a badge. */
export type ConnectionPhase =
  | 'MANUAL'
  | 'CONNECTING'
  | 'ACTION_REQUIRED'
  | 'CONNECTED'
  | 'OUT_OF_DATE'
  | 'UNAVAILABLE'
  | 'ENDED'
  | 'UNKNOWN';

/** The next action to take. */
export type RequiredAction =
  | 'NONE'
  | 'WAIT'
  | 'AGGREGATE'
  | 'UPDATE_CREDENTIALS'
  | 'ANSWER_CHALLENGE'
  | 'COMPLETE_OAUTH'
  | 'VISIT_INSTITUTION'
  | 'RETRY_LATER'
  | 'CONTACT_SUPPORT'
  | 'TRACK_MANUALLY';

/** One step of the procedure that MX prescribes for a status. */
export type ActionStep =
  | 'DISPLAY_MESSAGE'
  | 'DISPLAY_CONNECTED'
  | 'UPDATE_CREDENTIALS'
  | 'ANSWER_CHALLENGE'
  | 'REDIRECT_TO_OAUTH'
  | 'AGGREGATE'
  | 'AGGREGATE_LATER'
  | 'POLL';

/** Who must act next. */
export type Party = 'END_USER' | 'APPLICATION' | 'INSTITUTION' | 'MX' | 'NOBODY';

/** One row of the status table. */
export interface StatusRow {
  /** MX's status. Null for a member without credentials, UNKNOWN for any status that is not in the table. */
  readonly status: string | null;
  /** MX's numeric code of the status, which webhooks contain. */
  readonly code: number | null;
  readonly description: string;
  /** What MX recommends to the application. */
  readonly guidance: string | null;
  /** The message for the end user. `[…]` is replaced by the institution's name. */
  readonly message: string | null;
  readonly phase: ConnectionPhase;
  /** True if nothing more will happen until someone acts, provided that no job is running. */
  readonly isTerminal: boolean;
  readonly action: RequiredAction;
  readonly waitingOn: Party;
  readonly steps: readonly ActionStep[];
}

// prettier-ignore
export const STATUS_TABLE = [
  {
    status: null, code: null, phase: 'MANUAL', isTerminal: true, action: 'NONE', waitingOn: 'NOBODY',
    steps: [],
    description: 'The member exists but does not have credentials. A member that does not aggregate (e.g., a manual member) will always have this status.',
    guidance: null,
    message: null,
  },
  {
    status: 'CREATED', code: 0, phase: 'CONNECTING', isTerminal: false, action: 'AGGREGATE', waitingOn: 'APPLICATION',
    steps: ['AGGREGATE', 'POLL'],
    description: 'The member is new and has not yet been aggregated.',
    guidance: 'Aggregate the member once the end user logs in; poll for a status update.',
    message: 'Connecting to […] …',
  },
  {
    status: 'PREVENTED', code: 1, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'UPDATE_CREDENTIALS', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'UPDATE_CREDENTIALS', 'AGGREGATE'],
    description: 'The end user’s entered credentials have failed to connect three times in a row. MX has locked the account to avoid locking the end user out of their account on the financial institution’s website. The end user must reenter their username and password to continue updating their data.',
    guidance: 'Display end-user message; after end user has updated their credentials, aggregate again.',
    message: 'The last 3 attempts to connect have failed. Please re-enter your credentials to continue importing data.',
  },
  {
    status: 'DENIED', code: 2, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'UPDATE_CREDENTIALS', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'UPDATE_CREDENTIALS', 'AGGREGATE'],
    description: 'The credentials provided for the member were invalid.',
    guidance: 'Display end-user message; after end user has updated their credentials, aggregate again.',
    message: 'The credentials entered do not match your credentials at this institution. Please re-enter your credentials to continue importing data.',
  },
  {
    status: 'CHALLENGED', code: 3, phase: 'ACTION_REQUIRED', isTerminal: false, action: 'ANSWER_CHALLENGE', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'ANSWER_CHALLENGE', 'POLL'],
    description: 'The connection is waiting for the end user to complete a multifactor authentication (MFA) challenge. This is not an error and will change to an EXPIRED status if the end user fails to complete MFA.',
    guidance: 'Display end-user message; follow MFA pathway; after the user answers MFA, poll for a status update.',
    message: 'To authenticate your connection to […], please answer the following challenge(s).',
  },
  {
    status: 'REJECTED', code: 4, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'AGGREGATE', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'ANSWER_CHALLENGE', 'AGGREGATE'],
    description: 'An MFA challenge was answered incorrectly.',
    guidance: 'Display end-user message; another challenge may follow or aggregation may need to be restarted.',
    message: 'The answer or answers provided were incorrect. Please try again.',
  },
  {
    status: 'LOCKED', code: 5, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'VISIT_INSTITUTION', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE'],
    description: 'The financial institution is preventing authentication. The end user must go to the FI’s website or contact the financial institution.',
    guidance: 'Display end-user message.',
    message: 'Your account is locked. Please log in to the appropriate website for […] and follow the steps to resolve the issue.',
  },
  {
    status: 'CONNECTED', code: 6, phase: 'CONNECTED', isTerminal: true, action: 'NONE', waitingOn: 'NOBODY',
    steps: ['DISPLAY_CONNECTED'],
    description: 'The member was successfully authenticated and data is now aggregating.',
    guidance: 'Display the account as having been connected.',
    message: 'Connected to […] …',
  },
  {
    status: 'IMPEDED', code: 7, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'VISIT_INSTITUTION', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE'],
    description: 'The end user’s attention is required at their online banking institution, e.g., there is a marketing message that must be viewed, terms and conditions that must be accepted, etc.',
    guidance: 'Display end-user message.',
    message: 'Your attention is needed at this institution’s website. Please log in to the appropriate website for […] and follow the steps to resolve the issue.',
  },
  {
    status: 'RECONNECTED', code: 8, phase: 'CONNECTING', isTerminal: false, action: 'AGGREGATE', waitingOn: 'APPLICATION',
    steps: ['AGGREGATE', 'POLL'],
    description: 'The member has been migrated to a new data source and aggregation is likely to trigger one-time password MFA. MX will not perform background aggregation in order to avoid unnecessarily disruptive texts, emails, etc. The member must be re-aggregated in the foreground with the end user present.',
    guidance: 'Aggregate the member once the end user logs in; poll for a status update.',
    message: 'Reconnecting to […] …',
  },
  {
    status: 'DEGRADED', code: 9, phase: 'UNAVAILABLE', isTerminal: true, action: 'RETRY_LATER', waitingOn: 'MX',
    steps: ['DISPLAY_MESSAGE'],
    description: 'Aggregation has failed at least three times within a short period of time. This could be due to website maintenance or other factors that are preventing account aggregation.',
    guidance: 'Display end-user message.',
    message: 'We are upgrading this connection. Please try again later.',
  },
  {
    status: 'DISCONNECTED', code: 10, phase: 'UNAVAILABLE', isTerminal: true, action: 'WAIT', waitingOn: 'MX',
    steps: ['DISPLAY_MESSAGE'],
    description: 'Aggregation has failed at least three times and has not succeeded for at least two weeks.',
    guidance: 'Display end-user message.',
    message: 'It looks like your data from […] cannot be imported. We are working to resolve the issue.',
  },
  {
    status: 'DISCONTINUED', code: 11, phase: 'ENDED', isTerminal: true, action: 'TRACK_MANUALLY', waitingOn: 'NOBODY',
    steps: ['DISPLAY_MESSAGE'],
    description: 'The connection to this financial institution is no longer available.',
    guidance: 'Display end-user message.',
    message: 'Connections to this institution are no longer supported. You may create a manual account and use manual transactions to track data for this account.',
  },
  {
    status: 'CLOSED', code: 12, phase: 'ENDED', isTerminal: true, action: 'TRACK_MANUALLY', waitingOn: 'NOBODY',
    steps: ['DISPLAY_MESSAGE'],
    description: 'The end user, MX, the client, or a partner has marked the member as closed.',
    guidance: 'Display end-user message.',
    message: 'This connection has been closed. You may track this account manually. If reopened, you may connect the institution again.',
  },
  {
    status: 'DELAYED', code: 13, phase: 'CONNECTING', isTerminal: false, action: 'WAIT', waitingOn: 'INSTITUTION',
    steps: ['DISPLAY_MESSAGE', 'POLL'],
    description: 'Aggregating the member has taken longer than expected and it has not yet been connected. This can be due to reasons outside of MX’s control, such as internet bandwidth, problems at the financial institution’s website, and other factors.',
    guidance: 'Display end-user message; poll for a status update.',
    message: 'Importing your data from […] may take a while. Please check back later.',
  },
  {
    status: 'FAILED', code: 14, phase: 'UNAVAILABLE', isTerminal: true, action: 'RETRY_LATER', waitingOn: 'INSTITUTION',
    steps: ['DISPLAY_MESSAGE', 'AGGREGATE_LATER'],
    description: 'Aggregation failed without being connected. Most aggregation issues are temporary and self-resolve after 24 hours.',
    guidance: 'Display end-user message; try aggregating again later.',
    message: 'There was a problem validating your credentials with […]. Please try again later.',
  },
  {
    status: 'UPDATED', code: 15, phase: 'CONNECTING', isTerminal: false, action: 'AGGREGATE', waitingOn: 'APPLICATION',
    steps: ['AGGREGATE', 'POLL'],
    description: 'The member has been updated — i.e., credentials have been updated — but it has not yet been connected.',
    guidance: 'Aggregate the member once the end user logs in; poll for a status update.',
    message: 'Connecting to […] …',
  },
  {
    status: 'DISABLED', code: 16, phase: 'UNAVAILABLE', isTerminal: true, action: 'CONTACT_SUPPORT', waitingOn: 'APPLICATION',
    steps: ['DISPLAY_MESSAGE'],
    description: 'Aggregation has been momentarily paused, but the member is still connected.',
    guidance: 'Display end-user message.',
    message: 'Importing data from this institution has been disabled. Please contact us if you believe it has been disabled in error.',
  },
  {
    status: 'IMPORTED', code: 17, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'UPDATE_CREDENTIALS', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'UPDATE_CREDENTIALS', 'AGGREGATE'],
    description: 'MX does not have credentials and will not try to aggregate the member until the end user provides credentials.',
    guidance: 'Display end-user message; re-aggregate after the end user updates credentials.',
    message: 'You must re-authenticate before your data can be imported. Please enter your credentials for […].',
  },
  {
    status: 'RESUMED', code: 18, phase: 'CONNECTING', isTerminal: false, action: 'WAIT', waitingOn: 'MX',
    steps: ['POLL'],
    description: 'The answer to an MFA challenge was received, but it is not yet clear whether it was correct.',
    guidance: 'Poll for a status update.',
    message: 'Connecting to […] …',
  },
  {
    status: 'EXPIRED', code: 19, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'AGGREGATE', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'AGGREGATE'],
    description: 'The MFA answer was not provided within the time allotted by the financial institution.',
    guidance: 'Display end-user message; re-aggregate the member if the end user initiates it.',
    message: 'The answer or answers were not provided in time. Please try again.',
  },
  {
    status: 'IMPAIRED', code: 20, phase: 'ACTION_REQUIRED', isTerminal: true, action: 'UPDATE_CREDENTIALS', waitingOn: 'END_USER',
    steps: ['DISPLAY_MESSAGE', 'UPDATE_CREDENTIALS', 'AGGREGATE'],
    description: 'The member is missing some or all credentials needed in order to connect.',
    guidance: 'Display end-user message; re-aggregate after the end user updates credentials.',
    message: 'You must re-authenticate before your data can be imported. Please enter your credentials for […].',
  },
  {
    status: 'PENDING', code: 21, phase: 'ACTION_REQUIRED', isTerminal: false, action: 'COMPLETE_OAUTH', waitingOn: 'END_USER',
    steps: ['REDIRECT_TO_OAUTH'],
    description: 'The member is using OAuth to authenticate credentials and still needs to go through the financial institution’s OAuth process. A PENDING status will appear only on members less than one hour old with is_oauth: true. Members that stay PENDING longer than one hour will be deleted by MX.',
    guidance: 'Redirect the end user to the oauth_window_uri provided in the create member response, or request one through the generate OAuth window URI endpoint.',
    message: null,
  },
  {
    status: 'UNKNOWN', code: null, phase: 'UNKNOWN', isTerminal: true, action: 'NONE', waitingOn: 'NOBODY',
    steps: [],
    description: 'A status that MX has added and this table does not list yet. The word that MX sent is in rawConnectionStatus; MX\'s own sentence is the user message.',
    guidance: null,
    message: null,
  },
] as const satisfies readonly StatusRow[];

/** All statuses that a member can have: MX's 22 and UNKNOWN. */
export type ConnectionStatus = Exclude<(typeof STATUS_TABLE)[number]['status'], null>;
