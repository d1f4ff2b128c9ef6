import type {
  ChallengeResolvers,
  ImageChallengeOptionResolvers,
  ImageChallengeResolvers,
  TokenChallengeResolvers,
} from '../../generated/resolvers-types.js';
import type { MxChallenge, MxChallengeOption, MxChallengeType } from '../../mx/types.js';
import { toDataUri } from '../picture.js';
import type { Resolved } from './resolved.js';

const TYPE_NAMES = {
  TEXT: 'TextChallenge',
  OPTIONS: 'OptionsChallenge',
  IMAGE_DATA: 'ImageChallenge',
  IMAGE_OPTIONS: 'ImageOptionsChallenge',
  TOKEN: 'TokenChallenge',
} as const satisfies Record<MxChallengeType, string>;

export const Challenge: Pick<ChallengeResolvers, '__resolveType'> = {
  __resolveType: ({ type }) => TYPE_NAMES[type],
};

export const ImageChallenge: Resolved<ImageChallengeResolvers, MxChallenge> = {
  image: (challenge) => toDataUri(challenge.image_data),
};

export const TokenChallenge: Resolved<TokenChallengeResolvers, MxChallenge> = {
  // MX puts the text of the token where other challenges have their question.
  token: ({ label }) => label,
};

export const ImageChallengeOption: Resolved<ImageChallengeOptionResolvers, MxChallengeOption> = {
  image: (option) => toDataUri(option.data_uri),
};
