import type {
  ChallengeResolvers,
  ImageChallengeOptionResolvers,
  ImageChallengeResolvers,
  ImageOptionsChallengeResolvers,
  OptionsChallengeResolvers,
  TextChallengeResolvers,
  TokenChallengeResolvers,
} from '../../generated/resolvers-types.js';
import type { MxChallenge, MxChallengeOption, MxChallengeType } from '../../mx/types.js';
import { encodePartId } from '../node-id.js';
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

const id = ({ guid }: MxChallenge): string => encodePartId('Challenge', guid);

export const TextChallenge: Resolved<TextChallengeResolvers, MxChallenge> = { id };

export const OptionsChallenge: Resolved<OptionsChallengeResolvers, MxChallenge> = { id };

export const ImageOptionsChallenge: Resolved<ImageOptionsChallengeResolvers, MxChallenge> = { id };

export const ImageChallenge: Resolved<ImageChallengeResolvers, MxChallenge> = {
  id,
  image: (challenge) => toDataUri(challenge.image_data),
};

export const TokenChallenge: Resolved<TokenChallengeResolvers, MxChallenge> = {
  id,
  // MX puts the text of the token where other challenges have their question.
  token: ({ label }) => label,
};

export const ImageChallengeOption: Resolved<ImageChallengeOptionResolvers, MxChallengeOption> = {
  image: (option) => toDataUri(option.data_uri),
};
