import { parseString, parseUrl } from './parse.js';
import type { Json } from './parse.js';
import { toPlainText } from './plain-text.js';
import { parseProducts } from './products.js';
import type { MxInstitution, MxInstitutionStatus } from './types.js';

/** In the order of the numbers by which MX's widget knows them. */
const STATUSES: readonly MxInstitutionStatus[] = ['OPERATIONAL', 'MAINTENANCE', 'DEGRADED', 'UNAVAILABLE'];

function parseStatus(value: unknown): MxInstitutionStatus | null {
  if (typeof value === 'number') return STATUSES[value] ?? null;
  const word = parseString(value)?.toUpperCase();
  return STATUSES.find((status) => status === word) ?? null;
}

function parseCountry(value: unknown): string | null {
  const code = parseString(value)?.toUpperCase() ?? '';
  return /^[A-Z]{2}$/.test(code) ? code : null;
}

/** MX's texts for end users may contain HTML. */
function parseText(value: unknown): string | null {
  return parseString(toPlainText(parseString(value) ?? ''));
}

function parseTexts(value: unknown): string[] | null {
  const texts = Array.isArray(value) ? value.flatMap((one) => parseText(one) ?? []) : [];
  return texts.length > 0 ? texts : null;
}

/** A page or an image of the web. Clients make links of these, and a `javascript:` URL would be run. */
function parseWebUrl(value: unknown): string | null {
  const url = parseUrl(value);
  return url !== null && ['http:', 'https:'].includes(new URL(url).protocol) ? url : null;
}

/** Parses an institution. Returns null if it has no code. */
export function parseInstitution(row: Json): MxInstitution | null {
  const code = parseString(row['code']);
  if (code === null) return null;
  return {
    code,
    name: parseString(row['name']),
    url: parseWebUrl(row['url']),
    small_logo_url: parseWebUrl(row['small_logo_url']),
    medium_logo_url: parseWebUrl(row['medium_logo_url']),
    supports_oauth: row['supports_oauth'] === true,
    supported_products: parseProducts(row['supported_products']),
    iso_country_code: parseCountry(row['iso_country_code']),
    instructional_text: parseText(row['instructional_text']),
    instructional_text_steps: parseTexts(row['instructional_text_steps']),
    forgot_password_url: parseWebUrl(row['forgot_password_url']),
    forgot_username_url: parseWebUrl(row['forgot_username_url']),
    trouble_signing_in_url: parseWebUrl(row['trouble_signing_in_url']),
    status: parseStatus(row['status']),
    is_disabled_by_client: row['is_disabled_by_client'] === true,
    is_hidden: row['is_hidden'] === true,
  };
}
