import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';

import { encodeNodeId } from '../../src/graphql/node-id.js';
import { membersOf } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

const VIEWER = '{ viewer { guid } }';
const USER = 'query One($guid: String!) { user(guid: $guid) { guid members { guid } } }';
const LIST = 'GET /users/:user/members';

/** A stack with its own token issuer, and a claim for the demo user. */
async function trusting() {
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: issuer.auth });
  const { demoUserGuid, otherUserGuid } = stack.sandbox;
  const demo = { [issuer.auth.userClaim]: demoUserGuid };
  return { issuer, stack, demo, demoUserGuid, otherUserGuid };
}

const nowInSeconds = () => Math.floor(Date.now() / 1_000);

describe('a bearer token', () => {
  it.each(['ES256', 'RS256'] as const)('signed with %s identifies the viewer', async (algorithm) => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint(demo, algorithm);
    expect(dataOf(await stack.graphql(VIEWER, {}, { token }))).toEqual({ viewer: { guid: demoUserGuid } });
  });

  it('is verified without fetching the keys again', async () => {
    const { issuer, stack, demo, otherUserGuid } = await trusting();
    for (const claims of [demo, demo, { mx_user_guid: otherUserGuid }, { ...demo, sub: 'b' }]) {
      const token = await issuer.mint(claims);
      dataOf(await stack.graphql(VIEWER, {}, { token }));
      dataOf(await stack.graphql(VIEWER, {}, { token }));
    }
    expect(issuer.requests).toBe(1);
  });

  it('gives concurrent viewers their own data', async () => {
    const { issuer, stack, demoUserGuid, otherUserGuid } = await trusting();
    const query = '{ viewer { guid members { guid } } }';
    const askAs = async (guid: string) => {
      const token = await issuer.mint({ mx_user_guid: guid });
      return dataOf(
        await stack.graphql<{ viewer: { guid: string; members: { guid: string }[] } }>(query, {}, { token }),
      ).viewer;
    };
    const users = Array.from({ length: 20 }, (_, at) => (at % 2 ? demoUserGuid : otherUserGuid));
    const viewers = await Promise.all(users.map(askAs));
    viewers.forEach(({ guid, members }, at) => {
      expect(guid).toBe(users[at]);
      expect(members.map((member) => member.guid)).toEqual(
        membersOf(stack.sandbox, guid).map((one) => one.guid),
      );
    });
    expect(stack.calls()).toEqual({ [LIST]: 2 });
  });

  it('may have several audiences and its scheme in any case', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint({ ...demo, aud: ['another', issuer.auth.audience] });
    const answer = await stack.graphql(VIEWER, {}, { headers: { authorization: `bEARER ${token}` } });
    expect(dataOf(answer)).toEqual({ viewer: { guid: demoUserGuid } });
  });
});

describe('the server rejects as UNAUTHENTICATED', () => {
  /** Sends a query with the header. Expects one error and no call to MX, and returns the message. */
  async function rejected(
    { stack }: Awaited<ReturnType<typeof trusting>>,
    authorization: string | undefined,
  ) {
    const headers: Record<string, string> = authorization === undefined ? {} : { authorization };
    const answer = await stack.graphql('{ viewer { guid members { guid } } }', {}, { headers });
    expect(answer.status).toBe(401);
    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    expect(answer.body.data).toBeUndefined();
    expect(stack.calls()).toEqual({});
    expect(answer.text).not.toMatch(/stack|127\.0\.0\.1|JWS|JWK|JOSE/);
    const token = authorization?.split(' ')[1];
    if (token && token.length > 8) expect(answer.text).not.toContain(token);
    return answer.body.errors?.[0]?.message;
  }

  it.each<[string, Record<string, unknown>]>([
    ['an expired token', { exp: nowInSeconds() - 60 }],
    ['a token without an expiry', { exp: undefined }],
    ['a token that is not yet valid', { nbf: nowInSeconds() + 600 }],
    ['a token of another issuer', { iss: 'https://issuer.example' }],
    ['a token without an issuer', { iss: undefined }],
    ['a token for another audience', { aud: 'another-service' }],
    ['a token without an audience', { aud: undefined }],
    ['a token without a user', { mx_user_guid: undefined }],
    ['a token whose user is a number', { mx_user_guid: 5 }],
    ['a token whose user is empty', { mx_user_guid: '' }],
    ['a token with other scopes and no user', { mx_user_guid: undefined, scope: 'openid mx:supporter' }],
    [
      'a token whose scope only contains the support scope as a part',
      { mx_user_guid: undefined, scope: 'not-mx:support' },
    ],
  ])('%s', async (_, claims) => {
    const trust = await trusting();
    const token = await trust.issuer.mint({ ...trust.demo, ...claims });
    await rejected(trust, `Bearer ${token}`);
  });

  it('an expired token, with a message that it has expired', async () => {
    const trust = await trusting();
    const token = await trust.issuer.mint({ ...trust.demo, exp: nowInSeconds() - 60 });
    expect(await rejected(trust, `Bearer ${token}`)).toBe('The token has expired.');
  });

  it('a request without a header', async () => {
    expect(await rejected(await trusting(), undefined)).toContain('no Authorization header');
  });

  it.each([
    '',
    'Bearer',
    'Bearer ',
    'Bearer a b',
    'Basic dXNlcjpwYXNz',
    'Bearer garbage',
    'Bearer a.b.c',
    'Bearer ..',
  ])('the header %j', async (authorization) => {
    await rejected(await trusting(), authorization);
  });

  it('an unsigned token (alg none)', async () => {
    const trust = await trusting();
    const { issuer, audience } = trust.issuer.auth;
    const token = new UnsecuredJWT(trust.demo)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime('1h')
      .encode();
    await rejected(trust, `Bearer ${token}`);
    await rejected(trust, `Bearer ${token}AAAA`);
  });

  it.each(['ES256', 'RS256'] as const)(
    'a token signed with HS256 and the public key of %s',
    async (algorithm) => {
      const trust = await trusting();
      const { issuer, audience } = trust.issuer.auth;
      const secret = new TextEncoder().encode(await trust.issuer.publicPem(algorithm));
      const sign = (kid: string) =>
        new SignJWT(trust.demo)
          .setProtectedHeader({ alg: 'HS256', kid })
          .setIssuer(issuer)
          .setAudience(audience)
          .setExpirationTime('1h')
          .sign(secret);
      await rejected(trust, `Bearer ${await sign(`${algorithm}-1`)}`);
    },
  );

  it('a token whose claims were changed after signing', async () => {
    const trust = await trusting();
    const [header, , signature] = (await trust.issuer.mint(trust.demo)).split('.');
    const [, payload] = (await trust.issuer.mint({ mx_user_guid: trust.otherUserGuid })).split('.');
    await rejected(trust, `Bearer ${header}.${payload}.${signature}`);
  });

  it('a token that is signed with an unpublished key', async () => {
    const trust = await trusting();
    const stranger = await issuerOfTest();
    const { issuer: iss } = trust.issuer.auth;
    await rejected(trust, `Bearer ${await stranger.mint({ ...trust.demo, iss })}`);
  });

  it('any token if authentication is not configured, and names the missing settings', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack();
    const answer = await stack.graphql(VIEWER, {}, { token: await issuer.mint() });
    expect(answer.status).toBe(401);
    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    expect(answer.body.errors?.[0]?.message).toContain('AUTH_JWKS_URL');
  });
});

describe('authorization', () => {
  it('allows viewers to read their own user', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint(demo);
    const { user } = dataOf(
      await stack.graphql<{ user: { members: unknown[] } }>(USER, { guid: demoUserGuid }, { token }),
    );
    expect(user.members).toHaveLength(23);
  });

  it('rejects other users without a call to MX, whether they exist or not', async () => {
    const { issuer, stack, demo, otherUserGuid } = await trusting();
    const token = await issuer.mint(demo);
    const other = await stack.graphql(USER, { guid: otherUserGuid }, { token });
    const nobody = await stack.graphql(USER, { guid: 'USR-nobody' }, { token });
    expect(codesOf(other)).toEqual(['FORBIDDEN']);
    expect(other.body.data).toEqual({ user: null });
    expect(nobody.text).toBe(other.text);
    expect(stack.calls()).toEqual({});
  });

  it.each([
    ['scope', 'openid mx:support'],
    ['scp', ['mx:support', 'openid']],
  ])('allows support to read any user, with the claim %s', async (claim, value) => {
    const { issuer, stack, demoUserGuid, otherUserGuid } = await trusting();
    const token = await issuer.mint({ [claim]: value });
    for (const guid of [demoUserGuid, otherUserGuid]) {
      const { user } = dataOf(
        await stack.graphql<{ user: { guid: string; members: { guid: string }[] } }>(
          USER,
          { guid },
          { token },
        ),
      );
      expect(user.members.map((member) => member.guid)).toEqual(
        membersOf(stack.sandbox, guid).map((member) => member.guid),
      );
    }
    expect(stack.calls()).toEqual({ [LIST]: 2 });
  });

  it('allows support to read the member of any user by id', async () => {
    const { issuer, stack, otherUserGuid } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    const memberGuid = membersOf(stack.sandbox, otherUserGuid)[0]?.guid ?? '';
    const id = encodeNodeId({ type: 'Member', userGuid: otherUserGuid, memberGuid });
    const query =
      'query One($id: ID!) { member(by: { id: $id }) { guid user { guid } } node(id: $id) { id } }';
    expect(dataOf(await stack.graphql(query, { id }, { token }))).toEqual({
      member: { guid: memberGuid, user: { guid: otherUserGuid } },
      node: { id },
    });
  });

  it('returns NOT_FOUND to support for an unknown user', async () => {
    const { issuer, stack } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    expect(codesOf(await stack.graphql(USER, { guid: 'USR-nobody' }, { token }))).toEqual(['NOT_FOUND']);
  });

  it('returns FORBIDDEN for the viewer of a support token without a user', async () => {
    const { issuer, stack } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    const answer = await stack.graphql('{ viewer { guid } }', {}, { token });
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(stack.calls()).toEqual({});
  });
});

describe('the keys of the issuer', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('cause AUTH_UNAVAILABLE while they cannot be fetched', async () => {
    const { issuer, stack, demo } = await trusting();
    const token = await issuer.mint(demo);
    await issuer.goDown();
    const answer = await stack.graphql(VIEWER, {}, { token });
    expect(answer.status).toBe(503);
    expect(codesOf(answer)).toEqual(['AUTH_UNAVAILABLE']);
    expect(answer.body.errors?.[0]?.extensions?.retryable).toBe(true);
    expect(answer.text).not.toContain('127.0.0.1');
    await issuer.comeUp();
    expect((await stack.graphql(VIEWER, {}, { token })).status).toBe(200);
  });

  it.each([
    ['a 500', { status: 500, body: '{}' }],
    ['an HTML page', { status: 200, body: '<html></html>' }],
    ['JSON without keys', { status: 200, body: '{"error":"maintenance"}' }],
  ])('cause AUTH_UNAVAILABLE, not UNAUTHENTICATED, when the issuer returns %s', async (_, answer) => {
    const { issuer, stack, demo } = await trusting();
    issuer.answerKeysWith(answer);
    const rejection = await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) });
    expect([rejection.status, ...codesOf(rejection)]).toEqual([503, 'AUTH_UNAVAILABLE']);
  });

  it('remain in use while the issuer is down', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    await issuer.goDown();
    const another = await issuer.mint({ ...demo, sub: 'another' });
    expect(dataOf(await stack.graphql(VIEWER, {}, { token: another }))).toEqual({
      viewer: { guid: demoUserGuid },
    });
  });

  it('are fetched again when a token names a new key', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    await issuer.rotate();
    // Keys are fetched at most twice a minute, so that invented key names cannot cause many requests.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    const token = await issuer.mint(demo);
    expect(dataOf(await stack.graphql(VIEWER, {}, { token }))).toEqual({ viewer: { guid: demoUserGuid } });
    expect(issuer.requests).toBe(2);
  });

  it('are fetched again for a new key although the wall clock was set back ten minutes', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    await issuer.rotate();
    const [steady, wall] = [performance.now() + 6_000, Date.now() - 600_000];
    vi.useFakeTimers({ toFake: ['Date'], now: wall });
    const now = vi.spyOn(performance, 'now').mockReturnValue(steady);
    onTestFinished(() => now.mockRestore());
    const token = await issuer.mint(demo);
    expect(dataOf(await stack.graphql(VIEWER, {}, { token }))).toEqual({ viewer: { guid: demoUserGuid } });
    expect(issuer.requests).toBe(2);
  });

  it('are not fetched again for each token with an invented key name', async () => {
    const { issuer, stack, demo } = await trusting();
    const stranger = await issuerOfTest();
    const tokens: string[] = [];
    // Made beforehand: making keys may take longer than the keys are left alone.
    while (tokens.length < 5) {
      await stranger.rotate();
      tokens.push(await stranger.mint({ ...demo, iss: issuer.auth.issuer }));
    }
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    for (const token of tokens) expect((await stack.graphql(VIEWER, {}, { token })).status).toBe(401);
    expect(issuer.requests).toBe(1);
  });
});
