import { hash } from 'node:crypto';

import { createRemoteJWKSet, errors, jwtVerify } from 'jose';
import type { JWTPayload, JWTVerifyGetKey } from 'jose';
import { LRUCache } from 'lru-cache';

import { wallNow } from './clock.js';
import type { AuthConfig } from './config/config.js';
import { ApiError } from './errors/api-error.js';

/** Who asks. */
export interface Viewer {
  /** Names the viewer among all: what is counted is counted by it. */
  readonly id: string;
  /** The viewer's guid at MX; null for support staff who are no end users. */
  readonly userGuid: string | null;
  /** May read any user. */
  readonly isSupport: boolean;
  /** When the token is no longer believed, in milliseconds since 1970; never where there is none. */
  readonly expiresAt: number;
}

/**
 * Tells who asks from the `Authorization` header, on every transport alike.
 * Rejects with UNAUTHENTICATED, or AUTH_UNAVAILABLE while the keys cannot be had.
 */
export type Authenticator = (authorization: string | undefined) => Promise<Viewer>;

/** The one place that decides whether a viewer may see what belongs to a user. */
export function mayView(viewer: Viewer, userGuid: string): boolean {
  return viewer.isSupport || viewer.userGuid === userGuid;
}

/** Whether a viewer's next token may take the place of the last: it names the same one, with the same rights. */
export function isSameViewer(a: Viewer, b: Viewer): boolean {
  return a.id === b.id && a.userGuid === b.userGuid && a.isSupport === b.isSupport;
}

/** Signatures made with a public key alone; never `none`, never a shared secret. */
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
/** A checked token is believed for so long without another check of its signature: the time a revoked key lives on. */
const VERIFIED_TTL_MS = 60_000;
/** The cache need not look at the clock, nor set a timer, more often. */
const VERIFIED_TTL_RESOLUTION_MS = 1_000;
const MAX_VERIFIED = 20_000;
const JWKS_TIMEOUT_MS = 5_000;
/** Known keys outlive an outage of the issuer that lasts so long; a new key is fetched when a token names it. */
const JWKS_MAX_AGE_MS = 24 * 3_600_000;
/** Tokens that name made-up keys must not become a storm at the issuer. */
const JWKS_COOLDOWN_MS = 5_000;

function bearerToken(authorization: string | undefined): string {
  const token = /^Bearer +([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1];
  if (token !== undefined) return token;
  const got =
    authorization === undefined ? 'no Authorization header' : 'an Authorization header of another kind';
  throw new ApiError('UNAUTHENTICATED', `A bearer token is required; got ${got}.`);
}

/** Scopes come as one text with spaces (`scope`, RFC 8693) or as a list (`scp`, as some issuers write it). */
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
  const why =
    error instanceof errors.JWTExpired
      ? 'The token has expired.'
      : 'The token is not valid for this service.';
  return new ApiError('UNAUTHENTICATED', why, error);
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
  const believed = new LRUCache<string, Viewer>({
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
    // The digest stands for the token, so that no token that could be used lies about in memory.
    const digest = hash('sha256', token, 'base64');
    const known = believed.get(digest);
    // The wall clock may have been set since the token was checked.
    if (known && known.expiresAt > wallNow()) return known;
    const { payload } = await jwtVerify(token, keys, options).catch((error: unknown) => {
      throw toAuthError(error);
    });
    const viewer = toViewer(payload, config);
    const leftMs = viewer.expiresAt - wallNow();
    if (leftMs > 0) believed.set(digest, viewer, { ttl: Math.min(leftMs, VERIFIED_TTL_MS) });
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

/** Builds the check of who asks. */
export function createAuthenticator(config: AuthConfig): Authenticator {
  if (config.kind === 'anonymous') return createAnonymousAuthenticator(config.userGuid);
  const keys = createRemoteJWKSet(new URL(config.jwksUrl), {
    timeoutDuration: JWKS_TIMEOUT_MS,
    cacheMaxAge: JWKS_MAX_AGE_MS,
    cooldownDuration: JWKS_COOLDOWN_MS,
  });
  return createJwtAuthenticator(config, keys);
}
