import { describe, expect, it } from 'vitest';

import { demoMember, membersOf } from '../../support/demo-members.js';
import { connectSocket } from '../../support/live-client.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack } from '../../support/start-stack.js';

/** Of the demo user's members each has an event in a snapshot: the fifth of them has the hundredth event in it. */
const SNAPSHOTS = 6;

const EVENT = `cursor memberGuid previousStatus connectionStatus isBeingAggregated isTerminal isDeleted cause observedAt
  isReset`;
const MEMBER = `id guid name user { guid } institution { id name } connectionStatus connectionStatusCode phase
  statusInfo { description } userMessage providerMessage requiredAction actionSteps isTerminal waitingOn isOauth
  observedAt aggregatedAt aggregatableAt credentialFields { guid label } statusHistory(first: 2) { totalCount }`;

const ROWS: readonly (readonly [name: string, query: string, includes: string])[] = [
  ['an event alone', `subscription { memberStatusChanged { ${EVENT} } }`, '"cause":"SNAPSHOT"'],
  ['all of its member', `subscription { memberStatusChanged { ${EVENT} member { ${MEMBER} } } }`, '"name"'],
  [
    'a field that fails',
    'subscription { memberStatusChanged { member { guid userMessage(locale: "?") } } }',
    'BAD_USER_INPUT',
  ],
  [
    'a field for which MX fails',
    'subscription { memberStatusChanged { member { guid challenges { guid __typename } } } }',
    'UPSTREAM',
  ],
  [
    'variables, aliases, fragments and directives',
    `subscription ($yes: Boolean!, $which: Boolean = false) { now: memberStatusChanged {
      ...Named on: member @include(if: $yes) { guid } off: member @skip(if: $yes) { guid }
      ... on MemberStatusChange @include(if: $which) { cursor } } }
      fragment Named on MemberStatusChange { word: connectionStatus member { user { members { guid } } } }`,
    '"on":{"guid"',
  ],
];

async function snapshotOf({ url, sandbox }: Stack, query: string): Promise<string[]> {
  const live = await connectSocket(url);
  live.subscribe('feed', query, { yes: true });
  const told: string[] = [];
  while (told.length < membersOf(sandbox, sandbox.demoUserGuid).length) {
    told.push(JSON.stringify((await live.next()).payload));
  }
  live.socket.terminate();
  return told;
}

describe('events of a subscription that is compiled meanwhile', () => {
  it.each(ROWS)('are byte for byte as before: %s', async (_, query, includes) => {
    const stack = await useStack({ freshnessMs: 3_600_000 });
    const endpoint = 'GET /users/:user/members/:member/status';
    stack.sandbox.control.setFaults([{ endpoint, kind: 'status', status: 403 }]);
    const first = await snapshotOf(stack, query);
    expect(first.join()).toContain(includes);
    for (let count = 1; count < SNAPSHOTS; count += 1) {
      expect(await snapshotOf(stack, query)).toEqual(first);
    }
  });

  it('are each served from what MX says at the time', async () => {
    const stack = await useStack({ webhooks: true, freshnessMs: 20 });
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    const query =
      'subscription { memberStatusChanged { connectionStatus member { guid connectionStatus } } }';
    for (let count = 0; count < SNAPSHOTS; count += 1) await snapshotOf(stack, query);
    const live = await connectSocket(stack.url);
    live.subscribe('feed', query);
    for (const { guid: each } of membersOf(stack.sandbox, stack.sandbox.demoUserGuid)) {
      expect(await live.next()).toMatchObject({
        payload: { data: { memberStatusChanged: { member: { guid: each } } } },
      });
    }
    for (const connectionStatus of ['DENIED', 'LOCKED', 'CONNECTED']) {
      stack.sandbox.control.forceMember(guid, { connection_status: connectionStatus });
      expect(await live.next()).toMatchObject({
        payload: {
          data: { memberStatusChanged: { connectionStatus, member: { guid, connectionStatus } } },
        },
      });
    }
  });
});
