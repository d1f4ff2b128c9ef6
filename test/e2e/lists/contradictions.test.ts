import { describe, expect, it } from 'vitest';

import { captureLog } from '../../support/captured-log.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import {
  memberPage,
  memberRow,
  memberRows,
  pagesOf,
  useMemberUpstream,
} from '../../support/member-upstream.js';
import type { MemberUpstream } from '../../support/member-upstream.js';

const MEMBERS = '{ viewer { members { guid observedAt } } }';
const MEMBER = 'query ($guid: String!) { member(by: { guid: $guid }) { guid connectionStatus observedAt } }';

interface Row {
  readonly guid: string;
  readonly observedAt: string;
}

async function read({ graphql }: MemberUpstream): Promise<readonly Row[]> {
  return dataOf(await graphql<{ viewer: { members: Row[] } }>(MEMBERS)).viewer.members;
}

const guidsOf = (rows: readonly Row[]) => rows.map(({ guid }) => guid);
const guids = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => `MBR-${first + index}`);

describe('a list of several pages', () => {
  it.each<[string, readonly [count: number, size: number], number]>([
    ['130 members in pages of 100', [130, 100], 2],
    ['130 members in pages of 25, although 100 were asked for', [130, 25], 6],
    ['exactly 100 members', [100, 100], 1],
    ['exactly 25 members', [25, 25], 1],
    ['26 members in pages of 25', [26, 25], 2],
    ['2,000 members', [2_000, 100], 20],
  ])('is read to its end: %s', async (_, [count, size], calls) => {
    const scene = await useMemberUpstream();
    scene.answer(pagesOf(memberRows(1, count), size));
    expect(guidsOf(await read(scene))).toEqual(guids(1, count));
    expect(scene.listCalls()).toBe(calls);
  });

  it.each([
    ['100', 100, 1],
    ['25', 25, 1],
  ])('of 2,001 members in pages of %s is a clear error', async (_, size, calls) => {
    const scene = await useMemberUpstream();
    scene.answer(pagesOf(memberRows(1, 2_001), size));
    const answer = await scene.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_REJECTED']);
    expect(answer.body.errors?.[0]?.message).toContain('2,000 members');
    expect(scene.listCalls()).toBe(calls);
  });

  it('without totals is read until a page brings nothing new', async () => {
    const scene = await useMemberUpstream();
    const pages = pagesOf(memberRows(1, 60), 25);
    scene.answer((page) => ({ members: (pages(page) as { members: unknown }).members }));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 60));
  });

  it.each<[string, object]>([
    ['a wrong number of pages', { total_pages: 1 }],
    ['too many pages', { total_pages: 1_000 }],
    ['a wrong current page', { current_page: 7 }],
    ['texts instead of numbers', { total_pages: '6', current_page: null, per_page: '25' }],
  ])('with %s is read to its end', async (_, pagination) => {
    const scene = await useMemberUpstream();
    const pages = pagesOf(memberRows(1, 130), 25);
    scene.answer((page) => {
      const body = pages(page) as { members: unknown[]; pagination: object };
      return { ...body, pagination: { ...body.pagination, ...pagination } };
    });
    expect(guidsOf(await read(scene))).toEqual(guids(1, 130));
    expect(scene.listCalls()).toBeLessThanOrEqual(7);
  });

  it('that is the same page for each number is not read for ever', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 25), 130));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 25));
    expect(scene.listCalls()).toBeLessThanOrEqual(4);
  });
});

describe('a list that contradicts itself', () => {
  it.each<[string, unknown]>([
    ['fewer rows than its total', memberPage(memberRows(1, 2), 3)],
    ['a row twice', memberPage([...memberRows(1, 2), memberRow('MBR-2')], 3)],
    ['a row of another owner', memberPage([...memberRows(1, 2), memberRow('MBR-9', { user_guid: 'USR-2' })])],
    ['no pagination', { members: memberRows(1, 2) }],
    ['no total', { members: memberRows(1, 2), pagination: { current_page: 1 } }],
    ['a total that is a text', { members: memberRows(1, 2), pagination: { total_entries: '2' } }],
    ['more rows than its total', memberPage(memberRows(1, 2), 1)],
  ])('because of %s shows its rows and those known before', async (_, contradiction) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    const [, , before] = await read(scene);
    scene.answer(contradiction as object);
    for (let round = 0; round < 3; round += 1) {
      const rows = await read(scene);
      expect(guidsOf(rows)).toEqual(guids(1, 3));
      expect(rows[2]?.observedAt).toBe(before?.observedAt);
      expect(Date.parse(rows[0]?.observedAt ?? '')).toBeGreaterThan(Date.parse(before?.observedAt ?? ''));
      const answer = await scene.graphql(MEMBER, { guid: 'MBR-3' });
      expect(answer.body).toEqual({
        data: { member: { guid: 'MBR-3', connectionStatus: 'CONNECTED', observedAt: before?.observedAt } },
      });
    }
  });

  it('does not say that a member does not exist which was never seen', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 2), 3));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 2));
    expect(codesOf(await scene.graphql(MEMBER, { guid: 'MBR-3' }))).toEqual(['UPSTREAM_MALFORMED']);
    scene.answer(memberPage(memberRows(1, 2)));
    expect(codesOf(await scene.graphql(MEMBER, { guid: 'MBR-3' }))).toEqual(['NOT_FOUND']);
  });

  it('because its total changes between two pages says of no member that it is gone', async () => {
    const scene = await useMemberUpstream();
    scene.answer(pagesOf(memberRows(1, 30), 25));
    await read(scene);
    const [before, after] = [pagesOf(memberRows(1, 30), 25), pagesOf(memberRows(2, 30), 25)];
    scene.answer((page) => (page === 1 ? before(1) : after(page)));
    expect(new Set(guidsOf(await read(scene)))).toEqual(new Set(guids(1, 30)));
  });

  it('costs one more read per TTL and user at most', async () => {
    const scene = await useMemberUpstream({ freshnessMs: 3_600_000 });
    scene.answer(memberPage(memberRows(1, 2), 3));
    for (let round = 0; round < 5; round += 1) await read(scene);
    // Two reads, each of which asks for the second page of which the total speaks.
    expect(scene.listCalls()).toBe(4);
  });
});

describe('a member that a whole list omits', () => {
  it('is still shown if the next list has it', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    await read(scene);
    scene.answerOnce(memberPage(memberRows(1, 2)));
    const before = scene.listCalls();
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
    expect(scene.listCalls()).toBe(before + 2);
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
  });

  it('is gone if the next list omits it too', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    await read(scene);
    scene.answer(memberPage(memberRows(1, 2)));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 2));
    expect(codesOf(await scene.graphql(MEMBER, { guid: 'MBR-3' }))).toEqual(['NOT_FOUND']);
  });

  it('is gone only when two whole lists have omitted it, with any number of others between them', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    await read(scene);
    const [short, whole] = [memberPage(memberRows(1, 2), 9), memberPage(memberRows(1, 2))];
    scene.answerOnce(whole, short, short);
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
    scene.answerOnce(short, short, short, short);
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
    scene.answerOnce(whole);
    expect(guidsOf(await read(scene))).toEqual(guids(1, 2));
  });

  it('stays if the second question fails', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    await read(scene);
    scene.answerOnce(memberPage(memberRows(1, 2)), { error: 'no list' });
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
  });

  it('is gone at once if the user deleted it, also from lists that are not whole', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    await read(scene);
    scene.other((_, method) => (method === 'DELETE' ? { status: 204, body: '' } : undefined));
    dataOf(
      await scene.graphql(
        'mutation { deleteMember(input: { member: { guid: "MBR-3" } }) { deletedMemberId } }',
      ),
    );
    scene.answer(memberPage(memberRows(1, 1), 3));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 2));
    expect(codesOf(await scene.graphql(MEMBER, { guid: 'MBR-3' }))).toEqual(['NOT_FOUND']);
  });
});

describe('an answer that is no list', () => {
  const NO_LISTS: readonly [string, unknown][] = [
    ['null instead of the members', { members: null, pagination: { total_entries: 0 } }],
    ['no members', { pagination: { total_entries: 0 } }],
    ['an object instead of the members', { members: { 0: memberRow('MBR-1') } }],
    ['a text instead of the members', { members: 'MBR-1' }],
    ['rows without guids', memberPage([{ name: 'a' }, { name: 'b' }])],
    ['a total without rows', memberPage([], 3)],
    ['an empty object', {}],
    ['null', 'null'],
    ['an array', '[]'],
    ['a number', '5'],
    ['nothing', ''],
    ['a page of HTML', '<html><body>Welcome</body></html>'],
  ];

  it.each(NO_LISTS)('(%s) is an error if nothing is known', async (_, body) => {
    const scene = await useMemberUpstream();
    scene.answer(body as object);
    const answer = await scene.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect(answer.body.data).toEqual({ viewer: { members: null } });
  });

  it.each(NO_LISTS)('(%s) leaves what is known as it was observed', async (_, body) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 3)));
    const before = await read(scene);
    scene.answer(body as object);
    expect(await read(scene)).toEqual(before);
    scene.answer(memberPage(memberRows(1, 3)));
    expect(guidsOf(await read(scene))).toEqual(guids(1, 3));
  });

  it('as the second page fails the whole read', async () => {
    const scene = await useMemberUpstream();
    scene.answerOnce(pagesOf(memberRows(1, 30), 25)(1), { members: null });
    expect(codesOf(await scene.graphql(MEMBERS))).toEqual(['UPSTREAM_MALFORMED']);
  });
});

describe('a row of another owner', () => {
  const FOREIGN = { user_guid: 'USR-2', name: 'Secret Bank' };

  it('is not shown, and is logged once without its content', async () => {
    const log = captureLog();
    const scene = await useMemberUpstream({ config: log.config });
    scene.answer(memberPage([...memberRows(1, 2), memberRow('MBR-9', FOREIGN)]));
    for (let round = 0; round < 3; round += 1) expect(guidsOf(await read(scene))).toEqual(guids(1, 2));
    expect(codesOf(await scene.graphql(MEMBER, { guid: 'MBR-9' }))).toEqual(['UPSTREAM_MALFORMED']);
    const lines = log.lines("MX listed another user's member, which is not shown");
    const name: unknown = expect.stringMatching(/^[0-9a-f]{16}$/);
    expect(lines).toMatchObject([{ level: 50, user: name, member: name, owner: name }]);
    expect(new Set([lines[0]?.['user'], lines[0]?.['member'], lines[0]?.['owner']]).size).toBe(3);
    expect(log.text).not.toContain('Secret Bank');
  });

  it('is not taken for the answer to a write', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage(memberRows(1, 1)));
    scene.other((path) =>
      path.endsWith('/aggregate')
        ? { status: 202, body: { member: memberRow('MBR-1', FOREIGN) } }
        : undefined,
    );
    const answer = await scene.graphql(
      'mutation { aggregateMember(input: { member: { guid: "MBR-1" } }) { member { name } } }',
    );
    expect(answer.text).not.toContain('Secret Bank');
  });
});
