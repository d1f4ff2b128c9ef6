import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { dataOf } from '../../support/graphql-client.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const ACCOUNTS = 'GET /users/:user/accounts';
const STATUS = 'GET /users/:user/members/:member/status';

/** So long a window that no test outlives it. */
const LONG_MS = 3_600_000;

const PAGE = '{ viewer { members { guid accounts { guid name lastFour balance currency } } } }';
const PLAIN = '{ viewer { members { guid connectionStatus } } }';

interface Page {
  readonly viewer: { readonly members: readonly { readonly accounts: readonly unknown[] }[] };
}

/** What asking a query costs at MX. */
async function costOf(stack: Stack, query: string, variables = {}): Promise<Record<string, number>> {
  stack.forgetCalls();
  dataOf(await stack.graphql(query, variables));
  return stack.calls();
}

/** A user of 25 members that have connected. */
async function useFullUser(freshnessMs: number): Promise<Stack> {
  let userGuid = '';
  return useStack({
    freshnessMs,
    auth: ({ control }) => {
      userGuid = control.createUsers({ count: 1, membersPerUser: 25 })[0]?.guid ?? '';
      return { kind: 'anonymous', userGuid };
    },
  });
}

describe('the accounts of 25 members', () => {
  it('cost one request, and none within the TTL', async () => {
    const stack = await useFullUser(LONG_MS);
    expect(await costOf(stack, PAGE)).toEqual({ [LIST]: 1, [ACCOUNTS]: 1 });
    expect(await costOf(stack, PAGE)).toEqual({});
    const { viewer } = dataOf(await stack.graphql<Page>(PAGE));
    expect(viewer.members.map(({ accounts }) => accounts.length)).toEqual(Array(25).fill(3));
  });

  it('cost nothing if they are not asked for', async () => {
    const stack = await useFullUser(0);
    expect(await costOf(stack, PLAIN)).toEqual({ [LIST]: 1 });
    const skipped =
      'query ($with: Boolean!) { viewer { members { accounts @include(if: $with) { guid } guid } } }';
    expect(await costOf(stack, skipped, { with: false })).toEqual({ [LIST]: 1 });
  });

  it('cost one request for queries that are asked at once', async () => {
    const stack = await useFullUser(LONG_MS);
    stack.forgetCalls();
    await Promise.all(Array.from({ length: 20 }, async () => dataOf(await stack.graphql(PAGE))));
    expect(stack.calls()).toEqual({ [LIST]: 1, [ACCOUNTS]: 1 });
  });
});

describe('the window of the accounts', () => {
  it('ends early by a mutation of any member', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    await costOf(stack, PAGE);
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    await stack.graphql(
      `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { wasAlreadyRunning } }`,
    );
    expect(await costOf(stack, PAGE)).toMatchObject({ [ACCOUNTS]: 1 });
  });

  it.each([
    ['whom nobody watches', false],
    ['who is watched', true],
  ])('ends early by a webhook of a user %s', async (_, isWatched) => {
    const stack = await useStack({ freshnessMs: LONG_MS, webhooks: true });
    await costOf(stack, PAGE);
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    if (isWatched) {
      await stack.graphql(
        `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { wasAlreadyRunning } }`,
      );
      await costOf(stack, PAGE);
    }
    expect(await costOf(stack, PAGE)).toEqual({});
    stack.sandbox.control.sendWebhook({ memberGuid: guid, type: 'AGGREGATION' });
    await waitFor(async () => (await costOf(stack, PAGE))[ACCOUNTS] === 1, {
      what: 'a read of the accounts',
    });
  });

  it('is that of the members: new accounts of a job are shown after it', async () => {
    const stack = await useStack({ freshnessMs: 50, sandbox: { settings: { jobMs: 40 } } });
    const { guid } = demoMember(stack.sandbox, 'CREATED');
    const query = `{ member(by: { guid: "${guid}" }) { accounts { guid } } }`;
    const read = async () =>
      dataOf(await stack.graphql<{ member: { accounts: unknown[] } }>(query)).member.accounts;
    expect(await read()).toEqual([]);
    await stack.graphql(
      `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { wasAlreadyRunning } }`,
    );
    await waitFor(async () => (await read()).length === 3, { what: 'the accounts' });
  });
});

describe('the progress of a job', () => {
  const PROGRESS = `query ($guid: String!) { member(by: { guid: $guid }) {
    isBeingAggregated progress { isAuthenticated hasAccounts hasTransactions } } }`;

  it('costs nothing, and is null, where no job runs', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    expect(await costOf(stack, PROGRESS, { guid })).toEqual({ [LIST]: 1 });
    expect(dataOf(await stack.graphql(PROGRESS, { guid }))).toEqual({
      member: { isBeingAggregated: false, progress: null },
    });
    const all = '{ viewer { members { guid isBeingAggregated } } }';
    expect(await costOf(stack, all)).toEqual({});
  });

  it('costs one request per window', async () => {
    const stack = await useStack({ freshnessMs: LONG_MS });
    const { guid } = demoMember(stack.sandbox, 'CREATED');
    stack.sandbox.control.forceMember(guid, { is_being_aggregated: true, is_authenticated: true });
    expect(await costOf(stack, PROGRESS, { guid })).toEqual({ [LIST]: 1, [STATUS]: 1 });
    expect(await costOf(stack, PROGRESS, { guid })).toEqual({});
    expect(dataOf(await stack.graphql(PROGRESS, { guid }))).toEqual({
      member: {
        isBeingAggregated: true,
        progress: { isAuthenticated: true, hasAccounts: false, hasTransactions: false },
      },
    });
  });

  it.each([0, LONG_MS])('shares its request with the challenges (window of %i ms)', async (freshnessMs) => {
    const stack = await useStack({ freshnessMs });
    const { guid } = demoMember(stack.sandbox, 'CHALLENGED');
    stack.sandbox.control.forceMember(guid, { challenges: 'TEXT' });
    const both = `{ member(by: { guid: "${guid}" }) { progress { isAuthenticated } challenges { guid } } }`;
    expect(await costOf(stack, both)).toEqual({ [LIST]: 1, [STATUS]: 1 });
  });

  it('advances while the job runs, and is null afterwards', async () => {
    const stack = await useStack({ freshnessMs: 0, sandbox: { settings: { jobMs: 600 } } });
    const { guid } = demoMember(stack.sandbox, 'CREATED');
    await stack.graphql(
      `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { wasAlreadyRunning } }`,
    );
    type Progress = { isAuthenticated: boolean; hasAccounts: boolean; hasTransactions: boolean } | null;
    const seen = new Set<string>();
    await waitFor(
      async () => {
        const { member } = dataOf(
          await stack.graphql<{ member: { progress: Progress } }>(PROGRESS, { guid }),
        );
        seen.add(JSON.stringify(member.progress && Object.values(member.progress)));
        return member.progress === null;
      },
      { what: 'the end of the job' },
    );
    expect([...seen]).toEqual(['[false,false,false]', '[true,true,false]', '[true,true,true]', 'null']);
  });
});
