import { describe, expect, it, onTestFinished } from 'vitest';

import { createSandbox } from '../../src/sandbox/sandbox.js';
import { demoMember } from '../support/demo-members.js';
import { codesOf, createGraphqlClient, dataOf } from '../support/graphql-client.js';
import type { GraphqlClient } from '../support/graphql-client.js';
import { serverProcessOfTest } from '../support/server-process.js';
import { openFeed } from '../support/status-feed.js';
import { issuerOfTest } from '../support/token-issuer.js';
import { waitFor } from '../support/wait-for.js';

const MINUTE_MS = 60_000;
const LIST = 'GET /users/:user/members';
const MEMBERS = '{ viewer { members { guid connectionStatus observedAt } } }';
const FRESHNESS_MS = 1_500;
const WEBHOOK = { username: 'mx', password: 'webhook-password' };

const inSeconds = (seconds: number) => Math.floor(Date.now() / 1_000) + seconds;

interface Members {
  viewer: { members: { guid: string; connectionStatus: string | null; observedAt: string }[] };
}

async function useProcess() {
  const sandbox = createSandbox({ settings: { jobMs: 500 } });
  await sandbox.start();
  onTestFinished(() => sandbox.stop());
  const issuer = await issuerOfTest();
  const { jwksUrl, issuer: name, audience, userClaim } = issuer.auth;
  const settings = {
    LOG_LEVEL: 'warn',
    MX_BASE_URL: sandbox.url,
    MX_CLIENT_ID: sandbox.credentials.clientId,
    MX_API_KEY: sandbox.credentials.apiKey,
    AUTH_JWKS_URL: jwksUrl,
    AUTH_ISSUER: name,
    AUTH_AUDIENCE: audience,
    AUTH_USER_CLAIM: userClaim,
    WEBHOOK_USERNAME: WEBHOOK.username,
    WEBHOOK_PASSWORD: WEBHOOK.password,
    OPERATIONS_PER_MINUTE: '2000',
    FRESHNESS_MS: String(FRESHNESS_MS),
  };
  const server = serverProcessOfTest(settings, { hasClock: true });
  const url = await server.find(/^GraphQL +(http:\S+)\/graphql$/m);
  sandbox.control.setWebhooks({ url: `${url}/webhooks/mx`, ...WEBHOOK });
  // Expires long after the clock has been set forth.
  const token = await issuer.mint({ [userClaim]: sandbox.demoUserGuid, exp: inSeconds(7_200) });
  const client = createGraphqlClient(url);
  const graphql: GraphqlClient = (query, variables) => client(query, variables, { token });
  return { sandbox, issuer, server, url, token, graphql };
}

describe('a wall clock that is', { timeout: 60_000 }, () => {
  it.each([
    ['set back by ten minutes', -10 * MINUTE_MS],
    ['set forth by twenty minutes', 20 * MINUTE_MS],
  ])('%s only changes the times that are shown', async (_, shiftMs) => {
    const { sandbox, server, url, token, graphql } = await useProcess();
    const { guid } = demoMember(sandbox, 'CONNECTED');
    const feed = await openFeed(url, { memberGuid: guid, token });
    expect(await feed.next()).toMatchObject({ connectionStatus: 'CONNECTED' });
    sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
    expect(await feed.next()).toMatchObject({ connectionStatus: 'DENIED', cause: 'WEBHOOK' });

    await server.shiftClock(shiftMs);

    // Order and webhooks: changes are told at once, and the times of the wall clock are shown.
    for (const status of ['LOCKED', 'CONNECTED', 'IMPEDED']) {
      sandbox.control.forceMember(guid, { connection_status: status });
      const event = await feed.next(4_000);
      expect(event).toMatchObject({ connectionStatus: status, cause: 'WEBHOOK', member: { guid } });
      expect(Math.abs(Date.parse(event.observedAt) - Date.now() - shiftMs)).toBeLessThan(MINUTE_MS);
    }

    // Freshness: a list is read once per window, neither never nor each time.
    await waitFor(async () => {
      sandbox.control.clearLog();
      await Promise.all([graphql(MEMBERS), graphql(MEMBERS), graphql(MEMBERS)]);
      return sandbox.control.log().endpoints[LIST] === 1;
    });
    dataOf(await graphql(MEMBERS));
    expect(sandbox.control.log().endpoints[LIST]).toBeLessThanOrEqual(2);
    const members = dataOf(await graphql<Members>(MEMBERS)).viewer.members;
    expect(members.find((member) => member.guid === guid)?.connectionStatus).toBe('IMPEDED');
    await waitFor(
      async () => {
        const [member] = dataOf(await graphql<Members>(MEMBERS)).viewer.members;
        return Date.parse(member?.observedAt ?? '') > Date.parse(members[0]?.observedAt ?? '');
      },
      { deadlineMs: 2 * FRESHNESS_MS + 2_000, what: 'a newer reading' },
    );

    // Writes and the polls after them: no webhook is sent.
    sandbox.control.setWebhooks({ url: `${url}/webhooks/mx`, types: ['INITIAL_DATA_READY'] });
    const aggregate = `mutation { aggregateMember(input: { member: { guid: "${guid}" } }) { userErrors { code } } }`;
    dataOf(await graphql(aggregate));
    expect(await feed.until((event) => !event.isBeingAggregated, 15_000)).toMatchObject({ memberGuid: guid });

    // Pauses that MX asks for.
    await waitFor(async () => {
      sandbox.control.setFaults([{ kind: 'status', status: 429, retryAfter: 1 }]);
      return (
        codesOf(await graphql('{ institution(code: "harbor_lane") { name } }'))[0] === 'UPSTREAM_THROTTLED'
      );
    });
    sandbox.control.clearFaults();
    await waitFor(
      async () => codesOf(await graphql('{ institution(code: "harbor_lane") { name } }')).length === 0,
      {
        deadlineMs: 3_000,
        what: 'the end of the pause',
      },
    );
  });

  it('set forth beyond the expiry of a token ends the token at once', async () => {
    const { sandbox, server, issuer, url } = await useProcess();
    const token = await issuer.mint({ [issuer.auth.userClaim]: sandbox.demoUserGuid, exp: inSeconds(300) });
    const client = createGraphqlClient(url);
    dataOf(await client(MEMBERS, {}, { token }));
    await server.shiftClock(20 * MINUTE_MS);
    expect(codesOf(await client(MEMBERS, {}, { token }))).toEqual(['UNAUTHENTICATED']);
    await server.shiftClock(0);
    dataOf(await client(MEMBERS, {}, { token }));
  });
});
