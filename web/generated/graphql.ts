/* eslint-disable */
/** Internal type. DO NOT USE DIRECTLY. */
type Exact<T extends { [key: string]: unknown }> = { [K in keyof T]: T[K] };
/** Internal type. DO NOT USE DIRECTLY. */
export type Incremental<T> = T | { [P in keyof T]?: P extends ' $fragmentName' | '__typename' ? T[P] : never };
import type { TypedDocumentNode as DocumentNode } from '@graphql-typed-document-node/core';
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

/** Input of `aggregateMember`. */
export type AggregateMemberInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** Input of `answerChallenges`. */
export type AnswerChallengesInput = {
  /** An answer to each of the `challenges`. */
  readonly answers: ReadonlyArray<ChallengeAnswerInput>;
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** The end user's answer to a challenge. */
export type ChallengeAnswerInput = {
  /** The guid of the `Challenge`. */
  readonly guid: string;
  /** The entered answer, or the `value` of the chosen option. Pass it in a variable; it is sent to MX and never stored. */
  readonly value: string;
};

/** Input of `completeOauth`: the parameters of the redirect or window message on return. */
export type CompleteOauthInput = {
  /** The `error_reason` of the return, unchanged. */
  readonly errorReason?: string | null | undefined;
  /** The member for which the OAuth visit was started. It must be the viewer's own. */
  readonly member: MemberBy;
  /** The `member_guid` of the return, which is MX's guid. Names another member if the end user had already connected this institution. */
  readonly returnedMemberGuid?: string | null | undefined;
  /** The `status` of the return. */
  readonly status: OauthReturnStatus;
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

/** Input of `createManualAccount`. */
export type CreateManualAccountInput = {
  /** The current balance in units of `currency`. For debts, the amount owed. Defaults to MX's choice, 0. */
  readonly balance?: number | null | undefined;
  /** ISO 4217 code of the currency: three capital letters. Defaults to MX's choice, USD. */
  readonly currency?: string | null | undefined;
  /** Identifies this request, in 1 to 200 characters. To retry after a lost response, send the same input again: the existing account is returned instead of creating another. */
  readonly idempotencyKey?: string | null | undefined;
  /** The name to show, of 1 to 100 characters. */
  readonly name: string;
  /** The type of the account: any but UNKNOWN. */
  readonly type: AccountType;
};

/** Input of `createMember`. */
export type CreateMemberInput = {
  /** Credentials or OAuth options. */
  readonly access: MemberAccess;
  /** False disables background aggregation, so that the member is only aggregated on request. Defaults to MX's setting. */
  readonly background?: boolean | null | undefined;
  /** Identifies this request, in 1 to 200 characters. To retry after a lost response, send the same value: the existing member is returned instead of creating another. */
  readonly idempotencyKey?: string | null | undefined;
  /** MX's code for the institution. */
  readonly institutionCode: string;
  /** The products to get in the first job. Defaults to those of the server's setting `MX_PRODUCTS` that the institution supports, else to MX's standard aggregation. */
  readonly products?: ReadonlyArray<Product> | null | undefined;
  /** What the data is used for. Defaults to MX's setting. */
  readonly useCases?: ReadonlyArray<UseCase> | null | undefined;
};

/** Input of `createOauthWindowUrl`. */
export type CreateOauthWindowUrlInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
  /** Options for the OAuth visit. */
  readonly oauth?: OauthInput | null | undefined;
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
  readonly guid: string;
  /** The entered value. Pass it in a variable; it is sent to MX and never stored. */
  readonly value: string;
};

/** Input of `deleteMember`. */
export type DeleteMemberInput = {
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** How to get access to the end user's data at the institution. Provide exactly one of the fields. */
export type MemberAccess =
  {   /** A value for each of the institution's `credentialFields`. */
  readonly credentials: ReadonlyArray<CredentialInput>; readonly oauth?: never; }
  |  { readonly credentials?: never;   /** Options for connecting through OAuth. */
  readonly oauth: OauthInput; };

/** Identifies a member. Provide exactly one of the fields. */
export type MemberBy =
  {   /** MX's guid for the member. */
  readonly guid: string; readonly id?: never; }
  |  { readonly guid?: never;   /** The `id` of the member. */
  readonly id: string | number; };

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

/** How the end user reaches the institution's OAuth pages and returns from them. */
export type OauthInput = {
  /** URL to which the end user is redirected on return. Only with APP. */
  readonly clientRedirectUrl?: string | null | undefined;
  /** False prevents institutions from opening their own app. Defaults to MX's setting. */
  readonly enableApp2app?: boolean | null | undefined;
  /** Where the OAuth visit starts. Defaults to BROWSER. */
  readonly referralSource?: OauthReferralSource | null | undefined;
  /** URL scheme by which the app's web view is notified of the return. Only with APP. */
  readonly uiMessageWebviewUrlScheme?: string | null | undefined;
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

/** Input of `updateMemberCredentials`. */
export type UpdateMemberCredentialsInput = {
  /** A value for each of the `credentialFields`. */
  readonly credentials: ReadonlyArray<CredentialInput>;
  /** The member, which must be the viewer's own. */
  readonly member: MemberBy;
};

/** What the data of a member is used for. MX must have enabled use cases for your client. */
export type UseCase =
  /** Payments and transfers. */
  | 'MONEY_MOVEMENT'
  /** Personal financial management. A member without it is not aggregated. */
  | 'PFM';

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

export type ChangesSubscriptionVariables = Exact<{
  locale?: string | null | undefined;
  after?: string | null | undefined;
}>;


export type ChangesSubscription = { readonly memberStatusChanged: { readonly __typename: 'MemberStatusChange', readonly cursor: string, readonly memberGuid: string | null, readonly kind: StatusChangeKind, readonly isDeleted: boolean, readonly isSnapshotEnd: boolean, readonly cause: StatusChangeCause, readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null } };

export type ConnectionCardFragment = { readonly __typename: 'Member', readonly id: string, readonly guid: string, readonly name: string | null, readonly connectionStatus: ConnectionStatus | null, readonly phase: ConnectionPhase, readonly label: string, readonly userMessage: string | null, readonly requiredAction: RequiredAction, readonly actionLabel: string | null, readonly waitingOn: Party, readonly isTerminal: boolean, readonly isBeingAggregated: boolean, readonly observedAt: string, readonly successfullyAggregatedAt: string | null, readonly institution: { readonly __typename: 'Institution', readonly id: string, readonly name: string | null, readonly smallLogoUrl: string | null } | null } & { ' $fragmentName'?: 'ConnectionCardFragment' };

export type ConnectionsQueryVariables = Exact<{
  locale?: string | null | undefined;
}>;


export type ConnectionsQuery = { readonly __typename: 'Query', readonly viewer: { readonly __typename: 'User', readonly id: string, readonly members: ReadonlyArray<(
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    )> | null, readonly needingAttention: ReadonlyArray<{ readonly __typename: 'Member', readonly id: string }> | null } | null };

export type HistoryQueryVariables = Exact<{
  guid: string;
  first: number;
  locale?: string | null | undefined;
}>;


export type HistoryQuery = { readonly __typename: 'Query', readonly member: { readonly __typename: 'Member', readonly id: string, readonly statusHistory: { readonly __typename: 'StatusPeriodConnection', readonly totalCount: number, readonly nodes: ReadonlyArray<{ readonly __typename: 'StatusPeriod', readonly connectionStatus: ConnectionStatus | null, readonly phase: ConnectionPhase, readonly label: string, readonly requiredAction: RequiredAction, readonly isBeingAggregated: boolean, readonly cause: StatusChangeCause, readonly since: string, readonly durationSeconds: number }> } | null } | null };

export type InstitutionsQueryVariables = Exact<{
  search: string;
  after?: string | null | undefined;
}>;


export type InstitutionsQuery = { readonly __typename: 'Query', readonly institutions: { readonly __typename: 'InstitutionConnection', readonly totalCount: number, readonly nodes: ReadonlyArray<(
      { readonly __typename: 'Institution', readonly id: string }
      & { ' $fragmentRefs'?: { 'InstitutionChoiceFragment': InstitutionChoiceFragment } }
    )>, readonly pageInfo: { readonly __typename: 'PageInfo', readonly hasNextPage: boolean, readonly endCursor: string | null } } | null };

export type InstitutionChoiceFragment = { readonly __typename: 'Institution', readonly id: string, readonly code: string, readonly name: string | null, readonly smallLogoUrl: string | null, readonly supportsOauth: boolean, readonly canConnect: boolean | null } & { ' $fragmentName'?: 'InstitutionChoiceFragment' };

export type CredentialFieldsQueryVariables = Exact<{
  code: string;
}>;


export type CredentialFieldsQuery = { readonly __typename: 'Query', readonly institution: { readonly __typename: 'Institution', readonly id: string, readonly credentialFields: ReadonlyArray<(
      { readonly __typename: 'CredentialField' }
      & { ' $fragmentRefs'?: { 'CredentialInputsFragment': CredentialInputsFragment } }
    )> | null } | null };

type UserErrorDetails_AggregationThrottledError_Fragment = { readonly __typename: 'AggregationThrottledError', readonly retryAt: string | null, readonly code: UserErrorCode, readonly userMessage: string } & { ' $fragmentName'?: 'UserErrorDetails_AggregationThrottledError_Fragment' };

type UserErrorDetails_MemberExistsError_Fragment = { readonly __typename: 'MemberExistsError', readonly existingMemberGuid: string | null, readonly code: UserErrorCode, readonly userMessage: string } & { ' $fragmentName'?: 'UserErrorDetails_MemberExistsError_Fragment' };

type UserErrorDetails_PlainUserError_Fragment = { readonly __typename: 'PlainUserError', readonly code: UserErrorCode, readonly userMessage: string } & { ' $fragmentName'?: 'UserErrorDetails_PlainUserError_Fragment' };

export type UserErrorDetailsFragment =
  | UserErrorDetails_AggregationThrottledError_Fragment
  | UserErrorDetails_MemberExistsError_Fragment
  | UserErrorDetails_PlainUserError_Fragment
;

export type CreateMemberMutationVariables = Exact<{
  input: CreateMemberInput;
  locale?: string | null | undefined;
}>;


export type CreateMemberMutation = { readonly __typename: 'Mutation', readonly createMember: { readonly __typename: 'CreateMemberPayload', readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type CreateManualAccountMutationVariables = Exact<{
  input: CreateManualAccountInput;
  locale?: string | null | undefined;
}>;


export type CreateManualAccountMutation = { readonly __typename: 'Mutation', readonly createManualAccount: { readonly __typename: 'CreateManualAccountPayload', readonly account: { readonly __typename: 'Account', readonly id: string, readonly member: (
        { readonly __typename: 'Member', readonly id: string }
        & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
      ) | null } | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type UpdateMemberCredentialsMutationVariables = Exact<{
  input: UpdateMemberCredentialsInput;
  locale?: string | null | undefined;
}>;


export type UpdateMemberCredentialsMutation = { readonly __typename: 'Mutation', readonly updateMemberCredentials: { readonly __typename: 'UpdateMemberCredentialsPayload', readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type AnswerChallengesMutationVariables = Exact<{
  input: AnswerChallengesInput;
  locale?: string | null | undefined;
}>;


export type AnswerChallengesMutation = { readonly __typename: 'Mutation', readonly answerChallenges: { readonly __typename: 'AnswerChallengesPayload', readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type AggregateMemberMutationVariables = Exact<{
  input: AggregateMemberInput;
  locale?: string | null | undefined;
}>;


export type AggregateMemberMutation = { readonly __typename: 'Mutation', readonly aggregateMember: { readonly __typename: 'AggregateMemberPayload', readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type CreateOauthWindowUrlMutationVariables = Exact<{
  input: CreateOauthWindowUrlInput;
  locale?: string | null | undefined;
}>;


export type CreateOauthWindowUrlMutation = { readonly __typename: 'Mutation', readonly createOauthWindowUrl: { readonly __typename: 'CreateOauthWindowUrlPayload', readonly oauthWindowUrl: string | null, readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type CompleteOauthMutationVariables = Exact<{
  input: CompleteOauthInput;
  locale?: string | null | undefined;
}>;


export type CompleteOauthMutation = { readonly __typename: 'Mutation', readonly completeOauth: { readonly __typename: 'CompleteOauthPayload', readonly member: (
      { readonly __typename: 'Member', readonly id: string }
      & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
    ) | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type DeleteMemberMutationVariables = Exact<{
  input: DeleteMemberInput;
  locale?: string | null | undefined;
}>;


export type DeleteMemberMutation = { readonly __typename: 'Mutation', readonly deleteMember: { readonly __typename: 'DeleteMemberPayload', readonly deletedMemberId: string | null, readonly userErrors: ReadonlyArray<
      | (
        { readonly __typename: 'AggregationThrottledError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_AggregationThrottledError_Fragment': UserErrorDetails_AggregationThrottledError_Fragment } }
      )
      | (
        { readonly __typename: 'MemberExistsError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_MemberExistsError_Fragment': UserErrorDetails_MemberExistsError_Fragment } }
      )
      | (
        { readonly __typename: 'PlainUserError' }
        & { ' $fragmentRefs'?: { 'UserErrorDetails_PlainUserError_Fragment': UserErrorDetails_PlainUserError_Fragment } }
      )
    > } | null };

export type NextStepQueryVariables = Exact<{
  guid: string;
  locale?: string | null | undefined;
}>;


export type NextStepQuery = { readonly __typename: 'Query', readonly member: (
    { readonly __typename: 'Member', readonly id: string, readonly aggregatableAt: string | null, readonly error: { readonly __typename: 'MemberError', readonly code: MemberErrorCode, readonly userMessage: string | null, readonly providerMessage: string | null, readonly locale: string | null } | null, readonly institution: { readonly __typename: 'Institution', readonly id: string, readonly code: string, readonly name: string | null, readonly url: string | null, readonly forgotPasswordUrl: string | null, readonly troubleSigningInUrl: string | null } | null, readonly credentialFields: ReadonlyArray<(
      { readonly __typename: 'CredentialField' }
      & { ' $fragmentRefs'?: { 'CredentialInputsFragment': CredentialInputsFragment } }
    )> | null, readonly challenges: ReadonlyArray<
      | (
        { readonly __typename: 'ImageChallenge' }
        & { ' $fragmentRefs'?: { 'ChallengeQuestion_ImageChallenge_Fragment': ChallengeQuestion_ImageChallenge_Fragment } }
      )
      | (
        { readonly __typename: 'ImageOptionsChallenge' }
        & { ' $fragmentRefs'?: { 'ChallengeQuestion_ImageOptionsChallenge_Fragment': ChallengeQuestion_ImageOptionsChallenge_Fragment } }
      )
      | (
        { readonly __typename: 'OptionsChallenge' }
        & { ' $fragmentRefs'?: { 'ChallengeQuestion_OptionsChallenge_Fragment': ChallengeQuestion_OptionsChallenge_Fragment } }
      )
      | (
        { readonly __typename: 'TextChallenge' }
        & { ' $fragmentRefs'?: { 'ChallengeQuestion_TextChallenge_Fragment': ChallengeQuestion_TextChallenge_Fragment } }
      )
      | (
        { readonly __typename: 'TokenChallenge' }
        & { ' $fragmentRefs'?: { 'ChallengeQuestion_TokenChallenge_Fragment': ChallengeQuestion_TokenChallenge_Fragment } }
      )
    > | null }
    & { ' $fragmentRefs'?: { 'ConnectionCardFragment': ConnectionCardFragment } }
  ) | null };

export type CredentialInputsFragment = { readonly __typename: 'CredentialField', readonly guid: string, readonly label: string | null, readonly type: CredentialFieldType } & { ' $fragmentName'?: 'CredentialInputsFragment' };

type ChallengeQuestion_ImageChallenge_Fragment = { readonly __typename: 'ImageChallenge', readonly image: string | null, readonly guid: string, readonly label: string | null } & { ' $fragmentName'?: 'ChallengeQuestion_ImageChallenge_Fragment' };

type ChallengeQuestion_ImageOptionsChallenge_Fragment = { readonly __typename: 'ImageOptionsChallenge', readonly guid: string, readonly label: string | null, readonly pictures: ReadonlyArray<{ readonly __typename: 'ImageChallengeOption', readonly label: string | null, readonly value: string, readonly image: string | null }> } & { ' $fragmentName'?: 'ChallengeQuestion_ImageOptionsChallenge_Fragment' };

type ChallengeQuestion_OptionsChallenge_Fragment = { readonly __typename: 'OptionsChallenge', readonly guid: string, readonly label: string | null, readonly options: ReadonlyArray<{ readonly __typename: 'ChallengeOption', readonly label: string | null, readonly value: string }> } & { ' $fragmentName'?: 'ChallengeQuestion_OptionsChallenge_Fragment' };

type ChallengeQuestion_TextChallenge_Fragment = { readonly __typename: 'TextChallenge', readonly guid: string, readonly label: string | null } & { ' $fragmentName'?: 'ChallengeQuestion_TextChallenge_Fragment' };

type ChallengeQuestion_TokenChallenge_Fragment = { readonly __typename: 'TokenChallenge', readonly token: string | null, readonly guid: string, readonly label: string | null } & { ' $fragmentName'?: 'ChallengeQuestion_TokenChallenge_Fragment' };

export type ChallengeQuestionFragment =
  | ChallengeQuestion_ImageChallenge_Fragment
  | ChallengeQuestion_ImageOptionsChallenge_Fragment
  | ChallengeQuestion_OptionsChallenge_Fragment
  | ChallengeQuestion_TextChallenge_Fragment
  | ChallengeQuestion_TokenChallenge_Fragment
;

export type StatusesQueryVariables = Exact<{
  locale?: string | null | undefined;
}>;


export type StatusesQuery = { readonly __typename: 'Query', readonly connectionStatuses: ReadonlyArray<{ readonly __typename: 'ConnectionStatusInfo', readonly status: ConnectionStatus | null, readonly code: number | null, readonly description: string, readonly messageTemplate: string | null, readonly label: string, readonly requiredAction: RequiredAction, readonly actionLabel: string | null, readonly phase: ConnectionPhase, readonly waitingOn: Party, readonly isTerminal: boolean }> };

export const ConnectionCardFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}}]} as unknown as DocumentNode<ConnectionCardFragment, unknown>;
export const InstitutionChoiceFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InstitutionChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Institution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"supportsOauth"}},{"kind":"Field","name":{"kind":"Name","value":"canConnect"}}]}}]} as unknown as DocumentNode<InstitutionChoiceFragment, unknown>;
export const UserErrorDetailsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<UserErrorDetailsFragment, unknown>;
export const CredentialInputsFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CredentialInputs"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CredentialField"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]} as unknown as DocumentNode<CredentialInputsFragment, unknown>;
export const ChallengeQuestionFragmentDoc = {"kind":"Document","definitions":[{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChallengeQuestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Challenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OptionsChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"image"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageOptionsChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"pictures"},"name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"image"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TokenChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]} as unknown as DocumentNode<ChallengeQuestionFragment, unknown>;
export const ChangesDocument = {"__meta__":{"hash":"sha256:4545e2c696b5a2f286e5e6aba266e6346e2df6102dfcce195bd1ec5b7f5b68b5"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"subscription","name":{"kind":"Name","value":"Changes"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"memberStatusChanged"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"cursor"}},{"kind":"Field","name":{"kind":"Name","value":"memberGuid"}},{"kind":"Field","name":{"kind":"Name","value":"kind"}},{"kind":"Field","name":{"kind":"Name","value":"isDeleted"}},{"kind":"Field","name":{"kind":"Name","value":"isSnapshotEnd"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}}]} as unknown as DocumentNode<ChangesSubscription, ChangesSubscriptionVariables>;
export const ConnectionsDocument = {"__meta__":{"hash":"sha256:5ff98058ee711261b400a1a624256bf12ce889cd41e4d2b5f5388b29aa8d32a6"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Connections"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"viewer"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"members"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","alias":{"kind":"Name","value":"needingAttention"},"name":{"kind":"Name","value":"members"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"waitingOn"},"value":{"kind":"ListValue","values":[{"kind":"EnumValue","value":"END_USER"},{"kind":"EnumValue","value":"APPLICATION"}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}}]} as unknown as DocumentNode<ConnectionsQuery, ConnectionsQueryVariables>;
export const HistoryDocument = {"__meta__":{"hash":"sha256:a243028bb1853a16c3504735fe314a12fc76ac707f253e78d4414fea6b7957cc"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"History"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"guid"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"first"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"Int"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"guid"},"value":{"kind":"Variable","name":{"kind":"Name","value":"guid"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"statusHistory"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"Variable","name":{"kind":"Name","value":"first"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"cause"}},{"kind":"Field","name":{"kind":"Name","value":"since"}},{"kind":"Field","name":{"kind":"Name","value":"durationSeconds"}}]}}]}}]}}]}}]} as unknown as DocumentNode<HistoryQuery, HistoryQueryVariables>;
export const InstitutionsDocument = {"__meta__":{"hash":"sha256:d9d1767c0c4e519e81de3c48493e7b955d1c232cf6100c6c6e739515a352e9f1"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Institutions"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"search"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"after"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"institutions"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"search"},"value":{"kind":"Variable","name":{"kind":"Name","value":"search"}}},{"kind":"Argument","name":{"kind":"Name","value":"first"},"value":{"kind":"IntValue","value":"20"}},{"kind":"Argument","name":{"kind":"Name","value":"after"},"value":{"kind":"Variable","name":{"kind":"Name","value":"after"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"totalCount"}},{"kind":"Field","name":{"kind":"Name","value":"nodes"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"InstitutionChoice"}}]}},{"kind":"Field","name":{"kind":"Name","value":"pageInfo"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"hasNextPage"}},{"kind":"Field","name":{"kind":"Name","value":"endCursor"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"InstitutionChoice"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Institution"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}},{"kind":"Field","name":{"kind":"Name","value":"supportsOauth"}},{"kind":"Field","name":{"kind":"Name","value":"canConnect"}}]}}]} as unknown as DocumentNode<InstitutionsQuery, InstitutionsQueryVariables>;
export const CredentialFieldsDocument = {"__meta__":{"hash":"sha256:6115494faa9727fc80231fe74f7ecf7e20afc9ee70fcad9ad2cd2b4b371749e4"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"CredentialFields"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"code"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"code"},"value":{"kind":"Variable","name":{"kind":"Name","value":"code"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"credentialFields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CredentialInputs"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CredentialInputs"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CredentialField"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}}]} as unknown as DocumentNode<CredentialFieldsQuery, CredentialFieldsQueryVariables>;
export const CreateMemberDocument = {"__meta__":{"hash":"sha256:d314449b4b54900170524ac653f78917f57c11e5c937f8138f5687574c7eb781"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateMemberInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CreateMemberMutation, CreateMemberMutationVariables>;
export const CreateManualAccountDocument = {"__meta__":{"hash":"sha256:e95c12397fd2dbdd2cf96edabf2085b4c387ce0123afa7d1dc0b66d9febbc18b"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateManualAccount"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateManualAccountInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createManualAccount"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"account"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CreateManualAccountMutation, CreateManualAccountMutationVariables>;
export const UpdateMemberCredentialsDocument = {"__meta__":{"hash":"sha256:c291ae708328ae98959bd48d955e8d3267e6fd6ac1f6538e7d49f663affe7196"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"UpdateMemberCredentials"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"UpdateMemberCredentialsInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"updateMemberCredentials"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<UpdateMemberCredentialsMutation, UpdateMemberCredentialsMutationVariables>;
export const AnswerChallengesDocument = {"__meta__":{"hash":"sha256:a1219d3ab776578a4884185179ec1ecb0a042958efee7a92985e9d2e0ce9da4e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AnswerChallenges"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AnswerChallengesInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"answerChallenges"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<AnswerChallengesMutation, AnswerChallengesMutationVariables>;
export const AggregateMemberDocument = {"__meta__":{"hash":"sha256:7ffe58f725da4a10a3bb0a9a50f4ccfeef3b8cbd86eb86951ac4cae628ae1c2f"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"AggregateMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"AggregateMemberInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"aggregateMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<AggregateMemberMutation, AggregateMemberMutationVariables>;
export const CreateOauthWindowUrlDocument = {"__meta__":{"hash":"sha256:37fe6ecb05e3eecb06c1f6f8e58fc6af0dd62f35e8428db4d710a2211d0687c0"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CreateOauthWindowUrl"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CreateOauthWindowUrlInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"createOauthWindowUrl"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"oauthWindowUrl"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CreateOauthWindowUrlMutation, CreateOauthWindowUrlMutationVariables>;
export const CompleteOauthDocument = {"__meta__":{"hash":"sha256:98c0799ed22649edb9f3360e79dfe72c283cc21ad84fd69ff123f246a1543ef3"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"CompleteOauth"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"CompleteOauthInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"completeOauth"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}}]}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<CompleteOauthMutation, CompleteOauthMutationVariables>;
export const DeleteMemberDocument = {"__meta__":{"hash":"sha256:60e32173acd01920cfd6a240e851748f9425f328fd249a1ac7149d19099656ed"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"mutation","name":{"kind":"Name","value":"DeleteMember"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"input"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"DeleteMemberInput"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deleteMember"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"input"},"value":{"kind":"Variable","name":{"kind":"Name","value":"input"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"deletedMemberId"}},{"kind":"Field","name":{"kind":"Name","value":"userErrors"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"UserErrorDetails"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"UserErrorDetails"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"UserError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"MemberExistsError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"existingMemberGuid"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"AggregationThrottledError"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"retryAt"}}]}}]}}]} as unknown as DocumentNode<DeleteMemberMutation, DeleteMemberMutationVariables>;
export const NextStepDocument = {"__meta__":{"hash":"sha256:af73b29db7bb7122c6f3d624433bed3de4c130ab499121102eb0f3f880d0d91e"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"NextStep"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"guid"}},"type":{"kind":"NonNullType","type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}},{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"member"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"by"},"value":{"kind":"ObjectValue","fields":[{"kind":"ObjectField","name":{"kind":"Name","value":"guid"},"value":{"kind":"Variable","name":{"kind":"Name","value":"guid"}}}]}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ConnectionCard"}},{"kind":"Field","name":{"kind":"Name","value":"aggregatableAt"}},{"kind":"Field","name":{"kind":"Name","value":"error"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"providerMessage"}},{"kind":"Field","name":{"kind":"Name","value":"locale"}}]}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"url"}},{"kind":"Field","name":{"kind":"Name","value":"forgotPasswordUrl"}},{"kind":"Field","name":{"kind":"Name","value":"troubleSigningInUrl"}}]}},{"kind":"Field","name":{"kind":"Name","value":"credentialFields"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"CredentialInputs"}}]}},{"kind":"Field","name":{"kind":"Name","value":"challenges"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"FragmentSpread","name":{"kind":"Name","value":"ChallengeQuestion"}}]}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ConnectionCard"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Member"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatus"}},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"userMessage"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}},{"kind":"Field","name":{"kind":"Name","value":"isBeingAggregated"}},{"kind":"Field","name":{"kind":"Name","value":"observedAt"}},{"kind":"Field","name":{"kind":"Name","value":"successfullyAggregatedAt"}},{"kind":"Field","name":{"kind":"Name","value":"institution"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"id"}},{"kind":"Field","name":{"kind":"Name","value":"name"}},{"kind":"Field","name":{"kind":"Name","value":"smallLogoUrl"}}]}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"CredentialInputs"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"CredentialField"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"type"}}]}},{"kind":"FragmentDefinition","name":{"kind":"Name","value":"ChallengeQuestion"},"typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"Challenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"guid"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"OptionsChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"image"}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"ImageOptionsChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","alias":{"kind":"Name","value":"pictures"},"name":{"kind":"Name","value":"options"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"label"}},{"kind":"Field","name":{"kind":"Name","value":"value"}},{"kind":"Field","name":{"kind":"Name","value":"image"}}]}}]}},{"kind":"InlineFragment","typeCondition":{"kind":"NamedType","name":{"kind":"Name","value":"TokenChallenge"}},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"token"}}]}}]}}]} as unknown as DocumentNode<NextStepQuery, NextStepQueryVariables>;
export const StatusesDocument = {"__meta__":{"hash":"sha256:c2acb6362f2a326a15e7b6a39cd77d683af4dc95e0faab5f13ec4e82f6bc2d91"},"kind":"Document","definitions":[{"kind":"OperationDefinition","operation":"query","name":{"kind":"Name","value":"Statuses"},"variableDefinitions":[{"kind":"VariableDefinition","variable":{"kind":"Variable","name":{"kind":"Name","value":"locale"}},"type":{"kind":"NamedType","name":{"kind":"Name","value":"String"}}}],"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"connectionStatuses"},"selectionSet":{"kind":"SelectionSet","selections":[{"kind":"Field","name":{"kind":"Name","value":"__typename"}},{"kind":"Field","name":{"kind":"Name","value":"status"}},{"kind":"Field","name":{"kind":"Name","value":"code"}},{"kind":"Field","name":{"kind":"Name","value":"description"}},{"kind":"Field","name":{"kind":"Name","value":"messageTemplate"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"label"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"requiredAction"}},{"kind":"Field","name":{"kind":"Name","value":"actionLabel"},"arguments":[{"kind":"Argument","name":{"kind":"Name","value":"locale"},"value":{"kind":"Variable","name":{"kind":"Name","value":"locale"}}}]},{"kind":"Field","name":{"kind":"Name","value":"phase"}},{"kind":"Field","name":{"kind":"Name","value":"waitingOn"}},{"kind":"Field","name":{"kind":"Name","value":"isTerminal"}}]}}]}}]} as unknown as DocumentNode<StatusesQuery, StatusesQueryVariables>;