import { parseHttpUrl } from './http-url.js';
import type { Parsed } from './http-url.js';

const WEB = /^https?:/i;
/** The origin of an app in a shell such as Capacitor, Tauri or Electron, or of a browser extension. */
const SHELL = /^([a-z][a-z\d+.-]*):\/\/(?:\.|[a-z\d_-]+(?:\.[a-z\d_-]+)*)(?::([1-9]\d{0,4}))?\/?$/i;
const MAX_PORT = 65_535;
/** Schemes whose pages have no such origin: browsers send `null`, or no origin at all. */
const NO_PAGES = /^(?:about|blob|data|file|filesystem|ftp|javascript|mailto|view-source|wss?)$/i;
/** No shell has such a scheme: it is http or https, misspelled. */
const MISSPELLED_WEB = /^[htps]+$/i;

const EXPECTED = 'must be an origin such as https://app.example, without a path';

function parseWebOrigin(text: string): Parsed<string> {
  const parsed = parseHttpUrl(text);
  if ('error' in parsed) return parsed;
  const { origin, href, hostname } = parsed.value;
  if (href !== `${origin}/`) return { error: EXPECTED };
  return hostname.endsWith('.') ? { error: 'the host must not end with a dot' } : { value: origin };
}

function parseShellOrigin(text: string): Parsed<string> {
  const [, scheme, port = '0'] = SHELL.exec(text) ?? [];
  if (scheme === undefined || Number(port) > MAX_PORT) return { error: EXPECTED };
  if (NO_PAGES.test(scheme)) return { error: 'pages with this scheme have no origin that can be listed' };
  if (MISSPELLED_WEB.test(scheme)) return { error: 'the scheme must be http or https' };
  return { value: text.replace(/\/$/, '').toLowerCase() };
}

/**
 * Parses an origin as people write it. Returns the form that browsers send in the `Origin` header: in lower case and
 * punycode, without the default port and without a slash at the end.
 */
export function parseOrigin(text: string): Parsed<string> {
  if (text === '') return { error: 'must not be empty' };
  if (text.includes('*')) return { error: 'wildcards are not supported; list each origin' };
  if (text.toLowerCase() === 'null') {
    return { error: 'null is the origin of files and sandboxed frames of any site and cannot be listed' };
  }
  return WEB.test(text) ? parseWebOrigin(text) : parseShellOrigin(text);
}

/** Parses origins. Returns each in the form that browsers send, once. An error says which entries are wrong and why. */
export function parseOrigins(origins: readonly string[]): Parsed<readonly string[]> {
  const parsed = origins.map(parseOrigin);
  const errors = parsed.flatMap((one, index) => ('error' in one ? [`entry ${index + 1}: ${one.error}`] : []));
  if (errors.length > 0) return { error: errors.join('; ') };
  return { value: [...new Set(parsed.flatMap((one) => ('value' in one ? [one.value] : [])))] };
}
