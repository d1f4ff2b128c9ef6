import { describe, expect, it } from 'vitest';

import { demoMember } from '../../support/demo-members.js';
import { useStack } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';

interface History {
  readonly member: {
    readonly statusHistory: {
      readonly totalCount: number;
      readonly nodes: readonly Record<string, unknown>[];
      readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
    };
  };
}

const HISTORY = `query ($guid: String!, $first: Int, $after: String) {
  member(by: { guid: $guid }) {
    statusHistory(first: $first, after: $after) {
      totalCount
      nodes { connectionStatus rawConnectionStatus isTerminal cause since until durationSeconds }
      pageInfo { hasNextPage endCursor }
    }
  }
}`;

/** So slow a poll that only webhooks tell of changes. */
const SLOW_POLL = { activeMs: 60_000, awaitingUserMs: 60_000, idleMs: 60_000 };

/** A server whose demo user's connected member went through some statuses, each of which was seen. */
async function withHistory(...statuses: readonly string[]) {
  const stack = await useStack({ webhooks: true, freshnessMs: 20, pace: SLOW_POLL });
  const { sandbox, url, graphql } = stack;
  const { guid } = demoMember(sandbox, 'CONNECTED');
  const feed = await openFeed(url, { memberGuid: guid });
  await feed.next();
  for (const status of statuses) {
    sandbox.control.forceMember(guid, { connection_status: status });
    await feed.next();
  }
  const read = async (page: { first?: number; after?: string } = {}) =>
    (await graphql<History>(HISTORY, { guid, ...page })).body;
  return { ...stack, guid, read };
}

describe('the history of a member', () => {
  it('has the observed states, newest first, with their durations', async () => {
    const { read } = await withHistory('DENIED', 'LOCKED');
    const { data } = await read();
    const { nodes, totalCount } = data?.member.statusHistory ?? { nodes: [] };
    expect(
      nodes.map(({ connectionStatus, cause, isTerminal }) => [connectionStatus, cause, isTerminal]),
    ).toEqual([
      ['LOCKED', 'WEBHOOK', true],
      ['DENIED', 'WEBHOOK', true],
      ['CONNECTED', 'SNAPSHOT', true],
    ]);
    expect(totalCount).toBe(3);
    expect(nodes.map(({ until }) => until)).toEqual([null, nodes[0]?.['since'], nodes[1]?.['since']]);
    expect(nodes.every(({ durationSeconds }) => Number.isInteger(durationSeconds))).toBe(true);
  });

  it('has pages that new states do not shift', async () => {
    const { read, sandbox, guid, url } = await withHistory('DENIED', 'LOCKED', 'IMPEDED');
    const first = (await read({ first: 2 })).data?.member.statusHistory;
    expect(first?.nodes.map(({ connectionStatus }) => connectionStatus)).toEqual(['IMPEDED', 'LOCKED']);
    expect(first?.pageInfo.hasNextPage).toBe(true);
    const feed = await openFeed(url, { memberGuid: guid });
    await feed.next();
    sandbox.control.forceMember(guid, { connection_status: 'EXPIRED' });
    await feed.next();
    const second = (await read({ first: 2, after: first?.pageInfo.endCursor ?? '' })).data?.member
      .statusHistory;
    expect(second?.nodes.map(({ connectionStatus }) => connectionStatus)).toEqual(['DENIED', 'CONNECTED']);
    expect(second?.pageInfo.hasNextPage).toBe(false);
  });

  it.each([
    [{ first: 0 }],
    [{ first: 101 }],
    [{ first: -1 }],
    [{ after: 'nonsense' }],
    [{ after: 'cm93OjE' }],
  ])('says what is wrong with the page %j', async (page) => {
    const { read } = await withHistory();
    const { errors, data } = await read(page);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
    expect(data?.member.statusHistory).toBeNull();
  });
});
