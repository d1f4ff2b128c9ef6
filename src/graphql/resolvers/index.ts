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
import { Node } from './node.js';
import { Query } from './query.js';
import { User } from './user.js';

/** One entry per type of the graph; the compiler holds it against the schema. */
export const resolvers: Resolvers = {
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
  Node,
  OptionsChallenge,
  Query,
  TextChallenge,
  TokenChallenge,
  URL,
  User,
};
