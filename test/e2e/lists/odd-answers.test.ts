import { describe, expect, it } from 'vitest';

import { codesOf, dataOf } from '../../support/graphql-client.js';
import {
  memberPage,
  memberRow,
  memberRows,
  pagesOf,
  USER,
  useMemberUpstream,
} from '../../support/member-upstream.js';
import type { MemberUpstream } from '../../support/member-upstream.js';
import { upstreamOfTest } from '../../support/scripted-upstream.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';

type Answer = { readonly status?: number; readonly body: unknown } | undefined;

const MEMBERS = '{ viewer { members { guid } } }';
const guidsOf = async ({ graphql }: Pick<Stack, 'graphql'>) =>
  dataOf<{ viewer: { members: { guid: string }[] } }>(await graphql(MEMBERS)).viewer.members.map(
    ({ guid }) => guid,
  );
const guids = (count: number) => Array.from({ length: count }, (_, index) => `MBR-${index + 1}`);

describe('the list of members', () => {
  it.each([10, 20, 24, 25])(
    'is whole in pages of %i whose totals are strings, wrong or missing',
    async (size) => {
      const scene = await useMemberUpstream();
      const pages = pagesOf(memberRows(1, 60), size);
      const total_pages = Math.ceil(60 / size);
      const paginations: object[] = [
        {},
        { pagination: null },
        { pagination: { total_entries: '60', total_pages: String(total_pages) } },
        { pagination: { total_entries: 0, total_pages: 0 } },
        { pagination: { total_entries: 1, total_pages: 1 } },
        { pagination: { total_pages } },
      ];
      for (const pagination of paginations) {
        scene.answer((page) => ({ members: (pages(page) as { members: object[] }).members, ...pagination }));
        expect(await guidsOf(scene)).toEqual(guids(60));
      }
    },
  );

  it('stays as it was while its second page is "not found"', async () => {
    let isSecondFound = true;
    const pages = pagesOf(memberRows(1, 30), 25);
    const { baseUrl } = await upstreamOfTest((path) => {
      const page = Number(new URLSearchParams(path.split('?')[1]).get('page') ?? 1);
      return page === 2 && !isSecondFound ? undefined : { body: pages(page) };
    });
    const auth = { kind: 'anonymous', userGuid: USER } as const;
    const stack = await useStack({ freshnessMs: 0, knowsSandbox: false, auth, mx: { baseUrl } });
    for (const isFound of [true, false, true]) {
      isSecondFound = isFound;
      expect(await guidsOf(stack)).toEqual(guids(30));
    }
  });
});

const rows = (count: number, from = 1) =>
  Array.from({ length: count }, (_, index) => ({ code: `b${from + index}`, name: `Bank ${from + index}` }));
const SEARCH = `query ($search: String!, $after: String) {
  institutions(search: $search, first: 100, after: $after) {
    nodes { code } pageInfo { hasNextPage endCursor } } }`;

interface Found {
  readonly institutions: {
    readonly nodes: readonly { readonly code: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

async function findAll({ graphql }: MemberUpstream, search: string): Promise<string[]> {
  const found: string[] = [];
  for (let after: string | null = null; ;) {
    const { institutions }: Found = dataOf<Found>(await graphql(SEARCH, { search, after }));
    found.push(...institutions.nodes.map(({ code }) => code));
    if (!institutions.pageInfo.hasNextPage) return found;
    after = institutions.pageInfo.endCursor;
  }
}

describe('the search of institutions', () => {
  it.each<[string, number, object]>([
    ['no totals', 100, {}],
    ['no totals, in pages of 25', 25, {}],
    ['totals that are strings', 100, { pagination: { total_entries: '130', total_pages: '2' } }],
    [
      'totals that are strings, in pages of 25',
      25,
      { pagination: { total_entries: '130', total_pages: '6' } },
    ],
    ['the number of pages only', 100, { pagination: { total_pages: 2 } }],
    ['a total of 0', 100, { pagination: { total_entries: 0, total_pages: 0 } }],
  ])('finds all with %s', async (_, maxSize, pagination) => {
    const scene = await useMemberUpstream();
    scene.other((path) => {
      const query = new URLSearchParams(path.split('?')[1]);
      const [size, page] = [
        Math.min(maxSize, Number(query.get('records_per_page'))),
        Number(query.get('page')),
      ];
      return { body: { institutions: rows(130).slice((page - 1) * size, page * size), ...pagination } };
    });
    expect(await findAll(scene, 'bank')).toEqual(rows(130).map(({ code }) => code));
  });

  it('keeps the rows of a page from which one is missing', async () => {
    const scene = await useMemberUpstream();
    scene.other((path) => {
      const page = Number(new URLSearchParams(path.split('?')[1]).get('page'));
      const listed = page === 1 ? rows(100).filter(({ code }) => code !== 'b30') : rows(50, 101);
      return { body: { institutions: listed, pagination: { total_entries: 150, total_pages: 2 } } };
    });
    expect(await findAll(scene, 'bank')).toHaveLength(149);
  });

  it('lists an institution once that MX lists twice', async () => {
    const scene = await useMemberUpstream();
    const pagination = { total_entries: 4, total_pages: 1 };
    scene.other(() => ({ body: { institutions: [...rows(2), ...rows(2)], pagination } }));
    expect(await findAll(scene, 'bank')).toEqual(['b1', 'b2']);
  });

  it('takes an empty list without a total for no answer, and asks again', async () => {
    const scene = await useMemberUpstream();
    scene.other(() => ({ body: { institutions: [] } }));
    expect(codesOf(await scene.graphql(SEARCH, { search: 'bank' }))).toEqual(['UPSTREAM_MALFORMED']);
    scene.other(() => ({ body: { institutions: rows(3), pagination: { total_entries: 3 } } }));
    expect(await findAll(scene, 'bank')).toHaveLength(3);
    scene.other(() => ({ body: { institutions: [], pagination: { total_entries: 0 } } }));
    expect(await findAll(scene, 'nothing')).toEqual([]);
  });
});

const BANK = { body: { institution: { code: 'mxbank', name: 'MX Bank', supports_oauth: false } } };
const field = (guid: string) => ({ guid, label: guid, field_name: 'LOGIN' });

interface Bank {
  readonly institution?: Answer;
  readonly credentials?: Answer;
  readonly status?: Answer;
}

/** A server whose user has one member, and what MX says of it and of its bank. */
async function bankOfTest(connection_status: string, { institution = BANK, credentials, status }: Bank) {
  const scene = await useMemberUpstream({ freshnessMs: 3_600_000 });
  scene.answer(memberPage([memberRow('MBR-1', { connection_status })]));
  scene.other((path, method) => {
    if (method === 'PUT') return { body: { member: memberRow('MBR-1', { is_being_aggregated: true }) } };
    if (path.includes('/credentials')) return credentials;
    if (path.includes('/status')) return status;
    return path.startsWith('/institutions') ? institution : undefined;
  });
  return scene;
}

const FIELDS = '{ institution(code: "mxbank") { credentialFields { guid } } }';

describe('an institution', () => {
  it('is unknown if MX answers with another one', async () => {
    const scene = await bankOfTest('CONNECTED', {
      institution: { body: { institution: { code: 'other', name: 'Other Bank' } } },
    });
    expect(codesOf(await scene.graphql('{ institution(code: "mxbank") { name } }'))).toEqual([
      'UPSTREAM_MALFORMED',
    ]);
    const { member } = dataOf<{ member: { userMessage: string } }>(
      await scene.graphql('{ member(by: { guid: "MBR-1" }) { userMessage } }'),
    );
    expect(member.userMessage).not.toContain('Other Bank');
  });

  it('has each credential field once', async () => {
    const credentials = [field('CRD-1'), field('CRD-2'), field('CRD-2')];
    const body = { credentials, pagination: { total_entries: 3 } };
    const scene = await bankOfTest('DENIED', { credentials: { body } });
    expect(dataOf(await scene.graphql(FIELDS))).toEqual({
      institution: { credentialFields: [{ guid: 'CRD-1' }, { guid: 'CRD-2' }] },
    });
  });

  it.each([
    ['cannot be read', { credentials: [field('CRD-1'), { label: 'Password' }] }],
    ['is missing', { credentials: [field('CRD-1')], pagination: { total_entries: '2' } }],
  ])('has unknown credential fields if one %s, and what the end user enters is sent', async (_, body) => {
    const scene = await bankOfTest('DENIED', { credentials: { body } });
    expect(codesOf(await scene.graphql(FIELDS))).toEqual(['UPSTREAM_MALFORMED']);
    const update = `mutation { updateMemberCredentials(input: { member: { guid: "MBR-1" }, credentials: [
      { guid: "CRD-1", value: "x" }, { guid: "CRD-2", value: "y" }] }) { userErrors { code } } }`;
    expect(dataOf(await scene.graphql(update))).toEqual({ updateMemberCredentials: { userErrors: [] } });
    expect(scene.upstream.methods).toContain('PUT');
  });
});

describe('the challenges of a CHALLENGED member', () => {
  const CHALLENGES = '{ member(by: { guid: "MBR-1" }) { challenges { __typename guid } } }';
  const text = (guid: string) => ({ guid, type: 'TEXT', label: 'Question' });
  const statusOf = (challenges: unknown, more: object = {}): Answer => ({
    body: { member: { guid: 'MBR-1', connection_status: 'CHALLENGED', challenges, ...more } },
  });

  it.each([
    ['OPTIONS', { options: [] }],
    ['OPTIONS', { options: [{}, null, 5] }],
    ['IMAGE_OPTIONS', { image_options: null }],
  ])('of the type %s are answered by text if %j can be chosen from', async (type, options) => {
    const status = statusOf([{ guid: 'CHA-1', type, label: 'Which?', ...options }]);
    const scene = await bankOfTest('CHALLENGED', { status });
    expect(dataOf(await scene.graphql(CHALLENGES))).toEqual({
      member: { challenges: [{ __typename: 'TextChallenge', guid: 'CHA-1' }] },
    });
  });

  it('are each listed once', async () => {
    const scene = await bankOfTest('CHALLENGED', { status: statusOf([text('CHA-1'), text('CHA-1')]) });
    expect(dataOf(await scene.graphql(CHALLENGES))).toMatchObject({
      member: { challenges: [{ guid: 'CHA-1' }] },
    });
  });

  it.each([
    ['one cannot be read', statusOf([text('CHA-1'), { type: 'TEXT', label: 'Another' }])],
    ['they are those of another user', statusOf([text('CHA-1')], { user_guid: 'USR-2' })],
    ['MX sends neither a status nor challenges', statusOf([], { connection_status: null })],
  ])('are unknown if %s', async (_, status) => {
    const scene = await bankOfTest('CHALLENGED', { status });
    expect(codesOf(await scene.graphql(CHALLENGES))).toEqual(['UPSTREAM_MALFORMED']);
  });
});

describe('a delete', () => {
  it.each(['<html>Welcome</html>', '{}', '{"member":null}'])(
    'is not done because a proxy answers it with 200 and %s',
    async (body) => {
      const scene = await useMemberUpstream({ freshnessMs: 0 });
      scene.answer(memberPage(memberRows(1, 2)));
      scene.other((_, method) => (method === 'DELETE' ? { body } : undefined));
      const answer = await scene.graphql(
        'mutation { deleteMember(input: { member: { guid: "MBR-1" } }) { userErrors { code } deletedMemberId } }',
      );
      expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
      expect(await guidsOf(scene)).toEqual(guids(2));
    },
  );
});
