import { describe, expect, it } from 'vitest';

import { dataOf } from '../../support/graphql-client.js';
import { memberPage, memberRow, memberRows, useMemberUpstream } from '../../support/member-upstream.js';
import { openFeed } from '../../support/status-feed.js';
import { waitFor } from '../../support/wait-for.js';

const FAST = { activeMs: 40, awaitingUserMs: 40, idleMs: 40 };
const useLive = () => useMemberUpstream({ pace: FAST, freshnessMs: 20 });

const CONTRADICTIONS: readonly [string, (changed: object) => unknown][] = [
  ['fewer rows than its total', (changed) => memberPage([changed], 3)],
  ['a row of another owner', (changed) => memberPage([changed, memberRow('MBR-9', { user_guid: 'USR-2' })])],
  ['a row twice', (changed) => memberPage([changed, changed], 2)],
  ['no pagination', (changed) => ({ members: [changed] })],
];

describe('subscribers to a user whose list contradicts itself', () => {
  it.each(CONTRADICTIONS)('(%s) hear of its rows, and not that others are gone', async (_, contradict) => {
    const scene = await useLive();
    scene.answer(memberPage(memberRows(1, 3)));
    const [all, one] = [await openFeed(scene.url), await openFeed(scene.url, { memberGuid: 'MBR-3' })];
    await all.snapshot(3);
    expect(await one.next()).toMatchObject({ memberGuid: 'MBR-3', cause: 'SNAPSHOT' });
    for (const status of ['DENIED', 'LOCKED']) {
      scene.answer(contradict(memberRow('MBR-1', { connection_status: status })) as object);
      expect(await all.next()).toMatchObject({ memberGuid: 'MBR-1', connectionStatus: status });
    }
    scene.answer(memberPage([...memberRows(1, 2), memberRow('MBR-3', { connection_status: 'DENIED' })]));
    const expected = { memberGuid: 'MBR-3', connectionStatus: 'DENIED', isDeleted: false };
    expect(await all.until(({ memberGuid }) => memberGuid === 'MBR-3')).toMatchObject(expected);
    expect(await one.next()).toMatchObject(expected);
  });

  it('begin with its rows if nothing else is known, and get the others when it shows them', async () => {
    const scene = await useLive();
    scene.answer(memberPage(memberRows(1, 2), 3));
    const feed = await openFeed(scene.url);
    expect((await feed.snapshot(2)).map(({ memberGuid }) => memberGuid)).toEqual(['MBR-1', 'MBR-2']);
    scene.answer(memberPage(memberRows(1, 3)));
    expect(await feed.next()).toMatchObject({ memberGuid: 'MBR-3', previousStatus: null, isDeleted: false });
  });

  it('get an error, not NOT_FOUND, for a member that it may have omitted', async () => {
    const scene = await useLive();
    scene.answer(memberPage(memberRows(1, 2), 3));
    const feed = await openFeed(scene.url, { memberGuid: 'MBR-3' });
    expect((await feed.nextErrors()).map(({ extensions }) => extensions?.code)).toEqual([
      'UPSTREAM_MALFORMED',
    ]);
  });
});

describe('subscribers to a member that one whole list omits', () => {
  it('hear nothing of it, and the stream goes on', async () => {
    const scene = await useLive();
    scene.answer(memberPage(memberRows(1, 3)));
    const feed = await openFeed(scene.url, { memberGuid: 'MBR-3' });
    await feed.next();
    scene.answerOnce(memberPage(memberRows(1, 2)));
    const calls = scene.listCalls();
    await waitFor(() => scene.listCalls() > calls + 2);
    scene.answer(memberPage([...memberRows(1, 2), memberRow('MBR-3', { connection_status: 'DENIED' })]));
    expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED', isDeleted: false });
  });

  it('hear that it is gone once the list is confirmed, and the stream ends', async () => {
    const scene = await useLive();
    scene.answer(memberPage(memberRows(1, 3)));
    const [all, one] = [await openFeed(scene.url), await openFeed(scene.url, { memberGuid: 'MBR-3' })];
    await all.snapshot(3);
    await one.next();
    scene.answer(memberPage(memberRows(1, 2)));
    for (const feed of [all, one])
      expect(await feed.next()).toMatchObject({
        memberGuid: 'MBR-3',
        isDeleted: true,
        connectionStatus: null,
      });
    expect(await one.live.next()).toMatchObject({ type: 'complete' });
  });
});

it('an answer that is no list does not end a stream', async () => {
  const scene = await useLive();
  scene.answer(memberPage(memberRows(1, 3)));
  const feed = await openFeed(scene.url, { memberGuid: 'MBR-3' });
  await feed.next();
  scene.answer({ members: null });
  const calls = scene.listCalls();
  await waitFor(() => scene.listCalls() > calls + 2);
  scene.answer(memberPage([...memberRows(1, 2), memberRow('MBR-3', { connection_status: 'DENIED' })]));
  expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED', isDeleted: false });
});

it('a member that the user deletes is gone at once, although MX’s list is not whole', async () => {
  const scene = await useLive();
  scene.answer(memberPage(memberRows(1, 3)));
  const feed = await openFeed(scene.url);
  await feed.snapshot(3);
  scene.answer(memberPage(memberRows(1, 1), 3));
  scene.other((_, method) => (method === 'DELETE' ? { status: 204, body: '' } : undefined));
  dataOf(
    await scene.graphql(
      'mutation { deleteMember(input: { member: { guid: "MBR-3" } }) { deletedMemberId } }',
    ),
  );
  expect(await feed.next()).toMatchObject({ memberGuid: 'MBR-3', isDeleted: true, cause: 'MUTATION' });
});
