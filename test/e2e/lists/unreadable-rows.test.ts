import { describe, expect, it } from 'vitest';

import { encodeNodeId } from '../../../src/graphql/node-id.js';
import { captureLog } from '../../support/captured-log.js';
import { codesOf } from '../../support/graphql-client.js';
import type { GraphqlAnswer, GraphqlFault } from '../../support/graphql-client.js';
import { connectSocket, openStream } from '../../support/live-client.js';
import { memberPage, memberRow, memberRows, USER, useMemberUpstream } from '../../support/member-upstream.js';
import type { MemberUpstream } from '../../support/member-upstream.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';

const MEMBERS = '{ viewer { guid members { guid } } }';
const SECRET = 'SECRET-OF-MX';

/** An operation is compiled when it comes for the third time. */
const RUNS = 4;
/** A subscription is compiled at its hundredth event. */
const EVENTS = 105;

interface Shown {
  readonly viewer: { readonly members: readonly { readonly guid: string }[] };
}

const guidsOf = ({ body }: GraphqlAnswer<Shown>) => body.data?.viewer.members.map(({ guid }) => guid);
const pathsOf = ({ errors }: { readonly errors?: readonly GraphqlFault[] }) =>
  errors?.map(({ path }) => path);

/** A list of MBR-1, a row that is no member, and MBR-2. */
const GARBLED = memberPage([memberRow('MBR-1'), { name: SECRET, guid: null }, memberRow('MBR-2')]);

async function garbledScene(list: object = GARBLED): Promise<MemberUpstream> {
  const scene = await useMemberUpstream({ freshnessMs: 3_600_000 });
  scene.answer(list);
  return scene;
}

describe('a row of MX’s list that is no member', () => {
  it.each<[string, unknown]>([
    ['null', null],
    ['a number', 5],
    ['a text', SECRET],
    ['a list', [memberRow('MBR-9')]],
    ['an empty object', {}],
    ['an object without a guid', { name: SECRET, connection_status: 'CONNECTED' }],
    ['a guid that is empty', memberRow('', { name: SECRET })],
    ['a guid that is null', { ...memberRow(''), guid: null }],
    ['a guid that is an object', { ...memberRow(''), guid: { value: SECRET } }],
  ])('(%s) is left out with one error at its index, and the others stand', async (_, row) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1'), row, memberRow('MBR-2')]));
    const answer = await scene.graphql(MEMBERS);
    expect(answer.status).toBe(200);
    expect(answer.body).toEqual({
      data: { viewer: { guid: USER, members: [{ guid: 'MBR-1' }, { guid: 'MBR-2' }] } },
      errors: [
        {
          message: 'MX sent a member that could not be read.',
          locations: [{ line: 1, column: 17 }],
          path: ['viewer', 'members', 1],
          extensions: { code: 'UPSTREAM_MALFORMED', retryable: true },
        },
      ],
    });
  });

  it('has an index that counts the rows of all pages', async () => {
    const scene = await useMemberUpstream();
    const rows = [memberRows(1, 24), [null], memberRows(26, 29), [5, memberRow('MBR-31')]].flat();
    scene.answer((page: number) => ({
      members: rows.slice((page - 1) * 25, page * 25),
      pagination: { total_entries: 31, total_pages: 2 },
    }));
    const answer = await scene.graphql<Shown>(MEMBERS);
    expect(guidsOf(answer)).toHaveLength(29);
    expect(pathsOf(answer.body)).toEqual([24, 29].map((index) => ['viewer', 'members', index]));
  });

  it('is told once if MX sends the same page for each number', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([...memberRows(1, 12), null], 40));
    const answer = await scene.graphql<Shown>(MEMBERS);
    expect(guidsOf(answer)).toHaveLength(12);
    expect(pathsOf(answer.body)).toEqual([['viewer', 'members', 12]]);
  });

  it('is told no more once MX sends the list as it should be', async () => {
    const scene = await useMemberUpstream();
    scene.answer(GARBLED);
    expect(codesOf(await scene.graphql(MEMBERS))).toEqual(['UPSTREAM_MALFORMED']);
    scene.answer(memberPage(memberRows(1, 3)));
    const answer = await scene.graphql<Shown>(MEMBERS);
    expect(answer.body.errors).toBeUndefined();
    expect(guidsOf(answer)).toEqual(['MBR-1', 'MBR-2', 'MBR-3']);
  });

  it.each([2, 3])(
    'may be a known member, which is not taken for gone, under a total of %i',
    async (total) => {
      const scene = await useMemberUpstream();
      scene.answer(memberPage(memberRows(1, 3)));
      await scene.graphql(MEMBERS);
      scene.answer(memberPage([memberRow('MBR-1'), { name: SECRET }, memberRow('MBR-3')], total));
      for (let round = 0; round < 3; round += 1) {
        const answer = await scene.graphql<Shown>(MEMBERS);
        expect(guidsOf(answer)?.sort()).toEqual(['MBR-1', 'MBR-2', 'MBR-3']);
        expect(pathsOf(answer.body)).toEqual([['viewer', 'members', 1]]);
      }
    },
  );

  it('may be any member that is not known, whose absence is then no NOT_FOUND', async () => {
    const scene = await garbledScene(memberPage([memberRow('MBR-1'), {}], 1));
    const answer = await scene.graphql('{ viewer { member(guid: "MBR-9") { guid } } }');
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect(answer.body.data).toEqual({ viewer: { member: null } });
  });

  it('is an error of the whole list if there are no others', async () => {
    const scene = await garbledScene(memberPage([null, {}]));
    const answer = await scene.graphql(MEMBERS);
    expect(answer.body.data).toEqual({ viewer: { guid: USER, members: null } });
    expect(pathsOf(answer.body)).toEqual([['viewer', 'members']]);
  });

  it('is told of a hundred times at most', async () => {
    const scene = await garbledScene(memberPage([memberRow('MBR-1'), ...Array<null>(150).fill(null)]));
    expect((await scene.graphql(MEMBERS)).body.errors).toHaveLength(100);
  });

  it('is logged once, and its content neither logged nor sent', async () => {
    const log = captureLog('debug');
    const scene = await useMemberUpstream({ config: log.config });
    scene.answer(GARBLED);
    for (let round = 0; round < 3; round += 1)
      expect((await scene.graphql(MEMBERS)).text).not.toContain(SECRET);
    const user: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(log.lines('MX listed members that could not be read')).toMatchObject([
      { level: 40, user, rows: 1 },
    ]);
    expect(log.text).not.toContain(SECRET);
    expect(log.text).not.toContain(USER);
  });
});

describe('the error of such a row is answered alike however often it is asked for', () => {
  const ROW = 1;
  const nested = (...members: number[]) =>
    members.map((at) => ['viewer', 'members', at, 'user', 'members', ROW]);

  it.each<[string, string, readonly (readonly (string | number)[])[]]>([
    ['plainly', MEMBERS, [['viewer', 'members', ROW]]],
    [
      'under aliases',
      '{ me: viewer { a: members { guid } b: members { name } } }',
      [
        ['me', 'a', ROW],
        ['me', 'b', ROW],
      ],
    ],
    [
      'in fragments, by the same field twice',
      '{ viewer { ...A ...A ... on User { members { name } } } } fragment A on User { members { guid } }',
      [['viewer', 'members', ROW]],
    ],
    [
      'below each member',
      '{ viewer { members { guid user { members { guid } } } } }',
      [['viewer', 'members', ROW], ...nested(0, 1)],
    ],
    [
      'with filters that no member fits',
      '{ viewer { members(waitingOn: [], phase: [ENDED]) { guid } } }',
      [['viewer', 'members', ROW]],
    ],
    [
      'by the id of the user',
      `{ node(id: "${encodeNodeId({ type: 'User', userGuid: USER })}") { ... on User { members { guid } } } }`,
      [['node', 'members', ROW]],
    ],
    ['by the guid of the user', `{ user(guid: "${USER}") { members { guid } } }`, [['user', 'members', ROW]]],
    [
      'between the errors of other fields',
      `{ a: member(by: { guid: "x" }) { guid } viewer { z: member(guid: "x") { guid } members { guid } y: member(guid: "x") { guid } } }`,
      [['a'], ['viewer', 'z'], ['viewer', 'members', ROW], ['viewer', 'y']],
    ],
    ['not at all where the list is not asked for', '{ viewer { guid member(guid: "MBR-1") { guid } } }', []],
  ])('%s', async (_, query, paths) => {
    const scene = await garbledScene();
    const answers = [];
    for (let run = 0; run < RUNS; run += 1) answers.push(await scene.graphql(query));
    expect(pathsOf(answers[0]?.body ?? {}) ?? []).toEqual(paths);
    expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
    expect(scene.listCalls()).toBeLessThanOrEqual(4);
  });

  it('over WebSocket and SSE as by POST', async () => {
    const scene = await garbledScene();
    const { body } = await scene.graphql(MEMBERS);
    const live = await connectSocket(scene.url);
    for (let run = 0; run < RUNS; run += 1) {
      live.subscribe(`${run}`, MEMBERS);
      expect((await live.next()).payload).toEqual(body);
      expect((await live.next()).type).toBe('complete');
      const stream = await openStream(scene.url, MEMBERS);
      expect((await stream.next()).data).toEqual(body);
    }
  });

  it('in each event of a subscription', async () => {
    const scene = await useMemberUpstream({ freshnessMs: 3_600_000 });
    scene.answer(memberPage([null, ...memberRows(1, EVENTS)]));
    const live = await connectSocket(scene.url);
    live.subscribe('1', 'subscription { memberStatusChanged { member { user { all: members { guid } } } } }');
    for (let event = 0; event < EVENTS; event += 1) {
      const { payload } = await live.next<{
        memberStatusChanged: { member: { user: { all: unknown[] } } };
      }>();
      expect(pathsOf(payload ?? {})).toEqual([['memberStatusChanged', 'member', 'user', 'all', 0]]);
      expect(payload?.data?.memberStatusChanged.member.user.all).toHaveLength(EVENTS);
    }
  });

  it.skipIf(skipsRedis)('by an instance that another one has read the list for', async () => {
    const redis = await redisOfTest();
    const first = await useMemberUpstream({ redisUrl: redis.url, freshnessMs: 60_000 });
    const second = await useMemberUpstream({ redisUrl: redis.url, freshnessMs: 60_000 });
    first.answer(GARBLED);
    const answer = await first.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect((await second.graphql(MEMBERS)).text).toBe(answer.text);
    expect(second.listCalls()).toBe(0);
  });
});
