import { SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, describe, expect, it, vi } from 'vitest';

import { encodeNodeId } from '../../src/graphql/node-id.js';
import { membersOf } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import { issuerOfTest } from '../support/token-issuer.js';

const VIEWER = '{ viewer { guid } }';
const USER = 'query One($guid: String!) { user(guid: $guid) { guid members { guid } } }';
const LIST = 'GET /users/:user/members';

/** A stack that trusts a token issuer of its own, and a claim for its demo user. */
async function trusting() {
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: issuer.auth });
  const { demoUserGuid, otherUserGuid } = stack.sandbox;
  const demo = { [issuer.auth.userClaim]: demoUserGuid };
  return { issuer, stack, demo, demoUserGuid, otherUserGuid };
}

const nowInSeconds = () => Math.floor(Date.now() / 1_000);

describe('a bearer token', () => {
  it.each(['ES256', 'RS256'] as const)('signed with %s names the viewer', async (algorithm) => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint(demo, algorithm);
    expect(dataOf(await stack.graphql(VIEWER, {}, { token }))).toEqual({ viewer: { guid: demoUserGuid } });
  });

  it('is checked without asking for the keys again', async () => {
    const { issuer, stack, demo, otherUserGuid } = await trusting();
    for (const claims of [demo, demo, { mx_user_guid: otherUserGuid }, { ...demo, sub: 'b' }]) {
      const token = await issuer.mint(claims);
      dataOf(await stack.graphql(VIEWER, {}, { token }));
      dataOf(await stack.graphql(VIEWER, {}, { token }));
    }
    expect(issuer.requests).toBe(1);
  });

  it('gives each of two viewers at the same time what is theirs', async () => {
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

  it('may have its audience in a list and its scheme in any case', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint({ ...demo, aud: ['another', issuer.auth.audience] });
    const answer = await stack.graphql(VIEWER, {}, { headers: { authorization: `bEARER ${token}` } });
    expect(dataOf(answer)).toEqual({ viewer: { guid: demoUserGuid } });
  });
});

describe('UNAUTHENTICATED is answered to', () => {
  /** Asks with a header; expects to be refused with one error, and nothing asked of MX. */
  async function refused({ stack }: Awaited<ReturnType<typeof trusting>>, authorization: string | undefined) {
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
    ['a token without an end', { exp: undefined }],
    ['a token that is not yet valid', { nbf: nowInSeconds() + 600 }],
    ['a token of another issuer', { iss: 'https://issuer.example' }],
    ['a token without an issuer', { iss: undefined }],
    ['a token for another audience', { aud: 'another-service' }],
    ['a token without an audience', { aud: undefined }],
    ['a token that names no user', { mx_user_guid: undefined }],
    ['a token whose user is no text', { mx_user_guid: 5 }],
    ['a token whose user is empty', { mx_user_guid: '' }],
    ['a token of other scopes and no user', { mx_user_guid: undefined, scope: 'openid mx:supporter' }],
    [
      'a token whose scope only contains the right word',
      { mx_user_guid: undefined, scope: 'not-mx:support' },
    ],
  ])('%s', async (_, claims) => {
    const trust = await trusting();
    const token = await trust.issuer.mint({ ...trust.demo, ...claims });
    await refused(trust, `Bearer ${token}`);
  });

  it('an expired token, and says that it has expired', async () => {
    const trust = await trusting();
    const token = await trust.issuer.mint({ ...trust.demo, exp: nowInSeconds() - 60 });
    expect(await refused(trust, `Bearer ${token}`)).toBe('The token has expired.');
  });

  it('no header at all', async () => {
    expect(await refused(await trusting(), undefined)).toContain('no Authorization header');
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
    await refused(await trusting(), authorization);
  });

  it('a token that is signed by nobody (alg none)', async () => {
    const trust = await trusting();
    const { issuer, audience } = trust.issuer.auth;
    const token = new UnsecuredJWT(trust.demo)
      .setIssuer(issuer)
      .setAudience(audience)
      .setExpirationTime('1h')
      .encode();
    await refused(trust, `Bearer ${token}`);
    await refused(trust, `Bearer ${token}AAAA`);
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
      await refused(trust, `Bearer ${await sign(`${algorithm}-1`)}`);
    },
  );

  it('a token whose claims were changed after it was signed', async () => {
    const trust = await trusting();
    const [header, , signature] = (await trust.issuer.mint(trust.demo)).split('.');
    const [, payload] = (await trust.issuer.mint({ mx_user_guid: trust.otherUserGuid })).split('.');
    await refused(trust, `Bearer ${header}.${payload}.${signature}`);
  });

  it('a token of an issuer whose keys are not published', async () => {
    const trust = await trusting();
    const stranger = await issuerOfTest();
    const { issuer: iss } = trust.issuer.auth;
    await refused(trust, `Bearer ${await stranger.mint({ ...trust.demo, iss })}`);
  });

  it('any token where tokens cannot be checked, and says which settings are missing', async () => {
    const issuer = await issuerOfTest();
    const stack = await useStack();
    const answer = await stack.graphql(VIEWER, {}, { token: await issuer.mint() });
    expect(answer.status).toBe(401);
    expect(codesOf(answer)).toEqual(['UNAUTHENTICATED']);
    expect(answer.body.errors?.[0]?.message).toContain('AUTH_JWKS_URL');
  });
});

describe('who may see whom', () => {
  it('lets a viewer read themselves as a user', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    const token = await issuer.mint(demo);
    const { user } = dataOf(
      await stack.graphql<{ user: { members: unknown[] } }>(USER, { guid: demoUserGuid }, { token }),
    );
    expect(user.members).toHaveLength(23);
  });

  it('keeps everybody else from a viewer, whether they exist or not, and asks MX nothing for it', async () => {
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
  ])('lets support read any user by its claim %s', async (claim, value) => {
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

  it('lets support read anybody’s member by its id', async () => {
    const { issuer, stack, otherUserGuid } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    const memberGuid = membersOf(stack.sandbox, otherUserGuid)[0]?.guid ?? '';
    const id = encodeNodeId({ type: 'Member', userGuid: otherUserGuid, memberGuid });
    const query = 'query One($id: ID!) { member(id: $id) { guid user { guid } } node(id: $id) { id } }';
    expect(dataOf(await stack.graphql(query, { id }, { token }))).toEqual({
      member: { guid: memberGuid, user: { guid: otherUserGuid } },
      node: { id },
    });
  });

  it('tells support that an unknown user is not there', async () => {
    const { issuer, stack } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    expect(codesOf(await stack.graphql(USER, { guid: 'USR-nobody' }, { token }))).toEqual(['NOT_FOUND']);
  });

  it('has no viewer for support that is no end user', async () => {
    const { issuer, stack } = await trusting();
    const token = await issuer.mint({ scope: 'mx:support' });
    const answer = await stack.graphql('{ viewer { guid } }', {}, { token });
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(stack.calls()).toEqual({});
  });
});

describe('the keys', () => {
  afterEach(() => {
    vi.useRealTimers();
  });

  it('that cannot be had make for AUTH_UNAVAILABLE, until they can', async () => {
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
    ['a page', { status: 200, body: '<html></html>' }],
    ['JSON that holds no keys', { status: 200, body: '{"error":"maintenance"}' }],
  ])('that come as %s make for AUTH_UNAVAILABLE, not for a refusal', async (_, answer) => {
    const { issuer, stack, demo } = await trusting();
    issuer.answerKeysWith(answer);
    const refusal = await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) });
    expect([refusal.status, ...codesOf(refusal)]).toEqual([503, 'AUTH_UNAVAILABLE']);
  });

  it('that are known go on working while their issuer is down', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    await issuer.goDown();
    const another = await issuer.mint({ ...demo, sub: 'another' });
    expect(dataOf(await stack.graphql(VIEWER, {}, { token: another }))).toEqual({
      viewer: { guid: demoUserGuid },
    });
  });

  it('that are new are fetched when a token first names them', async () => {
    const { issuer, stack, demo, demoUserGuid } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    await issuer.rotate();
    // Keys are fetched at most twice a minute, or anybody could have us ask for them with made-up names.
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 31_000 });
    const token = await issuer.mint(demo);
    expect(dataOf(await stack.graphql(VIEWER, {}, { token }))).toEqual({ viewer: { guid: demoUserGuid } });
    expect(issuer.requests).toBe(2);
  });

  it('are not asked for again by every token that makes up a name of one', async () => {
    const { issuer, stack, demo } = await trusting();
    dataOf(await stack.graphql(VIEWER, {}, { token: await issuer.mint(demo) }));
    const stranger = await issuerOfTest();
    for (let generation = 0; generation < 5; generation += 1) {
      await stranger.rotate();
      const token = await stranger.mint({ ...demo, iss: issuer.auth.issuer });
      expect((await stack.graphql(VIEWER, {}, { token })).status).toBe(401);
    }
    expect(issuer.requests).toBe(1);
  });
});
