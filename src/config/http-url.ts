import { tryParseUrl } from '../url.js';

/** A parsed value, or what is wrong with it. Errors do not repeat the value, which may be a secret in the wrong place. */
export type Parsed<T> = { readonly value: T } | { readonly error: string };

const HTTP_URL = /^https?:\/\/[^/]/i;
/** Stricter than URLs are: a semicolon or a comma would end a directive of `Content-Security-Policy`. */
const HOST_NAME = /^(?:[a-z\d_-]+(?:\.[a-z\d_-]+)*\.?|\[[\da-f:.]+\])$/;
/** White space, which URL parsers drop, control characters, and the backslash, which they read as a slash. */
const MISREAD = /[\s\p{Cc}\\]/u;

/** Parses a URL of the web with a host and without credentials. */
export function parseHttpUrl(text: string): Parsed<URL> {
  const url = MISREAD.test(text) || !HTTP_URL.test(text) ? null : tryParseUrl(text);
  if (!url) return { error: 'must be an http:// or https:// URL' };
  if (!HOST_NAME.test(url.hostname)) return { error: 'must have a valid host name' };
  if (url.username !== '' || url.password !== '') return { error: 'must not contain credentials' };
  return { value: url };
}

/** Parses the URL of a file that is fetched. Returns its normal form. */
export function parseResourceUrl(text: string): Parsed<string> {
  const parsed = parseHttpUrl(text);
  if ('error' in parsed) return parsed;
  return text.includes('#') ? { error: 'must not contain a fragment' } : { value: parsed.value.href };
}

/** Parses a URL that paths are appended to. Returns its normal form, without a slash at the end. */
export function parseBaseUrl(text: string): Parsed<string> {
  const parsed = parseHttpUrl(text);
  if ('error' in parsed) return parsed;
  if (/[?#]/.test(text)) return { error: 'must not contain a query or a fragment' };
  const { origin, pathname } = parsed.value;
  return { value: `${origin}${pathname.replace(/\/+$/, '')}` };
}

const CONTACT = /^(?:mailto:[^\s@]+@[^\s@]+|tel:[^\s]*\d[^\s]*)$/i;

/** Parses the URL of a link to support: a page, an e-mail address or a telephone number. Returns its normal form. */
export function parseContactUrl(text: string): Parsed<string> {
  if (CONTACT.test(text) && !MISREAD.test(text)) return { value: new URL(text).href };
  const parsed = parseHttpUrl(text);
  if ('value' in parsed) return { value: parsed.value.href };
  return { error: 'must be a URL such as https://example.com/help or mailto:help@example.com' };
}
