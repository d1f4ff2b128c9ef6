import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import type { JWK, JWTPayload } from 'jose';
import { userGuid } from './fixture.js';

export const ISSUER = 'https://issuer.bench.example';
export const AUDIENCE = 'mx-member-graphql';
export const USER_CLAIM = 'mx_user_guid';
export const SUPPORT_SCOPE = 'mx:support';

const KEY = { alg: 'ES256', kid: 'bench' };

export interface TokenIssuer {
  readonly jwks: { readonly keys: JWK[] };
  /** One token per user, who reads only what is its own. */
  tokens(count: number): Promise<string[]>;
  /** The token of a service that reads for any user. */
  supportToken(): Promise<string>;
}

/** Stands in for the identity provider: a fresh key pair per process, one token per user. */
export async function createTokenIssuer(): Promise<TokenIssuer> {
  const { publicKey, privateKey } = await generateKeyPair(KEY.alg);
  const sign = (claims: JWTPayload): Promise<string> =>
    new SignJWT(claims)
      .setProtectedHeader(KEY)
      .setIssuer(ISSUER)
      .setAudience(AUDIENCE)
      .setIssuedAt()
      .setExpirationTime('6h')
      .sign(privateKey);
  const ofUser = (user: number) => sign({ [USER_CLAIM]: userGuid(user), sub: `subject-${user}` });
  return {
    jwks: { keys: [{ ...(await exportJWK(publicKey)), ...KEY, use: 'sig' }] },
    tokens: (count) => Promise.all(Array.from({ length: count }, (_, user) => ofUser(user))),
    supportToken: () => sign({ sub: 'a-service', scope: SUPPORT_SCOPE }),
  };
}
