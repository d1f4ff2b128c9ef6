import { wallNow } from '../clock.js';

/** The three forms of a date that HTTP allows (RFC 9110, 5.6.7) start with the day of the week. */
const HTTP_DATE_PATTERN = /^(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*,? /i;

/** Parses an HTTP date to milliseconds since 1970. NaN if it is none: `Date.parse` also accepts "-5" or "soon 7". */
function parseHttpDate(text: string): number {
  return HTTP_DATE_PATTERN.test(text) ? Date.parse(text) : NaN;
}

/**
 * Parses a `Retry-After` header, in seconds or as an HTTP date, to milliseconds. Undefined if it is invalid, or names
 * a time that has passed.
 *
 * @param dateHeader the `Date` header of the same response, by whose clock an HTTP date is read
 */
export function parseRetryAfter(
  header: string | undefined,
  dateHeader: string | undefined,
): number | undefined {
  const text = header?.trim() ?? '';
  const sentAt = parseHttpDate(dateHeader?.trim() ?? '');
  const now = Number.isNaN(sentAt) ? wallNow() : sentAt;
  // A header that a proxy has doubled is joined by commas.
  const [, once = text] = /^(.+?)(?:\s*,\s*\1)+$/.exec(text) ?? [];
  const ms = /^\d+$/.test(once) ? Number(once) * 1_000 : parseHttpDate(once) - now;
  return ms > 0 ? ms : undefined;
}
