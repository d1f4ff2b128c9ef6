/** The language of the status table, which every sentence exists in. */
export const DEFAULT_LOCALE = 'en';

/** Longer ones can be made, but name no language that anybody speaks. */
const MAX_TAG_LENGTH = 100;

/** A BCP 47 tag in its canonical form; null for what is none. */
export function canonicalTag(tag: string): string | null {
  if (tag.length > MAX_TAG_LENGTH) return null;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

/** The tag and what it is a variety of, as RFC 4647 (3.4) shortens a tag: a letter that opens an extension goes with it. */
function truncationsOf(tag: string): string[] {
  const subtags = tag.split('-');
  const starts = subtags.map((_, at) => subtags.slice(0, subtags.length - at));
  return starts.filter((start) => (start.at(-1) ?? '').length > 1).map((start) => start.join('-'));
}

const languageOf = (tag: string) => tag.split('-')[0];
const scriptOf = (tag: string) => new Intl.Locale(tag).maximize().script;

/**
 * The locales in which a reader of a language is served, best first, none where there is none: those that RFC 4647 finds,
 * then all others of the same language, of which a reader makes more than of English; those in the same script first.
 * English is complete, so that nothing needs to follow it.
 */
export function matchesOf(tag: string, locales: readonly string[]): string[] {
  const exact = truncationsOf(tag).filter((one) => locales.includes(one));
  if (exact.at(-1) === DEFAULT_LOCALE) return exact;
  const akin = locales.filter((one) => languageOf(one) === languageOf(tag) && !exact.includes(one));
  const isSameScript = (one: string) => scriptOf(one) === scriptOf(tag);
  return [...exact, ...akin.filter(isSameScript), ...akin.filter((one) => !isSameScript(one))];
}
