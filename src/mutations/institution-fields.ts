import { isMxError } from '../mx/errors.js';
import type { MxCredential } from '../mx/types.js';
import type { MutationScope } from './mutation.js';

/** The credential fields of an institution. Null if MX's answer says nothing about them: then only MX can validate. */
type Fields = readonly MxCredential[] | null;

async function supportsOauth({ cache }: MutationScope, code: string): Promise<boolean> {
  return (await cache.institutions.read(code)).supports_oauth;
}

/**
 * Reads the credential fields to validate input against. An unreadable answer is no reason to refuse what the end user
 * entered, unless the institution may take no credentials at all: then this rejects.
 */
export async function readFields(scope: MutationScope, code: string): Promise<Fields> {
  try {
    const fields = await scope.cache.institutions.credentials(code);
    return fields.length > 0 || (await supportsOauth(scope, code)) ? fields : null;
  } catch (error) {
    if (!isMxError(error, 'malformed') || (await supportsOauth(scope, code))) throw error;
    return null;
  }
}

/** True if the institution has moved to OAuth: it supports OAuth and has no credential fields. */
export function isOauthOnly(fields: Fields): boolean {
  return fields?.length === 0;
}

/** Use as a handler of `readFields` where a bank that MX does not list any more is no reason to refuse input either. */
export function nullIfNotListed(error: unknown): null {
  if (isMxError(error, 'not_found')) return null;
  throw error;
}
