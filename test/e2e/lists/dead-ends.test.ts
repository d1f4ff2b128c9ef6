import { describe, expect, it } from 'vitest';

import { codesOf, dataOf } from '../../support/graphql-client.js';
import { memberPage, memberRow, useMemberUpstream } from '../../support/member-upstream.js';
import type { MemberUpstream } from '../../support/member-upstream.js';
import type { StackOptions } from '../../support/start-stack.js';

const FIELD = { guid: 'CRD-1', label: 'User name', field_name: 'LOGIN' };
const NO_FIELDS = { credentials: [], pagination: { total_entries: 0 } };
const OAUTH_URL = 'https://bank.example/authorize';

interface Bank {
  readonly institution?: unknown;
  readonly credentials?: unknown;
  readonly status?: number;
}

/** A server whose user has one member with credentials, and what MX says about the bank. */
async function useBank(member: object, bank: Bank, options: StackOptions = {}): Promise<MemberUpstream> {
  const scene = await useMemberUpstream({ freshnessMs: 3_600_000, ...options });
  scene.answer(memberPage([memberRow('MBR-1', member)]));
  scene.other((path, method) => {
    if (method === 'PUT') return { body: { member: memberRow('MBR-1', { is_being_aggregated: true }) } };
    if (method !== 'GET') return { status: 500, body: {} };
    if (path.includes('/oauth_window_uri')) return { body: { member: { oauth_window_uri: OAUTH_URL } } };
    const status = bank.status === undefined ? {} : { status: bank.status };
    if (path.includes('/credentials')) return { body: bank.credentials, ...status };
    return path.startsWith('/institutions')
      ? { body: { institution: bank.institution }, ...status }
      : undefined;
  });
  return scene;
}

const MOVED: Bank = {
  institution: { code: 'mxbank', name: 'MX Bank', supports_oauth: true },
  credentials: NO_FIELDS,
};

const UPDATE = `mutation ($credentials: [CredentialInput!]!) {
  updateMemberCredentials(input: { member: { guid: "MBR-1" }, credentials: $credentials }) {
    member { guid isBeingAggregated } userErrors { code } } }`;
const CREDENTIALS = [{ guid: 'CRD-1', value: 'mxuser' }];

interface Updated {
  readonly updateMemberCredentials: {
    readonly member: { readonly isBeingAggregated: boolean } | null;
    readonly userErrors: readonly { readonly code: string }[];
  };
}

const writes = ({ upstream }: MemberUpstream) => upstream.methods.filter((method) => method !== 'GET');

describe('a member with credentials at a bank that has moved to OAuth', () => {
  const QUERY = `{ member(by: { guid: "MBR-1" }) {
    requiredAction actionSteps waitingOn isTerminal isOauth credentialFields { guid } oauthWindowUrl statusHistory { nodes { requiredAction } } } }`;

  it.each(['PREVENTED', 'DENIED', 'IMPORTED', 'IMPAIRED'])(
    'is to be authorized there when %s',
    async (status) => {
      const scene = await useBank({ connection_status: status }, MOVED);
      const { member } = dataOf(await scene.graphql<{ member: object }>(QUERY));
      expect(member).toMatchObject({
        requiredAction: 'COMPLETE_OAUTH',
        waitingOn: 'END_USER',
        isTerminal: true,
        isOauth: false,
        credentialFields: null,
        oauthWindowUrl: OAUTH_URL,
        statusHistory: { nodes: [{ requiredAction: 'COMPLETE_OAUTH' }] },
      });
      expect(member).toMatchObject({ actionSteps: ['DISPLAY_MESSAGE', 'REDIRECT_TO_OAUTH', 'AGGREGATE'] });
    },
  );

  it.each([
    ['CONNECTED', {}, 'NONE'],
    ['CHALLENGED', {}, 'ANSWER_CHALLENGE'],
    ['LOCKED', {}, 'VISIT_INSTITUTION'],
    ['DENIED', { is_being_aggregated: true }, 'WAIT'],
  ])('is read as any other when %s (%o), without a call', async (status, more, action) => {
    const scene = await useBank({ connection_status: status, ...more }, MOVED);
    const query = '{ member(by: { guid: "MBR-1" }) { requiredAction actionSteps } }';
    expect(dataOf(await scene.graphql<object>(query))).toMatchObject({ member: { requiredAction: action } });
    expect(scene.upstream.paths).toHaveLength(1);
  });

  it('costs one read of the institution and one of its fields a day', async () => {
    const scene = await useBank({ connection_status: 'DENIED' }, MOVED, { freshnessMs: 0 });
    const query = '{ viewer { members { requiredAction actionSteps credentialFields { guid } } } }';
    for (let round = 0; round < 3; round += 1) dataOf(await scene.graphql(query));
    expect(scene.upstream.paths.filter((path) => path.startsWith('/institutions'))).toHaveLength(2);
  });

  it('cannot update credentials: MX is sent nothing', async () => {
    const scene = await useBank({ connection_status: 'DENIED' }, MOVED);
    const answer = await scene.graphql<Updated>(UPDATE, { credentials: CREDENTIALS });
    expect(dataOf(answer).updateMemberCredentials.userErrors).toEqual([{ code: 'OAUTH_REQUIRED' }]);
    expect(writes(scene)).toEqual([]);
  });

  it('is given an OAuth window by the mutation too', async () => {
    const scene = await useBank({ connection_status: 'DENIED' }, MOVED);
    const answer = await scene.graphql(
      `mutation { createOauthWindowUrl(input: { member: { guid: "MBR-1" } }) { oauthWindowUrl userErrors { code } } }`,
    );
    expect(dataOf(answer)).toEqual({ createOauthWindowUrl: { oauthWindowUrl: OAUTH_URL, userErrors: [] } });
  });

  it.each<[string, Bank]>([
    ['takes credentials as well', { ...MOVED, credentials: { credentials: [FIELD] } }],
    [
      'does not support OAuth',
      { institution: { code: 'mxbank', name: 'MX Bank' }, credentials: { credentials: [FIELD] } },
    ],
    ['cannot be read', { status: 500 }],
    ['is not listed any more', { status: 404 }],
  ])('is asked for credentials if the bank %s', async (_, bank) => {
    const scene = await useBank({ connection_status: 'DENIED' }, bank, { deadlineMs: 300 });
    const answer = await scene.graphql('{ member(by: { guid: "MBR-1" }) { requiredAction actionSteps } }');
    expect(dataOf(answer)).toMatchObject({ member: { requiredAction: 'UPDATE_CREDENTIALS' } });
  });
});

describe('a member whose bank', () => {
  const QUERY = '{ member(by: { guid: "MBR-1" }) { userMessage institution { name } } }';

  it('is not listed any more is called by its own name, without an error', async () => {
    const scene = await useBank({ connection_status: 'LOCKED' }, { status: 404 });
    const { member } = dataOf(await scene.graphql<{ member: { userMessage: string } }>(QUERY));
    expect(member).toMatchObject({ institution: null });
    expect(member.userMessage).toContain('Bank of MBR-1');
  });

  it.each<[string, Bank, string]>([
    ['cannot be read', { status: 403 }, 'UPSTREAM_MISCONFIGURED'],
    ['is null', { institution: null }, 'UPSTREAM_MALFORMED'],
    ['is no institution', { institution: { name: 'Codeless' } }, 'UPSTREAM_MALFORMED'],
  ])('%s is called by its own name; only the institution is an error', async (_, bank, code) => {
    const scene = await useBank({ connection_status: 'LOCKED' }, bank);
    const answer = await scene.graphql<{ member: { userMessage: string } }>(QUERY);
    expect(answer.body.data?.member.userMessage).toContain('Bank of MBR-1');
    expect(answer.body.errors?.map(({ path }) => path)).toEqual([['member', 'institution']]);
    expect(codesOf(answer)).toEqual([code]);
  });
});

describe('credentials that the end user entered', () => {
  const CREDENTIAL_BANK = { code: 'mxbank', name: 'MX Bank', supports_oauth: false };

  it.each<[string, unknown]>([
    ['no list', { fields: [] }],
    ['null', { credentials: null }],
    ['an empty list without a total', { credentials: [] }],
    ['an empty list with the total 0', NO_FIELDS],
    ['a total without rows', { credentials: [], pagination: { total_entries: 2 } }],
    ['rows without guids', { credentials: [{ label: 'User name' }] }],
    ['fewer rows than the total', { credentials: [FIELD], pagination: { total_entries: 2 } }],
  ])('go to MX if its answer about the fields is %s', async (_, credentials) => {
    const scene = await useBank(
      { connection_status: 'DENIED' },
      { institution: CREDENTIAL_BANK, credentials },
    );
    const answer = await scene.graphql<Updated>(UPDATE, { credentials: CREDENTIALS });
    expect(dataOf(answer).updateMemberCredentials).toMatchObject({
      member: { isBeingAggregated: true },
      userErrors: [],
    });
    expect(writes(scene)).toEqual(['PUT']);
  });

  it('go to MX if it does not list the bank any more', async () => {
    const scene = await useBank({ connection_status: 'DENIED' }, { status: 404 });
    const answer = await scene.graphql<Updated>(UPDATE, { credentials: CREDENTIALS });
    expect(dataOf(answer).updateMemberCredentials.userErrors).toEqual([]);
    expect(writes(scene)).toEqual(['PUT']);
  });

  it.each<[string, unknown]>([
    ['null', { credentials: null }],
    ['an empty list without a total', { credentials: [] }],
    ['rows without guids', { credentials: [{ label: 'User name' }] }],
  ])('are not validated against an answer (%s) that was stored', async (_, credentials) => {
    const bank: { institution: unknown; credentials: unknown } = {
      institution: CREDENTIAL_BANK,
      credentials,
    };
    const scene = await useBank({ connection_status: 'DENIED' }, bank);
    const query = '{ member(by: { guid: "MBR-1" }) { credentialFields { guid } } }';
    expect(codesOf(await scene.graphql(query))).toEqual(['UPSTREAM_MALFORMED']);
    bank.credentials = { credentials: [FIELD], pagination: { total_entries: 1 } };
    expect(dataOf(await scene.graphql(query))).toEqual({ member: { credentialFields: [{ guid: 'CRD-1' }] } });
  });

  it('are an error of MX, not of the input, if the bank may have moved to OAuth and its fields cannot be read', async () => {
    const scene = await useBank(
      { connection_status: 'DENIED' },
      { ...MOVED, credentials: { credentials: null } },
    );
    const answer = await scene.graphql<Updated>(UPDATE, { credentials: CREDENTIALS });
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect(writes(scene)).toEqual([]);
  });
});

describe('an answer of MX that says nothing', () => {
  const INSTITUTIONS = '{ institutions(search: "", first: 10) { totalCount nodes { code } } }';

  it.each<[string, unknown]>([
    ['null', { institutions: null, pagination: { total_entries: 0 } }],
    ['no list', { pagination: { total_entries: 0 } }],
    ['a total without rows', { institutions: [], pagination: { total_entries: 5 } }],
    ['rows without codes', { institutions: [{ name: 'x' }], pagination: { total_entries: 1 } }],
    ['an object', { institutions: {}, pagination: { total_entries: 0 } }],
  ])('(%s) is no list of institutions, and is not stored', async (_, body) => {
    const scene = await useMemberUpstream();
    let answer = body;
    scene.other(() => ({ body: answer }));
    expect(codesOf(await scene.graphql(INSTITUTIONS))).toEqual(['UPSTREAM_MALFORMED']);
    answer = { institutions: [{ code: 'mxbank' }], pagination: { total_entries: 1 } };
    expect(dataOf(await scene.graphql(INSTITUTIONS))).toEqual({
      institutions: { totalCount: 1, nodes: [{ code: 'mxbank' }] },
    });
  });

  const ANSWER = `mutation { answerChallenges(input: { member: { guid: "MBR-1" }, answers: [{ guid: "CHA-1", value: "a" }] }) {
    userErrors { code } } }`;
  const status = (more: object) => ({ member: { guid: 'MBR-1', connection_status: 'CHALLENGED', ...more } });

  it.each<[string, unknown]>([
    ['a CHALLENGED member without challenges', status({})],
    ['a CHALLENGED member with null for challenges', status({ challenges: null })],
    ['a CHALLENGED member with an empty list of challenges', status({ challenges: [] })],
    ['challenges without guids', status({ challenges: [{ label: 'Which?' }] })],
    ['another member', status({ guid: 'MBR-2', challenges: [{ guid: 'CHA-1' }] })],
    ['a member without a status', { member: { guid: 'MBR-1' } }],
    ['null', { member: null }],
  ])('(%s) is a failure to read the challenges, and does not refuse answers', async (_, body) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'CHALLENGED' })]));
    scene.other(() => ({ body }));
    const answer = await scene.graphql('{ member(by: { guid: "MBR-1" }) { challenges { guid } } }');
    expect(answer.body.data).toEqual({ member: { challenges: null } });
    expect(codesOf(answer)).toEqual(['UPSTREAM_MALFORMED']);
    expect(codesOf(await scene.graphql(ANSWER))).toEqual(['UPSTREAM_MALFORMED']);
  });

  it('is not a status that is CHALLENGED no more: then nothing is pending', async () => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'CHALLENGED' })]));
    scene.other(() => ({ body: status({ connection_status: 'RESUMED' }) }));
    const answer = await scene.graphql('{ member(by: { guid: "MBR-1" }) { challenges { guid } } }');
    expect(dataOf(answer)).toEqual({ member: { challenges: [] } });
    expect(dataOf(await scene.graphql(ANSWER))).toEqual({
      answerChallenges: { userErrors: [{ code: 'CHALLENGE_NOT_PENDING' }] },
    });
  });

  it.each<[string, unknown]>([
    ['null', { member: { guid: 'MBR-1', oauth_window_uri: null } }],
    ['no URL', { member: { guid: 'MBR-1' } }],
    ['the URL of another member', { member: { guid: 'MBR-2', oauth_window_uri: OAUTH_URL } }],
  ])('(%s) is a failure to read the OAuth window', async (_, body) => {
    const scene = await useMemberUpstream();
    scene.answer(memberPage([memberRow('MBR-1', { connection_status: 'PENDING', is_oauth: true })]));
    scene.other(() => ({ body }));
    expect(codesOf(await scene.graphql('{ member(by: { guid: "MBR-1" }) { oauthWindowUrl } }'))).toEqual([
      'UPSTREAM_MALFORMED',
    ]);
  });
});
