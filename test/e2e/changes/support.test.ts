import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { useStack } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';
import { issuerOfTest } from '../../support/token-issuer.js';

const UNKNOWN = 'USR-00000000-0000-4000-8000-000000000000';

async function sceneOfTest() {
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: issuer.auth, webhooks: true, freshnessMs: 50 });
  const { demoUserGuid, otherUserGuid } = stack.sandbox;
  const claim = issuer.auth.userClaim;
  return {
    ...stack,
    user: demoUserGuid,
    members: membersOf(stack.sandbox, demoUserGuid),
    agent: await issuer.mint({ scope: 'mx:support' }),
    userAgent: await issuer.mint({ scope: 'mx:support', [claim]: otherUserGuid }),
    owner: await issuer.mint({ [claim]: demoUserGuid }),
    other: await issuer.mint({ [claim]: otherUserGuid }),
  };
}

describe('a subscription to a user', () => {
  it('sends support the snapshot and each change, like the user', async () => {
    const scene = await sceneOfTest();
    const { url, user, members, sandbox } = scene;
    const feeds = await Promise.all(
      [scene.agent, scene.userAgent, scene.owner].map((token) => openFeed(url, { token, userGuid: user })),
    );
    for (const feed of feeds) {
      const snapshot = await feed.snapshot(members.length);
      expect(snapshot.map(({ member }) => member?.guid)).toEqual(members.map(({ guid }) => guid));
    }
    const { guid } = demoMember(sandbox, 'CONNECTED');
    sandbox.control.forceMember(guid, { connection_status: 'LOCKED' });
    const events = await Promise.all(feeds.map((feed) => feed.next()));
    for (const event of events)
      expect(event).toMatchObject({
        memberGuid: guid,
        connectionStatus: 'LOCKED',
        member: { guid, connectionStatus: 'LOCKED' },
        cursor: events[0]?.cursor,
      });
  });

  it('sends support the changes of one member, and resumes after a cursor', async () => {
    const { url, agent: token, user: userGuid, sandbox } = await sceneOfTest();
    const { guid: memberGuid } = demoMember(sandbox, 'CONNECTED');
    const { cursor: after } = await (await openFeed(url, { token, userGuid, memberGuid })).next();
    const feed = await openFeed(url, { token, userGuid, memberGuid, after });
    expect(await feed.next()).toMatchObject({ memberGuid, isReset: false, isSnapshotEnd: true });
  });

  it('is refused to other users, and sends them nothing', async () => {
    const { url, other: token, user: userGuid, sandbox, calls, forgetCalls } = await sceneOfTest();
    forgetCalls();
    for (const guid of [userGuid, UNKNOWN]) {
      const feed = await openFeed(url, { token, userGuid: guid });
      expect(await feed.nextErrors()).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
      expect(await feed.live.next()).toMatchObject({ type: 'complete' });
    }
    expect(calls()).toEqual({});
    const { guid: memberGuid } = demoMember(sandbox, 'CONNECTED');
    const feed = await openFeed(url, { token, userGuid: sandbox.otherUserGuid, memberGuid });
    expect(await feed.nextErrors()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });

  it('without a user is refused to support that is no user', async () => {
    const { url, agent: token } = await sceneOfTest();
    const feed = await openFeed(url, { token });
    expect(await feed.nextErrors()).toMatchObject([{ extensions: { code: 'FORBIDDEN' } }]);
  });

  it('names what is wrong with the guid, and says NOT_FOUND for a user that MX does not know', async () => {
    const { url, agent: token } = await sceneOfTest();
    for (const userGuid of ['', 'MBR-1', `USR-${'a'.repeat(61)}`]) {
      const [error] = await (await openFeed(url, { token, userGuid })).nextErrors();
      expect(error).toMatchObject({ extensions: { code: 'BAD_USER_INPUT' } });
      expect(error?.message).toContain('USR-');
    }
    const feed = await openFeed(url, { token, userGuid: UNKNOWN });
    expect(await feed.nextErrors()).toMatchObject([{ extensions: { code: 'NOT_FOUND' } }]);
  });
});
