import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf } from '../../support/graphql-client.js';
import type { PayloadRow } from '../../support/mutations.js';

const CREATE = 'POST /users/:user/members';
const UPDATE = 'PUT /users/:user/members/:member';
const AGGREGATE = 'POST /users/:user/members/:member/aggregate';
const DELETE = 'DELETE /users/:user/members/:member';
const THREE_HOURS = 3 * 3_600_000;

const errorsOf = ({ userErrors }: PayloadRow) => userErrors.map(({ code, path }) => [code, path.join('.')]);

describe('an aggregation soon after a success', () => {
  it('is AGGREGATION_THROTTLED until three hours after it, which the member tells beforehand', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('harbor_lane');
    const { aggregatableAt, successfullyAggregatedAt } = await frontend.read(guid);
    const retryAt = new Date(Date.parse(successfullyAggregatedAt ?? '') + THREE_HOURS).toISOString();
    expect(aggregatableAt).toBe(retryAt);
    const { member, userErrors, wasAlreadyRunning } = await frontend.perform('aggregateMember', {
      member: { guid },
    });
    expect(userErrors).toMatchObject([{ code: 'AGGREGATION_THROTTLED', retryAt, path: ['input', 'member'] }]);
    expect(member).toMatchObject({
      guid,
      connectionStatus: 'CONNECTED',
      isTerminal: true,
      aggregatableAt: retryAt,
    });
    expect(wasAlreadyRunning).toBe(false);
    expect(await frontend.sandbox.writes()).toMatchObject({ [AGGREGATE]: 1 });
  });

  it('is possible at MX Bank, which has no such limit', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('mxbank');
    expect((await frontend.read(guid)).aggregatableAt).toBeNull();
    expect(await frontend.succeed('aggregateMember', { member: { guid } })).toMatchObject({
      isBeingAggregated: true,
    });
  });

  it('is possible again once three hours are over', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('harbor_lane');
    const long = new Date(Date.now() - THREE_HOURS - 1_000).toISOString();
    await frontend.sandbox.force(guid, { successfully_aggregated_at: long, aggregated_at: long });
    await expect.poll(async () => (await frontend.read(guid)).aggregatableAt).toBeNull();
    const started = await frontend.succeed('aggregateMember', { member: { guid } });
    expect(started).toMatchObject({ isBeingAggregated: true, aggregatableAt: null });
  });
});

describe('an aggregation while a job runs', () => {
  it('of the same kind is a success that says so, and starts no second job', async () => {
    const frontend = await useFrontend({ settings: { jobMs: 60_000 } });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const [before] = await frontend.sandbox.members(frontend.userGuid);
    for (let asked = 0; asked < 2; asked += 1) {
      const { wasAlreadyRunning, userErrors, member } = await frontend.perform('aggregateMember', {
        member: { guid },
      });
      expect([wasAlreadyRunning, userErrors]).toEqual([true, []]);
      expect(member).toMatchObject({ isBeingAggregated: true, requiredAction: 'WAIT' });
    }
    const [after] = await frontend.sandbox.members(frontend.userGuid);
    expect(after?.most_recent_job_guid).toBe(before?.most_recent_job_guid);
  });

  it('of another kind is OTHER_JOB_RUNNING', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.set({ jobMs: 60_000 });
    expect(await frontend.sandbox.mx('POST', `/users/${frontend.userGuid}/members/${guid}/verify`)).toBe(200);
    expect(await frontend.refusal('aggregateMember', { member: { guid } })).toMatchObject({
      code: 'OTHER_JOB_RUNNING',
      path: ['input', 'member'],
    });
    await frontend.sandbox.finishJob(guid);
    await frontend.succeed('aggregateMember', { member: { guid } });
  });

  it('that is new credentials which MX refuses for it is OTHER_JOB_RUNNING too', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.force(guid, { is_being_aggregated: true });
    await frontend.sandbox.faults({ kind: 'status', status: 409, method: 'PUT', endpoint: UPDATE });
    const credentials = await frontend.login('mxbank', 'other');
    expect(
      await frontend.refusal('updateMemberCredentials', { member: { guid }, credentials }),
    ).toMatchObject({
      code: 'OTHER_JOB_RUNNING',
    });
  });
});

describe('a member that the user has already', () => {
  it('is not made twice: MEMBER_EXISTS names it', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    const credentials = await frontend.login('mxbank', 'swordfish');
    const { member, userErrors } = await frontend.perform('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    expect(userErrors).toMatchObject([
      { code: 'MEMBER_EXISTS', existingMemberGuid: guid, path: ['input', 'access', 'credentials'] },
    ]);
    expect(member).toMatchObject({ guid, connectionStatus: 'CONNECTED' });
    expect(await frontend.sandbox.members(frontend.userGuid)).toHaveLength(1);
  });

  it('is not made of another one by new credentials: MEMBER_EXISTS names it', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('mxbank', 'swordfish');
    const other = await frontend.connect('mxbank', 'herring');
    const credentials = await frontend.login('mxbank', 'swordfish');
    expect(
      await frontend.refusal('updateMemberCredentials', { member: { guid: other }, credentials }),
    ).toMatchObject({
      code: 'MEMBER_EXISTS',
      existingMemberGuid: guid,
      path: ['input', 'credentials'],
    });
  });
});

describe('the twenty-sixth member', () => {
  it('is TOO_MANY_MEMBERS, whichever way it is made', async () => {
    const frontend = await useFrontend({ user: 'demo', isSupport: true });
    await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const refused = await Promise.all([
      frontend.refusal('createMember', { institutionCode: 'mxbank', access: { credentials } }),
      frontend.refusal('createMember', { institutionCode: 'mx_bank_oauth', access: { oauth: {} } }),
      frontend.refusal('createManualMember', { institutionCode: 'shoebox_ledger' }),
    ]);
    expect(refused.map(({ code, path }) => [code, path])).toEqual(
      refused.map(() => ['TOO_MANY_MEMBERS', ['input']]),
    );
    expect(await frontend.sandbox.members(frontend.userGuid)).toHaveLength(25);
  });

  it('is not confused with the twenty-fifth, asked for again by its client mutation id', async () => {
    const frontend = await useFrontend({ user: 'demo', isSupport: true });
    await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const input = { institutionCode: 'mxbank', access: { credentials }, idempotencyKey: 'the-last-one' };
    const { guid } = await frontend.succeed('createMember', input);
    expect(await frontend.succeed('createMember', input)).toMatchObject({ guid });
  });
});

describe('a member that is deleted', () => {
  it('is gone at once, and its id is told', async () => {
    const frontend = await useFrontend({ freshnessMs: 3_600_000, user: 'demo' });
    const [before] = await frontend.sandbox.members(frontend.userGuid);
    const guid = before?.guid ?? '';
    const { id } = await frontend.read(guid);
    expect(await frontend.perform('deleteMember', { member: { guid } })).toEqual({
      member: null,
      deletedMemberId: id,
      userErrors: [],
    });
    expect(codesOf(await frontend.graphql(`{ member(by: { guid: "${guid}" }) { guid } }`))).toEqual([
      'NOT_FOUND',
    ]);
    expect(codesOf(await frontend.send('deleteMember', { member: { guid } }))).toEqual(['NOT_FOUND']);
    expect(await frontend.sandbox.writes()).toEqual({ [DELETE]: 1 });
    expect(await frontend.sandbox.members(frontend.userGuid)).toHaveLength(22);
  });

  it('by somebody else in the meantime is gone all the same', async () => {
    const frontend = await useFrontend({ freshnessMs: 3_600_000, user: 'demo' });
    const [{ guid } = { guid: '' }] = await frontend.sandbox.members(frontend.userGuid);
    await frontend.read(guid);
    await frontend.sandbox.mx('DELETE', `/users/${frontend.userGuid}/members/${guid}`);
    expect((await frontend.perform('deleteMember', { member: { guid } })).deletedMemberId).not.toBeNull();
    expect(codesOf(await frontend.graphql(`{ member(by: { guid: "${guid}" }) { guid } }`))).toEqual([
      'NOT_FOUND',
    ]);
  });
});

describe('a member that is kept by hand', () => {
  it('is made with a name, needs nothing, and can be deleted', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const input = { institutionCode: 'shoebox_ledger', name: 'Under the mattress', idempotencyKey: 'hand' };
    const { member, userErrors } = await frontend.perform('createManualMember', input);
    expect(userErrors).toEqual([]);
    expect(member).toMatchObject({
      name: 'Under the mattress',
      connectionStatus: null,
      isManual: true,
      isTerminal: true,
      requiredAction: 'NONE',
    });
    const { deletedMemberId } = await frontend.perform('deleteMember', { member: { guid: member?.guid } });
    expect(deletedMemberId).toBe(member?.id);
    expect(await frontend.sandbox.members(frontend.userGuid)).toEqual([]);
    expect(await frontend.sandbox.writes()).toEqual({
      'POST /users/:user/managed_members': 1,
      'DELETE /users/:user/managed_members/:member': 1,
    });
  });

  it('has the institution’s name where none is given', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const made = await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    expect(made.name).toBe('Shoebox Ledger');
  });
});

describe('an institution that MX does not connect to', () => {
  it.each(['closed_for_repairs', 'out_of_reach', 'not_on_offer', 'no_newcomers'])(
    '(%s) is INSTITUTION_UNAVAILABLE for a new member',
    async (institutionCode) => {
      const frontend = await useFrontend();
      const credentials = await frontend.login(institutionCode, 'swordfish');
      expect(
        await frontend.refusal('createMember', { institutionCode, access: { credentials } }),
      ).toMatchObject({
        code: 'INSTITUTION_UNAVAILABLE',
        path: ['input', 'institutionCode'],
      });
      expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
    },
  );

  it('is INSTITUTION_UNAVAILABLE for a job, for new credentials and for an address', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.force(guid, { institution_code: 'closed_for_repairs', is_oauth: false });
    const credentials = await frontend.login('closed_for_repairs', 'swordfish');
    const refused = [
      await frontend.refusal('aggregateMember', { member: { guid } }),
      await frontend.refusal('updateMemberCredentials', { member: { guid }, credentials }),
    ];
    await frontend.sandbox.force(guid, { is_oauth: true });
    await frontend.sandbox.faults({
      kind: 'status',
      status: 400,
      body: { error: { message: 'Later.', status: 'bad_request', type: 'institution_maintenance_error' } },
      endpoint: 'GET /users/:user/members/:member/oauth_window_uri',
    });
    await expect.poll(async () => (await frontend.read(guid)).isOauth).toBe(true);
    refused.push(await frontend.refusal('createOauthWindowUrl', { member: { guid } }));
    expect(refused.map(({ code, path }) => [code, path.join('.')])).toEqual(
      refused.map(() => ['INSTITUTION_UNAVAILABLE', 'input.member']),
    );
  });

  it('that MX does not know is NOT_FOUND, and nothing is sent', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const answers = [
      await frontend.send('createMember', { institutionCode: 'nowhere', access: { credentials: [] } }),
      await frontend.send('createMember', { institutionCode: 'nowhere', access: { oauth: {} } }),
      await frontend.send('createManualMember', { institutionCode: 'nowhere' }),
    ];
    for (const answer of answers) expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    expect(await frontend.sandbox.writes()).toEqual({});
  });
});

describe('credentials', () => {
  const rows: readonly [
    string,
    (fields: readonly { guid: string; value: string }[]) => unknown,
    string[][],
  ][] = [
    [
      'none at all',
      () => [],
      [
        ['CREDENTIALS_MISSING', 'input.credentials'],
        ['CREDENTIALS_MISSING', 'input.credentials'],
      ],
    ],
    ['one of two', ([first]) => [first], [['CREDENTIALS_MISSING', 'input.credentials']]],
    [
      'an empty one',
      ([first, second]) => [first, { ...second, value: '' }],
      [['CREDENTIALS_MISSING', 'input.credentials']],
    ],
    [
      'one too many',
      (both) => [...both, { guid: 'CRD-other', value: 'x' }],
      [['CREDENTIALS_UNKNOWN', 'input.credentials.2.guid']],
    ],
    ['one twice', (both) => [...both, both[1]], [['CREDENTIALS_UNKNOWN', 'input.credentials.2.guid']]],
  ];

  it.each(rows)('that are %s are refused before anything is sent', async (_, change, expected) => {
    const frontend = await useFrontend({ user: 'demo' });
    const both = await frontend.login('mxbank', 'swordfish');
    const credentials = change(both);
    const members = await frontend.sandbox.members(frontend.userGuid);
    const memberGuid = members.find(({ institution_code }) => institution_code === 'mxbank')?.guid;
    const payloads = [
      await frontend.perform('createMember', { institutionCode: 'mxbank', access: { credentials } }),
      await frontend.perform('updateMemberCredentials', { member: { guid: memberGuid }, credentials }),
    ];
    const inAccess = expected.map(([code, path = '']) => [code, path.replace('input', 'input.access')]);
    expect(payloads.map(errorsOf)).toEqual([inAccess, expected]);
    expect(payloads.map(({ member }) => member?.guid)).toEqual([undefined, memberGuid]);
    expect(await frontend.sandbox.writes()).toEqual({});
  });

  it('and oauth together, or neither, are refused before anything is sent', async () => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'swordfish');
    await frontend.sandbox.forgetCalls();
    for (const access of [{ credentials, oauth: {} }, { credentials, oauth: null }, {}, null, undefined]) {
      const answer = await frontend.send('createMember', { institutionCode: 'mxbank', access });
      expect([answer.status, codesOf(answer)]).toEqual([400, ['BAD_USER_INPUT']]);
    }
    expect(await frontend.sandbox.calls()).toEqual({});
    expect(await frontend.sandbox.writes()).toEqual({});
  });
});

async function challenged(frontend: Frontend): Promise<{ guid: string; asked: string[] }> {
  const guid = await frontend.connect();
  await frontend.sandbox.force(guid, { challenges: 'SEVERAL' });
  const { challenges } = await frontend.reaches(guid, 'CHALLENGED');
  return { guid, asked: (challenges ?? []).map((challenge) => challenge.guid) };
}

describe('answers', () => {
  const right = (guid: string | undefined) => ({ guid, value: 'correct' });
  const rows: readonly [string, (asked: readonly string[]) => unknown, string[][]][] = [
    [
      'none at all',
      () => [],
      [
        ['ANSWERS_MISSING', 'input.answers'],
        ['ANSWERS_MISSING', 'input.answers'],
      ],
    ],
    ['one of two', ([first]) => [right(first)], [['ANSWERS_MISSING', 'input.answers']]],
    [
      'an empty one',
      ([first, second]) => [right(first), { guid: second, value: '' }],
      [['ANSWERS_MISSING', 'input.answers']],
    ],
    [
      'one too many',
      (both) => [...both, 'CRD-other'].map(right),
      [['CHALLENGE_UNKNOWN', 'input.answers.2.guid']],
    ],
    ['one twice', (both) => [...both, both[0]].map(right), [['CHALLENGE_UNKNOWN', 'input.answers.2.guid']]],
  ];

  it.each(rows)('that are %s are refused before anything is sent', async (_, change, expected) => {
    const frontend = await useFrontend();
    const { guid, asked } = await challenged(frontend);
    await frontend.sandbox.forgetCalls();
    const payload = await frontend.perform('answerChallenges', { member: { guid }, answers: change(asked) });
    expect(errorsOf(payload)).toEqual(expected);
    expect(payload.member).toMatchObject({ guid, connectionStatus: 'CHALLENGED' });
    expect(await frontend.sandbox.writes()).toEqual({});
  });

  it('where nothing is asked are CHALLENGE_NOT_PENDING', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.forgetCalls();
    const payload = await frontend.perform('answerChallenges', {
      member: { guid },
      answers: [right('CRD-1')],
    });
    expect(errorsOf(payload)).toEqual([['CHALLENGE_NOT_PENDING', 'input.member']]);
    expect(payload.member).toMatchObject({ guid, connectionStatus: 'CONNECTED' });
    expect(await frontend.sandbox.writes()).toEqual({});
  });
});
