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
import type { Resolved } from './resolved.js';

/** A picture beyond this is not passed on: it would weigh on every client that asks for the challenge. */
const MAX_IMAGE_CHARACTERS = 1_400_000;

/** How the base64 text of each kind of picture begins. */
const IMAGE_TYPES: readonly (readonly [prefix: string, mediaType: string])[] = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** MX sends bare base64 in some fields and whole data URIs in others; a client always gets a data URI. */
function toDataUri(image: string | null): string | null {
  if (image === null || image.length > MAX_IMAGE_CHARACTERS) return null;
  if (/^data:image\/[\w.+-]+[;,]/.test(image)) return image;
  if (!/^[\w+/]+={0,2}$/.test(image)) return null;
  const [, mediaType = 'image/png'] = IMAGE_TYPES.find(([prefix]) => image.startsWith(prefix)) ?? [];
  return `data:${mediaType};base64,${image}`;
}

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
