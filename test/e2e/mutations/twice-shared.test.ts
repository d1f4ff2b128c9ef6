import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { createMutationClient } from '../../support/mutations.js';
import type { MutationClient } from '../../support/mutations.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { GraphqlClient } from '../../support/graphql-client.js';
import { redisOfTest, skipsRedis } from '../../support/redis-server.js';
import type { RedisServer } from '../../support/redis-server.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';
import { waitFor } from '../../support/wait-for.js';

const RESUME = 'PUT /users/:user/members/:member/resume';
const UPDATE = 'PUT /users/:user/members/:member';

interface Pair {
  readonly redis: RedisServer;
  readonly stack: Stack;
  readonly memberGuid: string;
  readonly graphql: readonly [GraphqlClient, GraphqlClient];
  readonly clients: readonly [MutationClient, MutationClient];
  readonly answers: readonly { readonly guid: string; readonly value: string }[];
}

/** Two instances over one Redis and one MX, which takes 200 ms for each write, and a member with a challenge. */
async function pairOfTest(): Promise<Pair> {
  const redis = await redisOfTest();
  const shared = { redisUrl: redis.url, freshnessMs: 20 };
  const stack = await useStack({ ...shared, sandbox: { settings: { jobMs: 60_000 } } });
  const { sandbox } = stack;
  const mx = { baseUrl: sandbox.url, ...sandbox.credentials };
  const auth = { kind: 'anonymous', userGuid: sandbox.demoUserGuid } as const;
  const other = await useStack({ ...shared, mx, auth });
  const clients = [createMutationClient(stack.graphql), createMutationClient(other.graphql)] as const;
  const memberGuid = demoMember(sandbox, 'CHALLENGED').guid;
  const { challenges } = await clients[0].read(memberGuid);
  const answers = (challenges ?? []).map(({ guid }) => ({ guid, value: 'correct-hunter2' }));
  sandbox.control.setFaults([{ kind: 'latency', ms: 200, endpoint: RESUME }]);
  stack.forgetCalls();
  const graphql = [stack.graphql, other.graphql] as const;
  return { redis, stack, memberGuid, graphql, clients, answers };
}

const countOf = ({ stack }: Pair, endpoint: string) => stack.calls()[endpoint] ?? 0;

describe.skipIf(skipsRedis)('a mutation sent to two instances', () => {
  it('is sent to MX once, and both give the same result, now and shortly after', async () => {
    const pair = await pairOfTest();
    const { clients, memberGuid, answers, redis } = pair;
    const send = (at: 0 | 1) =>
      clients[at].perform('answerChallenges', { member: { guid: memberGuid }, answers });
    const results = await Promise.all([send(0), send(1), send(0), send(1)]);
    results.push(await send(1), await send(0));
    expect(results[0]?.userErrors).toEqual([]);
    for (const result of results) expect(result).toEqual(results[0]);
    expect(countOf(pair, RESUME)).toBe(1);

    const keys = (await redis.command('keys', 'mx:*:write:*')) as string[];
    expect(keys).toHaveLength(1);
    const stored = await redis.command('hgetall', keys[0] ?? '');
    expect(JSON.stringify(stored)).not.toContain('hunter2');
    expect(await redis.command('pttl', keys[0] ?? '')).toBeLessThanOrEqual(1_000);
  });

  it('fails on both if it fails while both wait, and goes to MX after that', async () => {
    const pair = await pairOfTest();
    const { clients, memberGuid, answers, stack } = pair;
    const input = { member: { guid: memberGuid }, answers };
    stack.sandbox.control.setFaults([
      { kind: 'latency', ms: 300, endpoint: RESUME, times: 1 },
      { kind: 'status', status: 503, endpoint: RESUME, times: 1 },
    ]);
    const first = clients[0].send('answerChallenges', input);
    await waitFor(() => countOf(pair, RESUME) === 1);
    const failures = await Promise.all([first, clients[1].send('answerChallenges', input)]);
    expect(failures.map(codesOf)).toEqual([['UPSTREAM_UNAVAILABLE'], ['UPSTREAM_UNAVAILABLE']]);
    expect(countOf(pair, RESUME)).toBe(1);
    await clients[1].succeed('answerChallenges', input);
    expect(countOf(pair, RESUME)).toBe(2);
  });

  it('waits for other values that are in flight on the other instance', async () => {
    const pair = await pairOfTest();
    const { clients, stack } = pair;
    stack.sandbox.control.setSettings({ jobMs: 1 });
    const { member } = await clients[0].perform('createMember', {
      institutionCode: 'mxbank',
      access: { credentials: await clients[0].login('mxbank', 'first') },
    });
    const memberGuid = member?.guid ?? '';
    await clients[0].settles(memberGuid);
    const logins = await Promise.all(['second', 'third'].map((value) => clients[0].login('mxbank', value)));
    const results = await Promise.all(
      clients.map((client, at) =>
        client.perform('updateMemberCredentials', { member: { guid: memberGuid }, credentials: logins[at] }),
      ),
    );
    for (const { userErrors } of results) expect(userErrors).toEqual([]);
    expect(countOf(pair, UPDATE)).toBe(2);
  });

  it('is not blocked for long by an instance that was lost', async () => {
    const pair = await pairOfTest();
    const { clients, memberGuid, answers, redis } = pair;
    const key = `mx:{${pair.stack.sandbox.demoUserGuid}}:write:answerChallenges/${memberGuid}`;
    await redis.command('hset', key, 'token', 'lost', 'digest', 'other');
    await redis.command('pexpire', key, 3_000);
    await clients[0].succeed('answerChallenges', { member: { guid: memberGuid }, answers });
    expect(countOf(pair, RESUME)).toBe(1);
  });

  it('is sent once per instance while Redis is away', async () => {
    const pair = await pairOfTest();
    const { clients, memberGuid, answers, redis } = pair;
    await redis.kill();
    const send = () => clients[0].perform('answerChallenges', { member: { guid: memberGuid }, answers });
    const [first, second] = await Promise.all([send(), send()]);
    expect(first.userErrors).toEqual([]);
    expect(second).toEqual(first);
    expect(countOf(pair, RESUME)).toBe(1);
  });

  it('creates one manual account of the same idempotency key, which is told by both', async () => {
    const pair = await pairOfTest();
    const create = 'POST /users/:user/accounts';
    pair.stack.sandbox.control.setFaults([{ kind: 'latency', ms: 200, endpoint: create }]);
    const query = `mutation { createManualAccount(input: { name: "Jar", type: CASH, idempotencyKey: "1" }) {
      account { guid } } }`;
    type Data = { readonly createManualAccount: { readonly account: { readonly guid: string } } };
    const send = async (at: 0 | 1) => dataOf(await pair.graphql[at]<Data>(query)).createManualAccount;
    const [first, ...others] = await Promise.all([send(0), send(1), send(0), send(1)]);
    expect(first?.account.guid).toMatch(/^ACT-/);
    for (const other of others) expect(other).toEqual(first);
    expect(countOf(pair, create)).toBe(1);
  });
});
