import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { ChallengeRow, GuidedRow } from '../../support/mutations.js';

const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';
const OAUTH = 'GET /users/:user/members/:member/oauth_window_uri';
const INSTITUTION = 'GET /institutions/:institution';
const CREDENTIALS = 'GET /institutions/:institution/credentials';
const INSTITUTIONS = 'GET /institutions';
const PNG = /^data:image\/png;base64,[A-Za-z0-9+/]+=*$/;

interface Forced extends GuidedRow {
  readonly frontend: Frontend;
}

/** A member made by hand of the sandbox into what a real bank may ask, read with one query. */
async function forced(patch: Record<string, unknown>, settings = {}): Promise<Forced> {
  const frontend = await useFrontend({ settings, freshnessMs: 0 });
  const guid = await frontend.connect('harbor_lane');
  await frontend.sandbox.force(guid, patch);
  const wanted = patch['challenges'] === undefined ? patch['connection_status'] : 'CHALLENGED';
  return { ...(await frontend.reaches(guid, String(wanted))), frontend };
}

async function answer({ frontend, guid }: Forced, answers: unknown): Promise<void> {
  await frontend.succeed('answerChallenges', { member: { guid }, answers });
  expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
}

const only = ({ challenges }: GuidedRow): ChallengeRow => {
  const [challenge] = challenges ?? [];
  if (!challenge || challenges?.length !== 1) throw new Error('Expected one challenge.');
  return challenge;
};

describe('a question', () => {
  it('with options is answered by the value of one', async () => {
    const member = await forced({ challenges: 'OPTIONS' });
    const { __typename, guid, choices } = only(member);
    expect([__typename, choices?.map(({ label }) => label)]).toEqual([
      'OptionsChallenge',
      ['correct', 'incorrect', 'challenge'],
    ]);
    await answer(member, [{ guid, value: choices?.[0]?.value }]);
  });

  it('about a picture comes with it, as a data URI that a page can show', async () => {
    const member = await forced({ challenges: 'IMAGE_DATA' });
    const { __typename, guid, image } = only(member);
    expect(__typename).toBe('ImageChallenge');
    expect(image).toMatch(PNG);
    const bytes = Buffer.from(image?.split(',')[1] ?? '', 'base64');
    expect(bytes.subarray(1, 4).toString()).toBe('PNG');
    await answer(member, [{ guid, value: 'correct' }]);
  });

  it('with pictures to choose from comes with all of them', async () => {
    const member = await forced({ challenges: 'IMAGE_OPTIONS' });
    const { __typename, guid, pictures } = only(member);
    expect(__typename).toBe('ImageOptionsChallenge');
    expect(pictures?.map(({ value }) => value)).toEqual(['correct', 'incorrect']);
    for (const { image } of pictures ?? []) expect(image).toMatch(PNG);
    await answer(member, [{ guid, value: pictures?.[0]?.value }]);
  });

  it('for a token tells what to enter into the generator', async () => {
    const member = await forced({ challenges: 'TOKEN' });
    const { __typename, guid, token } = only(member);
    expect([__typename, token]).toEqual(['TokenChallenge', '314 159']);
    await answer(member, [{ guid, value: 'correct' }]);
  });

  it('may come with another: both are answered at once', async () => {
    const member = await forced({ challenges: 'SEVERAL' });
    expect(member.challenges?.map(({ __typename }) => __typename)).toEqual([
      'TextChallenge',
      'OptionsChallenge',
    ]);
    const answers = member.challenges?.map(({ guid }) => ({ guid, value: 'correct' })) ?? [];
    await answer(member, answers.reverse());
  });

  it.each([
    ['TEXT', 'TextChallenge'],
    ['OPTIONS', 'OptionsChallenge'],
    ['IMAGE_DATA', 'ImageChallenge'],
    ['IMAGE_OPTIONS', 'ImageOptionsChallenge'],
    ['TOKEN', 'TokenChallenge'],
  ])('of the type %s is known by MX’s number too', async (challenges, typename) => {
    const member = await forced({ connection_status: 'CHALLENGED', challenges, integerTypes: true });
    expect(only(member).__typename).toBe(typename);
  });
});

describe('one query tells all that the next step needs', () => {
  const rows = [
    ['CHALLENGED', 'ANSWER_CHALLENGE', ['challenges'], { [STATUS]: 1 }],
    ['DENIED', 'UPDATE_CREDENTIALS', ['credentialFields'], {}],
    ['PREVENTED', 'UPDATE_CREDENTIALS', ['credentialFields'], {}],
    ['IMPORTED', 'UPDATE_CREDENTIALS', ['credentialFields'], {}],
    ['IMPAIRED', 'UPDATE_CREDENTIALS', ['credentialFields'], {}],
    ['PENDING', 'COMPLETE_OAUTH', ['oauthWindowUrl'], { [OAUTH]: 1 }],
    ['LOCKED', 'VISIT_INSTITUTION', [], {}],
    ['IMPEDED', 'VISIT_INSTITUTION', [], {}],
    ['EXPIRED', 'AGGREGATE', [], {}],
    ['CONNECTED', 'NONE', [], {}],
  ] as const;

  it.each(rows)('%s: %s', async (...row) => {
    const [status, action, filled, cost] = row;
    const { frontend, guid } = await forced({ connection_status: status });
    await frontend.sandbox.forgetCalls();
    const member = await frontend.read(guid);
    expect(member.requiredAction).toBe(action);
    const steps = ['challenges', 'credentialFields', 'oauthWindowUrl'] as const;
    expect(steps.filter((step) => member[step] !== null)).toEqual(filled);
    expect(await frontend.sandbox.calls()).toEqual({ [LIST]: 1, ...cost });
  });

  it('and where to go at the institution', async () => {
    const member = await forced({ connection_status: 'LOCKED' });
    expect(member.institution).toEqual({
      code: 'harbor_lane',
      name: 'Harbor Lane Credit Union',
      url: 'https://harbor-lane.example/',
      forgotPasswordUrl: 'https://harbor-lane.example/forgot-password',
      forgotUsernameUrl: 'https://harbor-lane.example/forgot-username',
      troubleSigningInUrl: 'https://harbor-lane.example/login-trouble',
    });
  });

  it('and when a job can start again', async () => {
    const at = new Date(Date.now() - 3_600_000).toISOString();
    const member = await forced({ connection_status: 'EXPIRED', successfully_aggregated_at: at });
    expect(member.aggregatableAt).toBe(new Date(Date.parse(at) + 3 * 3_600_000).toISOString());
  });

  it('and the fields are asked of MX once a day per institution', async () => {
    const { frontend, guid } = await forced({ connection_status: 'DENIED' });
    await frontend.read(guid);
    await frontend.read(guid);
    const calls = await frontend.sandbox.calls();
    expect([calls[CREDENTIALS], calls[INSTITUTION]]).toEqual([1, 1]);
  });
});

describe('MX’s own error of a member', () => {
  const known = [
    [1000, 'NO_ELIGIBLE_ACCOUNTS', 'ACCOUNTS'],
    [1001, 'NO_ACCOUNTS', 'ACCOUNTS'],
    [1002, 'ACCESS_DENIED', 'ACCESS'],
    [2001, 'INCORRECT_OTP', 'CHALLENGE'],
    [2002, 'INCORRECT_MFA', 'CHALLENGE'],
    [2003, 'MFA_TIMEOUT', 'CHALLENGE'],
    [2004, 'REAUTHORIZATION_REQUIRED', 'CREDENTIALS'],
    [2005, 'INVALID_CREDENTIALS', 'CREDENTIALS'],
    [3000, 'INSTITUTION_DOWN', 'INSTITUTION'],
    [3001, 'INSTITUTION_MAINTENANCE', 'INSTITUTION'],
    [3002, 'INSTITUTION_UNAVAILABLE', 'INSTITUTION'],
  ] as const;
  const errorOf = (error_code: number | string) => ({
    error_type: 'MEMBER',
    error_code,
    error_message: 'WHATEVER',
    user_message: 'Please look at this.',
    locale: 'en',
  });
  const shown = (code: string, errorCode: number | null, kind: string) => ({
    code,
    errorCode,
    kind,
    userMessage: 'Please look at this.',
    locale: 'en',
  });

  it.each(known)('%i is shown as %s, as an object and as text', async (number, code, kind) => {
    const patch = { connection_status: 'FAILED', error: errorOf(number) };
    const asObject = await forced(patch);
    expect(asObject.error).toEqual(shown(code, number, kind));
    await asObject.frontend.sandbox.set({ errorFormat: 'string' });
    await expect
      .poll(async () => (await asObject.frontend.read(asObject.guid)).error)
      .toEqual(asObject.error);
  });

  it.each([
    [4711, 4711],
    ['4711', 4711],
    ['none', null],
    [-1, null],
    [1.5, null],
    [2 ** 31, null],
  ])('is UNKNOWN if its code is %j', async (sent, errorCode) => {
    const { error } = await forced({ connection_status: 'FAILED', error: errorOf(sent) });
    expect(error).toEqual(shown('UNKNOWN', errorCode, 'UNKNOWN'));
  });

  it.each([[{}], ['{}'], ['not JSON'], [null]])('is left out where it says nothing: %j', async (error) => {
    expect((await forced({ connection_status: 'FAILED', error })).error).toBeNull();
  });

  it('is null where MX sends none', async () => {
    const member = await forced({ connection_status: 'DENIED' }, { errorFormat: 'omit' });
    expect(member.error).toBeNull();
  });
});

interface Page {
  readonly institutions: {
    readonly nodes: readonly { readonly code: string; readonly name: string }[];
    readonly totalCount: number;
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

const PAGE = `query ($search: String!, $first: Int, $after: String) {
  institutions(search: $search, first: $first, after: $after) {
    nodes { code name } totalCount pageInfo { hasNextPage endCursor }
  }
}`;

/** All rows of a search, page by page, as a picker that is scrolled to its end. */
async function scroll({ graphql }: Frontend, search: string, first: number): Promise<string[]> {
  const codes: string[] = [];
  let after: string | null = null;
  for (let pages = 0; pages < 200; pages += 1) {
    const { institutions: page }: Page = dataOf(await graphql<Page>(PAGE, { search, first, after }));
    codes.push(...page.nodes.map(({ code }) => code));
    if (!page.pageInfo.hasNextPage) return codes;
    after = page.pageInfo.endCursor;
  }
  throw new Error('The pages have no end.');
}

describe('the institutions', () => {
  it.each([1, 7, 25, 60, 99, 100])('are each met once, %i at a time', async (first) => {
    const frontend = await useFrontend();
    const codes = await scroll(frontend, '', first);
    expect(codes.length).toBeGreaterThan(120);
    expect(new Set(codes).size).toBe(codes.length);
    const { institutions } = dataOf(await frontend.graphql<Page>(PAGE, { search: '' }));
    expect(codes).toHaveLength(institutions.totalCount);
    expect(await frontend.sandbox.calls()).toEqual({ [INSTITUTIONS]: 2 });
  });

  it('are found by a part of the name, in any case, and asked of MX once', async () => {
    const frontend = await useFrontend();
    const search = async (words: string) =>
      dataOf(await frontend.graphql<Page>(PAGE, { search: words, first: 100 })).institutions;
    const found = await search('hazel');
    expect(found.nodes.map(({ name }) => name.split(' ')[0])).toEqual(Array(10).fill('Hazel'));
    expect(found.totalCount).toBe(10);
    expect(await search(' HAZEL ')).toEqual(found);
    expect((await search('no such bank')).nodes).toEqual([]);
    expect(await frontend.sandbox.calls()).toEqual({ [INSTITUTIONS]: 2 });
  });

  it('page by page have no more to give after the last', async () => {
    const frontend = await useFrontend();
    const all = dataOf(await frontend.graphql<Page>(PAGE, { search: 'hazel', first: 10 })).institutions;
    expect(all.pageInfo.hasNextPage).toBe(false);
    const after = all.pageInfo.endCursor;
    const beyond = dataOf(await frontend.graphql<Page>(PAGE, { search: 'hazel', first: 10, after }));
    expect(beyond.institutions).toEqual({
      nodes: [],
      totalCount: 10,
      pageInfo: { hasNextPage: false, endCursor: null },
    });
  });

  it.each([
    ['no rows', { first: 0 }],
    ['fewer than none', { first: -1 }],
    ['more rows than a page has', { first: 101 }],
    ['words for a cursor', { after: 'the next page' }],
    ['a cursor of another list', { after: Buffer.from('row:-1').toString('base64url') }],
    ['an empty cursor', { after: '' }],
  ])('asked for with %s are refused by a clear error, and MX is not asked', async (_, variables) => {
    const frontend = await useFrontend();
    const answered = await frontend.graphql(PAGE, { search: '', ...variables });
    expect(codesOf(answered)).toEqual(['BAD_USER_INPUT']);
    expect(answered.body.errors?.[0]?.message).toMatch(/`(first|after)`/);
    expect(await frontend.sandbox.calls()).toEqual({});
  });
});
