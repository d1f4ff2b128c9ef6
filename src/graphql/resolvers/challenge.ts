import type {
  ChallengeResolvers,
  ImageChallengeOptionResolvers,
  ImageChallengeResolvers,
  TokenChallengeResolvers,
} from '../../generated/resolvers-types.js';
import type { MxChallenge, MxChallengeOption, MxChallengeType } from '../../mx/types.js';
import type { Resolved } from './resolved.js';

/**
 * Maximum length of a picture. Longer ones are omitted, because every client that selects the challenge would receive
 * them.
 */
const MAX_IMAGE_CHARACTERS = 1_400_000;

/** Prefixes of base64 by image type. */
const IMAGE_TYPES: readonly (readonly [prefix: string, mediaType: string])[] = [
  ['iVBOR', 'image/png'],
  ['/9j/', 'image/jpeg'],
  ['R0lGOD', 'image/gif'],
  ['UklGR', 'image/webp'],
];

/** MX sends plain base64 in some fields and data URIs in others; clients always get a data URI. */
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

export const ImageChallenge: Resolved<ImageChallengeResolvers, MxChallenge> = {
  image: (challenge) => toDataUri(challenge.image_data),
};

export const TokenChallenge: Resolved<TokenChallengeResolvers, MxChallenge> = {
  // MX puts the token where other challenges have their question.
  token: ({ label }) => label,
};

export const ImageChallengeOption: Resolved<ImageChallengeOptionResolvers, MxChallengeOption> = {
  image: (option) => toDataUri(option.data_uri),
};
