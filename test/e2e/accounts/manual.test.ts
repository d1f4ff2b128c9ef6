import { describe, expect, it } from 'vitest';

import { alteringUpstreamOfTest, passOn } from '../../support/altering-upstream.js';
import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { AskOptions, GraphqlClient } from '../../support/graphql-client.js';
import { useStack } from '../../support/start-stack.js';

const CREATE = 'POST /users/:user/accounts';
const ACCOUNTS = 'GET /users/:user/accounts';
const LONG_MS = 3_600_000;

const MUTATION = `mutation ($input: CreateManualAccountInput!) { createManualAccount(input: $input) {
  account { id guid name type lastFour balance currency isManual isHidden member { guid isManual phase } }
  userErrors { code path }
} }`;
const ALL = '{ viewer { members { guid isManual accounts { guid name } } } }';

interface Account {
  readonly id: string;
  readonly guid: string;
  readonly name: string;
  readonly member: { readonly guid: string } | null;
}
interface Payload {
  readonly createManualAccount: {
    readonly account: Account | null;
    readonly userErrors: readonly { readonly code: string; readonly path: readonly string[] }[];
  };
}
interface All {
  readonly viewer: {
    readonly members: readonly { readonly guid: string; readonly accounts: readonly Account[] }[];
  };
}

const JAR = { name: 'Jar', type: 'CASH', balance: 12.34, currency: 'CAD' };

async function create(graphql: GraphqlClient, input: object, options?: AskOptions): Promise<Account> {
  const { account, userErrors } = dataOf(
    await graphql<Payload>(MUTATION, { input }, options),
  ).createManualAccount;
  expect(userErrors).toEqual([]);
  if (account) return account;
  throw new Error('There is no account.');
}

const accountsOf = async ({ graphql }: Pick<Frontend, 'graphql'>) =>
  dataOf(await graphql<All>(ALL)).viewer.members.flatMap(({ accounts }) => accounts);

describe('a manual account', () => {
  it('is created under the manual member, and in the lists at once', async () => {
    const frontend = await useFrontend({ freshnessMs: LONG_MS });
    expect(await accountsOf(frontend)).toEqual([]);
    const jar = await create(frontend.graphql, JAR);
    expect(jar).toMatchObject({
      ...JAR,
      lastFour: null,
      isManual: true,
      isHidden: false,
      member: { isManual: true, phase: 'MANUAL' },
    });
    const boat = await create(frontend.graphql, { name: '  Boat ', type: 'PROPERTY' });
    expect(boat).toMatchObject({
      name: 'Boat',
      balance: 0,
      currency: 'USD',
      member: { guid: jar.member?.guid },
    });
    expect(await accountsOf(frontend)).toMatchObject([{ guid: jar.guid }, { guid: boat.guid }]);
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 2 });
  });

  it('is TOO_MANY_MEMBERS if MX has no room for the manual member', async () => {
    let userGuid = '';
    const { graphql } = await useStack({
      auth: ({ control }) => {
        userGuid = control.createUsers({ count: 1, membersPerUser: 25 })[0]?.guid ?? '';
        return { kind: 'anonymous', userGuid };
      },
    });
    expect(dataOf(await graphql<Payload>(MUTATION, { input: JAR })).createManualAccount).toEqual({
      account: null,
      userErrors: [{ code: 'TOO_MANY_MEMBERS', path: ['input'] }],
    });
  });

  it.each([
    ['name', { name: '' }],
    ['name', { name: '  ' }],
    ['name', { name: 'x'.repeat(101) }],
    ['name', { name: 'a\u0000b' }],
    ['type', { type: 'UNKNOWN' }],
    ['type', { type: 'PIGGY_BANK' }],
    ['balance', { balance: 1e300 }],
    ['balance', { balance: '12' }],
    ['currency', { currency: 'usd' }],
    ['currency', { currency: 'US' }],
    ['currency', { currency: '€' }],
  ])('is BAD_USER_INPUT that names %s: %j', async (argument, change) => {
    const frontend = await useFrontend();
    const answer = await frontend.graphql(MUTATION, { input: { ...JAR, ...change } });
    expect(codesOf(answer)).toEqual(['BAD_USER_INPUT']);
    expect(answer.body.errors?.[0]?.message).toContain(argument);
    expect(await frontend.sandbox.writes()).toEqual({});
  });
});

describe('the same idempotency key', () => {
  it('creates one account, asked for at once or one after the other', async () => {
    const frontend = await useFrontend();
    const input = { ...JAR, idempotencyKey: 'press-the-button' };
    const made = await Promise.all([1, 2, 3].map(() => create(frontend.graphql, input)));
    made.push(await create(frontend.graphql, input));
    expect(new Set(made.map(({ guid }) => guid)).size).toBe(1);
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
  });

  it('finds the account again on a server that knows nothing of the first attempt', async () => {
    const first = await useStack();
    const second = await useStack({ mx: { baseUrl: first.sandbox.url } });
    const input = { ...JAR, idempotencyKey: 'press-the-button' };
    const { guid } = await create(first.graphql, input);
    expect((await create(second.graphql, input)).guid).toBe(guid);
    expect(first.calls()[CREATE]).toBe(1);
  });

  it.each([{ name: 'Tin' }, { type: 'ANY' }, { balance: 1 }, { currency: 'USD' }])(
    'with other input is another attempt: %j',
    async (change) => {
      const frontend = await useFrontend();
      const input = { ...JAR, idempotencyKey: '1' };
      const first = await create(frontend.graphql, input);
      expect((await create(frontend.graphql, { ...input, ...change })).guid).not.toBe(first.guid);
    },
  );

  it('is not needed: without it, the same input creates another account', async () => {
    const frontend = await useFrontend();
    const first = await create(frontend.graphql, JAR);
    expect((await create(frontend.graphql, JAR)).guid).not.toBe(first.guid);
    expect((await frontend.sandbox.calls())[ACCOUNTS]).toBeUndefined();
  });
});

describe('a response that is lost', () => {
  it.each(['reset_after', 'truncate', 'malformed'] as const)(
    'is verified, and the account is sent once: %s',
    async (kind) => {
      const frontend = await useFrontend();
      await frontend.sandbox.faults({ kind, endpoint: CREATE });
      const { guid } = await create(frontend.graphql, JAR);
      await frontend.sandbox.faults();
      expect(await accountsOf(frontend)).toMatchObject([{ guid }]);
      expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
    },
  );

  it('is an error if MX created nothing, and the account can be sent again', async () => {
    const frontend = await useFrontend();
    await frontend.sandbox.faults({ kind: 'reset', endpoint: CREATE });
    const input = { ...JAR, idempotencyKey: '1' };
    expect(codesOf(await frontend.graphql(MUTATION, { input }))).toEqual(['UPSTREAM_UNAVAILABLE']);
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
    await frontend.sandbox.faults();
    await create(frontend.graphql, input);
    expect(await accountsOf(frontend)).toHaveLength(1);
  });

  it.each([
    ['null', null],
    ['a list', []],
    ['an account without a guid', { name: 'Jar' }],
    ['an account of another user', { guid: 'ACT-9', user_guid: 'USR-9', name: 'Jar' }],
  ])('or says nothing of the account is verified as well: %s', async (_, account) => {
    const upstream = await alteringUpstreamOfTest();
    const stack = await useStack({ mx: { baseUrl: upstream.baseUrl } });
    upstream.target = stack.sandbox.url;
    upstream.alter = async (request, response) => {
      if (request.method !== 'POST') return passOn(request, response);
      await request.forward();
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify({ account }));
    };
    const created = await create(stack.graphql, JAR);
    expect(created).toMatchObject({ name: 'Jar' });
    expect(created.guid).not.toBe('ACT-9');
    expect(upstream.requests.filter((one) => one.startsWith('POST'))).toHaveLength(1);
  });
});

describe('createManualMember', () => {
  it('is FORBIDDEN to an end user, and MX is not asked', async () => {
    const frontend = await useFrontend();
    const answer = await frontend.send('createManualMember', { institutionCode: 'shoebox_ledger' });
    expect(codesOf(answer)).toEqual(['FORBIDDEN']);
    expect(answer.body.errors?.[0]?.message).toContain('support scope');
    expect(await frontend.sandbox.calls()).toEqual({});
  });

  it('is allowed to support staff whose token identifies a user', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const made = await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    expect(await frontend.sandbox.members(frontend.userGuid)).toMatchObject([{ guid: made.guid }]);
  });
});
