import { describe, expect, it } from 'vitest';

import { captureLog } from '../../support/captured-log.js';
import type { CapturedLog } from '../../support/captured-log.js';
import { demoMember } from '../../support/demo-members.js';
import { connectSocket, openStream, requestStream } from '../../support/live-client.js';
import { createMutationClient, mutationOf } from '../../support/mutations.js';
import { sendRaw } from '../../support/raw-request.js';
import { useStack } from '../../support/start-stack.js';
import type { Stack, StackOptions } from '../../support/start-stack.js';
import { issuerOfTest } from '../../support/token-issuer.js';
import { waitFor } from '../../support/wait-for.js';

/** In everything that somebody enters here; nothing else on earth has it. */
const MARK = 'Zx7QpSecret';
const INSTITUTION = `${MARK} Savings of Nowhere`;
const JSON_TYPE = { 'content-type': 'application/json' };
const ANY_GUID = /\b[A-Z]{2,4}-[0-9a-f]{8}-/;

interface Spied {
  readonly stack: Stack;
  readonly log: CapturedLog;
  readonly token: string;
  /** Fails where a secret is in any line, or there are no lines. */
  readonly assertKept: (...more: readonly string[]) => void;
}

/** A server that writes all it can. */
async function spied(options: StackOptions = {}): Promise<Spied> {
  const log = captureLog('trace');
  const issuer = await issuerOfTest();
  const stack = await useStack({ auth: issuer.auth, ...options, config: log.config });
  const token = await issuer.mint({ mx_user_guid: stack.sandbox.demoUserGuid, sub: `${MARK}-subject` });
  const { clientId, apiKey } = stack.sandbox.credentials;
  const basic = (pair: string) => Buffer.from(pair).toString('base64');
  const secrets = [
    MARK,
    token,
    apiKey,
    'webhook-password',
    basic(`${clientId}:${apiKey}`),
    basic('mx:webhook-password'),
  ];
  return {
    stack,
    log,
    token,
    assertKept(...more) {
      expect(log.text).not.toBe('');
      const lines = log.text.split('\n');
      for (const secret of [...secrets, ...more]) {
        expect(lines.filter((line) => line.includes(secret))).toEqual([]);
      }
      expect(lines.filter((line) => ANY_GUID.test(line))).toEqual([]);
    },
  };
}

const inline = (value: string) =>
  `mutation Inline { createMember(input: { institutionCode: "mxbank", access: { credentials: [{ guid: "CRD-1", value: "${value}" }] } }) { userErrors { code } } }`;

describe('no line of the log has a secret in it, at its most talkative', () => {
  it('when requests succeed over HTTP', async () => {
    const { stack, log, token, assertKept } = await spied({ webhooks: true });
    const graphql: Stack['graphql'] = (query, variables, options) =>
      stack.graphql(query, variables, { token, headers: { 'x-institution': INSTITUTION }, ...options });
    const client = createMutationClient(graphql);
    const challenged = demoMember(stack.sandbox, 'CHALLENGED').guid;
    const { challenges } = await client.read(challenged);
    const answers = (challenges ?? []).map(({ guid }) => ({ guid, value: `${MARK}-answer` }));
    const credentials = await client.login('mxbank', `${MARK}-password`, `${MARK}-user`);
    await client.send('createMember', { institutionCode: 'mxbank', access: { credentials } });
    await client.send('answerChallenges', { member: { guid: challenged }, answers });
    await graphql(inline(`${MARK}-inline`));
    await graphql(
      `
        query Search($name: String) {
          institutions(search: $name) {
            totalCount
          }
        }
      `,
      { name: INSTITUTION },
    );
    await graphql(`query Inline { institutions(search: "${INSTITUTION}") { totalCount } }`);
    expect((await log.wait('operation', 6)).length).toBeGreaterThan(5);
    await waitFor(() =>
      stack.sandbox.control.webhooks().deliveries.some(({ state }) => state === 'delivered'),
    );
    assertKept(stack.sandbox.demoUserGuid, challenged);
  });

  it('over WebSocket and SSE', async () => {
    const { stack, log, token, assertKept } = await spied();
    const socket = await connectSocket(stack.url, { token, headers: { 'x-institution': INSTITUTION } });
    const credentials = [{ guid: 'CRD-1', value: `${MARK}-password` }];
    const input = { institutionCode: 'mxbank', access: { credentials } };
    const headers = { authorization: `Bearer ${token}` };
    const { guid } = demoMember(stack.sandbox, 'CONNECTED');
    const follow = `subscription Follow($guid: String!) { memberStatusChanged(memberGuid: $guid) { memberGuid } }`;
    for (const [query, variables] of [
      [mutationOf('createMember'), { input }],
      [inline(`${MARK}-inline`), {}],
      [`{ nothing(value: "${MARK}") }`, {}],
      [follow, { guid }],
    ] as const) {
      socket.subscribe(query, query, variables);
      await socket.next();
      await (await openStream(stack.url, query, { variables, headers })).next();
    }
    const search = `?query=${encodeURIComponent('{ __typename }')}&variables={"a":"${MARK}`;
    await sendRaw(stack.url, {
      method: 'GET',
      path: `/graphql/stream${encodeURI(search)}`,
      headers: { accept: 'text/event-stream', ...headers },
    });
    await requestStream(stack.url, `{ ${MARK} `, { headers }).then((response) => response.body?.cancel());
    await log.wait('subscription started', 2);
    assertKept(guid);
  });

  it('when MX fails in any way and repeats its input', async () => {
    const { stack, log, token, assertKept } = await spied({ freshnessMs: 0, deadlineMs: 500 });
    const body = {
      error: { message: `Refused: ${MARK}`, status: MARK, type: MARK },
      guid: 'MBR-00000000-0000-4000-8000-00000000beef',
    };
    const client = createMutationClient((query, variables) => stack.graphql(query, variables, { token }));
    const credentials = await client.login('mxbank', `${MARK}-password`);
    for (const status of [400, 401, 403, 404, 405, 409, 422, 429, 500]) {
      stack.sandbox.control.setFaults([{ kind: 'status', status, body }]);
      await client.send('createMember', { institutionCode: 'mxbank', access: { credentials } });
      await stack.graphql(`{ viewer { members { guid } } }`, {}, { token });
    }
    for (const kind of ['reset', 'truncate', 'malformed'] as const) {
      stack.sandbox.control.setFaults([{ kind }]);
      await client.send('createMember', { institutionCode: 'mxbank', access: { credentials } });
    }
    expect(log.lines('operation failed').length).toBeGreaterThan(5);
    assertKept();
  });

  it('when the request is invalid', async () => {
    const { stack, log, token, assertKept } = await spied();
    const webhook = { 'content-type': 'application/json', authorization: `Basic ${MARK}` };
    const type = `${MARK}`;
    const right = `Basic ${Buffer.from('mx:webhook-password').toString('base64')}`;
    for (const request of [
      {
        headers: { ...JSON_TYPE, authorization: `Bearer ${MARK}` },
        body: JSON.stringify({ query: '{ __typename }' }),
      },
      { headers: { ...JSON_TYPE, authorization: `Bearer ${token.slice(0, -4)}` }, body: '{}' },
      { headers: JSON_TYPE, body: `{"query": "${MARK}` },
      { headers: { ...JSON_TYPE, 'x-request-id': `${MARK} and more` }, body: `"${MARK}"` },
      { path: '/webhooks/mx', headers: webhook, body: '{}' },
      { path: '/webhooks/mx', headers: { ...webhook, authorization: right }, body: `{"a": "${MARK}` },
      {
        path: '/webhooks/mx',
        headers: { ...webhook, authorization: right },
        body: JSON.stringify({ type: 'MEMBER', member: { guid: type } }),
      },
      { method: 'GET', path: `/graphql?password=${MARK}` },
      { method: 'POST', path: `/${MARK}` },
      {
        method: 'GET',
        path: '/graphql',
        headers: { authorization: `Bearer ${MARK}`, cookie: MARK, 'bad header': MARK },
      },
    ]) {
      await sendRaw(stack.url, request).catch(() => undefined);
    }
    await log.wait('operation', 4);
    assertKept();
  });
});
