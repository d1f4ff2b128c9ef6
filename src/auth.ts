import { hash } from 'node:crypto';

import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';

import { steadyNow, wallNow } from './clock.js';
import type { AuthConfig } from './config/config.js';
import { ApiError } from './errors/api-error.js';

/** The authenticated caller. */
export interface Viewer {
  /** Identifies the viewer for limits and counters. */
  readonly id: string;
  /** The viewer's guid at MX; null for support staff who are no end users. */
  readonly userGuid: string | null;
  /** May read any user. */
  readonly isSupport: boolean;
  /** Expiry of the token, in milliseconds since 1970; Infinity without a token. */
  readonly expiresAt: number;
}

/**
 * Authenticates the `Authorization` header, on every transport. Rejects with UNAUTHENTICATED, or with AUTH_UNAVAILABLE
 * while the keys cannot be fetched.
 */
export type Authenticator = (authorization: string | undefined) => Promise<Viewer>;

/** The only authorization check: whether a viewer may read a user's data. */
export function mayView(viewer: Viewer, userGuid: string): boolean {
  return viewer.isSupport || viewer.userGuid === userGuid;
}

/** Returns whether a renewed token may replace the last one: same viewer, same rights. */
export function isSameViewer(a: Viewer, b: Viewer): boolean {
  return a.id === b.id && a.userGuid === b.userGuid && a.isSupport === b.isSupport;
}

/** Asymmetric algorithms only; never `none` or a shared secret. */
export const ALGORITHMS = [
  'RS256',
  'RS384',
  'RS512',
  'PS256',
  'PS384',
  'PS512',
  'ES256',
  'ES384',
  'ES512',
  'EdDSA',
];
/** Default of `AuthConfig.clockToleranceS`. */
const CLOCK_TOLERANCE_S = 5;
/**
 * How long a verified token is cached, in milliseconds. Also the longest a token signed with a revoked key is accepted.
 */
const VERIFIED_TTL_MS = 60_000;
/** Resolution of the cache's clock, in milliseconds. */
const VERIFIED_TTL_RESOLUTION_MS = 1_000;
const MAX_VERIFIED = 20_000;
const JWKS_TIMEOUT_MS = 5_000;
/**
 * How long known keys are used while the issuer is unreachable, in milliseconds. An unknown key id triggers a fetch.
 */
const JWKS_MAX_AGE_MS = 24 * 3_600_000;
/** Minimum time between two fetches, in milliseconds, so that tokens with made-up key ids do not flood the issuer. */
const JWKS_COOLDOWN_MS = 5_000;

function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  const got =
    authorization === undefined ? 'no Authorization header' : 'an Authorization header of another kind';
  throw new ApiError('UNAUTHENTICATED', `A bearer token is required; got ${got}.`);
}

/** Scopes are a space-separated string (`scope`, RFC 8693) or an array (`scp`, of some issuers). */
function scopesOf(payload: JWTPayload): readonly unknown[] {
  const scopes = payload['scope'] ?? payload['scp'];
  return typeof scopes === 'string' ? scopes.split(' ') : Array.isArray(scopes) ? scopes : [];
}

function toAuthError(error: unknown): ApiError {
  const isRefusal =
    error instanceof errors.JOSEError &&
    !(error instanceof errors.JWKSTimeout) &&
    !(error instanceof errors.JWKSInvalid) &&
    error.code !== errors.JOSEError.code;
  if (!isRefusal) return new ApiError('AUTH_UNAVAILABLE', undefined, error);
  const message =
    error instanceof errors.JWTExpired
      ? 'The token has expired.'
      : 'The token is not valid for this service.';
  return new ApiError('UNAUTHENTICATED', message, error);
}

/**
 * The keys of the issuer, fetched on first use, when they are too old, and when a token names an unknown one. jose times
 * this by the wall clock, so that new keys would not be fetched after it was set back: here both clocks have to agree.
 */
function createKeySet(url: string): JWTVerifyGetKey {
  const keys = createRemoteJWKSet(new URL(url), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cacheMaxAge: Infinity,
    cooldownDuration: Infinity,
  });
  let fetchedAt = { steady: -Infinity, wall: -Infinity };
  const fetchKeys = async () => {
    await keys.reload();
    fetchedAt = { steady: steadyNow(), wall: wallNow() };
  };
  const isYoungerThan = (ms: number) =>
    steadyNow() < fetchedAt.steady + ms && wallNow() < fetchedAt.wall + ms;
  return async (header, token) => {
    if (!isYoungerThan(JWKS_MAX_AGE_MS)) await fetchKeys();
    try {
      return await keys(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey) || isYoungerThan(JWKS_COOLDOWN_MS)) throw error;
      await fetchKeys();
      return keys(header, token);
    }
  };
}

type JwtConfig = Extract<AuthConfig, { kind: 'jwt' }>;

const toleranceOf = ({ clockToleranceS = CLOCK_TOLERANCE_S }: JwtConfig) => clockToleranceS;

function toViewer(payload: JWTPayload, config: JwtConfig): Viewer {
  const claim = payload[config.userClaim];
  const userGuid = typeof claim === 'string' && claim !== '' ? claim : null;
  const isSupport = scopesOf(payload).includes(config.supportScope);
  const id = userGuid ?? `support:${payload.sub ?? ''}`;
  const expiresAt = ((payload.exp ?? 0) + toleranceOf(config)) * 1_000;
  if (userGuid !== null || isSupport) return { id, userGuid, isSupport, expiresAt };
  throw new ApiError(
    'UNAUTHENTICATED',
    `The token has no "${config.userClaim}" claim that identifies an MX user.`,
  );
}

function createJwtAuthenticator(config: JwtConfig, keys: JWTVerifyGetKey): Authenticator {
  const verified = new LRUCache<string, Viewer>({
    maxSize: MAX_VERIFIED,
    sizeCalculation: () => 1,
    ttl: VERIFIED_TTL_MS,
    ttlResolution: VERIFIED_TTL_RESOLUTION_MS,
  });
  const { issuer, audience } = config;
  const options = {
    issuer,
    audience,
    algorithms: ALGORITHMS,
    clockTolerance: toleranceOf(config),
    requiredClaims: ['exp'],
  };

  return async (authorization) => {
    const token = bearerToken(authorization);
    // Keyed by a digest, so that no usable token stays in memory.
    const digest = hash('sha256', token, 'base64');
    const known = verified.get(digest);
    // The wall clock may have been set since the token was checked.
    if (known && known.expiresAt > wallNow()) return known;
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      throw toAuthError(error);
    });
    const viewer = toViewer(payload, config);
    const leftMs = viewer.expiresAt - wallNow();
    if (leftMs > 0) verified.set(digest, viewer, { ttl: Math.min(leftMs, VERIFIED_TTL_MS) });
    return viewer;
  };
}

function createAnonymousAuthenticator(userGuid: string): Authenticator {
  const viewer: Viewer = { id: userGuid, userGuid, isSupport: false, expiresAt: Infinity };
  return (authorization) =>
    authorization === undefined
      ? Promise.resolve(viewer)
      : Promise.reject(
          new ApiError(
            'UNAUTHENTICATED',
            'Tokens cannot be verified because AUTH_JWKS_URL and the other AUTH_* settings are not set.',
          ),
        );
}

/** Creates the authenticator. */
export function createAuthenticator(config: AuthConfig): Authenticator {
  if (config.kind === 'anonymous') return createAnonymousAuthenticator(config.userGuid);
  return createJwtAuthenticator(config, createKeySet(config.jwksUrl));
}
