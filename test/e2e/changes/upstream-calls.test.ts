import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { useStack } from '../../support/start-stack.js';
import { openFeed } from '../../support/status-feed.js';
import { waitFor } from '../../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const AGGREGATE = `mutation ($guid: String!) { aggregateMember(input: { member: { guid: $guid } }) { userErrors { code } } }`;

describe('what changes cost MX', () => {
  it('is one call for any number of subscribers of a user', async () => {
    const { url, sandbox, calls, forgetCalls } = await useStack({ freshnessMs: 60_000 });
    const members = membersOf(sandbox, sandbox.demoUserGuid).length;
    forgetCalls();
    const feeds = await Promise.all(Array.from({ length: 20 }, () => openFeed(url)));
    for (const feed of feeds) await feed.snapshot(members);
    expect(calls()).toEqual({ [LIST]: 1 });
  });

  it('is one call per TTL for a storm of webhooks of one member, and one after the last', async () => {
    const freshnessMs = 1_000;
    const { url, sandbox, calls, forgetCalls } = await useStack({ webhooks: true, freshnessMs });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const feed = await openFeed(url, { memberGuid: guid });
    await feed.next();
    forgetCalls();
    const storm = () => {
      for (let count = 0; count < 50; count += 1) {
        sandbox.control.forceMember(guid, { connection_status: count % 2 === 0 ? 'LOCKED' : 'IMPEDED' });
      }
    };
    storm();
    expect(await feed.next()).toMatchObject({ cause: 'WEBHOOK', connectionStatus: 'IMPEDED' });
    storm();
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    expect(await feed.next()).toMatchObject({ cause: 'WEBHOOK', connectionStatus: 'DENIED' });
    expect(calls()).toEqual({ [LIST]: 2 });
  });

  it('is zero for the event of a mutation, whose response contains the member; a later query reads again', async () => {
    const { url, sandbox, graphql, calls, forgetCalls } = await useStack({ freshnessMs: 60_000 });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const feeds = [await openFeed(url, { memberGuid: guid }), await openFeed(url, { memberGuid: guid })];
    for (const feed of feeds) await feed.next();
    forgetCalls();
    await graphql(AGGREGATE, { guid });
    for (const feed of feeds) {
      expect(await feed.next()).toMatchObject({
        cause: 'MUTATION',
        isBeingAggregated: true,
        member: { guid, connectionStatus: 'CONNECTED', isBeingAggregated: true },
      });
    }
    expect(calls()).toEqual({ [LIST]: 1, 'POST /users/:user/members/:member/aggregate': 1 });
    await graphql(
      `
        query ($guid: String!) {
          member(by: { guid: $guid }) {
            isBeingAggregated
          }
        }
      `,
      { guid },
    );
    expect(calls()).toMatchObject({ [LIST]: 2 });
  });

  it('is zero for webhooks of an unwatched user; the next query reads again', async () => {
    const { sandbox, graphql, calls, forgetCalls } = await useStack({
      webhooks: true,
      freshnessMs: 60_000,
    });
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const QUERY = `query ($guid: String!) { member(by: { guid: $guid }) { connectionStatus } }`;
    await graphql(QUERY, { guid });
    forgetCalls();
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    await waitFor(() => sandbox.control.webhooks().deliveries.every(({ state }) => state === 'delivered'));
    expect(calls()).toEqual({});
    const answer = await waitFor(async () => {
      const { body } = await graphql<{ member: { connectionStatus: string } }>(QUERY, { guid });
      return body.data?.member.connectionStatus === 'DENIED' ? body.data : null;
    });
    expect(answer).toEqual({ member: { connectionStatus: 'DENIED' } });
    expect(calls()).toEqual({ [LIST]: 1 });
  });
});
