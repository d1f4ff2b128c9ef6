// Generated from schema/ by `npm run generate`. Do not edit.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserRef } from '../graphql/loaders.js';
import type { ObservedMember } from '../status/observed-member.js';
import type { MxInstitution, MxChallenge, MxChallengeOption, MxCredential, MxAccount } from '../mx/types.js';
import type { ConnectionStatusRow } from '../status/status.js';
import type { StatusEvent } from '../live/event-queue.js';
import type { MemberError as MemberErrorParent } from '../status/member-error.js';
import type { MemberPeriod } from '../graphql/status-history.js';
import type { NodeObject } from '../graphql/node-id.js';
import type { UserError as ParentUserError, MemberExistsError as ParentMemberExistsError, AggregationThrottledError as ParentAggregationThrottledError, PlainUserError as ParentPlainUserError } from '../mutations/mutation.js';
import type { Context } from '../graphql/context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
export type Omit<T, K extends keyof T> = Pick<T, Exclude<keyof T, K>>;
export type RequireFields<T, K extends keyof T> = Omit<T, K> & { [P in K]-?: NonNullable<T[P]> };
/** All built-in and custom scalars, mapped to their actual values */
export type Scalars = {
  ID: { input: string; output: string; }
  String: { input: string; output: string; }
  Boolean: { input: boolean; output: boolean; }
  Int: { input: number; output: number; }
  Float: { input: number; output: number; }
  /** A date and time in RFC 3339 format, such as `2025-03-01T12:00:00Z`. */
  DateTime: { input: string; output: string | Date; }
  /** An absolute URL. */
  URL: { input: URL; output: string; }
};

/** An account of a member, such as a checking account. It has no account number: only the last four digits are known here. */
export type Account = Node & {
  readonly __typename?: 'Account';
  /** The current balance in units of `currency`, such as 12.34 dollars. For debts, the amount owed. Null if unknown. It is a binary floating-point number: format it, but do not add it up. */
  readonly balance?: Maybe<Scalars['Float']['output']>;
  /** ISO 4217 code of the currency, such as USD. Null if unknown. */
  readonly currency?: Maybe<Scalars['String']['output']>;
  /** MX's guid for the account. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier. */
  readonly id: Scalars['ID']['output'];
  /** True if the end user has hidden the account. */
  readonly isHidden: Scalars['Boolean']['output'];
  /** True for an account that was created by `createManualAccount` or otherwise by hand. It is never updated by a job. */
  readonly isManual: Scalars['Boolean']['output'];
  /** The last four digits of the account number. Null unless the number that MX sends, whole or masked, ends in four digits. */
  readonly lastFour?: Maybe<Scalars['String']['output']>;
  /** The member to which the account belongs. Null if it has just been created, and MX does not list it yet. */
  readonly member?: Maybe<Member>;
  /** The name of the account. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** MX's name for the subtype, such as MONEY_MARKET. MX may add more at any time. */
  readonly subtype?: Maybe<Scalars['String']['output']>;
  /** The type of the account. */
  readonly type: AccountType;
  /** When MX last updated the account. Null if MX does not say, or reports a time in the future. */
  readonly updatedAt?: Maybe<Scalars['DateTime']['output']>;
};

/** The types of accounts. */
export type AccountType =
  /** Any other type that MX knows. */
  | 'ANY'
  /** Cash. */
  | 'CASH'
  /** A checking account. */
  | 'CHECKING'
  /** A line of credit on a checking account. */
  | 'CHECKING_LINE_OF_CREDIT'
  /** A credit card. */
  | 'CREDIT_CARD'
  /** An insurance. */
  | 'INSURANCE'
  /** An investment account. */
  | 'INVESTMENT'
  /** A line of credit. */
  | 'LINE_OF_CREDIT'
  /** A loan. */
  | 'LOAN'
  /** A mortgage. */
  | 'MORTGAGE'
  /** A prepaid card or account. */
  | 'PREPAID'
  /** Property, such as a house or a car. */
  | 'PROPERTY'
  /** A savings account. */
  | 'SAVINGS'
  /** MX sent no type, or one that this API does not know yet. */
  | 'UNKNOWN';

/** A step towards resolving a status. */
export type ActionStep =
  /** Start an aggregation. */
  | 'AGGREGATE'
  /** Start an aggregation later. */
  | 'AGGREGATE_LATER'
  /** Ask the end user to answer the challenges. */
  | 'ANSWER_CHALLENGE'
  /** Show the connection as working. */
  | 'DISPLAY_CONNECTED'
  /** Show `userMessage`. */
  | 'DISPLAY_MESSAGE'
  /** Wait for the next status: subscribe, or query again. */
  | 'POLL'
  /** Send the end user to the institution's own pages. */
  | 'REDIRECT_TO_OAUTH'
  /** Ask the end user for credentials. */
  | 'UPDATE_CREDENTIALS';

/** Input of `aggregateMember`. */
export type AggregateMemberInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** Result of `aggregateMember`. */
export type AggregateMemberPayload = {
  readonly __typename?: 'AggregateMemberPayload';
  /** The member in its current state. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty if a job is running. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** True if a job was already running, so no other was started. */
  readonly wasAlreadyRunning: Scalars['Boolean']['output'];
};

/** The last successful aggregation is so recent that MX does not start a new one: AGGREGATION_THROTTLED. */
export type AggregationThrottledError = UserError & {
  readonly __typename?: 'AggregationThrottledError';
  /** Machine-readable code: AGGREGATION_THROTTLED. */
  readonly code: UserErrorCode;
  /** Message for developers. It never contains a value that the end user entered. */
  readonly message: Scalars['String']['output'];
  /** Path of the invalid argument: `input`, `member`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** When to try again. Null if the time is not known. */
  readonly retryAt?: Maybe<Scalars['DateTime']['output']>;
  /** The message to show to the end user. */
  readonly userMessage: Scalars['String']['output'];
};


/** The last successful aggregation is so recent that MX does not start a new one: AGGREGATION_THROTTLED. */
export type AggregationThrottledErrorUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** Input of `answerChallenges`. */
export type AnswerChallengesInput = {
  /** An answer to each of the `challenges`. */
  readonly answers: ReadonlyArray<ChallengeAnswerInput>;
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** Result of `answerChallenges`. */
export type AnswerChallengesPayload = {
  readonly __typename?: 'AnswerChallengesPayload';
  /** The member in its current state. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty if the answers were sent to the institution. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Why no member can be created at an institution. */
export type CannotConnectReason =
  /** Your company has disabled the institution at MX. */
  | 'DISABLED'
  /** The institution is under maintenance. */
  | 'MAINTENANCE'
  /** MX accepts no new members of the institution. */
  | 'NO_NEW_MEMBERS'
  /** The institution cannot be reached. */
  | 'UNAVAILABLE';

/** A multifactor authentication (MFA) question that the institution asks the end user. */
export type Challenge = {
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** The end user's answer to a challenge. */
export type ChallengeAnswerInput = {
  /** The guid of the `Challenge`. */
  readonly guid: Scalars['String']['input'];
  /** The entered answer, or the `value` of the chosen option. Pass it in a variable; it is sent to MX and never stored. */
  readonly value: Scalars['String']['input'];
};

/** An option of a challenge. */
export type ChallengeOption = {
  readonly __typename?: 'ChallengeOption';
  /** The guid that MX assigned to the option. Null if MX sent none. */
  readonly guid?: Maybe<Scalars['String']['output']>;
  /** The label to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The answer to send if the end user chooses this option. */
  readonly value: Scalars['String']['output'];
};

/** Input of `completeOauth`: the parameters of the redirect or window message on return. */
export type CompleteOauthInput = {
  /** The `error_reason` of the return, unchanged. */
  readonly errorReason?: InputMaybe<Scalars['String']['input']>;
  /** The member for which the OAuth visit was started. It must be the viewer's own. */
  readonly member: MemberBy;
  /** The `member_guid` of the return, which is MX's guid. Names another member if the end user had already connected this institution. */
  readonly returnedMemberGuid?: InputMaybe<Scalars['String']['input']>;
  /** The `status` of the return. */
  readonly status: OauthReturnStatus;
};

/** Result of `completeOauth`. */
export type CompleteOauthPayload = {
  readonly __typename?: 'CompleteOauthPayload';
  /** The member to continue with: that of `returnedMemberGuid` if given. */
  readonly member?: Maybe<Member>;
  /** Why the connection was not authorized, in which case the member's status has not changed. Empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The group that a status belongs to, e.g. for a badge. */
export type ConnectionPhase =
  /** The end user or the application must act. */
  | 'ACTION_REQUIRED'
  /** The connection works. */
  | 'CONNECTED'
  /** Connecting is in progress. */
  | 'CONNECTING'
  /** The connection has ended permanently. */
  | 'ENDED'
  /** A manual member, which does not connect to an institution. */
  | 'MANUAL'
  /** The connection seems to work, but there has been no new data for days. */
  | 'OUT_OF_DATE'
  /** The connection is temporarily not working, and the end user cannot fix it. */
  | 'UNAVAILABLE'
  /** A status that this API does not know yet. */
  | 'UNKNOWN';

/** The status of a member's connection, as MX defines it. Null for a member without credentials. */
export type ConnectionStatus =
  /** The connection is waiting for the end user to complete a multifactor authentication (MFA) challenge. This is not an error and will change to an EXPIRED status if the end user fails to complete MFA. */
  | 'CHALLENGED'
  /** The end user, MX, the client, or a partner has marked the member as closed. */
  | 'CLOSED'
  /** The member was successfully authenticated and data is now aggregating. */
  | 'CONNECTED'
  /** The member is new and has not yet been aggregated. */
  | 'CREATED'
  /** Aggregation has failed at least three times within a short period of time. This could be due to website maintenance or other factors that are preventing account aggregation. */
  | 'DEGRADED'
  /** Aggregating the member has taken longer than expected and it has not yet been connected. This can be due to reasons outside of MX’s control, such as internet bandwidth, problems at the financial institution’s website, and other factors. */
  | 'DELAYED'
  /** The credentials provided for the member were invalid. */
  | 'DENIED'
  /** Aggregation has been momentarily paused, but the member is still connected. */
  | 'DISABLED'
  /** Aggregation has failed at least three times and has not succeeded for at least two weeks. */
  | 'DISCONNECTED'
  /** The connection to this financial institution is no longer available. */
  | 'DISCONTINUED'
  /** The MFA answer was not provided within the time allotted by the financial institution. */
  | 'EXPIRED'
  /** Aggregation failed without being connected. Most aggregation issues are temporary and self-resolve after 24 hours. */
  | 'FAILED'
  /** The member is missing some or all credentials needed in order to connect. */
  | 'IMPAIRED'
  /** The end user’s attention is required at their online banking institution, e.g., there is a marketing message that must be viewed, terms and conditions that must be accepted, etc. */
  | 'IMPEDED'
  /** MX does not have credentials and will not try to aggregate the member until the end user provides credentials. */
  | 'IMPORTED'
  /** The financial institution is preventing authentication. The end user must go to the FI’s website or contact the financial institution. */
  | 'LOCKED'
  /** The member is using OAuth to authenticate credentials and still needs to go through the financial institution’s OAuth process. A PENDING status will appear only on members less than one hour old with is_oauth: true. Members that stay PENDING longer than one hour will be deleted by MX. */
  | 'PENDING'
  /** The end user’s entered credentials have failed to connect three times in a row. MX has locked the account to avoid locking the end user out of their account on the financial institution’s website. The end user must reenter their username and password to continue updating their data. */
  | 'PREVENTED'
  /** The member has been migrated to a new data source and aggregation is likely to trigger one-time password MFA. MX will not perform background aggregation in order to avoid unnecessarily disruptive texts, emails, etc. The member must be re-aggregated in the foreground with the end user present. */
  | 'RECONNECTED'
  /** An MFA challenge was answered incorrectly. */
  | 'REJECTED'
  /** The answer to an MFA challenge was received, but it is not yet clear whether it was correct. */
  | 'RESUMED'
  /** A status that MX has added and this table does not list yet. The word that MX sent is in rawConnectionStatus; MX's own sentence is the user message. */
  | 'UNKNOWN'
  /** The member has been updated — i.e., credentials have been updated — but it has not yet been connected. */
  | 'UPDATED';

/** A row of the status table: the description of a status, independent of any member. */
export type ConnectionStatusInfo = {
  readonly __typename?: 'ConnectionStatusInfo';
  /** The text of a button for `requiredAction`. Null if there is nothing to press: for NONE and WAIT. */
  readonly actionLabel?: Maybe<Scalars['String']['output']>;
  /** The steps that resolve the status, in order. */
  readonly actionSteps: ReadonlyArray<ActionStep>;
  /** MX's integer code for the status. */
  readonly code?: Maybe<Scalars['Int']['output']>;
  /** MX's description of the status. */
  readonly description: Scalars['String']['output'];
  /** What MX recommends that an application do. Null if there is nothing to do. */
  readonly guidance?: Maybe<Scalars['String']['output']>;
  /** True if no further change is expected without someone taking action, provided that no job is running. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** A word or two on a connection in this status, for a badge. */
  readonly label: Scalars['String']['output'];
  /** The message for the end user, in which `[…]` stands for the institution's name. Null if the status has no message. */
  readonly messageTemplate?: Maybe<Scalars['String']['output']>;
  /** The group that the status belongs to, e.g. for a badge. */
  readonly phase: ConnectionPhase;
  /** The next action to take when no job is running. */
  readonly requiredAction: RequiredAction;
  /** The status; null for the row of members without credentials. */
  readonly status?: Maybe<ConnectionStatus>;
  /** Who must act next when no job is running. */
  readonly waitingOn: Party;
};


/** A row of the status table: the description of a status, independent of any member. */
export type ConnectionStatusInfoActionLabelArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};


/** A row of the status table: the description of a status, independent of any member. */
export type ConnectionStatusInfoLabelArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};


/** A row of the status table: the description of a status, independent of any member. */
export type ConnectionStatusInfoMessageTemplateArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** Input of `createManualAccount`. */
export type CreateManualAccountInput = {
  /** The current balance in units of `currency`. For debts, the amount owed. Defaults to MX's choice, 0. */
  readonly balance?: InputMaybe<Scalars['Float']['input']>;
  /** ISO 4217 code of the currency: three capital letters. Defaults to MX's choice, USD. */
  readonly currency?: InputMaybe<Scalars['String']['input']>;
  /** Identifies this request, in 1 to 200 characters. To retry after a lost response, send the same input again: the existing account is returned instead of creating another. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** The name to show, of 1 to 100 characters. */
  readonly name: Scalars['String']['input'];
  /** The type of the account: any but UNKNOWN. */
  readonly type: AccountType;
};

/** Result of `createManualAccount`. */
export type CreateManualAccountPayload = {
  readonly __typename?: 'CreateManualAccountPayload';
  /** The created account, or the existing one. */
  readonly account?: Maybe<Account>;
  /** The expected errors; empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Input of `createManualMember`. */
export type CreateManualMemberInput = {
  /** Identifies this request, in 1 to 200 characters. To retry after a lost response, send the same value: the existing member is returned instead of creating another. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** MX's code for the institution. */
  readonly institutionCode: Scalars['String']['input'];
  /** The name to show. Defaults to the institution's name. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** Result of `createManualMember`. */
export type CreateManualMemberPayload = {
  readonly __typename?: 'CreateManualMemberPayload';
  /** The created member. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Input of `createMember`. */
export type CreateMemberInput = {
  /** Credentials or OAuth options. */
  readonly access: MemberAccess;
  /** False disables background aggregation, so that the member is only aggregated on request. Defaults to MX's setting. */
  readonly background?: InputMaybe<Scalars['Boolean']['input']>;
  /** Identifies this request, in 1 to 200 characters. To retry after a lost response, send the same value: the existing member is returned instead of creating another. */
  readonly idempotencyKey?: InputMaybe<Scalars['String']['input']>;
  /** MX's code for the institution. */
  readonly institutionCode: Scalars['String']['input'];
  /** The products to get in the first job. Defaults to those of the server's setting `MX_PRODUCTS` that the institution supports, else to MX's standard aggregation. */
  readonly products?: InputMaybe<ReadonlyArray<Product>>;
  /** What the data is used for. Defaults to MX's setting. */
  readonly useCases?: InputMaybe<ReadonlyArray<UseCase>>;
};

/** Result of `createMember`. */
export type CreateMemberPayload = {
  readonly __typename?: 'CreateMemberPayload';
  /** The requested products that MX did not start to get, although it created the member. Aggregate the member to get the others. */
  readonly failedProducts: ReadonlyArray<FailedProduct>;
  /** True if MX has started the member's first job. False for an OAuth member, which waits for the end user, and if the requested products could not be started. */
  readonly jobStarted: Scalars['Boolean']['output'];
  /** The created member, or the existing one. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Input of `createOauthWindowUrl`. */
export type CreateOauthWindowUrlInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
  /** Options for the OAuth visit. */
  readonly oauth?: InputMaybe<OauthInput>;
};

/** Result of `createOauthWindowUrl`. */
export type CreateOauthWindowUrlPayload = {
  readonly __typename?: 'CreateOauthWindowUrlPayload';
  /** The member in its current state. */
  readonly member?: Maybe<Member>;
  /** Single-use URL to which to send the end user. */
  readonly oauthWindowUrl?: Maybe<Scalars['URL']['output']>;
  /** The expected errors; empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A field of a credentials form, such as the user name. */
export type CredentialField = {
  readonly __typename?: 'CredentialField';
  /** Position of the field in the form, starting at 1. */
  readonly displayOrder?: Maybe<Scalars['Int']['output']>;
  /** MX's name for the field, such as `LOGIN`. */
  readonly fieldName?: Maybe<Scalars['String']['output']>;
  /** Identifies the field in `CredentialInput`. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The label to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The type of the field. */
  readonly type: CredentialFieldType;
};

/** The type of a credential field. */
export type CredentialFieldType =
  /** A secret. Mask the input. */
  | 'PASSWORD'
  /** Plain text, such as a user name. */
  | 'TEXT';

/** A credential that the end user entered. */
export type CredentialInput = {
  /** The guid of the `CredentialField`. */
  readonly guid: Scalars['String']['input'];
  /** The entered value. Pass it in a variable; it is sent to MX and never stored. */
  readonly value: Scalars['String']['input'];
};

/** Input of `deleteMember`. */
export type DeleteMemberInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** Result of `deleteMember`. */
export type DeleteMemberPayload = {
  readonly __typename?: 'DeleteMemberPayload';
  /** The `id` of the deleted member, to evict from the client's cache. */
  readonly deletedMemberId?: Maybe<Scalars['ID']['output']>;
  /** The member if it still exists. Null once it has been deleted. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty once the member has been deleted. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A product that MX did not start to get for a new member. */
export type FailedProduct = {
  readonly __typename?: 'FailedProduct';
  /** MX's code for the error, if it sends one. */
  readonly errorCode?: Maybe<Scalars['String']['output']>;
  /** The product. Null if MX does not say which of several products failed. */
  readonly product?: Maybe<Product>;
  /** MX's message for the end user, if it sends one. */
  readonly userMessage?: Maybe<Scalars['String']['output']>;
};

/** How old the data of a member is. The limits are settings: by default, data is fresh for 36 hours and stale after 72. */
export type Freshness =
  /** As recent as it should be. */
  | 'FRESH'
  /** Older than it should be, which often resolves by itself. */
  | 'LATE'
  /** The member has never had any data. */
  | 'NEVER'
  /** So old that the connection does not count as working, whatever its status. */
  | 'STALE';

/** A question about an image, such as letters to read. */
export type ImageChallenge = Challenge & {
  readonly __typename?: 'ImageChallenge';
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The image, as a data URI of a PNG, JPEG, GIF or WebP image. Null if MX sent no image; null with an error if it cannot be displayed. */
  readonly image?: Maybe<Scalars['String']['output']>;
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** An image option of a challenge. */
export type ImageChallengeOption = {
  readonly __typename?: 'ImageChallengeOption';
  /** The guid that MX assigned to the option. Null if MX sent none. */
  readonly guid?: Maybe<Scalars['String']['output']>;
  /** The image, as a data URI of a PNG, JPEG, GIF or WebP image. Null if MX sent no image; null with an error if it cannot be displayed. */
  readonly image?: Maybe<Scalars['String']['output']>;
  /** The label to show with the image. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The answer to send if the end user chooses this option. */
  readonly value: Scalars['String']['output'];
};

/** A question with a list of images, one of which is the answer. */
export type ImageOptionsChallenge = Challenge & {
  readonly __typename?: 'ImageOptionsChallenge';
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The images, in display order. */
  readonly options: ReadonlyArray<ImageChallengeOption>;
};

/** A financial institution. */
export type Institution = Node & {
  readonly __typename?: 'Institution';
  /** False if no member can currently be created, according to MX's data on the institution and its responses to `createMember` in the last 5 minutes. Query it before an end user enters a password. At most 5 minutes old. */
  readonly canConnect?: Maybe<Scalars['Boolean']['output']>;
  /** Why `canConnect` is false. Null if it is true. */
  readonly cannotConnectReason?: Maybe<CannotConnectReason>;
  /** MX's code for the institution, such as `mxbank`. */
  readonly code: Scalars['String']['output'];
  /** The fields that an end user must fill in to create a member with credentials. */
  readonly credentialFields?: Maybe<ReadonlyArray<CredentialField>>;
  /** Page for end users who have forgotten their password. */
  readonly forgotPasswordUrl?: Maybe<Scalars['URL']['output']>;
  /** Page for end users who have forgotten their user name. */
  readonly forgotUsernameUrl?: Maybe<Scalars['URL']['output']>;
  /** Opaque, globally unique identifier. */
  readonly id: Scalars['ID']['output'];
  /** What end users must do to connect, step by step. Plain text, as `instructionalText`. */
  readonly instructionalSteps?: Maybe<ReadonlyArray<Scalars['String']['output']>>;
  /** A hint for end users who enter their credentials. Plain text: HTML is removed, and the address of a link follows its text in parentheses. */
  readonly instructionalText?: Maybe<Scalars['String']['output']>;
  /** True if your company has disabled the institution at MX. It may be a day old; `canConnect` is current. */
  readonly isDisabled: Scalars['Boolean']['output'];
  /** The country of the institution, as an ISO 3166-1 alpha-2 code such as `US` or `CA`. */
  readonly iso?: Maybe<Scalars['String']['output']>;
  /** Logo, 100 × 100 pixels. */
  readonly mediumLogoUrl?: Maybe<Scalars['URL']['output']>;
  /** The name to show. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Logo, 50 × 50 pixels. */
  readonly smallLogoUrl?: Maybe<Scalars['URL']['output']>;
  /** The condition of the institution, at most 5 minutes old. Null if MX does not send one, as before April 2026. */
  readonly status?: Maybe<InstitutionStatus>;
  /** The products that the institution supports. Null if MX does not say, as before its version v20250224. */
  readonly supportedProducts?: Maybe<ReadonlyArray<Product>>;
  /** True if members of this institution authenticate through OAuth, on the institution's own pages. */
  readonly supportsOauth: Scalars['Boolean']['output'];
  /** Page for end users who cannot sign in. */
  readonly troubleSigningInUrl?: Maybe<Scalars['URL']['output']>;
  /** The institution's website. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A page of institutions. */
export type InstitutionConnection = {
  readonly __typename?: 'InstitutionConnection';
  /** The institutions on this page, with their cursors. */
  readonly edges: ReadonlyArray<InstitutionEdge>;
  /** The institutions on this page. */
  readonly nodes: ReadonlyArray<Institution>;
  /** Information about this page. */
  readonly pageInfo: PageInfo;
  /** Total number of institutions on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An institution and its cursor. */
export type InstitutionEdge = {
  readonly __typename?: 'InstitutionEdge';
  /** Cursor of the institution, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The institution. */
  readonly node: Institution;
};

/** The condition of an institution. */
export type InstitutionStatus =
  /** It works with errors or delays. */
  | 'DEGRADED'
  /** It is under maintenance. */
  | 'MAINTENANCE'
  /** It works. */
  | 'OPERATIONAL'
  /** It cannot be reached. */
  | 'UNAVAILABLE';

/** A user's connection to a financial institution. */
export type Member = Node & {
  readonly __typename?: 'Member';
  /** The accounts of the member, hidden ones included. The accounts of all members of a user are one request to MX. */
  readonly accounts?: Maybe<ReadonlyArray<Account>>;
  /** The text of a button for `requiredAction`. Null if there is nothing to press: for NONE and WAIT. */
  readonly actionLabel?: Maybe<Scalars['String']['output']>;
  /** The steps that resolve the status, in order. */
  readonly actionSteps: ReadonlyArray<ActionStep>;
  /** The earliest time at which MX starts another job. Null if it would start one now, or is running one. */
  readonly aggregatableAt?: Maybe<Scalars['DateTime']['output']>;
  /** When the last job started. Null if MX does not say, or reports a time in the future. */
  readonly aggregatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** True if MX also aggregates the member by itself, about once a day. */
  readonly backgroundAggregation: Scalars['Boolean']['output'];
  /** The questions that the end user must answer. Null unless `requiredAction` is ANSWER_CHALLENGE. */
  readonly challenges?: Maybe<ReadonlyArray<Challenge>>;
  /** The status of the connection. Null for a member without credentials; UNKNOWN for a status that this API does not know yet. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** MX's integer code for the status. Null if the status is null or UNKNOWN. */
  readonly connectionStatusCode?: Maybe<Scalars['Int']['output']>;
  /** The credentials that the end user must enter. Null unless `requiredAction` is UPDATE_CREDENTIALS. */
  readonly credentialFields?: Maybe<ReadonlyArray<CredentialField>>;
  /** Why the last job failed. Null if MX gave no reason. */
  readonly error?: Maybe<MemberError>;
  /** Until when the data counts as fresh: in the past if it is LATE or STALE. Null for a manual member, and if there is no data. */
  readonly freshUntil?: Maybe<Scalars['DateTime']['output']>;
  /** How old the data is. Null for a manual member. */
  readonly freshness?: Maybe<Freshness>;
  /** MX's guid for the member. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier. */
  readonly id: Scalars['ID']['output'];
  /** The institution to which the member connects. Null if MX does not list it any more; null with an error if it cannot be read. */
  readonly institution?: Maybe<Institution>;
  /** True while MX is running a job for the member. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** True while something goes on by itself: MX is running a job, or a response of MX or the institution is expected. */
  readonly isInProgress: Scalars['Boolean']['output'];
  /** True for a manual member, which never aggregates. */
  readonly isManual: Scalars['Boolean']['output'];
  /** True if the member authenticates through OAuth, on the institution's own pages. */
  readonly isOauth: Scalars['Boolean']['output'];
  /** True if no further change is expected without someone taking action: stop waiting. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** A word or two on the state of the connection, for a badge. While a job runs that needs no one, it tells of the job instead of `phase`. */
  readonly label: Scalars['String']['output'];
  /** The name of the member, usually that of the institution. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** Single-use URL where the end user authorizes the connection. Null unless `requiredAction` is COMPLETE_OAUTH. */
  readonly oauthWindowUrl?: Maybe<Scalars['URL']['output']>;
  /** When this data was fetched from MX. It can be up to an hour old while MX is unavailable, and older while MX's list of members is incomplete. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The group that the member belongs to, e.g. for a badge: that of its status, unless other evidence decides. */
  readonly phase: ConnectionPhase;
  /** How far the running job is. Null if no job runs. Requires a request to MX for each member with a running job. */
  readonly progress?: Maybe<MemberProgress>;
  /** MX's own status message, as MX sent it. */
  readonly providerMessage?: Maybe<Scalars['String']['output']>;
  /** The status string exactly as MX sent it. */
  readonly rawConnectionStatus?: Maybe<Scalars['String']['output']>;
  /** The next action to take. WAIT while a job runs and no one needs to act. */
  readonly requiredAction: RequiredAction;
  /** When to try again. Set while the connection fails (`requiredAction` RETRY_LATER, or WAIT of a DISCONNECTED member), and if AGGREGATE is required but MX does not start another job yet. Null if it can be tried now. */
  readonly retryAt?: Maybe<Scalars['DateTime']['output']>;
  /** Since when the data is STALE. Null if it is not. */
  readonly staleSince?: Maybe<Scalars['DateTime']['output']>;
  /** The observed states of the member, newest first. */
  readonly statusHistory?: Maybe<StatusPeriodConnection>;
  /** Description of the status, independent of this member. */
  readonly statusInfo: ConnectionStatusInfo;
  /** When the last successful aggregation finished. Null if there was none, or MX reports a time in the future. */
  readonly successfullyAggregatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The owner of the member. */
  readonly user: User;
  /** The message to show to the end user. Null if there is no message. */
  readonly userMessage?: Maybe<Scalars['String']['output']>;
  /** Where `userMessage` comes from. */
  readonly userMessageSource: UserMessageSource;
  /** Who must act next. */
  readonly waitingOn: Party;
};


/** A user's connection to a financial institution. */
export type MemberActionLabelArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};


/** A user's connection to a financial institution. */
export type MemberLabelArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};


/** A user's connection to a financial institution. */
export type MemberStatusHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A user's connection to a financial institution. */
export type MemberUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** How to get access to the end user's data at the institution. Provide exactly one of the fields. */
export type MemberAccess =
  /** A value for each of the institution's `credentialFields`. */
  { readonly credentials: ReadonlyArray<CredentialInput>; readonly oauth?: never; }
  |  /** Options for connecting through OAuth. */
  { readonly credentials?: never; readonly oauth: OauthInput; };

/** Identifies a member. Provide exactly one of the fields. */
export type MemberBy =
  /** MX's guid for the member. */
  { readonly guid: Scalars['String']['input']; readonly id?: never; }
  |  /** The `id` of the member. */
  { readonly guid?: never; readonly id: Scalars['ID']['input']; };

/** MX's explanation of why a member's last job failed. */
export type MemberError = {
  readonly __typename?: 'MemberError';
  /** The name of MX's error code. */
  readonly code: MemberErrorCode;
  /** MX's numeric error code. Null if MX sent no integer. */
  readonly errorCode?: Maybe<Scalars['Int']['output']>;
  /** What the error is about. */
  readonly kind: MemberErrorKind;
  /** Language of `providerMessage`, as a BCP 47 tag. */
  readonly locale?: Maybe<Scalars['String']['output']>;
  /** MX's own message for the end user, as MX sent it. */
  readonly providerMessage?: Maybe<Scalars['String']['output']>;
  /** The message to show to the end user: MX's own if it is in the language asked for or the error is unknown to this API, else this API's. */
  readonly userMessage?: Maybe<Scalars['String']['output']>;
};


/** MX's explanation of why a member's last job failed. */
export type MemberErrorUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** Why a member's job can fail. */
export type MemberErrorCode =
  /** The institution denied access. */
  | 'ACCESS_DENIED'
  /** An answer to a challenge was wrong. */
  | 'INCORRECT_MFA'
  /** The one-time password was wrong. */
  | 'INCORRECT_OTP'
  /** The institution is not responding. */
  | 'INSTITUTION_DOWN'
  /** The institution is under maintenance. */
  | 'INSTITUTION_MAINTENANCE'
  /** The institution is unavailable. */
  | 'INSTITUTION_UNAVAILABLE'
  /** The credentials were wrong. */
  | 'INVALID_CREDENTIALS'
  /** The challenge was not answered in time. */
  | 'MFA_TIMEOUT'
  /** There are no accounts. */
  | 'NO_ACCOUNTS'
  /** None of the accounts is eligible for the requested data. */
  | 'NO_ELIGIBLE_ACCOUNTS'
  /** The end user must authorize the connection again. */
  | 'REAUTHORIZATION_REQUIRED'
  /** A code that this API does not know yet: see `errorCode`. */
  | 'UNKNOWN';

/** What the error of a member is about. */
export type MemberErrorKind =
  /** The institution's permission to access the data. */
  | 'ACCESS'
  /** The accounts that the institution offers. */
  | 'ACCOUNTS'
  /** The answer to a challenge. */
  | 'CHALLENGE'
  /** The credentials, or the authorization at the institution. */
  | 'CREDENTIALS'
  /** The institution is not available. */
  | 'INSTITUTION'
  /** A code that this API does not know yet. */
  | 'UNKNOWN';

/** The user already has a member with this institution and these credentials: MEMBER_EXISTS. */
export type MemberExistsError = UserError & {
  readonly __typename?: 'MemberExistsError';
  /** Machine-readable code: MEMBER_EXISTS. */
  readonly code: UserErrorCode;
  /** The existing member. Null if MX does not report it, or does not list it yet. */
  readonly existingMember?: Maybe<Member>;
  /** MX's guid for the existing member. Null if MX does not report it. */
  readonly existingMemberGuid?: Maybe<Scalars['String']['output']>;
  /** Message for developers. It never contains a value that the end user entered. */
  readonly message: Scalars['String']['output'];
  /** Path of the invalid argument, such as `input`, `access`, `credentials`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The message to show to the end user. */
  readonly userMessage: Scalars['String']['output'];
};


/** The user already has a member with this institution and these credentials: MEMBER_EXISTS. */
export type MemberExistsErrorUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** How far the running job of a member is. A field is null if MX does not say. */
export type MemberProgress = {
  readonly __typename?: 'MemberProgress';
  /** True once the accounts are available. */
  readonly hasAccounts?: Maybe<Scalars['Boolean']['output']>;
  /** True once the transactions are available. */
  readonly hasTransactions?: Maybe<Scalars['Boolean']['output']>;
  /** True once the institution has accepted the credentials. */
  readonly isAuthenticated?: Maybe<Scalars['Boolean']['output']>;
};

/** The state of a member, or a change of it. */
export type MemberStatusChange = {
  readonly __typename?: 'MemberStatusChange';
  /** What triggered this event. */
  readonly cause: StatusChangeCause;
  /** The status after the change. Null if the member has been deleted or has no status. The same as `previousStatus` if `kinds` does not contain STATUS. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** Position of this event. Pass the last one as `after` to resume. */
  readonly cursor: Scalars['String']['output'];
  /** How old the member's data is. Null for a manual member, and if the member has been deleted. */
  readonly freshness?: Maybe<Freshness>;
  /** True while MX is running a job for the member. A change of this value alone is also an event: a CONNECTED member is settled only once its job has finished. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** True if the member has been deleted. */
  readonly isDeleted: Scalars['Boolean']['output'];
  /** True while something goes on by itself: a job runs, or MX or the institution is about to respond. */
  readonly isInProgress: Scalars['Boolean']['output'];
  /** True on the first event of a snapshot that follows an unknown or expired `after`: changes may have been missed. Discard all that you know: the events from this one on describe every member. */
  readonly isReset: Scalars['Boolean']['output'];
  /** True only on the last event of a snapshot, which begins with the missed changes: every member that you have received no event for since then has been deleted. */
  readonly isSnapshotEnd: Scalars['Boolean']['output'];
  /** True if no further change is expected without someone taking action: stop waiting. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** The weightiest of `kinds`. */
  readonly kind: StatusChangeKind;
  /** All that this event is about, the weightiest first. One event tells everything that one read of MX has shown of the member. */
  readonly kinds: ReadonlyArray<StatusChangeKind>;
  /** The current member, which may be newer than this event. Null if the member has been deleted. */
  readonly member?: Maybe<Member>;
  /** MX's guid for the member. Null only in the snapshot of a user who has no members. */
  readonly memberGuid?: Maybe<Scalars['String']['output']>;
  /** When this data was fetched from MX. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The status before the change. Null if the member was new or had no status. */
  readonly previousStatus?: Maybe<ConnectionStatus>;
  /** How many transactions MX has added. Null unless this event is of the kind DATA and a webhook from MX has told the number. */
  readonly transactionsCreated?: Maybe<Scalars['Int']['output']>;
  /** How many transactions MX has changed. Null unless this event is of the kind DATA and a webhook from MX has told the number. */
  readonly transactionsUpdated?: Maybe<Scalars['Int']['output']>;
};

/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Starts a job that connects the member and fetches its data. If one is already running, no other is started. */
  readonly aggregateMember?: Maybe<AggregateMemberPayload>;
  /** Answers all pending challenges of a member. Wait for the member's next status to learn whether the answers were right. */
  readonly answerChallenges?: Maybe<AnswerChallengesPayload>;
  /** Reports the result of an OAuth visit and returns the member as MX now has it. */
  readonly completeOauth?: Maybe<CompleteOauthPayload>;
  /** Creates an account that the end user tracks manually, for example after a connection has ended. MX keeps all manual accounts of a user in one manual member, which it creates with the first of them. */
  readonly createManualAccount?: Maybe<CreateManualAccountPayload>;
  /** Creates a member that the partner maintains through MX (a managed member); it never aggregates. Requires the support scope. It acts on the viewer like all mutations, so that the token must identify an MX user as well. End users track an account by `createManualAccount`. */
  readonly createManualMember?: Maybe<CreateManualMemberPayload>;
  /** Connects the viewer to an institution, with credentials or through OAuth. */
  readonly createMember?: Maybe<CreateMemberPayload>;
  /** Creates a single-use URL where the end user authorizes the connection. */
  readonly createOauthWindowUrl?: Maybe<CreateOauthWindowUrlPayload>;
  /** Deletes a member permanently. */
  readonly deleteMember?: Maybe<DeleteMemberPayload>;
  /** Replaces a member's credentials and starts a job to connect it. */
  readonly updateMemberCredentials?: Maybe<UpdateMemberCredentialsPayload>;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationAggregateMemberArgs = {
  input: AggregateMemberInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationAnswerChallengesArgs = {
  input: AnswerChallengesInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationCompleteOauthArgs = {
  input: CompleteOauthInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationCreateManualAccountArgs = {
  input: CreateManualAccountInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationCreateManualMemberArgs = {
  input: CreateManualMemberInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationCreateMemberArgs = {
  input: CreateMemberInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationCreateOauthWindowUrlArgs = {
  input: CreateOauthWindowUrlInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationDeleteMemberArgs = {
  input: DeleteMemberInput;
};


/** The root of all mutations. Each mutation acts on the viewer's own members and reports expected errors in `userErrors`. */
export type MutationUpdateMemberCredentialsArgs = {
  input: UpdateMemberCredentialsInput;
};

/** An object that can be fetched by its `id`. */
export type Node = {
  /** Opaque, globally unique identifier. */
  readonly id: Scalars['ID']['output'];
};

/** How the end user reaches the institution's OAuth pages and returns from them. */
export type OauthInput = {
  /** URL to which the end user is redirected on return. Only with APP. */
  readonly clientRedirectUrl?: InputMaybe<Scalars['URL']['input']>;
  /** False prevents institutions from opening their own app. Defaults to MX's setting. */
  readonly enableApp2app?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where the OAuth visit starts. Defaults to BROWSER. */
  readonly referralSource?: InputMaybe<OauthReferralSource>;
  /** URL scheme by which the app's web view is notified of the return. Only with APP. */
  readonly uiMessageWebviewUrlScheme?: InputMaybe<Scalars['String']['input']>;
};

/** Where an OAuth visit starts. */
export type OauthReferralSource =
  /** An app. It is notified of the return by a redirect. */
  | 'APP'
  /** A web page. It is notified of the return by a window message. */
  | 'BROWSER';

/** The result of an OAuth visit. */
export type OauthReturnStatus =
  /** The end user did not authorize the connection, or an error occurred. */
  | 'ERROR'
  /** The end user authorized the connection. */
  | 'SUCCESS';

/** A question with a list of options, one of which is the answer. */
export type OptionsChallenge = Challenge & {
  readonly __typename?: 'OptionsChallenge';
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The options, in display order. */
  readonly options: ReadonlyArray<ChallengeOption>;
};

/** Information about a page of a connection. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** Cursor of the last item on this page. Null if the page is empty. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** True if there are items after this page. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True if there are items before this page. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** Cursor of the first item on this page. Null if the page is empty. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** A party that may have to act. */
export type Party =
  /** The application that uses this API. */
  | 'APPLICATION'
  /** The person who owns the connection. */
  | 'END_USER'
  /** The financial institution. */
  | 'INSTITUTION'
  /** MX. */
  | 'MX'
  /** No one: no action is needed. */
  | 'NOBODY';

/** An expected error of a mutation that is told by its code alone. */
export type PlainUserError = UserError & {
  readonly __typename?: 'PlainUserError';
  /** Machine-readable code. */
  readonly code: UserErrorCode;
  /** Message for developers. It never contains a value that the end user entered. */
  readonly message: Scalars['String']['output'];
  /** Path of the invalid argument, such as `input`, `access`, `credentials`, `0`, `guid`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The message to show to the end user. */
  readonly userMessage: Scalars['String']['output'];
};


/** An expected error of a mutation that is told by its code alone. */
export type PlainUserErrorUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** A kind of data that MX can get from an institution. Balances are always included. */
export type Product =
  /** Account and routing numbers. */
  | 'ACCOUNT_VERIFICATION'
  /** Names and addresses of the owners of the accounts. */
  | 'IDENTITY_VERIFICATION'
  /** Holdings of investment accounts. */
  | 'INVESTMENTS'
  /** Balances of reward programs. */
  | 'REWARDS'
  /** Statements as documents. */
  | 'STATEMENTS'
  /** Recent transactions. */
  | 'TRANSACTIONS'
  /** Older transactions, of up to 24 months. */
  | 'TRANSACTION_HISTORY';

/** The root of all queries. */
export type Query = {
  readonly __typename?: 'Query';
  /** The complete status table, in the order of MX's status codes. */
  readonly connectionStatuses: ReadonlyArray<ConnectionStatusInfo>;
  /** The institutions that MX has set up as your favorites, the most popular first, to show before the end user searches. */
  readonly favoriteInstitutions?: Maybe<ReadonlyArray<Institution>>;
  /** An institution by its code. */
  readonly institution?: Maybe<Institution>;
  /** The institutions whose name contains the search string, for an institution picker. */
  readonly institutions?: Maybe<InstitutionConnection>;
  /** The available languages of end-user messages, as BCP 47 tags. English is the first. */
  readonly locales: ReadonlyArray<Scalars['String']['output']>;
  /** A member. Its `guid` finds only the viewer's own members. */
  readonly member?: Maybe<Member>;
  /** Any object by its `id`. */
  readonly node?: Maybe<Node>;
  /** Any MX user. Requires the support scope, except for the viewer's own user. */
  readonly user?: Maybe<User>;
  /** The MX user who is authenticated by the request's token. */
  readonly viewer?: Maybe<User>;
};


/** The root of all queries. */
export type QueryFavoriteInstitutionsArgs = {
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** The root of all queries. */
export type QueryInstitutionArgs = {
  code: Scalars['String']['input'];
};


/** The root of all queries. */
export type QueryInstitutionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search: Scalars['String']['input'];
};


/** The root of all queries. */
export type QueryMemberArgs = {
  by: MemberBy;
};


/** The root of all queries. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** The root of all queries. */
export type QueryUserArgs = {
  guid: Scalars['String']['input'];
};

/** The next action to take. */
export type RequiredAction =
  /** Start an aggregation while the end user is present. */
  | 'AGGREGATE'
  /** Ask the end user to answer the `challenges`. */
  | 'ANSWER_CHALLENGE'
  /** Send the end user to `oauthWindowUrl`. */
  | 'COMPLETE_OAUTH'
  /** Ask the end user to contact your support. */
  | 'CONTACT_SUPPORT'
  /** No action. */
  | 'NONE'
  /** Try again at `retryAt`, on the end user's request. Most of these problems resolve within a day. */
  | 'RETRY_LATER'
  /** Offer the end user to track the accounts manually. */
  | 'TRACK_MANUALLY'
  /** Ask the end user for the credentials in `credentialFields`. */
  | 'UPDATE_CREDENTIALS'
  /** Send the end user to the institution's website. */
  | 'VISIT_INSTITUTION'
  /** Wait: a job is running, or another party is resolving the problem. */
  | 'WAIT';

/** What triggered an event. */
export type StatusChangeCause =
  /** Only time has passed: the data has become late or stale. MX was not asked, so `observedAt` is that of the last read. */
  | 'CLOCK'
  /** A mutation of this API. */
  | 'MUTATION'
  /** A scheduled poll of MX, or a query. */
  | 'POLL'
  /** The state at the start of the subscription. */
  | 'SNAPSHOT'
  /** A webhook from MX. */
  | 'WEBHOOK';

/** What an event is about. The values after SNAPSHOT are in order of weight, the weightiest first. */
export type StatusChangeKind =
  /** A CHALLENGED member has other challenges: the institution asks something else. */
  | 'CHALLENGE'
  /** MX has updated the member's data, such as accounts and transactions. */
  | 'DATA'
  /** The member has been deleted. Always alone. */
  | 'DELETED'
  /** MX reports another error, or none any more, or has begun or stopped to want updated credentials. */
  | 'ERROR'
  /** The member's data is older than before, or fresh again: `freshness` is different. */
  | 'FRESHNESS'
  /** A job has started or ended: `isBeingAggregated` is different. */
  | 'JOB'
  /** The state at the start of the subscription, or after lost changes. Always alone. */
  | 'SNAPSHOT'
  /** The member is new, its status is another one, or it now uses OAuth or no longer does. */
  | 'STATUS';

/** A period of time during which the service observed a member in one state. */
export type StatusPeriod = {
  readonly __typename?: 'StatusPeriod';
  /** What triggered the observation. SNAPSHOT for the first observation of the member. */
  readonly cause: StatusChangeCause;
  /** The status; null if the member had none. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** Duration of the period in seconds, up to now for the current state. */
  readonly durationSeconds: Scalars['Int']['output'];
  /** True if MX was running a job for the member. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** True if no further change was expected without someone taking action. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** A word or two on the state of the connection in this period, for a badge. */
  readonly label: Scalars['String']['output'];
  /** The group that the status belongs to. */
  readonly phase: ConnectionPhase;
  /** The status string exactly as MX sent it. */
  readonly rawConnectionStatus?: Maybe<Scalars['String']['output']>;
  /** The next action that was to be taken. */
  readonly requiredAction: RequiredAction;
  /** When the member was first observed in this state. */
  readonly since: Scalars['DateTime']['output'];
  /** When the member was first observed in the next state. Null for the current state. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};


/** A period of time during which the service observed a member in one state. */
export type StatusPeriodLabelArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** A page of a member's past and current states. */
export type StatusPeriodConnection = {
  readonly __typename?: 'StatusPeriodConnection';
  /** The periods on this page with their cursors, newest first. */
  readonly edges: ReadonlyArray<StatusPeriodEdge>;
  /** The periods on this page, newest first. */
  readonly nodes: ReadonlyArray<StatusPeriod>;
  /** Information about this page. */
  readonly pageInfo: PageInfo;
  /** Total number of recorded periods. The history covers the last 7 days and at most 1,000 changes of the user's members. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A period and its cursor. */
export type StatusPeriodEdge = {
  readonly __typename?: 'StatusPeriodEdge';
  /** Cursor of the period. Pass it as `after` to get the older ones. */
  readonly cursor: Scalars['String']['output'];
  /** The period. */
  readonly node: StatusPeriod;
};

/** The root of all subscriptions. Served over WebSocket (graphql-transport-ws at /graphql) and SSE (/graphql/stream). */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** Sends the current state of a user's members, then each change exactly once and in order. Completes only if `memberGuid` is given and that member is deleted. */
  readonly memberStatusChanged: MemberStatusChange;
};


/** The root of all subscriptions. Served over WebSocket (graphql-transport-ws at /graphql) and SSE (/graphql/stream). */
export type SubscriptionMemberStatusChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  memberGuid?: InputMaybe<Scalars['String']['input']>;
  userGuid?: InputMaybe<Scalars['String']['input']>;
};

/** A question with a free-form answer. */
export type TextChallenge = Challenge & {
  readonly __typename?: 'TextChallenge';
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** A question whose answer is the output of the end user's token generator for `token`. */
export type TokenChallenge = Challenge & {
  readonly __typename?: 'TokenChallenge';
  /** Identifies the challenge in `answerChallenges`. Each new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier, for the cache of a client. */
  readonly id: Scalars['ID']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The value to enter into the token generator. */
  readonly token?: Maybe<Scalars['String']['output']>;
};

/** Input of `updateMemberCredentials`. */
export type UpdateMemberCredentialsInput = {
  /** A value for each of the `credentialFields`. */
  readonly credentials: ReadonlyArray<CredentialInput>;
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** Result of `updateMemberCredentials`. */
export type UpdateMemberCredentialsPayload = {
  readonly __typename?: 'UpdateMemberCredentialsPayload';
  /** The member in its current state. */
  readonly member?: Maybe<Member>;
  /** The expected errors; empty on success. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** What the data of a member is used for. MX must have enabled use cases for your client. */
export type UseCase =
  /** Payments and transfers. */
  | 'MONEY_MOVEMENT'
  /** Personal financial management. A member without it is not aggregated. */
  | 'PFM';

/** An MX user: an end user, who owns members. */
export type User = Node & {
  readonly __typename?: 'User';
  /** False if the user has 25 members, of whatever kind, and MX creates no more. Null if MX's list of members is incomplete. Costs no more than `members`. */
  readonly canConnectMore?: Maybe<Scalars['Boolean']['output']>;
  /** MX's guid for the user. */
  readonly guid: Scalars['String']['output'];
  /** Opaque, globally unique identifier. */
  readonly id: Scalars['ID']['output'];
  /** One of the user's members. */
  readonly member?: Maybe<Member>;
  /** The user's members. MX allows at most 25; a list of more than 2,000 is an error. A member that MX sends in an unreadable form is left out, with an error at the path of its index in MX's list. */
  readonly members?: Maybe<ReadonlyArray<Member>>;
};


/** An MX user: an end user, who owns members. */
export type UserMemberArgs = {
  guid: Scalars['String']['input'];
};


/** An MX user: an end user, who owns members. */
export type UserMembersArgs = {
  phase?: InputMaybe<ReadonlyArray<ConnectionPhase>>;
  waitingOn?: InputMaybe<ReadonlyArray<Party>>;
};

/** An expected error of a mutation. */
export type UserError = {
  /** Machine-readable code. */
  readonly code: UserErrorCode;
  /** Message for developers. It never contains a value that the end user entered. */
  readonly message: Scalars['String']['output'];
  /** Path of the invalid argument, such as `input`, `access`, `credentials`, `0`, `guid`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** The message to show to the end user. */
  readonly userMessage: Scalars['String']['output'];
};


/** An expected error of a mutation. */
export type UserErrorUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** The expected errors of mutations. */
export type UserErrorCode =
  /** The last successful aggregation is so recent that MX does not start a new one. */
  | 'AGGREGATION_THROTTLED'
  /** A pending challenge has no answer. */
  | 'ANSWERS_MISSING'
  /** The member has no pending challenge. */
  | 'CHALLENGE_NOT_PENDING'
  /** An answer does not belong to a pending challenge, or a challenge has two answers. */
  | 'CHALLENGE_UNKNOWN'
  /** A required credential is missing. */
  | 'CREDENTIALS_MISSING'
  /** A credential is not one of the institution's fields, or was sent twice. */
  | 'CREDENTIALS_UNKNOWN'
  /** MX currently cannot connect to the institution, or does not support this operation for it. */
  | 'INSTITUTION_UNAVAILABLE'
  /** MX does not start jobs for a member in this state, such as a manual member. */
  | 'JOB_NOT_STARTED'
  /** The user already has a member with this institution and these credentials. */
  | 'MEMBER_EXISTS'
  /** The end user cancelled the authorization. */
  | 'OAUTH_CANCELLED'
  /** The institution did not grant the authorization. */
  | 'OAUTH_FAILED'
  /** The institution or the member does not support OAuth. */
  | 'OAUTH_NOT_SUPPORTED'
  /** The institution accepts no credentials, only OAuth. */
  | 'OAUTH_REQUIRED'
  /** MX is running another job for the member. */
  | 'OTHER_JOB_RUNNING'
  /** The institution does not support a requested product. */
  | 'PRODUCT_NOT_SUPPORTED'
  /** The user has reached MX's maximum number of members. */
  | 'TOO_MANY_MEMBERS';

/** Where a message for the end user comes from. */
export type UserMessageSource =
  /** Other evidence, such as an error or the age of the data, which says more than the status does. */
  | 'EVIDENCE'
  /** The status table: the message of the member's status. */
  | 'STATUS';



export type ResolverTypeWrapper<T> = Promise<T> | T;


export type ResolverWithResolve<TResult, TParent, TContext, TArgs> = {
  resolve: ResolverFn<TResult, TParent, TContext, TArgs>;
};
export type Resolver<TResult, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = ResolverFn<TResult, TParent, TContext, TArgs> | ResolverWithResolve<TResult, TParent, TContext, TArgs>;

export type ResolverFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => Promise<TResult> | TResult;

export type SubscriptionSubscribeFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => AsyncIterable<TResult> | Promise<AsyncIterable<TResult>>;

export type SubscriptionResolveFn<TResult, TParent, TContext, TArgs> = (
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;

export interface SubscriptionSubscriberObject<TResult, TKey extends string, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<{ [key in TKey]: TResult }, TParent, TContext, TArgs>;
  resolve?: SubscriptionResolveFn<TResult, { [key in TKey]: TResult }, TContext, TArgs>;
}

export interface SubscriptionResolverObject<TResult, TParent, TContext, TArgs> {
  subscribe: SubscriptionSubscribeFn<any, TParent, TContext, TArgs>;
  resolve: SubscriptionResolveFn<TResult, any, TContext, TArgs>;
}

export type SubscriptionObject<TResult, TKey extends string, TParent, TContext, TArgs> =
  | SubscriptionSubscriberObject<TResult, TKey, TParent, TContext, TArgs>
  | SubscriptionResolverObject<TResult, TParent, TContext, TArgs>;

export type SubscriptionResolver<TResult, TKey extends string, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> =
  | ((...args: any[]) => SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>)
  | SubscriptionObject<TResult, TKey, TParent, TContext, TArgs>;

export type TypeResolveFn<TTypes, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (
  parent: TParent,
  context: TContext,
  info: GraphQLResolveInfo
) => Maybe<TTypes> | Promise<Maybe<TTypes>>;

export type IsTypeOfResolverFn<T = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>> = (obj: T, context: TContext, info: GraphQLResolveInfo) => boolean | Promise<boolean>;

export type NextResolverFn<T> = () => Promise<T>;

export type DirectiveResolverFn<TResult = Record<PropertyKey, never>, TParent = Record<PropertyKey, never>, TContext = Record<PropertyKey, never>, TArgs = Record<PropertyKey, never>> = (
  next: NextResolverFn<TResult>,
  parent: TParent,
  args: TArgs,
  context: TContext,
  info: GraphQLResolveInfo
) => TResult | Promise<TResult>;





/** Mapping between all available schema types and the resolvers types */
export type ResolversTypes = {
  Account: ResolverTypeWrapper<MxAccount>;
  AccountType: AccountType;
  ActionStep: ActionStep;
  AggregateMemberInput: AggregateMemberInput;
  AggregateMemberPayload: ResolverTypeWrapper<Omit<AggregateMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  AggregationThrottledError: ResolverTypeWrapper<ParentAggregationThrottledError>;
  AnswerChallengesInput: AnswerChallengesInput;
  AnswerChallengesPayload: ResolverTypeWrapper<Omit<AnswerChallengesPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  CannotConnectReason: CannotConnectReason;
  Challenge: ResolverTypeWrapper<MxChallenge>;
  ChallengeAnswerInput: ChallengeAnswerInput;
  ChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  CompleteOauthInput: CompleteOauthInput;
  CompleteOauthPayload: ResolverTypeWrapper<Omit<CompleteOauthPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  ConnectionPhase: ConnectionPhase;
  ConnectionStatus: ConnectionStatus;
  ConnectionStatusInfo: ResolverTypeWrapper<ConnectionStatusRow>;
  CreateManualAccountInput: CreateManualAccountInput;
  CreateManualAccountPayload: ResolverTypeWrapper<Omit<CreateManualAccountPayload, 'account' | 'userErrors'> & { account: Maybe<ResolversTypes['Account']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  CreateManualMemberInput: CreateManualMemberInput;
  CreateManualMemberPayload: ResolverTypeWrapper<Omit<CreateManualMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  CreateMemberInput: CreateMemberInput;
  CreateMemberPayload: ResolverTypeWrapper<Omit<CreateMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  CreateOauthWindowUrlInput: CreateOauthWindowUrlInput;
  CreateOauthWindowUrlPayload: ResolverTypeWrapper<Omit<CreateOauthWindowUrlPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  CredentialField: ResolverTypeWrapper<MxCredential>;
  CredentialFieldType: CredentialFieldType;
  CredentialInput: CredentialInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteMemberInput: DeleteMemberInput;
  DeleteMemberPayload: ResolverTypeWrapper<Omit<DeleteMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  FailedProduct: ResolverTypeWrapper<FailedProduct>;
  Float: ResolverTypeWrapper<Scalars['Float']['output']>;
  Freshness: Freshness;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageChallenge: ResolverTypeWrapper<MxChallenge>;
  ImageChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  ImageOptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  Institution: ResolverTypeWrapper<MxInstitution>;
  InstitutionConnection: ResolverTypeWrapper<Omit<InstitutionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['InstitutionEdge']>, nodes: ReadonlyArray<ResolversTypes['Institution']> }>;
  InstitutionEdge: ResolverTypeWrapper<Omit<InstitutionEdge, 'node'> & { node: ResolversTypes['Institution'] }>;
  InstitutionStatus: InstitutionStatus;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Member: ResolverTypeWrapper<ObservedMember>;
  MemberAccess: MemberAccess;
  MemberBy: MemberBy;
  MemberError: ResolverTypeWrapper<MemberErrorParent>;
  MemberErrorCode: MemberErrorCode;
  MemberErrorKind: MemberErrorKind;
  MemberExistsError: ResolverTypeWrapper<ParentMemberExistsError>;
  MemberProgress: ResolverTypeWrapper<MemberProgress>;
  MemberStatusChange: ResolverTypeWrapper<StatusEvent>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<NodeObject>;
  OauthInput: OauthInput;
  OauthReferralSource: OauthReferralSource;
  OauthReturnStatus: OauthReturnStatus;
  OptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Party: Party;
  PlainUserError: ResolverTypeWrapper<ParentPlainUserError>;
  Product: Product;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RequiredAction: RequiredAction;
  StatusChangeCause: StatusChangeCause;
  StatusChangeKind: StatusChangeKind;
  StatusPeriod: ResolverTypeWrapper<MemberPeriod>;
  StatusPeriodConnection: ResolverTypeWrapper<Omit<StatusPeriodConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StatusPeriodEdge']>, nodes: ReadonlyArray<ResolversTypes['StatusPeriod']> }>;
  StatusPeriodEdge: ResolverTypeWrapper<Omit<StatusPeriodEdge, 'node'> & { node: ResolversTypes['StatusPeriod'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TextChallenge: ResolverTypeWrapper<MxChallenge>;
  TokenChallenge: ResolverTypeWrapper<MxChallenge>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdateMemberCredentialsInput: UpdateMemberCredentialsInput;
  UpdateMemberCredentialsPayload: ResolverTypeWrapper<Omit<UpdateMemberCredentialsPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversTypes['Member']>, userErrors: ReadonlyArray<ResolversTypes['UserError']> }>;
  UseCase: UseCase;
  User: ResolverTypeWrapper<UserRef>;
  UserError: ResolverTypeWrapper<ParentUserError>;
  UserErrorCode: UserErrorCode;
  UserMessageSource: UserMessageSource;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Account: MxAccount;
  AggregateMemberInput: AggregateMemberInput;
  AggregateMemberPayload: Omit<AggregateMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  AggregationThrottledError: ParentAggregationThrottledError;
  AnswerChallengesInput: AnswerChallengesInput;
  AnswerChallengesPayload: Omit<AnswerChallengesPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  Boolean: Scalars['Boolean']['output'];
  Challenge: MxChallenge;
  ChallengeAnswerInput: ChallengeAnswerInput;
  ChallengeOption: MxChallengeOption;
  CompleteOauthInput: CompleteOauthInput;
  CompleteOauthPayload: Omit<CompleteOauthPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  ConnectionStatusInfo: ConnectionStatusRow;
  CreateManualAccountInput: CreateManualAccountInput;
  CreateManualAccountPayload: Omit<CreateManualAccountPayload, 'account' | 'userErrors'> & { account: Maybe<ResolversParentTypes['Account']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  CreateManualMemberInput: CreateManualMemberInput;
  CreateManualMemberPayload: Omit<CreateManualMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  CreateMemberInput: CreateMemberInput;
  CreateMemberPayload: Omit<CreateMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  CreateOauthWindowUrlInput: CreateOauthWindowUrlInput;
  CreateOauthWindowUrlPayload: Omit<CreateOauthWindowUrlPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  CredentialField: MxCredential;
  CredentialInput: CredentialInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteMemberInput: DeleteMemberInput;
  DeleteMemberPayload: Omit<DeleteMemberPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  FailedProduct: FailedProduct;
  Float: Scalars['Float']['output'];
  ID: Scalars['ID']['output'];
  ImageChallenge: MxChallenge;
  ImageChallengeOption: MxChallengeOption;
  ImageOptionsChallenge: MxChallenge;
  Institution: MxInstitution;
  InstitutionConnection: Omit<InstitutionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['InstitutionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Institution']> };
  InstitutionEdge: Omit<InstitutionEdge, 'node'> & { node: ResolversParentTypes['Institution'] };
  Int: Scalars['Int']['output'];
  Member: ObservedMember;
  MemberAccess: MemberAccess;
  MemberBy: MemberBy;
  MemberError: MemberErrorParent;
  MemberExistsError: ParentMemberExistsError;
  MemberProgress: MemberProgress;
  MemberStatusChange: StatusEvent;
  Mutation: Record<PropertyKey, never>;
  Node: NodeObject;
  OauthInput: OauthInput;
  OptionsChallenge: MxChallenge;
  PageInfo: PageInfo;
  PlainUserError: ParentPlainUserError;
  Query: Record<PropertyKey, never>;
  StatusPeriod: MemberPeriod;
  StatusPeriodConnection: Omit<StatusPeriodConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['StatusPeriodEdge']>, nodes: ReadonlyArray<ResolversParentTypes['StatusPeriod']> };
  StatusPeriodEdge: Omit<StatusPeriodEdge, 'node'> & { node: ResolversParentTypes['StatusPeriod'] };
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TextChallenge: MxChallenge;
  TokenChallenge: MxChallenge;
  URL: Scalars['URL']['output'];
  UpdateMemberCredentialsInput: UpdateMemberCredentialsInput;
  UpdateMemberCredentialsPayload: Omit<UpdateMemberCredentialsPayload, 'member' | 'userErrors'> & { member: Maybe<ResolversParentTypes['Member']>, userErrors: ReadonlyArray<ResolversParentTypes['UserError']> };
  User: UserRef;
  UserError: ParentUserError;
};

export type SemanticNonNullDirectiveArgs = {
  levels?: ReadonlyArray<Scalars['Int']['input']>;
};

export type SemanticNonNullDirectiveResolver<Result, Parent, ContextType = Context, Args = SemanticNonNullDirectiveArgs> = DirectiveResolverFn<Result, Parent, ContextType, Args>;

export type AccountResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Account'] = ResolversParentTypes['Account']> = {
  balance: Resolver<Maybe<ResolversTypes['Float']>, ParentType, ContextType>;
  currency: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  isHidden: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isManual: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  lastFour: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  subtype: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type: Resolver<ResolversTypes['AccountType'], ParentType, ContextType>;
  updatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AggregateMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AggregateMemberPayload'] = ResolversParentTypes['AggregateMemberPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  wasAlreadyRunning: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
};

export type AggregationThrottledErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AggregationThrottledError'] = ResolversParentTypes['AggregationThrottledError']> = {
  code: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  retryAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  userMessage: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<AggregationThrottledErrorUserMessageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type AnswerChallengesPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AnswerChallengesPayload'] = ResolversParentTypes['AnswerChallengesPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Challenge'] = ResolversParentTypes['Challenge']> = {
  __resolveType: TypeResolveFn<'ImageChallenge' | 'ImageOptionsChallenge' | 'OptionsChallenge' | 'TextChallenge' | 'TokenChallenge', ParentType, ContextType>;
};

export type ChallengeOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChallengeOption'] = ResolversParentTypes['ChallengeOption']> = {
  guid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type CompleteOauthPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CompleteOauthPayload'] = ResolversParentTypes['CompleteOauthPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type ConnectionStatusInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectionStatusInfo'] = ResolversParentTypes['ConnectionStatusInfo']> = {
  actionLabel: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<ConnectionStatusInfoActionLabelArgs>>;
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  code: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  guidance: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<ConnectionStatusInfoLabelArgs>>;
  messageTemplate: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<ConnectionStatusInfoMessageTemplateArgs>>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  status: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
};

export type CreateManualAccountPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateManualAccountPayload'] = ResolversParentTypes['CreateManualAccountPayload']> = {
  account: Resolver<Maybe<ResolversTypes['Account']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateManualMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateManualMemberPayload'] = ResolversParentTypes['CreateManualMemberPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateMemberPayload'] = ResolversParentTypes['CreateMemberPayload']> = {
  failedProducts: Resolver<ReadonlyArray<ResolversTypes['FailedProduct']>, ParentType, ContextType>;
  jobStarted: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateOauthWindowUrlPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateOauthWindowUrlPayload'] = ResolversParentTypes['CreateOauthWindowUrlPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  oauthWindowUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CredentialFieldResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CredentialField'] = ResolversParentTypes['CredentialField']> = {
  displayOrder: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  fieldName: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  type: Resolver<ResolversTypes['CredentialFieldType'], ParentType, ContextType>;
};

export interface DateTimeScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['DateTime'], any> {
  name: 'DateTime';
}

export type DeleteMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['DeleteMemberPayload'] = ResolversParentTypes['DeleteMemberPayload']> = {
  deletedMemberId: Resolver<Maybe<ResolversTypes['ID']>, ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type FailedProductResolvers<ContextType = Context, ParentType extends ResolversParentTypes['FailedProduct'] = ResolversParentTypes['FailedProduct']> = {
  errorCode: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  product: Resolver<Maybe<ResolversTypes['Product']>, ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type ImageChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageChallenge'] = ResolversParentTypes['ImageChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  image: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type ImageChallengeOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageChallengeOption'] = ResolversParentTypes['ImageChallengeOption']> = {
  guid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  image: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ImageOptionsChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageOptionsChallenge'] = ResolversParentTypes['ImageOptionsChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options: Resolver<ReadonlyArray<ResolversTypes['ImageChallengeOption']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstitutionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Institution'] = ResolversParentTypes['Institution']> = {
  canConnect: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  cannotConnectReason: Resolver<Maybe<ResolversTypes['CannotConnectReason']>, ParentType, ContextType>;
  code: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  credentialFields: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialField']>>, ParentType, ContextType>;
  forgotPasswordUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  forgotUsernameUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  instructionalSteps: Resolver<Maybe<ReadonlyArray<ResolversTypes['String']>>, ParentType, ContextType>;
  instructionalText: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isDisabled: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  iso: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  mediumLogoUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  smallLogoUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  status: Resolver<Maybe<ResolversTypes['InstitutionStatus']>, ParentType, ContextType>;
  supportedProducts: Resolver<Maybe<ReadonlyArray<ResolversTypes['Product']>>, ParentType, ContextType>;
  supportsOauth: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  troubleSigningInUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  url: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstitutionConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InstitutionConnection'] = ResolversParentTypes['InstitutionConnection']> = {
  edges: Resolver<ReadonlyArray<ResolversTypes['InstitutionEdge']>, ParentType, ContextType>;
  nodes: Resolver<ReadonlyArray<ResolversTypes['Institution']>, ParentType, ContextType>;
  pageInfo: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type InstitutionEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['InstitutionEdge'] = ResolversParentTypes['InstitutionEdge']> = {
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node: Resolver<ResolversTypes['Institution'], ParentType, ContextType>;
};

export type MemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  accounts: Resolver<Maybe<ReadonlyArray<ResolversTypes['Account']>>, ParentType, ContextType>;
  actionLabel: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<MemberActionLabelArgs>>;
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  aggregatableAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  aggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  backgroundAggregation: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  challenges: Resolver<Maybe<ReadonlyArray<ResolversTypes['Challenge']>>, ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  connectionStatusCode: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  credentialFields: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialField']>>, ParentType, ContextType>;
  error: Resolver<Maybe<ResolversTypes['MemberError']>, ParentType, ContextType>;
  freshUntil: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  freshness: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  institution: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isInProgress: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isManual: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOauth: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<MemberLabelArgs>>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  oauthWindowUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  observedAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  progress: Resolver<Maybe<ResolversTypes['MemberProgress']>, ParentType, ContextType>;
  providerMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rawConnectionStatus: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  retryAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  staleSince: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  statusHistory: Resolver<Maybe<ResolversTypes['StatusPeriodConnection']>, ParentType, ContextType, Partial<MemberStatusHistoryArgs>>;
  statusInfo: Resolver<ResolversTypes['ConnectionStatusInfo'], ParentType, ContextType>;
  successfullyAggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<MemberUserMessageArgs>>;
  userMessageSource: Resolver<ResolversTypes['UserMessageSource'], ParentType, ContextType>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberError'] = ResolversParentTypes['MemberError']> = {
  code: Resolver<ResolversTypes['MemberErrorCode'], ParentType, ContextType>;
  errorCode: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  kind: Resolver<ResolversTypes['MemberErrorKind'], ParentType, ContextType>;
  locale: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  providerMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<MemberErrorUserMessageArgs>>;
};

export type MemberExistsErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberExistsError'] = ResolversParentTypes['MemberExistsError']> = {
  code: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  existingMember: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  existingMemberGuid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  userMessage: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<MemberExistsErrorUserMessageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberProgressResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberProgress'] = ResolversParentTypes['MemberProgress']> = {
  hasAccounts: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  hasTransactions: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  isAuthenticated: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
};

export type MemberStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberStatusChange'] = ResolversParentTypes['MemberStatusChange']> = {
  cause: Resolver<ResolversTypes['StatusChangeCause'], ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  freshness: Resolver<Maybe<ResolversTypes['Freshness']>, ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isDeleted: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isInProgress: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReset: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isSnapshotEnd: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  kind: Resolver<ResolversTypes['StatusChangeKind'], ParentType, ContextType>;
  kinds: Resolver<ReadonlyArray<ResolversTypes['StatusChangeKind']>, ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  memberGuid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  observedAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  transactionsCreated: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  transactionsUpdated: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  aggregateMember?: Resolver<Maybe<ResolversTypes['AggregateMemberPayload']>, ParentType, ContextType, RequireFields<MutationAggregateMemberArgs, 'input'>>;
  answerChallenges?: Resolver<Maybe<ResolversTypes['AnswerChallengesPayload']>, ParentType, ContextType, RequireFields<MutationAnswerChallengesArgs, 'input'>>;
  completeOauth?: Resolver<Maybe<ResolversTypes['CompleteOauthPayload']>, ParentType, ContextType, RequireFields<MutationCompleteOauthArgs, 'input'>>;
  createManualAccount?: Resolver<Maybe<ResolversTypes['CreateManualAccountPayload']>, ParentType, ContextType, RequireFields<MutationCreateManualAccountArgs, 'input'>>;
  createManualMember?: Resolver<Maybe<ResolversTypes['CreateManualMemberPayload']>, ParentType, ContextType, RequireFields<MutationCreateManualMemberArgs, 'input'>>;
  createMember?: Resolver<Maybe<ResolversTypes['CreateMemberPayload']>, ParentType, ContextType, RequireFields<MutationCreateMemberArgs, 'input'>>;
  createOauthWindowUrl?: Resolver<Maybe<ResolversTypes['CreateOauthWindowUrlPayload']>, ParentType, ContextType, RequireFields<MutationCreateOauthWindowUrlArgs, 'input'>>;
  deleteMember?: Resolver<Maybe<ResolversTypes['DeleteMemberPayload']>, ParentType, ContextType, RequireFields<MutationDeleteMemberArgs, 'input'>>;
  updateMemberCredentials?: Resolver<Maybe<ResolversTypes['UpdateMemberCredentialsPayload']>, ParentType, ContextType, RequireFields<MutationUpdateMemberCredentialsArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Account' | 'Institution' | 'Member' | 'User', ParentType, ContextType>;
};

export type OptionsChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OptionsChallenge'] = ResolversParentTypes['OptionsChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options: Resolver<ReadonlyArray<ResolversTypes['ChallengeOption']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type PageInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PageInfo'] = ResolversParentTypes['PageInfo']> = {
  endCursor: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  hasNextPage: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  hasPreviousPage: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  startCursor: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type PlainUserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['PlainUserError'] = ResolversParentTypes['PlainUserError']> = {
  code: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  userMessage: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<PlainUserErrorUserMessageArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  connectionStatuses?: Resolver<ReadonlyArray<ResolversTypes['ConnectionStatusInfo']>, ParentType, ContextType>;
  favoriteInstitutions?: Resolver<Maybe<ReadonlyArray<ResolversTypes['Institution']>>, ParentType, ContextType, RequireFields<QueryFavoriteInstitutionsArgs, 'first'>>;
  institution?: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType, RequireFields<QueryInstitutionArgs, 'code'>>;
  institutions?: Resolver<Maybe<ResolversTypes['InstitutionConnection']>, ParentType, ContextType, RequireFields<QueryInstitutionsArgs, 'first' | 'search'>>;
  locales?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<QueryMemberArgs, 'by'>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'guid'>>;
  viewer?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType>;
};

export type StatusPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatusPeriod'] = ResolversParentTypes['StatusPeriod']> = {
  cause: Resolver<ResolversTypes['StatusChangeCause'], ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  durationSeconds: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  label: Resolver<ResolversTypes['String'], ParentType, ContextType, Partial<StatusPeriodLabelArgs>>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  rawConnectionStatus: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  since: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  until: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type StatusPeriodConnectionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatusPeriodConnection'] = ResolversParentTypes['StatusPeriodConnection']> = {
  edges: Resolver<ReadonlyArray<ResolversTypes['StatusPeriodEdge']>, ParentType, ContextType>;
  nodes: Resolver<ReadonlyArray<ResolversTypes['StatusPeriod']>, ParentType, ContextType>;
  pageInfo: Resolver<ResolversTypes['PageInfo'], ParentType, ContextType>;
  totalCount: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
};

export type StatusPeriodEdgeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatusPeriodEdge'] = ResolversParentTypes['StatusPeriodEdge']> = {
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  node: Resolver<ResolversTypes['StatusPeriod'], ParentType, ContextType>;
};

export type SubscriptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Subscription'] = ResolversParentTypes['Subscription']> = {
  memberStatusChanged?: SubscriptionResolver<ResolversTypes['MemberStatusChange'], "memberStatusChanged", ParentType, ContextType, Partial<SubscriptionMemberStatusChangedArgs>>;
};

export type TextChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TextChallenge'] = ResolversParentTypes['TextChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokenChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenChallenge'] = ResolversParentTypes['TokenChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  token: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export interface UrlScalarConfig extends GraphQLScalarTypeConfig<ResolversTypes['URL'], any> {
  name: 'URL';
}

export type UpdateMemberCredentialsPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UpdateMemberCredentialsPayload'] = ResolversParentTypes['UpdateMemberCredentialsPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  canConnectMore: Resolver<Maybe<ResolversTypes['Boolean']>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<UserMemberArgs, 'guid'>>;
  members: Resolver<Maybe<ReadonlyArray<ResolversTypes['Member']>>, ParentType, ContextType, Partial<UserMembersArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  __resolveType: TypeResolveFn<'AggregationThrottledError' | 'MemberExistsError' | 'PlainUserError', ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Account: AccountResolvers<ContextType>;
  AggregateMemberPayload: AggregateMemberPayloadResolvers<ContextType>;
  AggregationThrottledError: AggregationThrottledErrorResolvers<ContextType>;
  AnswerChallengesPayload: AnswerChallengesPayloadResolvers<ContextType>;
  Challenge: ChallengeResolvers<ContextType>;
  ChallengeOption: ChallengeOptionResolvers<ContextType>;
  CompleteOauthPayload: CompleteOauthPayloadResolvers<ContextType>;
  ConnectionStatusInfo: ConnectionStatusInfoResolvers<ContextType>;
  CreateManualAccountPayload: CreateManualAccountPayloadResolvers<ContextType>;
  CreateManualMemberPayload: CreateManualMemberPayloadResolvers<ContextType>;
  CreateMemberPayload: CreateMemberPayloadResolvers<ContextType>;
  CreateOauthWindowUrlPayload: CreateOauthWindowUrlPayloadResolvers<ContextType>;
  CredentialField: CredentialFieldResolvers<ContextType>;
  DateTime: GraphQLScalarType;
  DeleteMemberPayload: DeleteMemberPayloadResolvers<ContextType>;
  FailedProduct: FailedProductResolvers<ContextType>;
  ImageChallenge: ImageChallengeResolvers<ContextType>;
  ImageChallengeOption: ImageChallengeOptionResolvers<ContextType>;
  ImageOptionsChallenge: ImageOptionsChallengeResolvers<ContextType>;
  Institution: InstitutionResolvers<ContextType>;
  InstitutionConnection: InstitutionConnectionResolvers<ContextType>;
  InstitutionEdge: InstitutionEdgeResolvers<ContextType>;
  Member: MemberResolvers<ContextType>;
  MemberError: MemberErrorResolvers<ContextType>;
  MemberExistsError: MemberExistsErrorResolvers<ContextType>;
  MemberProgress: MemberProgressResolvers<ContextType>;
  MemberStatusChange: MemberStatusChangeResolvers<ContextType>;
  Mutation: MutationResolvers<ContextType>;
  Node: NodeResolvers<ContextType>;
  OptionsChallenge: OptionsChallengeResolvers<ContextType>;
  PageInfo: PageInfoResolvers<ContextType>;
  PlainUserError: PlainUserErrorResolvers<ContextType>;
  Query: QueryResolvers<ContextType>;
  StatusPeriod: StatusPeriodResolvers<ContextType>;
  StatusPeriodConnection: StatusPeriodConnectionResolvers<ContextType>;
  StatusPeriodEdge: StatusPeriodEdgeResolvers<ContextType>;
  Subscription: SubscriptionResolvers<ContextType>;
  TextChallenge: TextChallengeResolvers<ContextType>;
  TokenChallenge: TokenChallengeResolvers<ContextType>;
  URL: GraphQLScalarType;
  UpdateMemberCredentialsPayload: UpdateMemberCredentialsPayloadResolvers<ContextType>;
  User: UserResolvers<ContextType>;
  UserError: UserErrorResolvers<ContextType>;
};

export type DirectiveResolvers<ContextType = Context> = {
  semanticNonNull: SemanticNonNullDirectiveResolver<any, any, ContextType>;
};
