import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JWK } from 'jose';
import { userGuid } from './fixture.js';

export const ISSUER = 'https://issuer.bench.example';
export const AUDIENCE = 'mx-member-graphql';
export const USER_CLAIM = 'mx_user_guid';

const KEY = { alg: 'ES256', kid: 'bench' };

export interface TokenIssuer {
  readonly jwks: { readonly keys: JWK[] };
  tokens(count: number): Promise<string[]>;
}

/** Stands in for the identity provider: a fresh key pair per process, one token per user. */
export async function createTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(KEY.alg);
  const sign = (user: number): Promise<string> =>
    new SignJWT({ [USER_CLAIM]: userGuid(user), sub: `subject-${user}` })
      .setProtectedHeader(KEY)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('6h')
      .sign(privateKey);
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), ...KEY, use: 'sig' }] },
    tokens: (count) => Promise.all(Array.from({ length: count }, (_, user) => sign(user))),
  };
}
