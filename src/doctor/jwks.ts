import { createLocalJWKSet } from 'jose';
import type { JSONWebKeySet, JWK } from 'jose';

import { ALGORITHMS } from '../auth.js';
import { findingsOn } from './finding.js';
import type { Finding } from './finding.js';
import { probe, shownUrl } from './probe.js';

const { ok, fail } = findingsOn('JWKS');

const RIGHT_URL = 'Set AUTH_JWKS_URL to the `jwks_uri` in your issuer’s /.well-known/openid-configuration.';

function parseKeySet(body: string): JSONWebKeySet | null {
  try {
    const parsed: unknown = JSON.parse(body);
    const isObject = typeof parsed === 'object' && parsed !== null;
    // `createLocalJWKSet` reports other errors of each key.
    return isObject && 'keys' in parsed && Array.isArray(parsed.keys) ? { keys: parsed.keys as JWK[] } : null;
  } catch {
    return null;
  }
}

/** The accepted algorithms that a key can verify; none if it is unusable. */
async function algorithmsOf(key: JWK): Promise<string[]> {
  const verifies = async (alg: string) => createLocalJWKSet({ keys: [key] })({ alg });
  const tried = await Promise.allSettled(ALGORITHMS.map(verifies));
  return ALGORITHMS.filter((_, index) => tried[index]?.status === 'fulfilled');
}

/** Diagnoses the keys of an issuer. */
export async function diagnoseKeys(body: string): Promise<Finding[]> {
  const keySet = parseKeySet(body);
  if (!keySet) return [fail('does not return a JSON Web Key Set', RIGHT_URL)];
  const { keys } = keySet;
  if (keys.length === 0) return [fail('has no keys', 'Publish the signing key at the issuer.')];
  const found = await Promise.all(keys.map(algorithmsOf));
  const usable = found.filter((algorithms) => algorithms.length > 0);
  const algorithms = [...new Set(usable.flat())].join(', ');
  if (usable.length === 0) {
    const advice = `Configure the issuer to sign tokens with one of ${ALGORITHMS.join(', ')}.`;
    return [fail(`has no key that can verify a token (keys: ${keys.length})`, advice)];
  }
  // Unusable keys are no error: many issuers also publish encryption keys.
  return [ok(`has ${usable.length} of ${keys.length} keys that can verify tokens (${algorithms})`)];
}

/** Fetches and checks the keys that verify tokens. */
export async function checkJwks(url: string): Promise<Finding[]> {
  const result = await probe(url, { headers: { accept: 'application/json' } });
  if ('reason' in result) {
    const advice = 'Check AUTH_JWKS_URL and that this machine can connect to it.';
    return [fail(`at ${shownUrl(url)} is unreachable (${result.reason})`, advice)];
  }
  const { status, body } = result;
  return status === 200
    ? diagnoseKeys(body)
    : [fail(`at ${shownUrl(url)} returned HTTP ${status}`, RIGHT_URL)];
}
