import type { Resolvers } from '../../generated/resolvers-types.js';
import { Account } from './account.js';
import {
  Challenge,
  ImageChallenge,
  ImageChallengeOption,
  ImageOptionsChallenge,
  OptionsChallenge,
  TextChallenge,
  TokenChallenge,
} from './challenge.js';
import { ConnectionStatusInfo } from './connection-status-info.js';
import { CredentialField } from './credential-field.js';
import { DateTime } from './date-time.js';
import { Institution } from './institution.js';
import { Member } from './member.js';
import { MemberError } from './member-error.js';
import { Mutation } from './mutation.js';
import { Node } from './node.js';
import { MemberStatusChange } from './member-status-change.js';
import { Query } from './query.js';
import { StatusPeriod } from './status-period.js';
import { Subscription } from './subscription.js';
import { Url } from './url.js';
import { User } from './user.js';
import { AggregationThrottledError, MemberExistsError, PlainUserError, UserError } from './user-error.js';

/** Types whose parent objects have the same field names as the schema, so that no resolver is needed. */
type PlainType = Extract<
  keyof Resolvers,
  | `${string}Payload`
  | `${string}Edge`
  | `${string}Connection`
  | 'ChallengeOption'
  | 'FailedProduct'
  | 'MemberProgress'
  | 'PageInfo'
>;

/** One entry per other type; each file is checked against the schema by its type. */
export const resolvers = {
  Account,
  AggregationThrottledError,
  Challenge,
  ConnectionStatusInfo,
  CredentialField,
  DateTime,
  ImageChallenge,
  ImageChallengeOption,
  ImageOptionsChallenge,
  Institution,
  Member,
  MemberError,
  MemberExistsError,
  MemberStatusChange,
  Mutation,
  Node,
  OptionsChallenge,
  PlainUserError,
  Query,
  StatusPeriod,
  Subscription,
  TextChallenge,
  TokenChallenge,
  URL: Url,
  User,
  UserError,
} satisfies Record<Exclude<keyof Resolvers, PlainType>, object>;
