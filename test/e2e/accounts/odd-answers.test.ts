import { describe, expect, it } from 'vitest';

import { ACCOUNTS_PATH, accountPage, accountRow } from '../../support/account-upstream.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import { memberPage, memberRow, useMemberUpstream } from '../../support/member-upstream.js';
import type { MemberUpstream } from '../../support/member-upstream.js';

const FIELDS =
  'id guid name type subtype lastFour balance currency updatedAt isManual isHidden member { guid }';
const QUERY = `{ viewer { members { guid accounts { ${FIELDS} } } } }`;

interface Account {
  readonly guid: string;
  readonly name: string | null;
  readonly lastFour: string | null;
}
interface Data {
  readonly viewer: {
    readonly members: readonly { readonly guid: string; readonly accounts: readonly Account[] | null }[];
  };
}

/** Answers the pages of the list of accounts. */
async function useAccounts(
  answer: (page: number) => { status?: number; body: unknown },
): Promise<MemberUpstream> {
  const upstream = await useMemberUpstream();
  upstream.answer(memberPage([memberRow('MBR-1'), memberRow('MBR-2')]));
  upstream.other((path) => {
    if (!ACCOUNTS_PATH.test(path)) return undefined;
    return answer(Number(new URLSearchParams(path.split('?')[1]).get('page') ?? 1));
  });
  return upstream;
}

const useRows = (...rows: readonly unknown[]) => useAccounts(() => ({ body: accountPage(rows) }));

/** The accounts of each member. */
async function shownBy({ graphql }: MemberUpstream): Promise<Record<string, readonly Account[] | null>> {
  const { viewer } = dataOf(await graphql<Data>(QUERY));
  return Object.fromEntries(viewer.members.map(({ guid, accounts }) => [guid, accounts]));
}

const guidsOf = (rows: readonly Account[] | null | undefined) => rows?.map(({ guid }) => guid);

describe('the accounts of a member', () => {
  it('are those with its guid; those of unknown members, of none and of other users are left out', async () => {
    const shown = await shownBy(
      await useRows(
        accountRow('ACT-1'),
        accountRow('ACT-2', { member_guid: 'MBR-2' }),
        accountRow('ACT-3', { member_guid: 'MBR-9' }),
        accountRow('ACT-4', { member_guid: null }),
        accountRow('ACT-5', { user_guid: 'USR-2' }),
        accountRow('ACT-6', { user_guid: null }),
      ),
    );
    expect(guidsOf(shown['MBR-1'])).toEqual(['ACT-1', 'ACT-6']);
    expect(guidsOf(shown['MBR-2'])).toEqual(['ACT-2']);
  });

  it('are empty if MX lists none', async () => {
    expect(await shownBy(await useRows())).toEqual({ 'MBR-1': [], 'MBR-2': [] });
  });

  it.each([
    ['in pages of the size asked for', 1_000],
    ['in pages of MX’s default size', 25],
    ['in pages of ten', 10],
  ])('are read %s', async (_, size) => {
    const rows = Array.from({ length: 60 }, (__, index) => accountRow(`ACT-${index}`));
    const upstream = await useAccounts((page) => ({
      body: {
        accounts: rows.slice((page - 1) * size, page * size),
        pagination: { total_entries: 60, total_pages: Math.ceil(60 / size), per_page: size },
      },
    }));
    expect((await shownBy(upstream))['MBR-1']).toHaveLength(60);
    const asked = upstream.upstream.paths.filter((path) => ACCOUNTS_PATH.test(path));
    expect(asked).toHaveLength(Math.ceil(60 / size));
    expect(asked[0]).toContain('records_per_page=1000');
  });

  it('are each listed once', async () => {
    const shown = await shownBy(await useRows(accountRow('ACT-1'), accountRow('ACT-1', { name: 'Again' })));
    expect(shown['MBR-1']?.map(({ name }) => name)).toEqual(['Again']);
  });
});

describe('a row that cannot be read', () => {
  it.each([
    ['null', null],
    ['a string', 'ACT-9'],
    ['a list', [1]],
    ['without a guid', accountRow('ACT-9', { guid: null })],
    ['with a number as its guid', accountRow('ACT-9', { guid: 9 })],
  ])('is left out: %s', async (_, row) => {
    const shown = await shownBy(await useRows(accountRow('ACT-1'), row));
    expect(guidsOf(shown['MBR-1'])).toEqual(['ACT-1']);
  });

  it('leaves null where a field is of another type', async () => {
    const odd = {
      name: 7,
      type: 'PIGGY_BANK',
      subtype: {},
      account_number: 12_345_678,
      balance: '12.50',
      currency_code: 'dollars',
      updated_at: '2026-02-31',
      is_manual: 'yes',
      is_hidden: 1,
    };
    const shown = await shownBy(await useRows(accountRow('ACT-1', odd)));
    expect(shown['MBR-1']).toEqual([
      {
        id: expect.any(String) as string,
        guid: 'ACT-1',
        name: null,
        type: 'UNKNOWN',
        subtype: null,
        lastFour: null,
        balance: null,
        currency: null,
        updatedAt: null,
        isManual: false,
        isHidden: false,
        member: { guid: 'MBR-1' },
      },
    ]);
  });

  it.each([
    ['in the future', '2999-01-01T00:00:00Z'],
    ['before 1970', '1969-12-31T23:59:59Z'],
    ['that is null', null],
    ['that is a number', 1_700_000_000],
  ])('was not updated at a time %s', async (_, updated_at) => {
    const shown = await shownBy(await useRows(accountRow('ACT-1', { updated_at })));
    expect(shown['MBR-1']).toMatchObject([{ guid: 'ACT-1', updatedAt: null }]);
  });

  it('may have a balance that no number can hold', async () => {
    const text = JSON.stringify(accountPage([accountRow('ACT-1', { balance: 'HUGE' })])).replace(
      '"HUGE"',
      '1e999',
    );
    const upstream = await useAccounts(() => ({ body: text }));
    expect((await shownBy(upstream))['MBR-1']).toMatchObject([{ guid: 'ACT-1', balance: null }]);
  });
});

describe('an account number', () => {
  it('is never in a response, neither as a field nor in a name', async () => {
    const number = '4017998812345678';
    const { graphql } = await useRows(
      accountRow('ACT-1', { account_number: number, name: `Gold ${number}` }),
    );
    const answer = await graphql<Data>(QUERY);
    expect(answer.text).not.toContain(number);
    const account = dataOf(answer).viewer.members[0]?.accounts?.[0];
    expect(account).toMatchObject({ name: 'Gold …5678', lastFour: '5678' });
  });
});

describe('an answer that is no list of accounts', () => {
  const short = accountPage([accountRow('ACT-1')], 40);
  it.each([
    ['null', { body: { accounts: null } }],
    ['an object', { body: { accounts: {} } }],
    ['nothing', { body: {} }],
    ['a list of nothing but garbage', { body: accountPage([null, 1, 'x']) }],
    [
      'a list of somebody else’s accounts',
      { body: accountPage([accountRow('ACT-1', { user_guid: 'USR-2' })]) },
    ],
    ['no JSON', { body: '<html>' }],
    ['a list that is shorter than MX says', { body: short }],
  ])('fails the field alone: %s', async (_, answer) => {
    const upstream = await useAccounts(() => answer);
    const result = await upstream.graphql<Data>(QUERY);
    expect(codesOf(result)).toEqual(['UPSTREAM_MALFORMED', 'UPSTREAM_MALFORMED']);
    expect(result.body.errors?.map(({ path }) => path)).toEqual([
      ['viewer', 'members', 0, 'accounts'],
      ['viewer', 'members', 1, 'accounts'],
    ]);
    expect(result.body.data?.viewer.members).toEqual([
      { guid: 'MBR-1', accounts: null },
      { guid: 'MBR-2', accounts: null },
    ]);
  });

  it('fails the field alone if the list is too long', async () => {
    const upstream = await useAccounts(() => ({ body: accountPage([accountRow('ACT-1')], 2_001) }));
    const result = await upstream.graphql<Data>(QUERY);
    expect(codesOf(result)).toEqual(['UPSTREAM_REJECTED', 'UPSTREAM_REJECTED']);
    expect(result.body.errors?.[0]?.message).toContain('accounts');
  });

  it('is replaced by the accounts that were last read', async () => {
    let answer: { status?: number; body: unknown } = { body: accountPage([accountRow('ACT-1')]) };
    const upstream = await useAccounts(() => answer);
    await shownBy(upstream);
    answer = { status: 503, body: {} };
    expect(guidsOf((await shownBy(upstream))['MBR-1'])).toEqual(['ACT-1']);
  });
});

describe('the progress of a job that MX tells oddly', () => {
  const PROGRESS =
    '{ member(by: { guid: "MBR-1" }) { guid progress { isAuthenticated hasAccounts hasTransactions } } }';
  const STATUS_PATH = /\/members\/MBR-1\/status$/;

  async function useStatus(member: unknown): Promise<MemberUpstream> {
    const upstream = await useMemberUpstream();
    upstream.answer(memberPage([memberRow('MBR-1', { is_being_aggregated: true })]));
    upstream.other((path) => (STATUS_PATH.test(path) ? { body: { member } } : undefined));
    return upstream;
  }

  it.each([
    [
      'flags of other types',
      { is_being_aggregated: true, is_authenticated: 'yes', has_processed_accounts: 1 },
    ],
    ['no flags', { is_being_aggregated: true }],
  ])('is null in each field that says nothing: %s', async (_, member) => {
    const { graphql } = await useStatus(member);
    expect(dataOf(await graphql(PROGRESS))).toEqual({
      member: {
        guid: 'MBR-1',
        progress: { isAuthenticated: null, hasAccounts: null, hasTransactions: null },
      },
    });
  });

  it('is null if the job has ended meanwhile', async () => {
    const { graphql } = await useStatus({ is_being_aggregated: false, is_authenticated: true });
    expect(dataOf(await graphql(PROGRESS))).toEqual({ member: { guid: 'MBR-1', progress: null } });
  });

  it.each([
    ['null', null],
    ['another member', { guid: 'MBR-2', is_being_aggregated: true }],
    ['another user’s', { user_guid: 'USR-2', is_being_aggregated: true }],
  ])('fails the field alone: %s', async (_, member) => {
    const { graphql } = await useStatus(member);
    const answer = await graphql(PROGRESS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect(answer.body.data).toEqual({ member: { guid: 'MBR-1', progress: null } });
  });
});
