import { DateTimeResolver as DateTime, URLResolver as URL } from 'graphql-scalars';

import type { Resolvers } from '../../generated/resolvers-types.js';
import {
  Challenge,
  ChallengeOption,
  ImageChallenge,
  ImageChallengeOption,
  ImageOptionsChallenge,
  OptionsChallenge,
  TextChallenge,
  TokenChallenge,
} from './challenge.js';
import { ConnectionStatusInfo } from './connection-status-info.js';
import { CredentialField } from './credential-field.js';
import { Institution } from './institution.js';
import { Member } from './member.js';
import { Mutation } from './mutation.js';
import { Node } from './node.js';
import { Query } from './query.js';
import { User } from './user.js';

/** Types whose objects have the graph's own field names already, so that they resolve by themselves. */
type PlainType = Extract<
  keyof Resolvers,
  `${string}Payload` | `${string}Edge` | `${string}Connection` | 'MemberError' | 'PageInfo' | 'UserError'
>;

/** One entry per other type of the graph; the compiler holds it against the schema. */
export const resolvers: Omit<Resolvers, PlainType> = {
  Challenge,
  ChallengeOption,
  ConnectionStatusInfo,
  CredentialField,
  DateTime,
  ImageChallenge,
  ImageChallengeOption,
  ImageOptionsChallenge,
  Institution,
  Member,
  Mutation,
  Node,
  OptionsChallenge,
  Query,
  TextChallenge,
  TokenChallenge,
  URL,
  User,
};
