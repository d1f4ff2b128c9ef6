// Generated from schema/ by `npm run generate`: never edited.
import type { GraphQLResolveInfo, GraphQLScalarType, GraphQLScalarTypeConfig } from 'graphql';
import type { UserRef } from '../loaders.js';
import type { ObservedMember } from '../reads.js';
import type { MxInstitution, MxChallenge, MxChallengeOption, MxCredential } from '../mx/types.js';
import type { ConnectionStatusRow } from '../status/status.js';
import type { NodeObject } from '../graphql/resolvers/node.js';
import type { Context } from '../context.js';
export type Maybe<T> = T | null;
export type InputMaybe<T> = Maybe<T>;
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
  URL: { input: string; output: string; }
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

/** A question that the institution puts to the end user before it lets the connection go on. */
export type Challenge = {
  /** Names the challenge in the answer; a new question has a new guid. */
  readonly guid: Scalars['String']['output'];
  /** The question to show. */
  readonly label?: Maybe<Scalars['String']['output']>;
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
  /** A status that MX has added and this table does not list yet. The word MX sent is in `rawConnectionStatus`, MX's own sentence is the user message. */
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
export type MemberUserMessageArgs = {
  locale?: InputMaybe<Scalars['String']['input']>;
};

/** An object that can be read again by its identifier. */
export type Node = {
  /** An opaque identifier, unique among all objects of this API. */
  readonly id: Scalars['ID']['output'];
};

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
  Boolean: ResolverTypeWrapper<Scalars['Boolean']['output']>;
  Challenge: ResolverTypeWrapper<MxChallenge>;
  ChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  ConnectionPhase: ConnectionPhase;
  ConnectionStatus: ConnectionStatus;
  ConnectionStatusInfo: ResolverTypeWrapper<ConnectionStatusRow>;
  CredentialField: ResolverTypeWrapper<MxCredential>;
  CredentialFieldType: CredentialFieldType;
  DateTime: ResolverTypeWrapper<Scalars['DateTime']['output']>;
  ID: ResolverTypeWrapper<Scalars['ID']['output']>;
  ImageChallenge: ResolverTypeWrapper<MxChallenge>;
  ImageChallengeOption: ResolverTypeWrapper<MxChallengeOption>;
  ImageOptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  Institution: ResolverTypeWrapper<MxInstitution>;
  Int: ResolverTypeWrapper<Scalars['Int']['output']>;
  Member: ResolverTypeWrapper<ObservedMember>;
  Node: ResolverTypeWrapper<NodeObject>;
  OptionsChallenge: ResolverTypeWrapper<MxChallenge>;
  Party: Party;
  Query: ResolverTypeWrapper<Record<PropertyKey, never>>;
  RequiredAction: RequiredAction;
  String: ResolverTypeWrapper<Scalars['String']['output']>;
  TextChallenge: ResolverTypeWrapper<MxChallenge>;
  TokenChallenge: ResolverTypeWrapper<MxChallenge>;
  URL: ResolverTypeWrapper<Scalars['URL']['output']>;
  User: ResolverTypeWrapper<UserRef>;
};

/** Mapping between all available schema types and the resolvers parents */
export type ResolversParentTypes = {
  Boolean: Scalars['Boolean']['output'];
  Challenge: MxChallenge;
  ChallengeOption: MxChallengeOption;
  ConnectionStatusInfo: ConnectionStatusRow;
  CredentialField: MxCredential;
  DateTime: Scalars['DateTime']['output'];
  ID: Scalars['ID']['output'];
  ImageChallenge: MxChallenge;
  ImageChallengeOption: MxChallengeOption;
  ImageOptionsChallenge: MxChallenge;
  Institution: MxInstitution;
  Int: Scalars['Int']['output'];
  Member: ObservedMember;
  Node: NodeObject;
  OptionsChallenge: MxChallenge;
  Query: Record<PropertyKey, never>;
  String: Scalars['String']['output'];
  TextChallenge: MxChallenge;
  TokenChallenge: MxChallenge;
  URL: Scalars['URL']['output'];
  User: UserRef;
};

export type ChallengeResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Challenge'] = ResolversParentTypes['Challenge']> = {
  __resolveType: TypeResolveFn<'ImageChallenge' | 'ImageOptionsChallenge' | 'OptionsChallenge' | 'TextChallenge' | 'TokenChallenge', ParentType, ContextType>;
};

export type ChallengeOptionResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ChallengeOption'] = ResolversParentTypes['ChallengeOption']> = {
  guid: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  label: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  value: Resolver<ResolversTypes['String'], ParentType, ContextType>;
};

export type ConnectionStatusInfoResolvers<ContextType = Context, ParentType extends ResolversParentTypes['ConnectionStatusInfo'] = ResolversParentTypes['ConnectionStatusInfo']> = {
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  code: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  description: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  guidance: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  messageTemplate: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  status: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
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

export type MemberResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Member'] = ResolversParentTypes['Member']> = {
  actionSteps: Resolver<ReadonlyArray<ResolversTypes['ActionStep']>, ParentType, ContextType>;
  aggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  challenges: Resolver<Maybe<ReadonlyArray<ResolversTypes['Challenge']>>, ParentType, ContextType>;
  connectionStatus: Resolver<Maybe<ResolversTypes['ConnectionStatus']>, ParentType, ContextType>;
  connectionStatusCode: Resolver<Maybe<ResolversTypes['Int']>, ParentType, ContextType>;
  credentialFields: Resolver<Maybe<ReadonlyArray<ResolversTypes['CredentialField']>>, ParentType, ContextType>;
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  institution: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType>;
  isBeingAggregated: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isManual: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isOauth: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  isTerminal: Resolver<ResolversTypes['Boolean'], ParentType, ContextType>;
  name: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  oauthWindowUrl: Resolver<Maybe<ResolversTypes['URL']>, ParentType, ContextType>;
  observedAt: Resolver<ResolversTypes['DateTime'], ParentType, ContextType>;
  phase: Resolver<ResolversTypes['ConnectionPhase'], ParentType, ContextType>;
  providerMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  rawConnectionStatus: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType>;
  requiredAction: Resolver<ResolversTypes['RequiredAction'], ParentType, ContextType>;
  statusInfo: Resolver<ResolversTypes['ConnectionStatusInfo'], ParentType, ContextType>;
  successfullyAggregatedAt: Resolver<Maybe<ResolversTypes['DateTime']>, ParentType, ContextType>;
  user: Resolver<ResolversTypes['User'], ParentType, ContextType>;
  userMessage: Resolver<Maybe<ResolversTypes['String']>, ParentType, ContextType, Partial<MemberUserMessageArgs>>;
  waitingOn: Resolver<ResolversTypes['Party'], ParentType, ContextType>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
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

export type QueryResolvers<ContextType = Context, ParentType extends ResolversParentTypes['Query'] = ResolversParentTypes['Query']> = {
  connectionStatuses?: Resolver<ReadonlyArray<ResolversTypes['ConnectionStatusInfo']>, ParentType, ContextType>;
  institution?: Resolver<Maybe<ResolversTypes['Institution']>, ParentType, ContextType, RequireFields<QueryInstitutionArgs, 'code'>>;
  member?: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, Partial<QueryMemberArgs>>;
  node?: Resolver<Maybe<ResolversTypes['Node']>, ParentType, ContextType, RequireFields<QueryNodeArgs, 'id'>>;
  user?: Resolver<Maybe<ResolversTypes['User']>, ParentType, ContextType, RequireFields<QueryUserArgs, 'guid'>>;
  viewer?: Resolver<ResolversTypes['User'], ParentType, ContextType>;
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

export type UserResolvers<ContextType = Context, ParentType extends ResolversParentTypes['User'] = ResolversParentTypes['User']> = {
  guid: Resolver<ResolversTypes['String'], ParentType, ContextType>;
  id: Resolver<ResolversTypes['ID'], ParentType, ContextType>;
  member: Resolver<Maybe<ResolversTypes['Member']>, ParentType, ContextType, RequireFields<UserMemberArgs, 'guid'>>;
  members: Resolver<ReadonlyArray<ResolversTypes['Member']>, ParentType, ContextType, Partial<UserMembersArgs>>;
  __isTypeOf?: IsTypeOfResolverFn<ParentType, ContextType>;
};

export type Resolvers<ContextType = Context> = {
  Challenge: ChallengeResolvers<ContextType>;
  ChallengeOption: ChallengeOptionResolvers<ContextType>;
  ConnectionStatusInfo: ConnectionStatusInfoResolvers<ContextType>;
  CredentialField: CredentialFieldResolvers<ContextType>;
  DateTime: GraphQLScalarType;
  ImageChallenge: ImageChallengeResolvers<ContextType>;
  ImageChallengeOption: ImageChallengeOptionResolvers<ContextType>;
  ImageOptionsChallenge: ImageOptionsChallengeResolvers<ContextType>;
  Institution: InstitutionResolvers<ContextType>;
  Member: MemberResolvers<ContextType>;
  Node: NodeResolvers<ContextType>;
  OptionsChallenge: OptionsChallengeResolvers<ContextType>;
  Query: QueryResolvers<ContextType>;
  TextChallenge: TextChallengeResolvers<ContextType>;
  TokenChallenge: TokenChallengeResolvers<ContextType>;
  URL: GraphQLScalarType;
  User: UserResolvers<ContextType>;
};

