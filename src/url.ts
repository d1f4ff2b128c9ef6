/**
 * Parses a URL; null if it is invalid. Not `URL.canParse`: on Node 20 its optimized form, which V8 uses after some
 * thousand calls, takes a valid URL with a character from U+0080 to U+00FF for an invalid one.
 */
export function tryParseUrl(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}
