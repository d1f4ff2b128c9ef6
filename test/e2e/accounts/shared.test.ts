import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { dataOf } from '../../support/graphql-client.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';

const ACCOUNTS = 'GET /users/:user/accounts';
const PAGE = '{ viewer { members { guid accounts { guid lastFour } } } }';
const LONG_MS = 3_600_000;

describe.skipIf(skipsRedis)('the accounts over two instances', () => {
  it('are one read, which a mutation on either ends, and Redis holds no account number', async () => {
    const redis = await redisOfTest();
    const shared = { redisUrl: redis.url, freshnessMs: LONG_MS };
    const first = await useStack(shared);
    const { sandbox } = first;
    const mx = { baseUrl: sandbox.url, ...sandbox.credentials };
    const second = await useStack({ ...shared, mx });
    const { guid } = demoMember(sandbox, 'CONNECTED');

    const shown = dataOf(await first.graphql(PAGE));
    expect(dataOf(await second.graphql(PAGE))).toEqual(shown);
    expect(first.calls()[ACCOUNTS]).toBe(1);
    await second.graphql(
      `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { wasAlreadyRunning } }`,
    );
    dataOf(await first.graphql(PAGE));
    dataOf(await second.graphql(PAGE));
    expect(first.calls()[ACCOUNTS]).toBe(2);

    const numbers = await wholeNumbers(sandbox.url, sandbox.demoUserGuid, sandbox.credentials);
    expect(numbers.length).toBeGreaterThan(5);
    const keys = (await redis.command('keys', '*')) as string[];
    const reads = keys.filter((key) => key.endsWith(':read/accounts'));
    expect(reads).toHaveLength(1);
    const stored = JSON.stringify(await redis.command('hgetall', reads[0] ?? ''));
    expect(stored).toContain('ACT-');
    for (const number of numbers) expect(stored).not.toContain(number);
  });
});

/** The account numbers of a user that MX sends whole. */
async function wholeNumbers(
  url: string,
  userGuid: string,
  { clientId, apiKey }: { clientId: string; apiKey: string },
): Promise<string[]> {
  const response = await fetch(`${url}/users/${userGuid}/accounts?records_per_page=1000`, {
    headers: {
      authorization: `Basic ${Buffer.from(`${clientId}:${apiKey}`).toString('base64')}`,
      'accept-version': 'v20250224',
    },
  });
  const { accounts } = (await response.json()) as { accounts: { account_number: string | null }[] };
  return accounts.flatMap(({ account_number: number }) =>
    /^\d{7}$/.test(number ?? '') ? [number ?? ''] : [],
  );
}
