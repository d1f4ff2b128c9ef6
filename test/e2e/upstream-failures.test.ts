import { describe, expect, it } from 'vitest';

import type { FaultRule } from '../../src/sandbox/control/faults.js';
import { demoMember, membersOf } from '../support/demo-members.js';
import { codesOf, dataOf } from '../support/graphql-client.js';
import { useStack } from '../support/start-stack.js';
import type { Stack } from '../support/start-stack.js';
import { textOf } from '../support/status-fixtures.js';
import { waitFor } from '../support/wait-for.js';

const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';
const INSTITUTION = 'GET /institutions/:institution';
const MEMBERS = '{ viewer { members { guid connectionStatus observedAt } } }';

interface Members {
  viewer: { members: { guid: string; connectionStatus: string | null; observedAt: string }[] };
}

/** Words of the inside that no answer may carry. */
function secretsOf({ sandbox }: Stack): string[] {
  const { clientId, apiKey } = sandbox.credentials;
  const basic = Buffer.from(`${clientId}:${apiKey}`).toString('base64');
  return [
    clientId,
    apiKey,
    basic,
    new URL(sandbox.url).host,
    'stack',
    'node_modules',
    '/users/',
    'told to answer',
  ];
}

interface FailureRow {
  readonly name: string;
  readonly fault: FaultRule;
  readonly code: string;
  /** How often MX is asked before the failure is told: 4 times at most. */
  readonly tries: number;
  readonly says?: RegExp;
}

const status = (code: number, more: Partial<FaultRule> = {}): FaultRule => ({
  kind: 'status',
  status: code,
  ...more,
});
const fails = (
  name: string,
  fault: FaultRule,
  [code, tries, says]: readonly [string, number, RegExp?],
): FailureRow => ({
  name,
  fault,
  code,
  tries,
  ...(says && { says }),
});

const FAILURES: readonly FailureRow[] = [
  fails('a 401', status(401), ['UPSTREAM_MISCONFIGURED', 1, /MX_CLIENT_ID and MX_API_KEY/]),
  fails('a 403', status(403), ['UPSTREAM_MISCONFIGURED', 1, /address .*MX_BASE_URL/]),
  fails('a 406', status(406), ['UPSTREAM_MISCONFIGURED', 1, /MX_API_VERSION/]),
  fails('a 404 of the user', status(404), ['NOT_FOUND', 1]),
  fails('a 400', status(400), ['UPSTREAM_REJECTED', 1]),
  fails('a 405', status(405), ['UPSTREAM_REJECTED', 1]),
  fails('a 409', status(409), ['UPSTREAM_REJECTED', 1]),
  fails('a 422', status(422), ['UPSTREAM_REJECTED', 1]),
  fails('a 418 that nobody documents', status(418), ['UPSTREAM_REJECTED', 1]),
  fails('a 429', status(429), ['UPSTREAM_THROTTLED', 1]),
  fails('a 429 that asks for a minute of peace', status(429, { retryAfter: 60 }), ['UPSTREAM_THROTTLED', 1]),
  fails('a 500', status(500), ['UPSTREAM_UNAVAILABLE', 4]),
  fails(
    'a 500 with a page in it',
    status(500, { body: '<html>at Object.<anonymous> (/srv/stack.js:1:1)</html>' }),
    ['UPSTREAM_UNAVAILABLE', 4],
  ),
  fails('a 502', status(502), ['UPSTREAM_UNAVAILABLE', 4]),
  fails('a 503', status(503), ['UPSTREAM_UNAVAILABLE', 4]),
  fails('a 503 that asks for an hour of peace', status(503, { retryAfter: 3_600 }), [
    'UPSTREAM_UNAVAILABLE',
    1,
  ]),
  fails('a 504', status(504), ['UPSTREAM_UNAVAILABLE', 4]),
  fails('a connection reset before the answer', { kind: 'reset' }, ['UPSTREAM_UNAVAILABLE', 4]),
  fails('a connection reset instead of the answer', { kind: 'reset_after' }, ['UPSTREAM_UNAVAILABLE', 4]),
  fails('an answer cut short', { kind: 'truncate' }, ['UPSTREAM_UNAVAILABLE', 4]),
  fails('an answer that is no JSON', { kind: 'malformed' }, ['UPSTREAM_MALFORMED', 4]),
];

describe('when nothing is known and MX answers with', () => {
  it.each(FAILURES)('$name, a client is told $code', async ({ fault, code, tries, says }) => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([fault]);
    const answer = await stack.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual([code]);
    expect(answer.status).toBe(200);
    expect(answer.body.data).toEqual({ viewer: { members: null } });
    expect(stack.calls()).toEqual({ [LIST]: tries });
    if (says) expect(answer.body.errors?.[0]?.message).toMatch(says);
    for (const secret of secretsOf(stack)) expect(answer.text).not.toContain(secret);
  });

  it.each<[string, FaultRule]>([
    ['nothing at all', { kind: 'hang' }],
    ['what comes too late', { kind: 'latency', ms: 60_000 }],
  ])('%s, a client is told UPSTREAM_TIMEOUT at the deadline', async (_, fault) => {
    const stack = await useStack({ deadlineMs: 300 });
    stack.sandbox.control.setFaults([fault]);
    const answer = await stack.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_TIMEOUT']);
    expect(answer.body.errors?.[0]?.extensions).toEqual({ code: 'UPSTREAM_TIMEOUT', retryable: true });
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });
});

describe('with settings that MX refuses', () => {
  it.each([
    ['a wrong API key', { apiKey: 'wrong-secret' }, /MX_CLIENT_ID and MX_API_KEY/],
    ['a wrong client id', { clientId: 'wrong-client' }, /MX_CLIENT_ID and MX_API_KEY/],
    ['an unknown API version', { apiVersion: 'v19990101' }, /MX_API_VERSION/],
  ])('names the setting to check for %s, and no secret', async (_, mx, says) => {
    const stack = await useStack({ mx });
    const answer = await stack.graphql(MEMBERS);
    expect(codesOf(answer)).toEqual(['UPSTREAM_MISCONFIGURED']);
    expect(answer.body.errors?.[0]?.message).toMatch(says);
    for (const secret of [...secretsOf(stack), ...Object.values(mx)])
      expect(answer.text).not.toContain(secret);
    expect(stack.calls()).toEqual({ [LIST]: 1 });
  });
});

describe('a failure that passes', () => {
  it.each([1, 2, 3])('is not noticed after %i failed tries', async (times) => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ ...status(503), times }]);
    expect(dataOf(await stack.graphql<Members>(MEMBERS)).viewer.members).toHaveLength(23);
    expect(stack.calls()).toEqual({ [LIST]: times + 1 });
  });
});

describe('when members are known and MX fails', () => {
  const known: readonly FailureRow[] = FAILURES.filter(({ code }) => code !== 'NOT_FOUND');

  it.each(known)('with $name, they are served as they were observed', async ({ fault, tries }) => {
    const stack = await useStack({ freshnessMs: 0 });
    const before = await stack.graphql<Members>(MEMBERS);
    stack.sandbox.control.setFaults([fault]);
    stack.forgetCalls();
    const during = await stack.graphql<Members>(MEMBERS);
    expect(during.text).toBe(before.text);
    expect(dataOf(during).viewer.members).toHaveLength(23);
    expect(stack.calls()).toEqual({ [LIST]: tries });

    // After these, MX is left alone for a while: see upstream-pauses.test.ts.
    if (fault.status === 429 || fault.retryAfter !== undefined) return;
    stack.sandbox.control.clearFaults();
    const after = dataOf(await stack.graphql<Members>(MEMBERS)).viewer.members[0]?.observedAt ?? '';
    const old = dataOf(before).viewer.members[0]?.observedAt ?? '';
    expect(Date.parse(after)).toBeGreaterThan(Date.parse(old));
  });

  it('leaves MX alone for the length of the window after a failed attempt', async () => {
    const stack = await useStack({ freshnessMs: 2_000 });
    await stack.graphql(MEMBERS);
    stack.sandbox.control.setFaults([status(403)]);
    stack.forgetCalls();
    await waitFor(async () => {
      dataOf(await stack.graphql<Members>(MEMBERS));
      return stack.calls()[LIST] === 1;
    });
    const answers = await Promise.all(Array.from({ length: 20 }, () => stack.graphql<Members>(MEMBERS)));
    answers.forEach(dataOf);
    expect(stack.calls()[LIST]).toBeLessThanOrEqual(2);
  });

  it('tells that a user is gone rather than showing who was there', async () => {
    const stack = await useStack({ freshnessMs: 0 });
    dataOf(await stack.graphql<Members>(MEMBERS));
    stack.sandbox.control.setFaults([status(404)]);
    expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['NOT_FOUND']);
  });

  it('does not serve a question that may have been answered since', async () => {
    const stack = await useStack({ freshnessMs: 0 });
    const { guid } = demoMember(stack.sandbox, 'CHALLENGED');
    const query = `{ member(by: { guid: "${guid}" }) { connectionStatus challenges { label } } }`;
    dataOf(await stack.graphql(query));
    stack.sandbox.control.setFaults([{ ...status(500), endpoint: STATUS }]);
    const answer = await stack.graphql(query);
    expect(answer.body.data).toEqual({ member: { connectionStatus: 'CHALLENGED', challenges: null } });
    expect(answer.body.errors?.map(({ path, extensions }) => [path, extensions?.code])).toEqual([
      [['member', 'challenges'], 'UPSTREAM_UNAVAILABLE'],
    ]);
  });
});

describe('one institution that fails', () => {
  const QUERY = '{ viewer { members { guid institution { code } userMessage connectionStatus } } }';
  interface PageRow {
    guid: string;
    institution: { code: string } | null;
    userMessage: string | null;
    connectionStatus: string | null;
  }
  interface Page {
    viewer: { members: PageRow[] };
  }

  it('nulls its own field only: messages call it by the name of the member', async () => {
    const stack = await useStack();
    const whole = dataOf(await (await useStack({ mx: { baseUrl: stack.sandbox.url } })).graphql<Page>(QUERY));
    stack.forgetCalls();
    stack.sandbox.control.setFaults([{ ...status(403), endpoint: INSTITUTION, times: 1 }]);
    const answer = await stack.graphql<Page>(QUERY);
    const failed = stack.sandbox.control.log().requests.find((request) => request.status === 403);

    const isHit = ({ institution }: PageRow) => `/institutions/${institution?.code}` === failed?.path;
    const nameOf = ({ guid }: PageRow) =>
      membersOf(stack.sandbox, stack.sandbox.demoUserGuid).find((member) => member.guid === guid)?.name ?? '';
    const expected = whole.viewer.members.map((row) => {
      const template = textOf(row.connectionStatus)?.message ?? null;
      const userMessage = template?.replace('[…]', nameOf(row)) ?? row.userMessage;
      return isHit(row) ? { ...row, institution: null, userMessage } : row;
    });
    expect(answer.status).toBe(200);
    expect(answer.body.data?.viewer.members).toEqual(expected);

    const paths = whole.viewer.members.flatMap((row, index) => (isHit(row) ? [`${index} institution`] : []));
    expect(paths.length).toBeGreaterThan(0);
    expect(answer.body.errors?.map(({ path }) => path?.slice(2).join(' ')).sort()).toEqual(paths.sort());
    expect(new Set(codesOf(answer))).toEqual(new Set(['UPSTREAM_MISCONFIGURED']));
  });

  it('is not asked for again by the next query', async () => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ ...status(403), endpoint: INSTITUTION, times: 1 }]);
    for (let query = 1; query <= 2; query += 1) {
      const answer = await stack.graphql('{ institution(code: "mxbank") { name } }');
      expect(codesOf(answer)).toEqual(['UPSTREAM_MISCONFIGURED']);
    }
    expect(stack.calls()).toEqual({ [INSTITUTION]: 1 });
  });

  it.each([
    [status(403), 'UPSTREAM_MISCONFIGURED', 1],
    [status(500), 'UPSTREAM_UNAVAILABLE', 4],
    [status(404), 'NOT_FOUND', 1],
  ])('is told of by its own code (%o)', async (fault, code, tries) => {
    const stack = await useStack();
    stack.sandbox.control.setFaults([{ ...fault, endpoint: INSTITUTION }]);
    expect(codesOf(await stack.graphql('{ institution(code: "mxbank") { name } }'))).toEqual([code]);
    expect(stack.calls()).toEqual({ [INSTITUTION]: tries });
  });
});

describe('an MX that fails for long', () => {
  it('is left alone after ten failures in a row, and asked again when it has had its rest', async () => {
    const stack = await useStack({ freshnessMs: 0 });
    stack.sandbox.control.setFaults([status(500)]);
    for (let round = 0; round < 4; round += 1) {
      expect(codesOf(await stack.graphql(MEMBERS))).toEqual(['UPSTREAM_UNAVAILABLE']);
    }
    expect(stack.calls()).toEqual({ [LIST]: 10 });

    stack.sandbox.control.clearFaults();
    await waitFor(async () => (await stack.graphql(MEMBERS)).body.errors === undefined, { what: 'recovery' });
    stack.forgetCalls();
    for (let round = 0; round < 3; round += 1) dataOf(await stack.graphql(MEMBERS));
    expect(stack.calls()).toEqual({ [LIST]: 3 });
  });
});
