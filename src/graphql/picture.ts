import { ApiError } from '../errors/api-error.js';

/** A longer picture is not passed on: every client that asks for the challenge would have to load it. */
const MAX_CHARACTERS = 1_400_000;

const DATA_URI_PREFIX = /^\s*data:[^,]{0,200},/i;

/** The bytes that each kind of picture starts with, in hexadecimal. */
const KINDS: readonly (readonly [start: RegExp, mediaType: string])[] = [
  [/^89504e470d0a1a0a/, 'image/png'],
  [/^ffd8ff/, 'image/jpeg'],
  [/^47494638(37|39)61/, 'image/gif'],
  [/^52494646.{8}57454250/, 'image/webp'],
];

function decodePercent(text: string): string {
  return text.replace(/%([\da-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
}

/** Base64 of MX in its standard form: without line breaks and prefix, padded, in the standard alphabet. */
function normalizeBase64(text: string): string | null {
  const bare = decodePercent(
    text
      .trim()
      .replace(/^"(.*)"$/s, '$1')
      .replace(DATA_URI_PREFIX, ''),
  )
    .replace(/\s|\\[rn]|\p{Cf}/gu, '')
    .replaceAll('-', '+')
    .replaceAll('_', '/')
    .replace(/=+$/, '');
  if (!/^[A-Za-z\d+/]+$/.test(bare) || bare.length % 4 === 1) return null;
  return bare.padEnd(Math.ceil(bare.length / 4) * 4, '=');
}

/**
 * Converts a picture as MX sends it, bare base64 or a data URI, to a data URI. The media type comes from the picture
 * itself: MX's may be wrong or missing. Null if there is none, or a very large one. Throws UPSTREAM_MALFORMED for
 * anything that is no PNG, JPEG, GIF or WebP.
 */
export function toDataUri(picture: string | null): string | null {
  if (picture === null || picture.trim() === '' || picture.length > MAX_CHARACTERS) return null;
  const base64 = normalizeBase64(picture);
  const start = base64 === null ? '' : Buffer.from(base64.slice(0, 32), 'base64').toString('hex');
  const [, mediaType] = KINDS.find(([pattern]) => pattern.test(start)) ?? [];
  if (base64 === null || mediaType === undefined)
    throw new ApiError('UPSTREAM_MALFORMED', 'MX sent an image that cannot be displayed.');
  return `data:${mediaType};base64,${base64}`;
}
