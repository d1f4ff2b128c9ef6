import { describe, expect, it } from 'vitest';

import type { FaultRule } from '../../../src/sandbox/control/faults.js';
import { createGraphqlClient } from '../../support/graphql-client.js';
import { createMutationClient, mutationOf } from '../../support/mutations.js';
import type { Input, MutationClient, MutationName } from '../../support/mutations.js';
import { sendRaw } from '../../support/raw-request.js';
import type { RawRequest } from '../../support/raw-request.js';
import { createSandboxSwitches } from '../../support/sandbox-switches.js';
import type { SandboxSwitches } from '../../support/sandbox-switches.js';
import { serverProcessOfTest } from '../../support/server-process.js';

/** In every password and answer of this file; nothing else on earth has it. */
const MARK = 'Kw9ZqSecret';
const JSON_TYPE = { 'content-type': 'application/json' };

let made = 0;
const secret = () => `${MARK}${(made += 1)}`;

interface Spied {
  readonly client: MutationClient;
  readonly sandbox: SandboxSwitches;
  readonly userGuid: string;
  /** Sends one request, and keeps all of the answer. */
  ask(request: RawRequest): Promise<string>;
  askGraphql(query: string, variables?: unknown): Promise<string>;
  /** Fails where a secret is in anything that was written or answered. */
  assertKept(): Promise<void>;
  readonly log: () => string;
}

/** The server's real process, which writes all it can, and all that it wrote and answered. */
async function spied(): Promise<Spied> {
  const server = serverProcessOfTest({ LOG_LEVEL: 'trace', FRESHNESS_MS: '0' });
  const url = await server.find(/^GraphQL +(http:\S+)\/graphql$/m);
  const sandboxUrl = await server.find(/^Sandbox +(http:\S+)\/sandbox$/m);
  const userGuid = await server.find(/^Upstream +embedded sandbox; .*demo user (USR-\S+)$/m);
  const credentials = { clientId: 'sandbox-client', apiKey: 'sandbox-key' };
  const answers: string[] = [];
  const ask = async (request: RawRequest) => {
    const { text, headers } = await sendRaw(url, request);
    answers.push(JSON.stringify(headers) + text);
    return text;
  };
  const sandbox = createSandboxSwitches({ url: sandboxUrl, credentials });
  return {
    client: createMutationClient(createGraphqlClient(url)),
    sandbox,
    userGuid,
    ask,
    askGraphql: (query, variables) => ask({ headers: JSON_TYPE, body: JSON.stringify({ query, variables }) }),
    async assertKept() {
      server.kill('SIGTERM');
      expect(await server.ended(15_000)).toBe(0);
      const written = server.stdout + server.stderr;
      expect(written.split('\n').filter((line) => line.includes(MARK))).toEqual([]);
      expect(answers.filter((answer) => answer.includes(MARK))).toEqual([]);
      expect(answers.length).toBeGreaterThan(0);
    },
    log: () => server.stdout,
  };
}

/** The sandbox as it started, with quick jobs. */
async function reset({ sandbox }: Spied): Promise<void> {
  await sandbox.reset();
  await sandbox.set({ jobMs: 20 });
}

async function memberIn({ sandbox, userGuid }: Spied, status: string): Promise<string> {
  const found = (await sandbox.members(userGuid)).find((one) => one.connection_status === status);
  if (!found) throw new Error(`The user has no member that is ${status}.`);
  return found.guid;
}

const literal = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(literal).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  return `{ ${Object.entries(value)
    .map(([key, one]) => `${key}: ${literal(one)}`)
    .join(', ')} }`;
};

/** The inputs of the three mutations that carry secrets, new ones at each call. */
async function inputs(spy: Spied): Promise<readonly (readonly [MutationName, Input])[]> {
  const memberGuid = await memberIn(spy, 'CHALLENGED');
  const asked = (await spy.client.read(memberGuid)).challenges ?? [];
  return [
    [
      'createMember',
      {
        institutionCode: 'mxbank',
        access: { credentials: await spy.client.login('mxbank', secret(), secret()) },
      },
    ],
    [
      'updateMemberCredentials',
      {
        member: { guid: await memberIn(spy, 'CONNECTED') },
        credentials: await spy.client.login('mxbank', secret(), secret()),
      },
    ],
    [
      'answerChallenges',
      { member: { guid: memberGuid }, answers: asked.map(({ guid }) => ({ guid, value: secret() })) },
    ],
  ];
}

async function sendAll(spy: Spied, isInline: boolean): Promise<string[]> {
  const texts: string[] = [];
  for (const [name, input] of await inputs(spy)) {
    const inline = `mutation { payload: ${name}(input: ${literal(input)}) { member { guid } userErrors { code message } } }`;
    texts.push(isInline ? await spy.askGraphql(inline) : await spy.askGraphql(mutationOf(name), { input }));
  }
  return texts;
}

describe('what end users enter is nowhere in the server’s output or answers', { timeout: 60_000 }, () => {
  it('when the mutations succeed, in variables and in literals', async () => {
    const spy = await spied();
    for (const isInline of [false, true]) {
      await reset(spy);
      for (const text of await sendAll(spy, isInline)) expect(text).toMatch(/"userErrors":\[\]/);
    }
    await spy.assertKept();
  });

  it('when MX fails in whichever way', async () => {
    const spy = await spied();
    const telltale = { error: { message: `Refused: ${MARK}`, status: MARK, type: MARK }, guid: MARK };
    const faults: FaultRule[] = [
      ...[400, 401, 403, 404, 405, 409, 422, 500].map((status): FaultRule => ({
        kind: 'status',
        status,
        body: status === 409 ? { error: telltale.error } : telltale,
      })),
      { kind: 'status', status: 500, body: `<html>${MARK}</html>` },
      { kind: 'reset' },
      { kind: 'reset_after' },
      { kind: 'truncate' },
      { kind: 'malformed' },
      // Last, because nothing else is sent to MX for a while after it.
      { kind: 'status', status: 429, body: telltale },
    ];
    for (const fault of faults) {
      await reset(spy);
      await spy.sandbox.faults({ ...fault, method: 'POST' }, { ...fault, method: 'PUT' });
      await sendAll(spy, false);
    }
    expect(spy.log()).toContain('operation failed');
    await spy.assertKept();
  });

  it('when a variable is of another type', async () => {
    const spy = await spied();
    const guid = 'CRD-1';
    const wrong: ((value: string) => unknown)[] = [
      (value) => value,
      (value) => [value],
      (value) => ({ institutionCode: 'mxbank', access: { credentials: value } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [value] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: { guid, value: [value] } } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid, value: { value } }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid: [value], value }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid: null, value }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ value }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid, value, more: value }] } }),
      (value) => ({
        institutionCode: 'mxbank',
        access: { credentials: [{ guid, value: `${value}" at "x"; Expected`, x: 1 }] },
      }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid, value }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid: value, value: guid }] } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid, value }], oauth: {} } }),
      (value) => ({ institutionCode: 'mxbank', access: { credentials: [{ guid, value }], oauth: null } }),
      (value) => ({ institutionCode: ['mxbank', value] }),
      (value) => ({ institutionCode: 'mxbank', access: { oauth: { referralSource: value } } }),
      (value) => ({ institutionCode: 'mxbank', access: { oauth: { clientRedirectUrl: value } } }),
      (value) => ({ institutionCode: 'mxbank', access: { oauth: { enableApp2app: value } } }),
      (value) => ({ institutionCode: 'mxbank', access: { oauth: value } }),
    ];
    for (const toInput of wrong) {
      const text = await spy.askGraphql(mutationOf('createMember'), { input: toInput(secret()) });
      expect(text).toMatch(/"code":"(BAD_USER_INPUT|CREDENTIALS_UNKNOWN)"/);
    }
    const memberGuid = await memberIn(spy, 'CHALLENGED');
    for (const answers of [secret(), [secret()], [{ guid: 'CRD-1', value: secret() }], { value: secret() }]) {
      const text = await spy.askGraphql(mutationOf('answerChallenges'), {
        input: { member: { guid: memberGuid }, answers },
      });
      expect(text).toMatch(/"code":"(BAD_USER_INPUT|CHALLENGE_UNKNOWN)"/);
    }
    await spy.assertKept();
  });

  it('when a document is wrong at or around a literal', async () => {
    const spy = await spied();
    const around = (input: string) => `mutation { createMember(input: ${input}) { userErrors { code } } }`;
    const value = (text: string) =>
      around(`{ institutionCode: "mxbank", access: { credentials: [{ guid: "CRD-1", value: ${text} }] } }`);
    const documents: ((text: string) => string)[] = [
      (text) => value(text),
      (text) => value(`[${JSON.stringify(text)}]`),
      (text) => value(`{ value: ${JSON.stringify(text)} }`),
      (text) => value(`"${text}" "${text}"`),
      (text) => value(`"${text}`),
      (text) => value(`"""${text}`),
      (text) => value(`"\\q${text}"`),
      (text) => value(`"\\u{${text}}"`),
      (text) => value(`'${text}'`),
      (text) => value(`1${text}`),
      (text) => value(`@${text}`),
      (text) => value(`"${text}", more: "${text}"`),
      (text) => value(`"${text}") {`),
      (text) => value(`"${text}"`).slice(0, -1),
      (text) => `${value(`"${text}"`)} }`,
      (text) => `${value(`"${text}"`)} "${text}"`,
      (text) => `# ${text}\n${value(`"${text}" !`)}`,
      (text) => around(`"${text}"`),
      (text) => around(`${text}`),
      (text) => around(`{ institutionCode: "mxbank", access: { credentials: "${text}" } }`),
      (text) => around(`{ institutionCode: "mxbank", access: { credentials: ["${text}"] } }`),
      (text) =>
        around(
          `{ institutionCode: "mxbank", access: { credentials: [{ guid: "a", value: "${text}" }], oauth: {} } }`,
        ),
      (text) => around(`{ institutionCode: "mxbank", access: { oauth: { referralSource: ${text} } } }`),
      (text) => around(`{ institutionCode: "mxbank", access: { oauth: { referralSource: "${text}" } } }`),
      (text) => around(`{ institutionCode: "mxbank", access: { oauth: { clientRedirectUrl: "${text}" } } }`),
      (text) => around(`{ institutionCode: "mxbank", access: { oauth: { enableApp2app: "${text}" } } }`),
      (text) => `mutation ($v: String = {a: "${text}"}) { createMember(input: $v) { userErrors { code } } }`,
      (text) => `query { createMember(input: { institutionCode: "${text}" }) { userErrors { code } } }`,
      (text) => `mutation { connectMember(password: "${text}") { userErrors { code } } }`,
      (text) => `subscription { createMember(input: { institutionCode: "${text}" }) { x } }`,
    ];
    for (const toDocument of documents) {
      const text = await spy.askGraphql(toDocument(secret()));
      expect(text).toMatch(/"(errors|userErrors)":\[\{/);
    }
    await spy.assertKept();
  });

  it('when a request is not even GraphQL', async () => {
    const spy = await spied();
    const query = () =>
      `mutation { createMember(input: { institutionCode: "mxbank", access: { credentials: [{ guid: "a", value: "${secret()}" }] } }) { userErrors { code } } }`;
    const requests: RawRequest[] = [
      { headers: JSON_TYPE, body: `{"query": "${secret()}` },
      { headers: JSON_TYPE, body: `"${secret()}"` },
      { headers: JSON_TYPE, body: JSON.stringify([{ query: query() }]) },
      { headers: JSON_TYPE, body: JSON.stringify({ query: { text: query() } }) },
      { headers: JSON_TYPE, body: JSON.stringify({ query: query(), variables: `{"a": "${secret()}"}` }) },
      { headers: JSON_TYPE, body: JSON.stringify({ query: query(), variables: [secret()] }) },
      { headers: JSON_TYPE, body: JSON.stringify({ query: query(), extensions: secret() }) },
      { headers: { 'content-type': 'text/plain' }, body: query() },
      { headers: { 'content-type': 'application/x-www-form-urlencoded' }, body: `query=${query()}` },
      { headers: { 'content-type': 'application/graphql' }, body: query() },
      { method: 'GET', path: `/graphql?query=${encodeURIComponent(query())}` },
      {
        method: 'GET',
        path: `/graphql?query=${encodeURIComponent(query())}`,
        headers: { 'apollo-require-preflight': '1' },
      },
      { method: 'GET', path: `/graphql?password=${secret()}` },
      { method: 'POST', path: `/graphql/${secret()}` },
      { method: 'PUT', headers: JSON_TYPE, body: JSON.stringify({ query: query() }) },
      {
        headers: { ...JSON_TYPE, authorization: `Basic ${secret()}` },
        body: JSON.stringify({ query: query() }),
      },
    ];
    // The server may hang up on so large a body before its refusal can be read.
    const tooLarge = JSON.stringify({ query: query() + ' '.repeat(1_000_001) });
    await spy.ask({ headers: JSON_TYPE, body: tooLarge }).catch(() => undefined);
    for (const request of requests) expect(await spy.ask(request)).toMatch(/"errors":\[\{/);
    await spy.assertKept();
  });
});
