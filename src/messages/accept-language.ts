import { canonicalTag, DEFAULT_LOCALE, matchLocales } from './locale.js';

/** A language range of `Accept-Language`, `*` for any, with its quality from 0 (not acceptable) to 1. */
interface LanguageRange {
  readonly tag: string;
  readonly quality: number;
}

/** Maximum length of the header that is read. Browsers send less than half of it, and of the ranges below. */
export const MAX_HEADER_LENGTH = 256;
const MAX_RANGES = 20;

const RANGE_PATTERN = /^([a-z\d*-]+)\s*(?:;\s*q\s*=\s*(0(?:\.\d*)?|1(?:\.0*)?))?$/i;

function parseRange(range: string): LanguageRange[] {
  const [, rangeTag = '', quality = '1'] = RANGE_PATTERN.exec(range.trim()) ?? [];
  const tag = rangeTag === '*' ? rangeTag : canonicalTag(rangeTag);
  return tag === null ? [] : [{ tag, quality: Number(quality) }];
}

/** Truncates the header between two ranges, because part of a tag may be the tag of another language. */
function truncate(header: string): string {
  if (header.length <= MAX_HEADER_LENGTH) return header;
  return header.slice(0, Math.max(0, header.lastIndexOf(',', MAX_HEADER_LENGTH)));
}

/** Parses `Accept-Language`, by descending quality. Invalid ranges are ignored. */
export function parseAcceptLanguage(header: string): LanguageRange[] {
  const ranges = truncate(header).split(',', MAX_RANGES).flatMap(parseRange);
  return ranges.sort((one, other) => other.quality - one.quality);
}

/** Picks the available locale that the header prefers; English if it accepts none of them. */
export function pickLocale(header: string, locales: readonly string[]): string {
  const ranges = parseAcceptLanguage(header);
  const rejected = ranges.filter(({ quality }) => quality === 0).map(({ tag }) => tag);
  const acceptable = locales.filter(
    (locale) => !rejected.some((tag) => locale === tag || locale.startsWith(`${tag}-`)),
  );
  for (const { tag, quality } of ranges) {
    const [match] = tag === '*' ? acceptable : matchLocales(tag, acceptable);
    if (quality > 0 && match !== undefined) return match;
  }
  return DEFAULT_LOCALE;
}
