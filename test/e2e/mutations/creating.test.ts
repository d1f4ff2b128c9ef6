import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest } from '../../support/altering-upstream.js';
import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import { useStack } from '../../support/start-stack.js';

const CREATE = 'POST /users/:user/members';
const INSTITUTION = 'GET /institutions/:institution';
const LONG_JOB = { jobMs: 60_000 };

const MUTATION = `mutation ($input: CreateMemberInput!) { createMember(input: $input) {
  member { guid connectionStatus isBeingAggregated } jobStarted
  failedProducts { product errorCode userMessage } userErrors { code message path }
} }`;

interface Payload {
  readonly member: { readonly guid: string } | null;
  readonly jobStarted: boolean;
  readonly failedProducts: readonly unknown[];
  readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
}

async function create(frontend: Frontend, more: object = {}, code = 'mxbank'): Promise<Payload> {
  const credentials = await frontend.login(code, 'swordfish');
  const input = { institutionCode: code, access: { credentials }, ...more };
  return dataOf(await frontend.graphql<{ createMember: Payload }>(MUTATION, { input })).createMember;
}

/** The answer without the member, which goes on. */
const answerOf = ({ jobStarted, failedProducts, userErrors }: Payload) => ({
  ...{ jobStarted, failedProducts, userErrors },
});

const STARTED = { jobStarted: true, failedProducts: [], userErrors: [] };
const NOT_STARTED = { jobStarted: false, failedProducts: [], userErrors: [] };
const FAILED = { errorCode: '3002', userMessage: 'Some of the data cannot be fetched at the moment.' };

describe('createMember', () => {
  it('tells that MX has started the first job', async () => {
    const frontend = await useFrontend({ settings: LONG_JOB });
    expect(answerOf(await create(frontend, { products: ['TRANSACTIONS'] }))).toEqual(STARTED);
  });

  it('tells that MX starts no job for an OAuth member', async () => {
    const frontend = await useFrontend();
    const more = { access: { oauth: {} } };
    expect(answerOf(await create(frontend, more, 'mx_bank_oauth'))).toEqual(NOT_STARTED);
  });

  it('tells which product MX did not start to get, if only one was requested', async () => {
    const frontend = await useFrontend({ settings: { ...LONG_JOB, failingProducts: ['statements'] } });
    const payload = await create(frontend, { products: ['STATEMENTS'] });
    const failedProducts = [{ product: 'STATEMENTS', ...FAILED }];
    expect(payload).toMatchObject({
      member: { connectionStatus: 'CREATED', isBeingAggregated: false },
      ...{ jobStarted: false, failedProducts, userErrors: [] },
    });
    // Nothing is lost: the member can be aggregated.
    await frontend.succeed('aggregateMember', { member: { guid: payload.member?.guid } });
  });

  it('tells that a product failed without a name if MX does not say which of several', async () => {
    const frontend = await useFrontend({ settings: { ...LONG_JOB, failingProducts: ['statements'] } });
    const payload = await create(frontend, { products: ['STATEMENTS', 'TRANSACTIONS', 'STATEMENTS'] });
    expect(payload.failedProducts).toEqual([{ product: null, ...FAILED }]);
  });

  it('refuses products that the institution does not support, and asks MX for no member', async () => {
    const frontend = await useFrontend();
    const products = ['TRANSACTIONS', 'REWARDS'];
    expect(await create(frontend, { products }, 'plain_pantry')).toMatchObject({
      member: null,
      ...{ jobStarted: false, failedProducts: [] },
      userErrors: [{ code: 'PRODUCT_NOT_SUPPORTED', path: ['input', 'products', '1'] }],
    });
    expect(await frontend.sandbox.writes()).toEqual({});
  });

  it.each(['products', 'useCases'])('rejects an empty list of %s', async (name) => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'swordfish');
    const input = { institutionCode: 'mxbank', access: { credentials }, [name]: [] };
    const answer = await frontend.graphql(MUTATION, { input });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.text).toContain(name);
    expect(await frontend.sandbox.writes()).toEqual({});
  });

  it.each([
    ['no products', 0, {}],
    ['products', 1, { products: ['TRANSACTIONS'] }],
  ])('with %s costs %i reads of the institution', async (_, reads, more) => {
    const frontend = await useFrontend({ settings: LONG_JOB });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const other = await useStack({
      mx: { baseUrl: frontend.sandbox.url },
      auth: { kind: 'anonymous', userGuid: frontend.userGuid },
    });
    await frontend.sandbox.forgetCalls();
    const input = { institutionCode: 'mxbank', access: { credentials }, ...more };
    dataOf(await other.graphql(MUTATION, { input }));
    expect((await frontend.sandbox.calls())[INSTITUTION] ?? 0).toBe(reads);
  });

  it.each([
    [{ background: false, useCases: ['MONEY_MOVEMENT'] }, true, ['MONEY_MOVEMENT']],
    [{ background: true, useCases: ['PFM', 'MONEY_MOVEMENT', 'PFM'] }, false, ['PFM', 'MONEY_MOVEMENT']],
    [{ background: null, useCases: null }, false, ['PFM']],
    [{}, false, ['PFM']],
  ])('with %j sets background aggregation and use cases', async (more, isDisabled, useCases) => {
    const frontend = await useFrontend({ settings: LONG_JOB });
    await create(frontend, more);
    expect(await frontend.sandbox.members(frontend.userGuid)).toMatchObject([
      { background_aggregation_is_disabled: isDisabled, use_cases: useCases },
    ]);
  });
});

describe('the products of the setting', () => {
  const config = { products: ['transactions', 'statements'] as const };

  it('are requested of new members', async () => {
    const frontend = await useFrontend({
      config,
      settings: { ...LONG_JOB, failingProducts: ['statements'] },
    });
    expect((await create(frontend)).failedProducts).toHaveLength(1);
  });

  it('give way to those of the input', async () => {
    const frontend = await useFrontend({
      config,
      settings: { ...LONG_JOB, failingProducts: ['statements'] },
    });
    expect(answerOf(await create(frontend, { products: ['TRANSACTIONS'] }))).toEqual(STARTED);
  });

  it('leave out what the institution does not support', async () => {
    const frontend = await useFrontend({ config, settings: LONG_JOB });
    expect(answerOf(await create(frontend, {}, 'plain_pantry'))).toEqual(STARTED);
  });
});

describe('an institution that cannot be read', () => {
  it.each([
    ['the input', {}, { products: ['STATEMENTS'] }],
    ['the setting', { products: ['statements'] as const }, {}],
  ])('is no reason not to request the products of %s', async (...[, config, more]) => {
    const frontend = await useFrontend({ settings: { ...LONG_JOB, failingProducts: ['statements'] } });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const { graphql } = await useStack({
      config,
      mx: { baseUrl: frontend.sandbox.url },
      auth: { kind: 'anonymous', userGuid: frontend.userGuid },
    });
    await frontend.sandbox.faults({ kind: 'status', status: 500, endpoint: INSTITUTION });
    const input = { institutionCode: 'mxbank', access: { credentials }, ...more };
    const answer = await graphql<{ createMember: Payload }>(MUTATION, { input });
    expect(dataOf(answer).createMember).toMatchObject({ userErrors: [], failedProducts: [FAILED] });
  });
});

describe('a repeated createMember', () => {
  const KEY = { idempotencyKey: 'once' };

  it('is answered as the first, also once the job has ended', async () => {
    const frontend = await useFrontend();
    const first = await create(frontend, { ...KEY, products: ['TRANSACTIONS'] });
    await frontend.settles(first.member?.guid ?? '');
    const second = await create(frontend, { ...KEY, products: ['TRANSACTIONS'] });
    expect(second.member?.guid).toBe(first.member?.guid);
    expect(answerOf(second)).toEqual(STARTED);
  });

  it('is answered with the products that failed, also after another job', async () => {
    const frontend = await useFrontend({ settings: { failingProducts: ['statements'] } });
    const input = { ...KEY, products: ['STATEMENTS'] };
    const first = await create(frontend, input);
    await frontend.succeed('aggregateMember', { member: { guid: first.member?.guid } });
    await frontend.settles(first.member?.guid ?? '');
    expect(answerOf(await create(frontend, input))).toEqual(answerOf(first));
  });

  it('at the same time is answered as the first', async () => {
    const frontend = await useFrontend({ settings: { ...LONG_JOB, failingProducts: ['statements'] } });
    const input = { ...KEY, products: ['STATEMENTS'] };
    const [first, second] = await Promise.all([create(frontend, input), create(frontend, input)]);
    expect(second).toEqual(first);
    expect(first.failedProducts).toEqual([{ product: 'STATEMENTS', ...FAILED }]);
  });

  it('is answered alike by a server that has not seen the first', async () => {
    const frontend = await useFrontend({ settings: { ...LONG_JOB, failingProducts: ['statements'] } });
    const input = { ...KEY, products: ['STATEMENTS'] };
    const first = await create(frontend, input);
    const other = await useStack({
      mx: { baseUrl: frontend.sandbox.url },
      auth: { kind: 'anonymous', userGuid: frontend.userGuid },
    });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const variables = { input: { institutionCode: 'mxbank', access: { credentials }, ...input } };
    const { createMember } = dataOf(await other.graphql<{ createMember: Payload }>(MUTATION, variables));
    expect(createMember).toEqual(first);
  });

  it('whose response is lost tells of the job what the member shows', async () => {
    const frontend = await useFrontend({ settings: LONG_JOB });
    await frontend.sandbox.faults({ endpoint: CREATE, kind: 'reset_after', times: 1 });
    expect(answerOf(await create(frontend, { products: ['TRANSACTIONS'] }))).toEqual(STARTED);
  });
});

describe('a 201 of MX whose body says nothing of products', () => {
  it.each([
    ['no error', {}],
    ['an error that is a string', { error: 'swordfish' }],
    ['errors of wrong types', { errors: [null, 5, [], { product: {}, error_code: {}, type: ['x'] }] }],
  ])('with %s is a member with a failure of unknown products', async (_, more) => {
    const upstream = await alteringUpstreamOfTest();
    const frontend = await useFrontend({ settings: LONG_JOB, mx: { baseUrl: upstream.baseUrl } });
    upstream.target = frontend.sandbox.url;
    upstream.alter = async ({ method, forward }, response) => {
      const { status, body } = await forward();
      const isCreate = method === 'POST' && status === 202;
      const altered = isCreate ? { ...(JSON.parse(body.toString()) as object), ...more } : null;
      response.writeHead(isCreate ? 201 : status, { 'content-type': 'application/json' });
      response.end(altered ? JSON.stringify(altered) : body);
    };
    const payload = await create(frontend, { products: ['TRANSACTIONS', 'REWARDS'] });
    expect(payload.failedProducts).toEqual([{ product: null, errorCode: null, userMessage: null }]);
    expect(payload.member).not.toBeNull();
  });
});
