import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest } from '../../support/altering-upstream.js';
import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { memberPage, memberRows, useMemberUpstream } from '../../support/member-upstream.js';
import { useStack } from '../../support/start-stack.js';

const LIST = 'GET /institutions';
const FAVORITES = 'GET /institutions/favorites';
const INSTITUTION = 'GET /institutions/:institution';

const CONDITION = 'status canConnect cannotConnectReason';
const ONE = `query One($code: String!) { institution(code: $code) { name isDisabled ${CONDITION} } }`;
const PICKER = `query Picker($search: String!) {
  institutions(search: $search, first: 100) { nodes { code name ${CONDITION} } }
}`;

const institutionOf = async ({ graphql }: { graphql: GraphqlClient }, code: string) =>
  dataOf(await graphql<{ institution: Record<string, unknown> }>(ONE, { code })).institution;

async function refusedAt(frontend: Frontend, institutionCode: string): Promise<string> {
  const credentials = await frontend.login(institutionCode, 'swordfish');
  return (await frontend.refusal('createMember', { institutionCode, access: { credentials } })).code;
}

const FINE = { status: 'OPERATIONAL', canConnect: true, cannotConnectReason: null };

describe('whether an institution can be connected', () => {
  it.each([
    ['mxbank', FINE],
    ['closed_for_repairs', { status: 'MAINTENANCE', canConnect: false, cannotConnectReason: 'MAINTENANCE' }],
    ['out_of_reach', { status: 'UNAVAILABLE', canConnect: false, cannotConnectReason: 'UNAVAILABLE' }],
    ['switched_off', { status: 'OPERATIONAL', canConnect: false, cannotConnectReason: 'DISABLED' }],
    ['not_on_offer', { status: 'OPERATIONAL', canConnect: false, cannotConnectReason: 'NO_NEW_MEMBERS' }],
    // Nothing says so before a create.
    ['no_newcomers', FINE],
  ])('is told of %s', async (code, expected) => {
    const stack = await useStack();
    const isDisabled = code === 'switched_off';
    expect(await institutionOf(stack, code)).toMatchObject({ ...expected, isDisabled });
    expect(stack.calls()).toEqual({ [INSTITUTION]: 1 });
  });

  it('is true of one that works with errors', async () => {
    const stack = await useStack({ sandbox: { settings: { institutions: { mxbank: 'DEGRADED' } } } });
    expect(await institutionOf(stack, 'mxbank')).toMatchObject({ status: 'DEGRADED', canConnect: true });
  });

  it('is learned from a create that MX refuses, and from one that it does not', async () => {
    const frontend = await useFrontend();
    expect(await refusedAt(frontend, 'no_newcomers')).toBe('INSTITUTION_UNAVAILABLE');
    const refused = { canConnect: false, cannotConnectReason: 'NO_NEW_MEMBERS' };
    expect(await institutionOf(frontend, 'no_newcomers')).toMatchObject(refused);
    await frontend.sandbox.set({ institutions: { no_newcomers: 'OPERATIONAL' } });
    await frontend.connect('no_newcomers');
    expect(await institutionOf(frontend, 'no_newcomers')).toMatchObject(FINE);
  });

  it('is known from a refusal also while MX cannot be asked', async () => {
    const frontend = await useFrontend();
    await refusedAt(frontend, 'no_newcomers');
    await frontend.sandbox.faults({ endpoint: INSTITUTION, kind: 'status', status: 403 });
    const query = '{ institutions(search: "newcomers") { nodes { canConnect cannotConnectReason } } }';
    const { institutions } = dataOf(
      await frontend.graphql<{ institutions: { nodes: readonly unknown[] } }>(query),
    );
    expect(institutions.nodes).toEqual([{ canConnect: false, cannotConnectReason: 'NO_NEW_MEMBERS' }]);
  });

  it('is not told from values that are of the wrong type', async () => {
    const upstream = await alteringUpstreamOfTest();
    const frontend = await useFrontend({ mx: { baseUrl: upstream.baseUrl } });
    upstream.target = frontend.sandbox.url;
    upstream.alter = async ({ path, forward }, response) => {
      const { status, body } = await forward();
      const row = { institution: { code: 'mxbank', name: 7, status: {}, is_hidden: 'no' } };
      response.writeHead(status, { 'content-type': 'application/json' });
      response.end(path === '/institutions/mxbank' ? JSON.stringify(row) : body);
    };
    expect(await institutionOf(frontend, 'mxbank')).toEqual({
      ...{ name: null, isDisabled: false, status: null, canConnect: true, cannotConnectReason: null },
    });
  });
});

describe('a picker', () => {
  it('learns the condition of all institutions of a page by the call that lists them', async () => {
    const stack = await useStack();
    const { institutions } = dataOf(
      await stack.graphql<{ institutions: { nodes: readonly { code: string; canConnect: boolean }[] } }>(
        PICKER,
        { search: '' },
      ),
    );
    const blocked = institutions.nodes.filter(({ canConnect }) => !canConnect).map(({ code }) => code);
    expect(blocked).toEqual(['closed_for_repairs', 'out_of_reach', 'not_on_offer', 'switched_off']);
    expect(stack.calls()).toEqual({ [LIST]: 1 });
    await stack.graphql(PICKER, { search: '' });
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });

  it('shows the favorites of MX in their order, by one call', async () => {
    const stack = await useStack();
    const query = `query Favorites($first: Int) { favoriteInstitutions(first: $first) { code ${CONDITION} } }`;
    const read = async (first?: number) =>
      dataOf(await stack.graphql<{ favoriteInstitutions: { code: string }[] }>(query, { first }))
        .favoriteInstitutions;
    const codes = ['mxbank', 'mx_bank_oauth', 'harbor_lane', 'juniper_trust', 'bluebell_mutual'];
    expect(await read()).toEqual(codes.map((code) => ({ code, ...FINE })));
    expect(await read(2)).toHaveLength(2);
    expect(stack.calls()).toEqual({ [FAVORITES]: 1 });
    for (const first of [0, 101, -1])
      expect(codesOf(await stack.graphql(query, { first }))).toEqual(['BAD_USER_INPUT']);
  });

  it('reads texts for end users, products and the country of an institution', async () => {
    const stack = await useStack();
    const query = `query Texts($code: String!) {
      institution(code: $code) { iso supportedProducts instructionalText instructionalSteps }
    }`;
    const read = async (code: string) =>
      dataOf(await stack.graphql<{ institution: object }>(query, { code })).institution;
    expect(await read('juniper_trust')).toMatchObject({
      iso: 'US',
      instructionalText:
        'Use the user name of Juniper Online. More about it (https://juniper-trust.example/help).',
      instructionalSteps: ['Step 1: Sign in to Juniper Online.', 'Step 2: Allow access for apps & services.'],
    });
    expect(await read('plain_pantry')).toEqual({
      ...{
        iso: 'US',
        supportedProducts: ['TRANSACTIONS'],
        instructionalText: null,
        instructionalSteps: null,
      },
    });
    expect(await read('north_orchard')).toMatchObject({ iso: 'CA' });
  });

  it('knows no products and no status of the older version of MX', async () => {
    const stack = await useStack({ mx: { apiVersion: 'v20111101' } });
    const query = '{ institution(code: "mxbank") { supportedProducts status canConnect } }';
    expect(dataOf(await stack.graphql(query))).toEqual({
      institution: { supportedProducts: null, status: null, canConnect: true },
    });
  });
});

describe('the names of a list of members', () => {
  it('cost no more calls if the condition of the institutions is not asked for', async () => {
    const stack = await useStack();
    const page = '{ viewer { canConnectMore members { guid institution { name isDisabled iso } } } }';
    dataOf(await stack.graphql(page));
    expect(stack.calls()).toEqual({ 'GET /users/:user/members': 1, [INSTITUTION]: 8 });
    stack.forgetCalls();
    dataOf(await stack.graphql('{ viewer { members { institution { name status canConnect } } } }'));
    expect(stack.calls()).toEqual({});
  });
});

describe('canConnectMore', () => {
  const QUERY = '{ viewer { canConnectMore } }';
  const moreOf = async ({ graphql }: { graphql: GraphqlClient }) =>
    dataOf(await graphql<{ viewer: { canConnectMore: boolean | null } }>(QUERY)).viewer.canConnectMore;

  it.each([
    [0, true],
    [24, true],
    [25, false],
  ])('with %i members is %j, as MX sees it', async (membersPerUser, expected) => {
    let userGuid = '';
    const stack = await useStack({
      auth: (sandbox) => {
        userGuid = sandbox.control.createUsers({ count: 1, membersPerUser })[0]?.guid ?? '';
        return { kind: 'anonymous', userGuid };
      },
    });
    expect(await moreOf(stack)).toBe(expected);
    expect(stack.calls()).toEqual({ 'GET /users/:user/members': 1 });
    // The first manual account comes with a member.
    const create = `mutation { createManualAccount(input: { name: "Jar", type: CASH }) { userErrors { code } } }`;
    const { createManualAccount } = dataOf(
      await stack.graphql<{ createManualAccount: { userErrors: readonly { code: string }[] } }>(create),
    );
    expect(createManualAccount.userErrors).toEqual(expected ? [] : [{ code: 'TOO_MANY_MEMBERS' }]);
    expect(await moreOf(stack)).toBe(membersPerUser === 0);
  });

  it.each([
    ['3 of 5 members', memberPage(memberRows(1, 3), 5), null],
    ['25 of 30 members', memberPage(memberRows(1, 25), 30), false],
    ['all of 3 members', memberPage(memberRows(1, 3)), true],
  ])('with %s in MX’s list is as much as that tells', async (_, page, expected) => {
    const scene = await useMemberUpstream();
    scene.answer(page);
    expect(await moreOf(scene)).toBe(expected);
  });
});
