/** The language of the status table, which has all messages. */
export const DEFAULT_LOCALE = 'en';

/** Maximum length of a tag. Longer tags are valid, but no language has one. */
const MAX_TAG_LENGTH = 100;

/** Returns the canonical form of a BCP 47 tag. Null if it is invalid. */
export function canonicalTag(tag: string): string | null {
  if (tag.length > MAX_TAG_LENGTH) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** Returns the tag and its prefixes as in RFC 4647, section 3.4: a singleton that ends a prefix is removed with it. */
function prefixesOf(tag: string): string[] {
  const subtags = tag.split('-');
  const prefixes = subtags.map((_, at) => subtags.slice(0, subtags.length - at));
  return prefixes.filter((prefix) => (prefix.at(-1) ?? '').length > 1).map((prefix) => prefix.join('-'));
}

const languageOf = (tag: string) => tag.split('-')[0];
const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script;

/**
 * Returns the available locales for a language, best first, or none: first those of the RFC 4647 lookup, then others of
 * the same language, which a reader understands better than English, those in the same script first. Nothing follows
 * English, because it has all messages.
 */
export function matchLocales(tag: string, locales: readonly string[]): string[] {
  const exact = prefixesOf(tag).filter((one) => locales.includes(one));
  if (exact.at(-1) === DEFAULT_LOCALE) return exact;
  const related = locales.filter((one) => languageOf(one) === languageOf(tag) && !exact.includes(one));
  const isSameScript = (one: string) => scriptOf(one) === scriptOf(tag);
  return [...exact, ...related.filter(isSameScript), ...related.filter((one) => !isSameScript(one))];
}
