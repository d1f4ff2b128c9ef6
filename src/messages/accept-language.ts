import { canonicalTag, DEFAULT_LOCALE, matchesOf } from './locale.js';

/** A language that a client takes, `*` for any, and how gladly, from 0 (not at all) to 1. */
interface LanguageRange {
  readonly tag: string;
  readonly quality: number;
}

/** Browsers send less than half of either. What comes after is not read. */
export const MAX_HEADER_LENGTH = 256;
const MAX_RANGES = 20;

const RANGE = /^([a-z\d*-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?))?$/i;

function readRange(text: string): LanguageRange[] {
  const [, word = '', quality = '1'] = RANGE.exec(text.trim()) ?? [];
  const tag = word === '*' ? word : canonicalTag(word);
  return tag === null ? [] : [{ tag, quality: Number(quality) }];
}

/** Cuts between two ranges: half a tag may name another language. */
function bounded(header: string): string {
  if (header.length <= MAX_HEADER_LENGTH) return header;
  return header.slice(0, Math.max(0, header.lastIndexOf(',', MAX_HEADER_LENGTH)));
}

/** Reads `Accept-Language`, the most welcome first; whatever cannot be read is passed over. */
export function parseAcceptLanguage(header: string): LanguageRange[] {
  const ranges = bounded(header).split(',', MAX_RANGES).flatMap(readRange);
  return ranges.sort((one, other) => other.quality - one.quality);
}

/** The locale, of those that there are, that a client takes most gladly; English where it takes none. */
export function pickLocale(header: string, locales: readonly string[]): string {
  const ranges = parseAcceptLanguage(header);
  const refused = ranges.filter(({ quality }) => quality === 0).map(({ tag }) => tag);
  const left = locales.filter(
    (locale) => !refused.some((tag) => locale === tag || locale.startsWith(`${tag}-`)),
  );
  for (const { tag, quality } of ranges) {
    const [match] = tag === '*' ? left : matchesOf(tag, left);
    if (quality > 0 && match !== undefined) return match;
  }
  return DEFAULT_LOCALE;
}
