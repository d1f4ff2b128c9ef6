// Generated from schema/ by `npm run generate`: never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserRef } from '../graphql/loaders.js';
import type { ObservedMember } from '../status/observed-member.js';
import type { MxInstitution, MxChallenge, MxChallengeOption, MxCredential } from '../mx/types.js';
import type { ConnectionStatusRow } from '../status/status.js';
import type { StatusEvent } from '../live/event-queue.js';
import type { ObservedPeriod } from '../status/history.js';
import type { NodeObject } from '../graphql/node-id.js';
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
  /** An instant, as RFC 3339 text. */
  DateTime: { input: string; output: string | Date; }
  /** An absolute web address. */
  URL: { input: URL; output: string; }
};

/** One step of the way out of a status. */
export type ActionStep =
  /** Start an aggregation. */
  | 'AGGREGATE'
  /** Start an aggregation at a later time. */
  | 'AGGREGATE_LATER'
  /** Have the end user answer the challenges. */
  | 'ANSWER_CHALLENGE'
  /** Show the connection as working. */
  | 'DISPLAY_CONNECTED'
  /** Show `userMessage`. */
  | 'DISPLAY_MESSAGE'
  /** Watch for the next status: subscribe, or read again. */
  | 'POLL'
  /** Send the end user to the institution's own pages. */
  | 'REDIRECT_TO_OAUTH'
  /** Have the end user enter credentials. */
  | 'UPDATE_CREDENTIALS';

/** Input of `aggregateMember`. */
export type AggregateMemberInput = {
  /** The guid of the member. */
  readonly memberGuid: Scalars['String']['input'];
};

/** What came of `aggregateMember`. */
export type AggregateMemberPayload = {
  readonly __typename?: 'AggregateMemberPayload';
  /** The member as it stands now. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when a job runs. */
  readonly userErrors: ReadonlyArray<UserError>;
  /** True when a job was running already, so that none was started. */
  readonly wasAlreadyRunning: Scalars['Boolean']['output'];
};

/** Input of `answerChallenges`. */
export type AnswerChallengesInput = {
  /** An answer to each of the `challenges`. */
  readonly answers: ReadonlyArray<ChallengeAnswerInput>;
  /** The guid of the member. */
  readonly memberGuid: Scalars['String']['input'];
};

/** What came of `answerChallenges`. */
export type AnswerChallengesPayload = {
  readonly __typename?: 'AnswerChallengesPayload';
  /** The member as it stands now. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when the answers went to the institution. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A question that the institution puts to the end user before it lets the connection go on. */
export type Challenge = {
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** One answer of the end user. */
export type ChallengeAnswerInput = {
  /** The guid of the `Challenge`. */
  readonly guid: Scalars['String']['input'];
  /** The answer: words, or the `value` of the option chosen. Send it in a variable; it is kept nowhere. */
  readonly value: Scalars['String']['input'];
};

/** One answer to choose. */
export type ChallengeOption = {
  readonly __typename?: 'ChallengeOption';
  /** Names the option; null where MX gives none. */
  readonly guid?: Maybe<Scalars['String']['output']>;
  /** The words to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** What to send as the answer when this option is chosen. */
  readonly value: Scalars['String']['output'];
};

/** Input of `completeOauth`: what the redirect or the window message said. */
export type CompleteOauthInput = {
  /** The `error_reason` of the return, as it came. */
  readonly errorReason?: InputMaybe<Scalars['String']['input']>;
  /** The guid of the member that was sent on its way. */
  readonly memberGuid: Scalars['String']['input'];
  /** The `member_guid` of the return; another one where the end user had linked the institution before. */
  readonly returnedMemberGuid?: InputMaybe<Scalars['String']['input']>;
  /** The `status` of the return. */
  readonly status: OauthReturnStatus;
};

/** What came of `completeOauth`. */
export type CompleteOauthPayload = {
  readonly __typename?: 'CompleteOauthPayload';
  /** The member to go on with, under the guid that it came back with. */
  readonly member?: Maybe<Member>;
  /** Why the connection was not authorised; its status is then what it was before. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** The kind of place a status is: what a badge shows. */
export type ConnectionPhase =
  /** Somebody on this side must do something. */
  | 'ACTION_REQUIRED'
  /** Works. */
  | 'CONNECTED'
  /** On its way to being connected. */
  | 'CONNECTING'
  /** Over for good. */
  | 'ENDED'
  /** Kept by hand; nothing connects. */
  | 'MANUAL'
  /** Does not work at present, and the end user cannot mend it. */
  | 'UNAVAILABLE'
  /** A status this API does not list yet. */
  | 'UNKNOWN';

/** How a member's connection stands, in MX's words. A member without credentials has none: null. */
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

/** What a status means, whatever the member: one row of the status table. */
export type ConnectionStatusInfo = {
  readonly __typename?: 'ConnectionStatusInfo';
  /** The way out of the status, step by step. */
  readonly actionSteps: ReadonlyArray<ActionStep>;
  /** MX's integer for the status. */
  readonly code?: Maybe<Scalars['Int']['output']>;
  /** What MX says the status means. */
  readonly description: Scalars['String']['output'];
  /** What MX says an application should do; null where there is nothing to do. */
  readonly guidance?: Maybe<Scalars['String']['output']>;
  /** True when nothing more will happen until somebody acts, provided that no job runs. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** The end user's sentence; `[…]` stands for the institution's name. Null where there is nothing to say. */
  readonly messageTemplate?: Maybe<Scalars['String']['output']>;
  /** The kind of place the status is, for a badge. */
  readonly phase: ConnectionPhase;
  /** The one next action while no job runs. */
  readonly requiredAction: RequiredAction;
  /** The status; null for the row of members without credentials. */
  readonly status?: Maybe<ConnectionStatus>;
  /** Who has the ball while no job runs. */
  readonly waitingOn: Party;
};


/** What a status means, whatever the member: one row of the status table. */
export type ConnectionStatusInfoMessageTemplateArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** Input of `createManualMember`. */
export type CreateManualMemberInput = {
  /** Names this attempt. Sent again after a lost answer, it gives the member of the first attempt and makes no second one. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** The code of the institution. */
  readonly institutionCode: Scalars['String']['input'];
  /** The name to show; the institution's where it is left out. */
  readonly name?: InputMaybe<Scalars['String']['input']>;
};

/** What came of `createManualMember`. */
export type CreateManualMemberPayload = {
  readonly __typename?: 'CreateManualMemberPayload';
  /** As it was sent. */
  readonly clientMutationId?: Maybe<Scalars['String']['output']>;
  /** The member. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Input of `createMember`: give either `credentials` or `oauth`. */
export type CreateMemberInput = {
  /** Names this attempt. Sent again after a lost answer, it gives the member of the first attempt and makes no second one. */
  readonly clientMutationId?: InputMaybe<Scalars['String']['input']>;
  /** A value for each of the institution's `credentialFields`. */
  readonly credentials?: InputMaybe<ReadonlyArray<CredentialInput>>;
  /** The code of the institution. */
  readonly institutionCode: Scalars['String']['input'];
  /** Connects through the institution's own pages. */
  readonly oauth?: InputMaybe<OauthInput>;
};

/** What came of `createMember`. */
export type CreateMemberPayload = {
  readonly __typename?: 'CreateMemberPayload';
  /** As it was sent. */
  readonly clientMutationId?: Maybe<Scalars['String']['output']>;
  /** The member; where there was one already, that one. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** Input of `createOauthWindowUrl`. */
export type CreateOauthWindowUrlInput = {
  /** The guid of the member. */
  readonly memberGuid: Scalars['String']['input'];
  /** How the end user goes and comes back. */
  readonly oauth?: InputMaybe<OauthInput>;
};

/** What came of `createOauthWindowUrl`. */
export type CreateOauthWindowUrlPayload = {
  readonly __typename?: 'CreateOauthWindowUrlPayload';
  /** The member as it stands now. */
  readonly member?: Maybe<Member>;
  /** Where to send the end user. */
  readonly oauthWindowUrl?: Maybe<Scalars['URL']['output']>;
  /** What stood in the way; empty when there is an address. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** One thing that the end user enters to connect, such as a user name. */
export type CredentialField = {
  readonly __typename?: 'CredentialField';
  /** Where the field stands among the others, from 1. */
  readonly displayOrder?: Maybe<Scalars['Int']['output']>;
  /** MX's name of the field, such as `LOGIN`. */
  readonly fieldName?: Maybe<Scalars['String']['output']>;
  /** Names the field when its value is sent. */
  readonly guid: Scalars['String']['output'];
  /** The label to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** What kind of thing is entered. */
  readonly type: CredentialFieldType;
};

/** What kind of thing is entered into a credential field. */
export type CredentialFieldType =
  /** A secret: hide what is typed. */
  | 'PASSWORD'
  /** Plain text, such as a user name. */
  | 'TEXT';

/** One value that the end user entered. */
export type CredentialInput = {
  /** The guid of the `CredentialField`. */
  readonly guid: Scalars['String']['input'];
  /** What was entered. Send it in a variable; it is passed on to MX and kept nowhere. */
  readonly value: Scalars['String']['input'];
};

/** Input of `deleteMember`. */
export type DeleteMemberInput = {
  /** The guid of the member. */
  readonly memberGuid: Scalars['String']['input'];
};

/** What came of `deleteMember`. */
export type DeleteMemberPayload = {
  readonly __typename?: 'DeleteMemberPayload';
  /** The `id` of the member that is gone, for a client's cache. */
  readonly deletedMemberId?: Maybe<Scalars['ID']['output']>;
  /** The member where it still stands; null when it is gone. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when it is gone. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** A question about a picture, such as letters to read off. */
export type ImageChallenge = Challenge & {
  readonly __typename?: 'ImageChallenge';
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The picture, as a data URI; null when MX sent none that can be shown. */
  readonly image?: Maybe<Scalars['String']['output']>;
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** One picture to choose. */
export type ImageChallengeOption = {
  readonly __typename?: 'ImageChallengeOption';
  /** Names the option; null where MX gives none. */
  readonly guid?: Maybe<Scalars['String']['output']>;
  /** The picture, as a data URI; null when MX sent none that can be shown. */
  readonly image?: Maybe<Scalars['String']['output']>;
  /** The words to show with the picture. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** What to send as the answer when this option is chosen. */
  readonly value: Scalars['String']['output'];
};

/** A question answered by one of several pictures. */
export type ImageOptionsChallenge = Challenge & {
  readonly __typename?: 'ImageOptionsChallenge';
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The pictures, in the order to show them. */
  readonly options: ReadonlyArray<ImageChallengeOption>;
};

/** A financial institution. */
export type Institution = Node & {
  readonly __typename?: 'Institution';
  /** The code of the institution at MX, such as `mxbank`. */
  readonly code: Scalars['String']['output'];
  /** What the institution asks an end user for, to make a member with credentials. */
  readonly credentialFields?: Maybe<ReadonlyArray<CredentialField>>;
  /** Where an end user goes who has forgotten the password. */
  readonly forgotPasswordUrl?: Maybe<Scalars['URL']['output']>;
  /** Where an end user goes who has forgotten the user name. */
  readonly forgotUsernameUrl?: Maybe<Scalars['URL']['output']>;
  /** An opaque identifier, unique among all objects of this API. */
  readonly id: Scalars['ID']['output'];
  /** A logo of 100 by 100 pixels. */
  readonly mediumLogoUrl?: Maybe<Scalars['URL']['output']>;
  /** The name to show. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** A logo of 50 by 50 pixels. */
  readonly smallLogoUrl?: Maybe<Scalars['URL']['output']>;
  /** True when its members authenticate through the institution's own pages. */
  readonly supportsOauth: Scalars['Boolean']['output'];
  /** Where an end user goes who cannot sign in. */
  readonly troubleSigningInUrl?: Maybe<Scalars['URL']['output']>;
  /** The institution's website. */
  readonly url?: Maybe<Scalars['URL']['output']>;
};

/** A page of institutions. */
export type InstitutionConnection = {
  readonly __typename?: 'InstitutionConnection';
  /** The institutions of the page, each with its cursor. */
  readonly edges: ReadonlyArray<InstitutionEdge>;
  /** The institutions of the page. */
  readonly nodes: ReadonlyArray<Institution>;
  /** Where the page stands. */
  readonly pageInfo: PageInfo;
  /** How many institutions there are on all pages. */
  readonly totalCount: Scalars['Int']['output'];
};

/** An institution's place in a page. */
export type InstitutionEdge = {
  readonly __typename?: 'InstitutionEdge';
  /** Marks the place, for `after`. */
  readonly cursor: Scalars['String']['output'];
  /** The institution. */
  readonly node: Institution;
};

/** A user's link to one financial institution, and how it stands. */
export type Member = Node & {
  readonly __typename?: 'Member';
  /** The way out of the status, step by step. */
  readonly actionSteps: ReadonlyArray<ActionStep>;
  /** When the latest job started. */
  readonly aggregatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** What the end user is asked to answer; null unless `requiredAction` is ANSWER_CHALLENGE. */
  readonly challenges?: Maybe<ReadonlyArray<Challenge>>;
  /** How the connection stands; null for a member without credentials, UNKNOWN for a word that this API does not list yet. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** MX's integer for the status; null where the status is null or UNKNOWN. */
  readonly connectionStatusCode?: Maybe<Scalars['Int']['output']>;
  /** What the end user is asked to enter; null unless `requiredAction` is UPDATE_CREDENTIALS. */
  readonly credentialFields?: Maybe<ReadonlyArray<CredentialField>>;
  /** Why the latest job failed, where MX says so in a way that this API knows. */
  readonly error?: Maybe<MemberError>;
  /** The guid that MX gave the member. */
  readonly guid: Scalars['String']['output'];
  /** An opaque identifier, unique among all objects of this API. */
  readonly id: Scalars['ID']['output'];
  /** The institution that the member links to. */
  readonly institution?: Maybe<Institution>;
  /** True while MX runs a job for the member. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** True for a member that is kept by hand and never aggregates. */
  readonly isManual: Scalars['Boolean']['output'];
  /** True for a member that authenticates through the institution's own pages. */
  readonly isOauth: Scalars['Boolean']['output'];
  /** True when nothing more will happen until somebody acts: stop waiting. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** The member's name, most often that of the institution. */
  readonly name?: Maybe<Scalars['String']['output']>;
  /** When MX will next start a job if asked to; null when it would now, or runs one. */
  readonly nextAttemptAt?: Maybe<Scalars['DateTime']['output']>;
  /** Where the end user authorises the connection, good for one visit; null unless `requiredAction` is COMPLETE_OAUTH. */
  readonly oauthWindowUrl?: Maybe<Scalars['URL']['output']>;
  /** When MX was asked for what is shown here. Older than usual while MX cannot be reached. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The kind of place the status is, for a badge. */
  readonly phase: ConnectionPhase;
  /** MX's own sentence, as it sent it. */
  readonly providerMessage?: Maybe<Scalars['String']['output']>;
  /** The word exactly as MX sent it. */
  readonly rawConnectionStatus?: Maybe<Scalars['String']['output']>;
  /** The one next action. WAIT while a job runs that nobody need help along. */
  readonly requiredAction: RequiredAction;
  /** The states that the member has been in, as far as they were seen, newest first. */
  readonly statusHistory?: Maybe<StatusPeriodConnection>;
  /** What the status means, whatever the member. */
  readonly statusInfo: ConnectionStatusInfo;
  /** When a job last succeeded. */
  readonly successfullyAggregatedAt?: Maybe<Scalars['DateTime']['output']>;
  /** The owner of the member. */
  readonly user: User;
  /** The sentence to show to the end user; null where there is nothing to say. */
  readonly userMessage?: Maybe<Scalars['String']['output']>;
  /** Who has the ball. */
  readonly waitingOn: Party;
};


/** A user's link to one financial institution, and how it stands. */
export type MemberStatusHistoryArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
};


/** A user's link to one financial institution, and how it stands. */
export type MemberUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** MX's own account of why a member's latest job failed. */
export type MemberError = {
  readonly __typename?: 'MemberError';
  /** What went wrong. */
  readonly code: MemberErrorCode;
  /** MX's number for it. */
  readonly errorCode: Scalars['Int']['output'];
  /** The language of the sentence, as a BCP 47 tag. */
  readonly locale?: Maybe<Scalars['String']['output']>;
  /** MX's sentence for the end user. */
  readonly userMessage?: Maybe<Scalars['String']['output']>;
};

/** What can go wrong in a member's job. */
export type MemberErrorCode =
  /** The institution denied access. */
  | 'ACCESS_DENIED'
  /** An answer was wrong. */
  | 'INCORRECT_MFA'
  /** The one-time password was wrong. */
  | 'INCORRECT_OTP'
  /** The institution does not answer. */
  | 'INSTITUTION_DOWN'
  /** The institution is under maintenance. */
  | 'INSTITUTION_MAINTENANCE'
  /** The institution cannot be connected to. */
  | 'INSTITUTION_UNAVAILABLE'
  /** The credentials were wrong. */
  | 'INVALID_CREDENTIALS'
  /** The answer came too late. */
  | 'MFA_TIMEOUT'
  /** There are no accounts. */
  | 'NO_ACCOUNTS'
  /** None of the accounts can be used for what was asked. */
  | 'NO_ELIGIBLE_ACCOUNTS'
  /** The end user must authorise the connection again. */
  | 'REAUTHORIZATION_REQUIRED';

/** A state of a member, or a change of it. */
export type MemberStatusChange = {
  readonly __typename?: 'MemberStatusChange';
  /** What brought the news. */
  readonly cause: StatusChangeCause;
  /** The status after; null also for a member that is gone, or has none. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** Names the place of this event among the viewer's changes; give the last one as `after` to go on from there. */
  readonly cursor: Scalars['String']['output'];
  /** Whether a job runs for the member. A change of this alone is a change too: CONNECTED is only the end when the job is over. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** True when the member is gone. */
  readonly isDeleted: Scalars['Boolean']['output'];
  /** True on the snapshot that follows an `after` which is not known, or not any more: changes may have been missed. */
  readonly isReset: Scalars['Boolean']['output'];
  /** True when nothing more will happen until somebody acts: stop waiting. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** The member as it stands now, which may be further on; null when it is gone. */
  readonly member?: Maybe<Member>;
  /** The guid of the member; null only in the snapshot of a viewer who has no members. */
  readonly memberGuid?: Maybe<Scalars['String']['output']>;
  /** When MX was asked. */
  readonly observedAt: Scalars['DateTime']['output'];
  /** The status before; null also for a member that was not there, or had none. */
  readonly previousStatus?: Maybe<ConnectionStatus>;
};

/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type Mutation = {
  readonly __typename?: 'Mutation';
  /** Starts a job that connects the member and fetches its data. Asked again while one runs, it says so and starts none. */
  readonly aggregateMember?: Maybe<AggregateMemberPayload>;
  /** Answers the challenges of a member, all of them at once. Watch the member for what comes of it. */
  readonly answerChallenges?: Maybe<AnswerChallengesPayload>;
  /** Tells what the end user came back with from the institution's pages, and reads the member afresh. */
  readonly completeOauth?: Maybe<CompleteOauthPayload>;
  /** Makes a member that is kept by hand and never aggregates. */
  readonly createManualMember?: Maybe<CreateManualMemberPayload>;
  /** Connects the viewer to an institution, with credentials or through the institution's own pages. */
  readonly createMember?: Maybe<CreateMemberPayload>;
  /** Makes an address, good for one visit, at which the end user authorises the connection. */
  readonly createOauthWindowUrl?: Maybe<CreateOauthWindowUrlPayload>;
  /** Ends the link to the institution for good. */
  readonly deleteMember?: Maybe<DeleteMemberPayload>;
  /** Gives a member new credentials and lets it try again. */
  readonly updateMemberCredentials?: Maybe<UpdateMemberCredentialsPayload>;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationAggregateMemberArgs = {
  input: AggregateMemberInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationAnswerChallengesArgs = {
  input: AnswerChallengesInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationCompleteOauthArgs = {
  input: CompleteOauthInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationCreateManualMemberArgs = {
  input: CreateManualMemberInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationCreateMemberArgs = {
  input: CreateMemberInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationCreateOauthWindowUrlArgs = {
  input: CreateOauthWindowUrlInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationDeleteMemberArgs = {
  input: DeleteMemberInput;
};


/** What can be done. Each field acts for the viewer alone and says in `userErrors` what stood in the way. */
export type MutationUpdateMemberCredentialsArgs = {
  input: UpdateMemberCredentialsInput;
};

/** An object that can be read again by its identifier. */
export type Node = {
  /** An opaque identifier, unique among all objects of this API. */
  readonly id: Scalars['ID']['output'];
};

/** How the end user goes to the institution's pages and comes back. */
export type OauthInput = {
  /** Where an app wants the end user back; only with APP. */
  readonly clientRedirectUrl?: InputMaybe<Scalars['URL']['input']>;
  /** False keeps institutions that could from opening their own app. */
  readonly enableApp2app?: InputMaybe<Scalars['Boolean']['input']>;
  /** Where the end user comes from; in a browser unless said otherwise. */
  readonly referralSource?: InputMaybe<OauthReferralSource>;
  /** The URL scheme by which a web view hears of the return; only with APP. */
  readonly uiMessageWebviewUrlScheme?: InputMaybe<Scalars['String']['input']>;
};

/** Where an end user comes from on the way to the institution's pages. */
export type OauthReferralSource =
  /** An app: the return is told by a redirect. */
  | 'APP'
  /** A page in a browser: the return is told by a window message. */
  | 'BROWSER';

/** What the institution's pages ended with. */
export type OauthReturnStatus =
  /** The end user did not, or could not. */
  | 'ERROR'
  /** The end user authorised the connection. */
  | 'SUCCESS';

/** A question answered by one of several options. */
export type OptionsChallenge = Challenge & {
  readonly __typename?: 'OptionsChallenge';
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The options, in the order to show them. */
  readonly options: ReadonlyArray<ChallengeOption>;
};

/** Where a page stands among all pages. */
export type PageInfo = {
  readonly __typename?: 'PageInfo';
  /** The cursor of the last row of the page. */
  readonly endCursor?: Maybe<Scalars['String']['output']>;
  /** True when there is a page after this one. */
  readonly hasNextPage: Scalars['Boolean']['output'];
  /** True when there is a page before this one. */
  readonly hasPreviousPage: Scalars['Boolean']['output'];
  /** The cursor of the first row of the page. */
  readonly startCursor?: Maybe<Scalars['String']['output']>;
};

/** Who has the ball. */
export type Party =
  /** The application that uses this API. */
  | 'APPLICATION'
  /** The person whose connection it is. */
  | 'END_USER'
  /** The financial institution. */
  | 'INSTITUTION'
  /** MX. */
  | 'MX'
  /** Nobody: there is nothing to do. */
  | 'NOBODY';

/** What can be read. */
export type Query = {
  readonly __typename?: 'Query';
  /** The whole status table: each status, what it means and what to do, in the order of MX's codes. */
  readonly connectionStatuses: ReadonlyArray<ConnectionStatusInfo>;
  /** One institution by its code. */
  readonly institution?: Maybe<Institution>;
  /** The institutions whose name has the search words in it, for a picker. */
  readonly institutions?: Maybe<InstitutionConnection>;
  /** The languages that sentences for the end user come in, as BCP 47 tags, English first. */
  readonly locales: ReadonlyArray<Scalars['String']['output']>;
  /** One member, named by either its `id` or, for a member of the viewer, its `guid`: give exactly one of the two. */
  readonly member?: Maybe<Member>;
  /** Any object by its `id`. */
  readonly node?: Maybe<Node>;
  /** Any MX user. For holders of the support scope; others can read only themselves. */
  readonly user?: Maybe<User>;
  /** The MX user on whose behalf the request is made. */
  readonly viewer: User;
};


/** What can be read. */
export type QueryInstitutionArgs = {
  code: Scalars['String']['input'];
};


/** What can be read. */
export type QueryInstitutionsArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  first?: InputMaybe<Scalars['Int']['input']>;
  search: Scalars['String']['input'];
};


/** What can be read. */
export type QueryMemberArgs = {
  guid?: InputMaybe<Scalars['String']['input']>;
  id?: InputMaybe<Scalars['ID']['input']>;
};


/** What can be read. */
export type QueryNodeArgs = {
  id: Scalars['ID']['input'];
};


/** What can be read. */
export type QueryUserArgs = {
  guid: Scalars['String']['input'];
};

/** The one next action. */
export type RequiredAction =
  /** Start an aggregation, with the end user present. */
  | 'AGGREGATE'
  /** Put `challenges` to the end user. */
  | 'ANSWER_CHALLENGE'
  /** Send the end user to `oauthWindowUrl`. */
  | 'COMPLETE_OAUTH'
  /** Have the end user contact your support. */
  | 'CONTACT_SUPPORT'
  /** Nothing to do. */
  | 'NONE'
  /** Try again later, by hand; most such trouble passes within a day. */
  | 'RETRY_LATER'
  /** Offer to keep the accounts by hand. */
  | 'TRACK_MANUALLY'
  /** Ask the end user for credentials, from `credentialFields`. */
  | 'UPDATE_CREDENTIALS'
  /** Send the end user to the institution's website. */
  | 'VISIT_INSTITUTION'
  /** Wait: something goes on, or someone else is at work on it. */
  | 'WAIT';

/** What brings the news of a status. */
export type StatusChangeCause =
  /** A mutation of this API changed it. */
  | 'MUTATION'
  /** MX was asked by schedule, or by a query. */
  | 'POLL'
  /** It was so when the subscription began. */
  | 'SNAPSHOT'
  /** MX sent a webhook. */
  | 'WEBHOOK';

/** A time that a member spent in one state, as far as it was seen. */
export type StatusPeriod = {
  readonly __typename?: 'StatusPeriod';
  /** What brought the news; SNAPSHOT for the first that was seen of the member. */
  readonly cause: StatusChangeCause;
  /** The status; null for a member without one. */
  readonly connectionStatus?: Maybe<ConnectionStatus>;
  /** How long it lasted, or has lasted, in seconds. */
  readonly durationSeconds: Scalars['Int']['output'];
  /** Whether a job ran for the member. */
  readonly isBeingAggregated: Scalars['Boolean']['output'];
  /** Whether nothing more was to happen until somebody acted. */
  readonly isTerminal: Scalars['Boolean']['output'];
  /** What kind of place it was. */
  readonly phase: ConnectionPhase;
  /** MX's own word, also where the table does not list it. */
  readonly rawConnectionStatus?: Maybe<Scalars['String']['output']>;
  /** The one thing that was to be done next. */
  readonly requiredAction: RequiredAction;
  /** When it was first seen so. */
  readonly since: Scalars['DateTime']['output'];
  /** When it was first seen otherwise; null for the present state. */
  readonly until?: Maybe<Scalars['DateTime']['output']>;
};

/** A page of the states that a member has been in. */
export type StatusPeriodConnection = {
  readonly __typename?: 'StatusPeriodConnection';
  /** The states of the page, newest first, each with its cursor. */
  readonly edges: ReadonlyArray<StatusPeriodEdge>;
  /** The states of the page, newest first. */
  readonly nodes: ReadonlyArray<StatusPeriod>;
  /** Whether there are more. */
  readonly pageInfo: PageInfo;
  /** How many states are known: of the last 7 days, and of at most 1,000 changes of the user. */
  readonly totalCount: Scalars['Int']['output'];
};

/** A state and its place in the list. */
export type StatusPeriodEdge = {
  readonly __typename?: 'StatusPeriodEdge';
  /** Give it as `after` for what comes after this state in the list, which is older. */
  readonly cursor: Scalars['String']['output'];
  /** The state. */
  readonly node: StatusPeriod;
};

/** What the API tells by itself, over WebSocket (graphql-transport-ws at /graphql) and SSE (/graphql/stream). */
export type Subscription = {
  readonly __typename?: 'Subscription';
  /** How the viewer's members stand now, and then each change, once and in order. Ends by itself only when the one member that it is about has gone. */
  readonly memberStatusChanged: MemberStatusChange;
};


/** What the API tells by itself, over WebSocket (graphql-transport-ws at /graphql) and SSE (/graphql/stream). */
export type SubscriptionMemberStatusChangedArgs = {
  after?: InputMaybe<Scalars['String']['input']>;
  memberGuid?: InputMaybe<Scalars['String']['input']>;
};

/** A question answered in the end user's own words. */
export type TextChallenge = Challenge & {
  readonly __typename?: 'TextChallenge';
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
};

/** A question answered with what a token generator makes of the text shown. */
export type TokenChallenge = Challenge & {
  readonly __typename?: 'TokenChallenge';
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
  /** The text to enter into the token generator. */
  readonly token?: Maybe<Scalars['String']['output']>;
};

/** Input of `updateMemberCredentials`. */
export type UpdateMemberCredentialsInput = {
  /** A value for each of the `credentialFields`. */
  readonly credentials: ReadonlyArray<CredentialInput>;
  /** The guid of the member. */
  readonly memberGuid: Scalars['String']['input'];
};

/** What came of `updateMemberCredentials`. */
export type UpdateMemberCredentialsPayload = {
  readonly __typename?: 'UpdateMemberCredentialsPayload';
  /** The member as it stands now. */
  readonly member?: Maybe<Member>;
  /** What stood in the way; empty when it was done. */
  readonly userErrors: ReadonlyArray<UserError>;
};

/** An end user as MX knows it: the owner of members. */
export type User = Node & {
  readonly __typename?: 'User';
  /** The guid that MX gave the user. */
  readonly guid: Scalars['String']['output'];
  /** An opaque identifier, unique among all objects of this API. */
  readonly id: Scalars['ID']['output'];
  /** One of the user's members. */
  readonly member?: Maybe<Member>;
  /** The user's members, at most 25 at MX. */
  readonly members: ReadonlyArray<Member>;
};


/** An end user as MX knows it: the owner of members. */
export type UserMemberArgs = {
  guid: Scalars['String']['input'];
};


/** An end user as MX knows it: the owner of members. */
export type UserMembersArgs = {
  requiringAction?: InputMaybe<Scalars['Boolean']['input']>;
};

/** Something expected that stood in the way of a mutation. */
export type UserError = {
  readonly __typename?: 'UserError';
  /** What it was, for a program. */
  readonly code: UserErrorCode;
  /** The guid of the member that exists already, with MEMBER_EXISTS where MX or its list names it. */
  readonly existingMemberGuid?: Maybe<Scalars['String']['output']>;
  /** What it was, for a developer; it repeats nothing that was entered. */
  readonly message: Scalars['String']['output'];
  /** The part of the arguments that it is about, such as `input`, `credentials`, `0`, `guid`. */
  readonly path: ReadonlyArray<Scalars['String']['output']>;
  /** When to try again, with AGGREGATION_THROTTLED where it is known. */
  readonly retryAt?: Maybe<Scalars['DateTime']['output']>;
};

/** What can be expected to stand in the way of a mutation. */
export type UserErrorCode =
  /** The last success is so recent that MX starts no new job. */
  | 'AGGREGATION_THROTTLED'
  /** A challenge has no answer. */
  | 'ANSWERS_MISSING'
  /** The member has no challenge to answer, or no longer. */
  | 'CHALLENGE_NOT_PENDING'
  /** An answer is for no challenge of the member, or one challenge has two. */
  | 'CHALLENGE_UNKNOWN'
  /** A value that the institution asks for is missing. */
  | 'CREDENTIALS_MISSING'
  /** A value was sent that the institution does not ask for, or one was sent twice. */
  | 'CREDENTIALS_UNKNOWN'
  /** MX cannot connect to the institution at present, or not for this. */
  | 'INSTITUTION_UNAVAILABLE'
  /** MX starts no job for a member that stands as this one does, such as one kept by hand. */
  | 'JOB_NOT_STARTED'
  /** The user has a member with this institution and these credentials. */
  | 'MEMBER_EXISTS'
  /** The end user left the institution's pages without authorising. */
  | 'OAUTH_CANCELLED'
  /** The institution's pages ended without an authorisation. */
  | 'OAUTH_FAILED'
  /** The institution, or this member, does not authenticate through the institution's own pages. */
  | 'OAUTH_NOT_SUPPORTED'
  /** The institution asks for no credentials, only for a visit to its own pages. */
  | 'OAUTH_REQUIRED'
  /** A job of another kind runs for the member. */
  | 'OTHER_JOB_RUNNING'
  /** The user has as many members as MX allows. */
  | 'TOO_MANY_MEMBERS';



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
  ActionStep: ActionStep;
  AggregateMemberInput: AggregateMemberInput;
  AggregateMemberPayload: ResolverTypeWrapper<Omit<AggregateMemberPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  AnswerChallengesInput: AnswerChallengesInput;
  AnswerChallengesPayload: ResolverTypeWrapper<Omit<AnswerChallengesPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Challenge: ResolverTypeWrapper<MxChallenge>;
  ChallengeAnswerInput: ChallengeAnswerInput;
  ChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  CompleteOauthInput: CompleteOauthInput;
  CompleteOauthPayload: ResolverTypeWrapper<Omit<CompleteOauthPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  ConnectionPhase: ConnectionPhase;
  ConnectionStatus: ConnectionStatus;
  ConnectionStatusInfo: ResolverTypeWrapper<ConnectionStatusRow>;
  CreateManualMemberInput: CreateManualMemberInput;
  CreateManualMemberPayload: ResolverTypeWrapper<Omit<CreateManualMemberPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  CreateMemberInput: CreateMemberInput;
  CreateMemberPayload: ResolverTypeWrapper<Omit<CreateMemberPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  CreateOauthWindowUrlInput: CreateOauthWindowUrlInput;
  CreateOauthWindowUrlPayload: ResolverTypeWrapper<Omit<CreateOauthWindowUrlPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  CredentialField: ResolverTypeWrapper<MxCredential>;
  CredentialFieldType: CredentialFieldType;
  CredentialInput: CredentialInput;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  DeleteMemberInput: DeleteMemberInput;
  DeleteMemberPayload: ResolverTypeWrapper<Omit<DeleteMemberPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageChallenge: ResolverTypeWrapper<MxChallenge>;
  ImageChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  ImageOptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  Institution: ResolverTypeWrapper<MxInstitution>;
  InstitutionConnection: ResolverTypeWrapper<Omit<InstitutionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['InstitutionEdge']>, nodes: ReadonlyArray<ResolversTypes['Institution']> }>;
  InstitutionEdge: ResolverTypeWrapper<Omit<InstitutionEdge, 'node'> & { node: ResolversTypes['Institution'] }>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Member: ResolverTypeWrapper<ObservedMember>;
  MemberError: ResolverTypeWrapper<MemberError>;
  MemberErrorCode: MemberErrorCode;
  MemberStatusChange: ResolverTypeWrapper<StatusEvent>;
  Mutation: ResolverTypeWrapper<Record<PropertyKey, never>>;
  Node: ResolverTypeWrapper<NodeObject>;
  OauthInput: OauthInput;
  OauthReferralSource: OauthReferralSource;
  OauthReturnStatus: OauthReturnStatus;
  OptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  PageInfo: ResolverTypeWrapper<PageInfo>;
  Party: Party;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RequiredAction: RequiredAction;
  StatusChangeCause: StatusChangeCause;
  StatusPeriod: ResolverTypeWrapper<ObservedPeriod>;
  StatusPeriodConnection: ResolverTypeWrapper<Omit<StatusPeriodConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversTypes['StatusPeriodEdge']>, nodes: ReadonlyArray<ResolversTypes['StatusPeriod']> }>;
  StatusPeriodEdge: ResolverTypeWrapper<Omit<StatusPeriodEdge, 'node'> & { node: ResolversTypes['StatusPeriod'] }>;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  Subscription: ResolverTypeWrapper<Record<PropertyKey, never>>;
  TextChallenge: ResolverTypeWrapper<MxChallenge>;
  TokenChallenge: ResolverTypeWrapper<MxChallenge>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  UpdateMemberCredentialsInput: UpdateMemberCredentialsInput;
  UpdateMemberCredentialsPayload: ResolverTypeWrapper<Omit<UpdateMemberCredentialsPayload, 'member'> & { member: Maybe<ResolversTypes['Member']> }>;
  User: ResolverTypeWrapper<UserRef>;
  UserError: ResolverTypeWrapper<UserError>;
  UserErrorCode: UserErrorCode;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  AggregateMemberInput: AggregateMemberInput;
  AggregateMemberPayload: Omit<AggregateMemberPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  AnswerChallengesInput: AnswerChallengesInput;
  AnswerChallengesPayload: Omit<AnswerChallengesPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  Boolean: Scalars['Boolean']['output'];
  Challenge: MxChallenge;
  ChallengeAnswerInput: ChallengeAnswerInput;
  ChallengeOption: MxChallengeOption;
  CompleteOauthInput: CompleteOauthInput;
  CompleteOauthPayload: Omit<CompleteOauthPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  ConnectionStatusInfo: ConnectionStatusRow;
  CreateManualMemberInput: CreateManualMemberInput;
  CreateManualMemberPayload: Omit<CreateManualMemberPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  CreateMemberInput: CreateMemberInput;
  CreateMemberPayload: Omit<CreateMemberPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  CreateOauthWindowUrlInput: CreateOauthWindowUrlInput;
  CreateOauthWindowUrlPayload: Omit<CreateOauthWindowUrlPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  CredentialField: MxCredential;
  CredentialInput: CredentialInput;
  DateTime: Scalars['DateTime']['output'];
  DeleteMemberInput: DeleteMemberInput;
  DeleteMemberPayload: Omit<DeleteMemberPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  ID: Scalars['ID']['output'];
  ImageChallenge: MxChallenge;
  ImageChallengeOption: MxChallengeOption;
  ImageOptionsChallenge: MxChallenge;
  Institution: MxInstitution;
  InstitutionConnection: Omit<InstitutionConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['InstitutionEdge']>, nodes: ReadonlyArray<ResolversParentTypes['Institution']> };
  InstitutionEdge: Omit<InstitutionEdge, 'node'> & { node: ResolversParentTypes['Institution'] };
  Int: Scalars['Int']['output'];
  Member: ObservedMember;
  MemberError: MemberError;
  MemberStatusChange: StatusEvent;
  Mutation: Record<PropertyKey, never>;
  Node: NodeObject;
  OauthInput: OauthInput;
  OptionsChallenge: MxChallenge;
  PageInfo: PageInfo;
  Query: Record<PropertyKey, never>;
  StatusPeriod: ObservedPeriod;
  StatusPeriodConnection: Omit<StatusPeriodConnection, 'edges' | 'nodes'> & { edges: ReadonlyArray<ResolversParentTypes['StatusPeriodEdge']>, nodes: ReadonlyArray<ResolversParentTypes['StatusPeriod']> };
  StatusPeriodEdge: Omit<StatusPeriodEdge, 'node'> & { node: ResolversParentTypes['StatusPeriod'] };
  String: Scalars['String']['output'];
  Subscription: Record<PropertyKey, never>;
  TextChallenge: MxChallenge;
  TokenChallenge: MxChallenge;
  URL: Scalars['URL']['output'];
  UpdateMemberCredentialsInput: UpdateMemberCredentialsInput;
  UpdateMemberCredentialsPayload: Omit<UpdateMemberCredentialsPayload, 'member'> & { member: Maybe<ResolversParentTypes['Member']> };
  User: UserRef;
  UserError: UserError;
};

export type AggregateMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['AggregateMemberPayload'] = ResolversParentTypes['AggregateMemberPayload']> = {
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
  wasAlreadyRunning: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  code: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  guidance: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  messageTemplate: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<ConnectionStatusInfoMessageTemplateArgs>>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  status: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
};

export type CreateManualMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateManualMemberPayload'] = ResolversParentTypes['CreateManualMemberPayload']> = {
  clientMutationId: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  userErrors: Resolver<ReadonlyArray<ResolversTypes['UserError']>, ParentType, ContextType>;
};

export type CreateMemberPayloadResolvers<ContextType = Context, ParentType extends ResolversParentTypes['CreateMemberPayload'] = ResolversParentTypes['CreateMemberPayload']> = {
  clientMutationId: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
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

export type ImageChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ImageChallenge'] = ResolversParentTypes['ImageChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  options: Resolver<ReadonlyArray<ResolversTypes['ImageChallengeOption']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type InstitutionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Institution'] = ResolversParentTypes['Institution']> = {
  code: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  credentialFields: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialField']>>, ParentType, ContextType>;
  forgotPasswordUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  forgotUsernameUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  mediumLogoUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  smallLogoUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
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
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  aggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  challenges: Resolver<Maybe<ReadonlyArray<ResolversTypes['Challenge']>>, ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  connectionStatusCode: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  credentialFields: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialField']>>, ParentType, ContextType>;
  error: Resolver<Maybe<ResolversTypes['MemberError']>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  institution: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isManual: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOauth: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  nextAttemptAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  oauthWindowUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  observedAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  providerMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rawConnectionStatus: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  statusHistory: Resolver<Maybe<ResolversTypes['StatusPeriodConnection']>, ParentType, ContextType, Partial<MemberStatusHistoryArgs>>;
  statusInfo: Resolver<ResolversTypes['ConnectionStatusInfo'], ParentType, ContextType>;
  successfullyAggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<MemberUserMessageArgs>>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type MemberErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberError'] = ResolversParentTypes['MemberError']> = {
  code: Resolver<ResolversTypes['MemberErrorCode'], ParentType, ContextType>;
  errorCode: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  locale: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
};

export type MemberStatusChangeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['MemberStatusChange'] = ResolversParentTypes['MemberStatusChange']> = {
  cause: Resolver<ResolversTypes['StatusChangeCause'], ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  cursor: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isDeleted: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isReset: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType>;
  memberGuid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  observedAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  previousStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
};

export type MutationResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Mutation'] = ResolversParentTypes['Mutation']> = {
  aggregateMember?: Resolver<Maybe<ResolversTypes['AggregateMemberPayload']>, ParentType, ContextType, RequireFields<MutationAggregateMemberArgs, 'input'>>;
  answerChallenges?: Resolver<Maybe<ResolversTypes['AnswerChallengesPayload']>, ParentType, ContextType, RequireFields<MutationAnswerChallengesArgs, 'input'>>;
  completeOauth?: Resolver<Maybe<ResolversTypes['CompleteOauthPayload']>, ParentType, ContextType, RequireFields<MutationCompleteOauthArgs, 'input'>>;
  createManualMember?: Resolver<Maybe<ResolversTypes['CreateManualMemberPayload']>, ParentType, ContextType, RequireFields<MutationCreateManualMemberArgs, 'input'>>;
  createMember?: Resolver<Maybe<ResolversTypes['CreateMemberPayload']>, ParentType, ContextType, RequireFields<MutationCreateMemberArgs, 'input'>>;
  createOauthWindowUrl?: Resolver<Maybe<ResolversTypes['CreateOauthWindowUrlPayload']>, ParentType, ContextType, RequireFields<MutationCreateOauthWindowUrlArgs, 'input'>>;
  deleteMember?: Resolver<Maybe<ResolversTypes['DeleteMemberPayload']>, ParentType, ContextType, RequireFields<MutationDeleteMemberArgs, 'input'>>;
  updateMemberCredentials?: Resolver<Maybe<ResolversTypes['UpdateMemberCredentialsPayload']>, ParentType, ContextType, RequireFields<MutationUpdateMemberCredentialsArgs, 'input'>>;
};

export type NodeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Node'] = ResolversParentTypes['Node']> = {
  __resolveType: TypeResolveFn<'Institution' | 'Member' | 'User', ParentType, ContextType>;
};

export type OptionsChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['OptionsChallenge'] = ResolversParentTypes['OptionsChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  connectionStatuses?: Resolver<ReadonlyArray<ResolversTypes['ConnectionStatusInfo']>, ParentType, ContextType>;
  institution?: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType, RequireFields<QueryInstitutionArgs, 'code'>>;
  institutions?: Resolver<Maybe<ResolversTypes['InstitutionConnection']>, ParentType, ContextType, RequireFields<QueryInstitutionsArgs, 'first' | 'search'>>;
  locales?: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, Partial<QueryMemberArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'guid'>>;
  viewer?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
};

export type StatusPeriodResolvers<ContextType = Context, ParentType extends ResolversParentTypes['StatusPeriod'] = ResolversParentTypes['StatusPeriod']> = {
  cause: Resolver<ResolversTypes['StatusChangeCause'], ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  durationSeconds: Resolver<ResolversTypes['Int'], ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
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
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type TokenChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['TokenChallenge'] = ResolversParentTypes['TokenChallenge']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
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
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<UserMemberArgs, 'guid'>>;
  members: Resolver<ReadonlyArray<ResolversTypes['Member']>, ParentType, ContextType, Partial<UserMembersArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type UserErrorResolvers<ContextType = Context, ParentType extends ResolversParentTypes['UserError'] = ResolversParentTypes['UserError']> = {
  code: Resolver<ResolversTypes['UserErrorCode'], ParentType, ContextType>;
  existingMemberGuid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  message: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  path: Resolver<ReadonlyArray<ResolversTypes['String']>, ParentType, ContextType>;
  retryAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  AggregateMemberPayload: AggregateMemberPayloadResolvers<ContextType>;
  AnswerChallengesPayload: AnswerChallengesPayloadResolvers<ContextType>;
  Challenge: ChallengeResolvers<ContextType>;
  ChallengeOption: ChallengeOptionResolvers<ContextType>;
  CompleteOauthPayload: CompleteOauthPayloadResolvers<ContextType>;
  ConnectionStatusInfo: ConnectionStatusInfoResolvers<ContextType>;
  CreateManualMemberPayload: CreateManualMemberPayloadResolvers<ContextType>;
  CreateMemberPayload: CreateMemberPayloadResolvers<ContextType>;
  CreateOauthWindowUrlPayload: CreateOauthWindowUrlPayloadResolvers<ContextType>;
  CredentialField: CredentialFieldResolvers<ContextType>;
  DateTime: GraphQLScalarType;
  DeleteMemberPayload: DeleteMemberPayloadResolvers<ContextType>;
  ImageChallenge: ImageChallengeResolvers<ContextType>;
  ImageChallengeOption: ImageChallengeOptionResolvers<ContextType>;
  ImageOptionsChallenge: ImageOptionsChallengeResolvers<ContextType>;
  Institution: InstitutionResolvers<ContextType>;
  InstitutionConnection: InstitutionConnectionResolvers<ContextType>;
  InstitutionEdge: InstitutionEdgeResolvers<ContextType>;
  Member: MemberResolvers<ContextType>;
  MemberError: MemberErrorResolvers<ContextType>;
  MemberStatusChange: MemberStatusChangeResolvers<ContextType>;
  Mutation: MutationResolvers<ContextType>;
  Node: NodeResolvers<ContextType>;
  OptionsChallenge: OptionsChallengeResolvers<ContextType>;
  PageInfo: PageInfoResolvers<ContextType>;
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

