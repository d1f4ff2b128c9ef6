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
  /** One token per user, of `count` users from number `from` on, who each read only what is their own. */
  tokens(count: number, from?: number): Promise<string[]>;
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
    tokens: (count, from = 0) =>
      Promise.all(Array.from({ length: count }, (_, index) => ofUser(from + index))),
    supportToken: () => sign({ sub: 'a-service', scope: SUPPORT_SCOPE }),
  };
}

/** What the issuer serves under an address; undefined for an address that is not its own. */
export async function issue(issuer: TokenIssuer, { pathname, searchParams }: URL): Promise<unknown> {
  if (pathname === '/.well-known/jwks.json') return issuer.jwks;
  if (pathname === '/bench/support-token') return issuer.supportToken();
  if (pathname !== '/bench/tokens') return undefined;
  return issuer.tokens(Number(searchParams.get('count') ?? 1), Number(searchParams.get('from') ?? 0));
}
