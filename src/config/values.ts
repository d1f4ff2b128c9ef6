import { isIP } from 'node:net';

import { z } from 'zod';

import type { Parsed } from './http-url.js';

/** A setting that a function parses. */
export const parsedBy = <T>(parse: (text: string) => Parsed<T>) =>
  z.string().transform((text, context): T => {
    const parsed = parse(text);
    if ('value' in parsed) return parsed.value;
    context.addIssue({ code: 'custom', message: parsed.error });
    return z.NEVER;
  });

/** What is at the ends of a value that came with more than was meant, e.g. the line break at the end of a file. */
const AT_ENDS = /^\s|\s$/;
/** Control characters, and those that cannot be seen, such as a byte order mark. */
const INVISIBLE = /[\p{Cc}\p{Cf}]/u;
const QUOTED = /^(["']).*\1$/s;

function errorOfText(text: string): string | null {
  if (AT_ENDS.test(text)) return 'must not start or end with white space or a line break';
  if (INVISIBLE.test(text)) return 'must not contain control characters or invisible characters';
  return QUOTED.test(text) ? 'must not be enclosed in quotation marks' : null;
}

/** A setting that is taken as it is. `pattern` says what else it must be. */
export function text(pattern?: { readonly test: RegExp; readonly error: string }) {
  return parsedBy<string>((value) => {
    const error = errorOfText(value);
    if (error !== null) return { error };
    return pattern && !pattern.test.test(value) ? { error: pattern.error } : { value };
  });
}

/** A user name of Basic authentication, which ends at the first colon. */
export const basicUsername = () => text({ test: /^[^:]*$/, error: 'must not contain a colon' });

/** A decimal integer between two others, inclusive. */
export function integer(min: number, max: number) {
  const error = `must be an integer from ${min} to ${max}`;
  return parsedBy<number>((value) => {
    const number = /^\d+$/.test(value) ? Number(value) : NaN;
    return number >= min && number <= max ? { value: number } : { error };
  });
}

const LABELS = /^[a-z\d_](?:[a-z\d_-]*[a-z\d_])?(?:\.[a-z\d_](?:[a-z\d_-]*[a-z\d_])?)*\.?$/i;

/** An address or a host name to listen on. IPv6 addresses may be in brackets, as in URLs. */
export const host = () =>
  parsedBy<string>((value) => {
    const address = /^\[(.*)\]$/.exec(value)?.[1] ?? value;
    if (isIP(address) > 0 && (address === value || isIP(address) === 6)) return { value: address };
    // A name that ends in a number is an address that is not valid.
    const isName = LABELS.test(value) && !/(?:^|\.)\d+\.?$/.test(value);
    return isName
      ? { value: value.toLowerCase() }
      : { error: 'must be an IP address or a host name, without a scheme or a port' };
  });
