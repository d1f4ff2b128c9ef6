import { describe, expect, it } from 'vitest';

import type { FaultRule } from '../../../src/sandbox/control/faults.js';
import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { Input, MutationAnswer } from '../../support/mutations.js';
import { waitFor } from '../../support/wait-for.js';
import { WRITE_ROWS } from './write.rows.js';
import type { WriteRow } from './write.rows.js';

const LIST = 'GET /users/:user/members';

/** A job that lasts longer than a test: what MX did stays visible. */
const open = (more: object = {}) => useFrontend({ user: 'demo', settings: { jobMs: 60_000 }, ...more });

/** As `open`, with the rights that the mutation requires. */
const openFor = ({ name }: WriteRow, more: object = {}) =>
  open({ isSupport: name === 'createManualMember', ...more });

interface Prepared {
  readonly input: Input;
  readonly before: unknown;
  readonly send: () => Promise<MutationAnswer>;
  readonly trace: () => Promise<unknown>;
}

async function prepare(frontend: Frontend, row: WriteRow): Promise<Prepared> {
  const input = await row.prepare(frontend);
  const trace = () => row.trace(frontend, input);
  const before = await trace();
  await frontend.sandbox.forgetCalls();
  return { input, before, trace, send: () => frontend.send(row.name, input) };
}

/** What came of an answer in one word: a code, or that it was done. */
function outcomeOf(answer: MutationAnswer): string {
  const [code] = codesOf(answer);
  if (code !== undefined) return code;
  return dataOf(answer).payload?.userErrors[0]?.code ?? 'done';
}

function assertDone({ done }: WriteRow, answer: MutationAnswer): void {
  const { payload } = dataOf(answer);
  expect(payload?.userErrors).toEqual([]);
  if (done) expect(payload?.member).toMatchObject(done);
  else expect(payload?.deletedMemberId).toEqual(expect.any(String));
}

/** Asked for once more in peace, what was done is not done again. */
async function assertNotDoneAgain(row: WriteRow, first: Prepared, again = row.again): Promise<void> {
  const after = await first.trace();
  const outcome = outcomeOf(await first.send());
  expect(outcome).toBe(again === 'the same member' ? 'done' : again);
  if (row.name !== 'updateMemberCredentials') expect(await first.trace()).toEqual(after);
}

const status = (code: number, more: Partial<FaultRule> = {}): FaultRule => ({
  kind: 'status',
  status: code,
  ...more,
});

/** Sends once more. After a fault that asks for a pause, the first answers say that nothing was sent. */
function sentAfterPause(first: Prepared, { status, retryAfter }: FaultRule): Promise<MutationAnswer> {
  if (status !== 429 && retryAfter === undefined) return first.send();
  return waitFor(async () => {
    const answer = await first.send();
    return /^UPSTREAM_(THROTTLED|UNAVAILABLE)$/.test(outcomeOf(answer)) ? null : answer;
  });
}

/** MX did nothing, and the client is told so. */
const NOT_DONE: readonly (readonly [string, FaultRule, string])[] = [
  ['a 401', status(401), 'UPSTREAM_MISCONFIGURED'],
  ['a 429', status(429), 'UPSTREAM_THROTTLED'],
  ['a 429 with the wish to wait', status(429, { retryAfter: 1 }), 'UPSTREAM_THROTTLED'],
  ['a 500', status(500), 'UPSTREAM_UNAVAILABLE'],
  ['a 503', status(503, { retryAfter: 1 }), 'UPSTREAM_UNAVAILABLE'],
  ['a reset before it was read', { kind: 'reset' }, 'UPSTREAM_UNAVAILABLE'],
];

/** MX did it, whatever its answer looks like. */
const DONE: readonly (readonly [string, FaultRule])[] = [
  ['a late answer', { kind: 'latency', ms: 300 }],
  ['a reset instead of the answer', { kind: 'reset_after' }],
  ['an answer cut short', { kind: 'truncate' }],
  ['an answer that is no JSON', { kind: 'malformed' }],
];

const titled = WRITE_ROWS.map((row, index) => ({ title: `${row.name} (${index + 1})`, row }));

describe.each(titled)('$title', ({ row }) => {
  const [method = ''] = row.endpoint.split(' ');
  const hit = (fault: FaultRule): FaultRule => ({ ...fault, method, endpoint: row.endpoint });

  it.each(NOT_DONE)('sent into %s is sent once, and fails with its code', async (_, fault, code) => {
    const frontend = await openFor(row);
    const first = await prepare(frontend, row);
    await frontend.sandbox.faults(hit(fault));
    const answer = await first.send();
    expect(outcomeOf(answer)).toBe(code);
    expect(answer.status).toBe(200);
    expect(answer.body.data?.payload).toBeNull();
    expect(await frontend.sandbox.writes()).toEqual({ [row.endpoint]: 1 });
    expect(await first.trace()).toEqual(first.before);

    await frontend.sandbox.faults();
    assertDone(row, await sentAfterPause(first, fault));
    expect(await first.trace()).not.toEqual(first.before);
  });

  it.each(DONE)('whose answer is %s is sent once, and found done', async (name, fault) => {
    const frontend = await openFor(row);
    const first = await prepare(frontend, row);
    await frontend.sandbox.faults(hit(fault));
    assertDone(row, await first.send());
    expect(await frontend.sandbox.writes()).toEqual({ [row.endpoint]: 1 });
    expect(await first.trace()).not.toEqual(first.before);

    await frontend.sandbox.faults();
    // Answers that MX has just accepted are not sent again: the result is that of the first.
    const isRepeated = row.name === 'answerChallenges' && name === 'a late answer';
    await assertNotDoneAgain(row, first, isRepeated ? 'the same member' : row.again);
  });

  it('whose answer never comes fails at the deadline, and can be sent again', async () => {
    const frontend = await openFor(row, { deadlineMs: 500 });
    const first = await prepare(frontend, row);
    await frontend.sandbox.faults(hit({ kind: 'hang', times: 1 }));
    expect(outcomeOf(await first.send())).toBe('UPSTREAM_TIMEOUT');
    expect(await frontend.sandbox.writes()).toEqual({ [row.endpoint]: 1 });
    assertDone(row, await first.send());
  });

  it('whose answer is lost while nothing can be read either fails, and is not done twice after', async () => {
    const frontend = await openFor(row, { deadlineMs: 1_500 });
    const first = await prepare(frontend, row);
    await frontend.sandbox.faults(hit({ kind: 'latency', ms: 300 }), hit({ kind: 'reset_after' }));
    const sent = first.send();
    await waitFor(async () => Object.keys(await frontend.sandbox.writes()).length > 0);
    await frontend.sandbox.faults({ ...status(500), method: 'GET' });
    // The request is held up under the old rules, and its answer is lost under them.
    expect(outcomeOf(await sent)).toBe('UPSTREAM_UNAVAILABLE');
    expect(await frontend.sandbox.writes()).toEqual({ [row.endpoint]: 1 });
    expect(await first.trace()).not.toEqual(first.before);

    await frontend.sandbox.faults();
    await assertNotDoneAgain(row, first);
  });

  it('is not sent at all while what it must know beforehand cannot be read', async () => {
    const frontend = await openFor(row, { deadlineMs: 1_000 });
    const first = await prepare(frontend, row);
    await frontend.sandbox.faults({ ...status(500), method: 'GET' });
    const outcome = outcomeOf(await first.send());
    const writes = await frontend.sandbox.writes();
    if (row.knowsAll === true) expect([outcome, writes]).toEqual(['done', { [row.endpoint]: 1 }]);
    else expect([outcome, writes]).toEqual(['UPSTREAM_UNAVAILABLE', {}]);
  });
});

describe('a mutation that only reads', () => {
  const rows = [
    ['createOauthWindowUrl', 'GET /users/:user/members/:member/oauth_window_uri', {}],
    ['completeOauth', LIST, { status: 'SUCCESS' }],
  ] as const;

  it.each(rows)('(%s) is tried again where MX fails in passing', async (name, endpoint, more) => {
    const frontend = await open();
    const guid = (await frontend.sandbox.members(frontend.userGuid)).at(-2)?.guid;
    await frontend.graphql('{ viewer { members { guid } } }');
    await frontend.sandbox.faults({ ...status(500), endpoint, times: 2 });
    await frontend.sandbox.forgetCalls();
    const { userErrors, member } = await frontend.perform(name, { member: { guid }, ...more });
    expect([userErrors, member?.connectionStatus]).toEqual([[], 'PENDING']);
    expect((await frontend.sandbox.calls())[endpoint]).toBeGreaterThanOrEqual(3);
  });

  it.each(rows)('(%s) fails with a clear code where MX goes on failing', async (name, endpoint, more) => {
    const frontend = await open();
    const guid = (await frontend.sandbox.members(frontend.userGuid)).at(-2)?.guid;
    await frontend.graphql('{ viewer { members { guid } } }');
    for (const [fault, code] of [
      [{ kind: 'reset' }, 'UPSTREAM_UNAVAILABLE'],
      [{ kind: 'malformed' }, 'UPSTREAM_MALFORMED'],
      // Last, because it starts a pause.
      [status(429), 'UPSTREAM_THROTTLED'],
    ] as const) {
      await frontend.sandbox.faults({ ...fault, endpoint });
      expect(codesOf(await frontend.send(name, { member: { guid }, ...more }))).toEqual([code]);
    }
  });
});

describe('a create into an MX where all goes wrong at times', { timeout: 60_000 }, () => {
  it.each([1, 2, 3, 4])('makes one member in the end, however often it is sent (%i)', async (seed) => {
    const frontend = await useFrontend({ settings: { jobMs: 60_000 }, deadlineMs: 2_000 });
    const credentials = await frontend.login('harbor_lane', 'swordfish');
    const input = { institutionCode: 'harbor_lane', access: { credentials }, idempotencyKey: 'stubborn' };
    const kinds = ['reset', 'reset_after', 'truncate', 'malformed', 'status'] as const;
    await frontend.sandbox.faults(
      { kind: 'latency', ms: 50, probability: 0.3, seed },
      ...kinds.map((kind, index) => ({
        kind,
        ...(kind === 'status' && { status: 500 }),
        probability: 0.2,
        seed: seed * 10 + index,
      })),
    );
    const made = await waitFor(
      async () => {
        const answer = await frontend.send('createMember', input);
        expect(outcomeOf(answer)).toMatch(/^(done|UPSTREAM_(UNAVAILABLE|MALFORMED|TIMEOUT))$/);
        return answer.body.data?.payload?.member ?? null;
      },
      { deadlineMs: 40_000, what: 'a member' },
    );
    const members = await frontend.sandbox.members(frontend.userGuid);
    expect(members.map(({ guid }) => guid)).toEqual([made.guid]);
  });
});
