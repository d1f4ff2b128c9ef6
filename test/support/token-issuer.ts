import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';

import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import type { CryptoKey, GenerateKeyPairResult, JWK, JWTPayload } from 'jose';
import { onTestFinished } from 'vitest';

import type { AuthConfig } from '../../src/server.js';

export type IssuerAlgorithm = 'ES256' | 'RS256';

export interface TokenIssuer {
  /** How a server is told to trust this issuer. */
  readonly auth: Extract<AuthConfig, { kind: 'jwt' }>;
  /** A token for one MX user, good for an hour; claims given replace the usual ones, undefined leaves one out. */
  mint(claims?: JWTPayload, algorithm?: IssuerAlgorithm): Promise<string>;
  /** The public key as its owner could publish it, in PEM. */
  publicPem(algorithm?: IssuerAlgorithm): Promise<string>;
  /** Makes new keys under new names and forgets the old. */
  rotate(): Promise<void>;
  /** What the address of the keys answers from now on; null for the keys themselves. */
  answerKeysWith(answer: { status: number; body: string } | null): void;
  /** How often the keys were asked for. */
  readonly requests: number;
  goDown(): Promise<void>;
  /** Ends it for good. */
  dispose(): Promise<void>;
  comeUp(): Promise<void>;
}

const AUDIENCE = 'mx-member-graphql';
const USER_CLAIM = 'mx_user_guid';

interface Key {
  readonly kid: string;
  readonly privateKey: CryptoKey;
  readonly publicKey: CryptoKey;
  readonly jwk: JWK;
}

/** RSA keys of issuers that have ended: making a pair takes more processor time than starting a server. */
const sparePairs: GenerateKeyPairResult[] = [];

async function makeKey(alg: IssuerAlgorithm, generation: number): Promise<Key> {
  const spare = alg === 'RS256' ? sparePairs.pop() : undefined;
  const { publicKey, privateKey } = spare ?? (await generateKeyPair(alg, { extractable: true }));
  const kid = `${alg}-${generation}`;
  return { kid, privateKey, publicKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

async function makeKeys(generation: number): Promise<Record<IssuerAlgorithm, Key>> {
  const [ES256, RS256] = await Promise.all([makeKey('ES256', generation), makeKey('RS256', generation)]);
  return { ES256, RS256 };
}

function listen(server: Server, port: number): Promise<number> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', () => resolve((server.address() as AddressInfo).port));
  });
}

function close(server: Server): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}

/** Starts an identity provider: a real HTTP server of keys, and tokens signed with them. */
export async function startIssuer(): Promise<TokenIssuer> {
  let generation = 1;
  let keys = await makeKeys(generation);
  let requests = 0;
  let fixed: { status: number; body: string } | null = null;
  const server = createServer((_, response) => {
    requests += 1;
    const { status, body } = fixed ?? {
      status: 200,
      body: JSON.stringify({ keys: [keys.ES256.jwk, keys.RS256.jwk] }),
    };
    response.writeHead(status, { 'content-type': 'application/json' }).end(body);
  });
  const port = await listen(server, 0);
  const issuer = `http://127.0.0.1:${port}`;

  return {
    auth: {
      kind: 'jwt',
      jwksUrl: `${issuer}/keys`,
      issuer,
      audience: AUDIENCE,
      userClaim: USER_CLAIM,
      supportScope: 'mx:support',
    },
    mint(claims = {}, algorithm = 'ES256') {
      const now = Math.floor(Date.now() / 1_000);
      const { kid, privateKey } = keys[algorithm];
      const usual = { iss: issuer, aud: AUDIENCE, sub: 'someone', iat: now, exp: now + 3_600 };
      return new SignJWT({ ...usual, ...claims })
        .setProtectedHeader({ alg: algorithm, kid })
        .sign(privateKey);
    },
    publicPem: (algorithm = 'RS256') => exportSPKI(keys[algorithm].publicKey),
    async rotate() {
      generation += 1;
      keys = await makeKeys(generation);
    },
    answerKeysWith(answer) {
      fixed = answer;
    },
    get requests() {
      return requests;
    },
    goDown: () => close(server),
    async dispose() {
      await close(server);
      sparePairs.push(keys.RS256);
    },
    async comeUp() {
      await listen(server, port);
    },
  };
}

/** An identity provider that lives as long as the test that calls this. */
export async function issuerOfTest(): Promise<TokenIssuer> {
  const issuer = await startIssuer();
  onTestFinished(() => issuer.dispose());
  return issuer;
}
