import { describe, expect, it } from 'vitest';

import type { Viewer } from '../../../src/auth.js';
import { Loaders } from '../../../src/graphql/loaders.js';
import { demoMember, membersOf } from '../../support/demo-members.js';
import { useCache } from '../../support/cache-over-sandbox.js';

const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';

/** The loaders of one operation for a viewer, over a sandbox. */
async function loadersFor(toViewer: (demoUserGuid: string) => Viewer, freshnessMs = 0) {
  const { cache, changeFeed, client, sandbox } = await useCache({ freshnessMs });
  const viewer = toViewer(sandbox.demoUserGuid);
  const { demoUserGuid: demo, otherUserGuid: other } = sandbox;
  const calls = () => sandbox.control.log().endpoints;
  const loaders = new Loaders({ cache, changeFeed }, viewer);
  return { loaders, cache, changeFeed, client, viewer, sandbox, demo, other, calls };
}

const endUser = (userGuid: string): Viewer => ({
  id: userGuid,
  userGuid,
  isSupport: false,
  expiresAt: Infinity,
});
const support = (): Viewer => ({
  id: 'support:1',
  userGuid: null,
  isSupport: true,
  expiresAt: Infinity,
});

describe('Loaders', () => {
  it('read any number of members of one user with one call, and return them in key order', async () => {
    const { loaders, sandbox, demo, calls } = await loadersFor(endUser);
    const guids = membersOf(sandbox, demo)
      .map(({ guid }) => guid)
      .reverse();
    const found = await Promise.all(
      [...guids, 'MBR-nobody', ...guids].map((memberGuid) => loaders.member({ userGuid: demo, memberGuid })),
    );
    expect(found.map((one) => one?.member.guid ?? null)).toEqual([...guids, null, ...guids]);
    expect(calls()).toEqual({ [LIST]: 1 });
  });

  it('make one call per user, and a failed call fails only its own keys', async () => {
    const { loaders, sandbox, demo, other, calls } = await loadersFor(support);
    const memberOf = (userGuid: string) => membersOf(sandbox, userGuid)[0]?.guid ?? '';
    const settled = await Promise.allSettled([
      loaders.member({ userGuid: demo, memberGuid: memberOf(demo) }),
      loaders.member({ userGuid: 'USR-nobody', memberGuid: 'MBR-1' }),
      loaders.member({ userGuid: other, memberGuid: memberOf(other) }),
      loaders.member({ userGuid: other, memberGuid: memberOf(demo) }),
    ]);
    expect(settled).toMatchObject([
      { status: 'fulfilled', value: { userGuid: demo } },
      { status: 'rejected', reason: { kind: 'not_found' } },
      { status: 'fulfilled', value: { userGuid: other } },
      { status: 'fulfilled', value: null },
    ]);
    expect(calls()).toEqual({ [LIST]: 3 });
  });

  it('return the same result throughout the operation, even with a TTL of 0', async () => {
    const { loaders, sandbox, demo, calls } = await loadersFor(endUser);
    const { guid } = demoMember(sandbox, 'CHALLENGED');
    const key = { userGuid: demo, memberGuid: guid };
    expect(await loaders.members(demo)).toBe(await loaders.members(demo));
    expect(await loaders.challenges(key)).toBe(await loaders.challenges({ ...key }));
    expect(calls()).toEqual({ [LIST]: 1, [STATUS]: 1 });
  });

  it('share nothing with the loaders of the next operation beyond the TTL', async () => {
    const { loaders, cache, changeFeed, viewer, demo, calls } = await loadersFor(endUser);
    await loaders.members(demo);
    await new Loaders({ cache, changeFeed }, viewer).members(demo);
    expect(calls()).toEqual({ [LIST]: 2 });
  });
});

describe('Loaders of an end user', () => {
  it('reject the member list of another user without a call', async () => {
    const { loaders, other, calls } = await loadersFor(endUser);
    await expect(loaders.members(other)).rejects.toMatchObject({ extensions: { code: 'FORBIDDEN' } });
    expect(calls()).toEqual({});
  });

  it('do not find a member of another user, with the same call as for an unknown member', async () => {
    const { loaders, sandbox, other, calls } = await loadersFor(endUser);
    const key = { userGuid: other, memberGuid: membersOf(sandbox, other)[0]?.guid ?? '' };
    expect(await loaders.member(key)).toBeNull();
    expect(calls()).toEqual({ [LIST]: 1 });
    expect(sandbox.control.log().requests[0]?.path).toContain(sandbox.demoUserGuid);
  });

  it('do not find a recent write of another user, with the same call as for an unknown member', async () => {
    const { loaders, cache, sandbox, client, other, calls } = await loadersFor(endUser, 3_000);
    const memberGuid = membersOf(sandbox, other)[0]?.guid ?? '';
    const { observedMs } = await cache.record(other, await client.aggregate(other, memberGuid));
    sandbox.control.clearLog();
    expect(await loaders.memberSeen({ userGuid: other, memberGuid }, observedMs)).toBeNull();
    expect(calls()).toEqual({ [LIST]: 1 });
  });

  it('send no request about a member of another user under that user’s guid', async () => {
    const { loaders, sandbox, other } = await loadersFor(endUser);
    const key = { userGuid: other, memberGuid: membersOf(sandbox, other)[0]?.guid ?? '' };
    await expect(loaders.challenges(key)).rejects.toMatchObject({ kind: 'not_found' });
    await expect(loaders.oauthWindowUrl(key)).rejects.toMatchObject({ kind: 'not_found' });
    expect(sandbox.control.log().requests.filter(({ path }) => path.includes(other))).toEqual([]);
  });
});

it('Loaders of a support viewer read the members of any user', async () => {
  const { loaders, demo, other } = await loadersFor(support);
  expect((await loaders.members(demo)).size).toBe(23);
  expect((await loaders.members(other)).size).toBe(2);
});
