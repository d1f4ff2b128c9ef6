import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import { visitOauth } from '../../support/oauth-visit.js';

const CREATE = 'POST /users/:user/members';
const LIST = 'GET /users/:user/members';
const STATUS = 'GET /users/:user/members/:member/status';
/** So long a window that whatever is read new within a test was read because the window was ended. */
const LONG_MS = 3_600_000;

const ALL = '{ viewer { members { guid connectionStatus isBeingAggregated } } }';

interface All {
  readonly viewer: {
    readonly members: readonly {
      readonly guid: string;
      readonly connectionStatus: string | null;
      readonly isBeingAggregated: boolean;
    }[];
  };
}

const membersOf = async ({ graphql }: Frontend) => dataOf(await graphql<All>(ALL)).viewer.members;

/** A frontend whose server keeps what it has read for long, and has read the user's members. */
async function wellRead(options: Parameters<typeof useFrontend>[0] = {}): Promise<Frontend> {
  const frontend = await useFrontend({ freshnessMs: LONG_MS, ...options });
  await membersOf(frontend);
  await membersOf(frontend);
  expect((await frontend.sandbox.calls())[LIST]).toBe(1);
  return frontend;
}

async function memberIn({ sandbox, userGuid }: Frontend, status: string | null): Promise<string> {
  const found = (await sandbox.members(userGuid)).find((one) => one.connection_status === status);
  if (!found) throw new Error(`The user has no member that is ${String(status)}.`);
  return found.guid;
}

describe('a query right after a mutation reads the new truth:', () => {
  it('a new member is in the list', async () => {
    const frontend = await wellRead({ settings: { jobMs: 60_000 } });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    expect(await membersOf(frontend)).toMatchObject([{ guid, isBeingAggregated: true }]);
    expect((await frontend.sandbox.calls())[LIST]).toBe(2);
  });

  it('a new member kept by hand is in the list', async () => {
    const frontend = await wellRead({ isSupport: true });
    const { guid } = await frontend.succeed('createManualMember', { institutionCode: 'shoebox_ledger' });
    expect(await membersOf(frontend)).toMatchObject([{ guid, connectionStatus: null }]);
  });

  it('new credentials are being tried', async () => {
    const frontend = await wellRead({ user: 'demo', settings: { jobMs: 60_000 } });
    const guid = await memberIn(frontend, 'DENIED');
    const credentials = await frontend.login('copper_fox', 'swordfish');
    const updated = await frontend.succeed('updateMemberCredentials', { member: { guid }, credentials });
    const read = await frontend.read(guid);
    for (const member of [updated, read]) {
      expect(member).toMatchObject({
        connectionStatus: 'UPDATED',
        isBeingAggregated: true,
        isTerminal: false,
      });
    }
    expect(read.credentialFields).toBeNull();
  });

  it('a job runs', async () => {
    const frontend = await wellRead({ user: 'demo', settings: { jobMs: 60_000 } });
    const guid = await memberIn(frontend, 'CONNECTED');
    expect((await frontend.read(guid)).isTerminal).toBe(true);
    await frontend.succeed('aggregateMember', { member: { guid } });
    expect(await frontend.read(guid)).toMatchObject({ isBeingAggregated: true, isTerminal: false });
  });

  it('an answered question is no longer asked', async () => {
    const frontend = await wellRead({ user: 'demo', settings: { jobMs: 60_000 } });
    const guid = await memberIn(frontend, 'CHALLENGED');
    const [challenge] = (await frontend.read(guid)).challenges ?? [];
    await frontend.succeed('answerChallenges', {
      member: { guid },
      answers: [{ guid: challenge?.guid, value: 'correct' }],
    });
    expect(await frontend.read(guid)).toMatchObject({
      connectionStatus: 'RESUMED',
      requiredAction: 'WAIT',
      challenges: null,
    });
  });

  it('an end user who came back has moved the member on', async () => {
    const frontend = await wellRead({ user: 'demo', settings: { jobMs: 60_000 } });
    const guid = await memberIn(frontend, 'PENDING');
    const { oauthWindowUrl } = await frontend.perform('createOauthWindowUrl', { member: { guid } });
    await visitOauth(oauthWindowUrl ?? '', { decision: 'approve' });
    expect((await frontend.read(guid)).connectionStatus).toBe('PENDING');
    const moved = { connectionStatus: 'CREATED', isBeingAggregated: true, requiredAction: 'WAIT' };
    const { member } = await frontend.perform('completeOauth', { member: { guid }, status: 'SUCCESS' });
    expect(member).toMatchObject(moved);
    expect(await frontend.read(guid)).toMatchObject({ ...moved, oauthWindowUrl: null });
  });

  it('a deleted member is gone, from the list too', async () => {
    const frontend = await wellRead({ user: 'demo' });
    const guid = await memberIn(frontend, 'CLOSED');
    await frontend.perform('deleteMember', { member: { guid } });
    const guids = (await membersOf(frontend)).map((member) => member.guid);
    expect([guids.length, guids.includes(guid)]).toEqual([22, false]);
    expect(codesOf(await frontend.graphql(`{ member(by: { guid: "${guid}" }) { guid } }`))).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('a member that MX deleted meanwhile is gone for a refused mutation too', async () => {
    const frontend = await wellRead({ user: 'demo' });
    const guid = await memberIn(frontend, 'PENDING');
    await frontend.sandbox.expirePending(guid);
    expect(codesOf(await frontend.send('aggregateMember', { member: { guid } }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await frontend.graphql(`{ member(by: { guid: "${guid}" }) { guid } }`))).toEqual([
      'NOT_FOUND',
    ]);
  });

  it('a read that was under way during the mutation does not bring the old truth back', async () => {
    const frontend = await useFrontend({ user: 'demo', settings: { jobMs: 60_000 }, freshnessMs: 3_000 });
    const guid = await memberIn(frontend, 'CONNECTED');
    await frontend.sandbox.faults({ kind: 'latency', ms: 400, endpoint: LIST, times: 1 });
    const slow = membersOf(frontend);
    await expect.poll(async () => (await frontend.sandbox.calls())[LIST]).toBe(1);
    await frontend.succeed('aggregateMember', { member: { guid } });
    await slow;
    expect(await frontend.read(guid)).toMatchObject({ isBeingAggregated: true, isTerminal: false });
  });
});

describe('with the usual window of three seconds', () => {
  it('two frontends’ views never go back to before what one of them did', async () => {
    const frontend = await useFrontend({ freshnessMs: 3_000, settings: { jobMs: 60_000 }, user: 'demo' });
    const guid = await memberIn(frontend, 'CONNECTED');
    await frontend.read(guid);
    await frontend.succeed('aggregateMember', { member: { guid } });
    const seen = await Promise.all(Array.from({ length: 10 }, () => frontend.read(guid)));
    expect(seen.map(({ isBeingAggregated }) => isBeingAggregated)).toEqual(seen.map(() => true));
    expect((await frontend.sandbox.calls())[LIST]).toBe(3);
  });
});

describe('MX that does not find at once what it has just made', () => {
  it('is asked again for the questions of a new member', async () => {
    const frontend = await useFrontend({ settings: { readAfterWriteMs: 350, jobMs: 10 } });
    const credentials = await frontend.login('mxbank', 'challenge');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const { challenges } = await frontend.reaches(guid, 'CHALLENGED');
    expect(challenges).toMatchObject([{ __typename: 'TextChallenge' }]);
    expect(await frontend.sandbox.calls()).toMatchObject({ [CREATE]: 1, [STATUS]: 2 });
  });

  it('is asked again for the address of a new OAuth member', async () => {
    const frontend = await useFrontend({ settings: { readAfterWriteMs: 350 } });
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mx_bank_oauth',
      access: { oauth: {} },
    });
    const { oauthWindowUrl, userErrors } = await frontend.perform('createOauthWindowUrl', {
      member: { guid },
    });
    expect(userErrors).toEqual([]);
    expect((await visitOauth(oauthWindowUrl ?? '', { decision: 'approve' })).status).toBe('success');
  });

  it('is not asked again for what it has known for long', async () => {
    const frontend = await useFrontend({ user: 'demo', freshnessMs: LONG_MS });
    const guid = await memberIn(frontend, 'CHALLENGED');
    await membersOf(frontend);
    await frontend.sandbox.mx('DELETE', `/users/${frontend.userGuid}/members/${guid}`);
    const answer = await frontend.graphql(`{ member(by: { guid: "${guid}" }) { challenges { guid } } }`);
    expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    expect((await frontend.sandbox.calls())[STATUS]).toBe(1);
  });
});

describe('the same client mutation id', () => {
  const inputs = async (frontend: Frontend) =>
    [
      [
        'createMember',
        { institutionCode: 'mxbank', access: { credentials: await frontend.login('mxbank', 'swordfish') } },
      ],
      ['createMember', { institutionCode: 'mx_bank_oauth', access: { oauth: {} } }],
      ['createManualMember', { institutionCode: 'shoebox_ledger', name: 'Shoebox' }],
    ] as const;

  it.each([0, 1, 2])('makes one member, asked one after the other or at once (%i)', async (index) => {
    const frontend = await useFrontend({ isSupport: true });
    const row = (await inputs(frontend))[index];
    if (!row) throw new Error('There is no such row.');
    const [name, rest] = row;
    const input = { ...rest, idempotencyKey: 'press-the-button' };
    const first = await frontend.perform(name, input);
    expect(first.userErrors).toEqual([]);
    const again = await Promise.all([1, 2, 3].map(() => frontend.perform(name, input)));
    for (const payload of again) {
      expect(payload.userErrors).toEqual([]);
      expect(payload.member?.guid).toBe(first.member?.guid);
    }
    expect(await frontend.sandbox.members(frontend.userGuid)).toHaveLength(1);
  });

  it('pressed three times at once makes one member, and all three are told of it', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const credentials = await frontend.login('mxbank', 'swordfish');
    const input = { institutionCode: 'mxbank', access: { credentials }, idempotencyKey: 'double click' };
    const made = await Promise.all([1, 2, 3].map(() => frontend.succeed('createMember', input)));
    expect(new Set(made.map(({ guid }) => guid)).size).toBe(1);
    expect(await frontend.sandbox.members(frontend.userGuid)).toHaveLength(1);
  });

  it('of two users makes a member for each', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const other = await useFrontend({ isSupport: true });
    for (const one of [frontend, other]) {
      await one.succeed('createManualMember', { institutionCode: 'shoebox_ledger', idempotencyKey: '1' });
      expect(await one.sandbox.members(one.userGuid)).toHaveLength(1);
    }
  });

  it('for something else names another attempt: no other member is passed off for what was asked', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const idempotencyKey = '1';
    const made = [];
    for (const [name, rest] of await inputs(frontend)) {
      made.push(await frontend.succeed(name, { ...rest, idempotencyKey }));
    }
    expect(made.map(({ institution }) => institution['code'])).toEqual([
      'mxbank',
      'mx_bank_oauth',
      'shoebox_ledger',
    ]);
  });

  it('makes a new member once the first is deleted', async () => {
    const frontend = await useFrontend({ isSupport: true });
    const input = { institutionCode: 'shoebox_ledger', idempotencyKey: 'again' };
    const first = await frontend.succeed('createManualMember', input);
    await frontend.perform('deleteMember', { member: { guid: first.guid } });
    const second = await frontend.succeed('createManualMember', input);
    expect(second.guid).not.toBe(first.guid);
    expect((await membersOf(frontend)).map(({ guid }) => guid)).toEqual([second.guid]);
  });

  it.each([0, 201, 5_000])('of %i characters is refused before MX is asked', async (length) => {
    const frontend = await useFrontend({ isSupport: true });
    const idempotencyKey = 'x'.repeat(length);
    await frontend.sandbox.forgetCalls();
    const answers = [
      await frontend.send('createManualMember', { institutionCode: 'shoebox_ledger', idempotencyKey }),
      await frontend.send('createMember', {
        institutionCode: 'mxbank',
        access: { credentials: [] },
        idempotencyKey,
      }),
    ];
    for (const { body } of answers) {
      expect(body.errors?.map(({ message }) => message)).toEqual([
        `Expected \`idempotencyKey\` to have 1 to 200 characters; got ${length}.`,
      ]);
    }
    expect(answers.flatMap(codesOf)).toEqual(['BAD_USER_INPUT', 'BAD_USER_INPUT']);
    expect(await frontend.sandbox.calls()).toEqual({});
  });

  it.each([
    ['a space', ' '],
    ['an emoji', '💥'],
    ['200 characters', 'x'.repeat(200)],
    ['a guid', 'MBR-1'],
    ['two lines', 'a\nb'],
  ])('may be any string: %s', async (_, idempotencyKey) => {
    const frontend = await useFrontend({ isSupport: true });
    const input = { institutionCode: 'shoebox_ledger', idempotencyKey };
    const first = await frontend.succeed('createManualMember', input);
    expect((await frontend.succeed('createManualMember', input)).guid).toBe(first.guid);
  });
});

describe('without an idempotency key', () => {
  it('the same member asked for twice is a duplicate, as MX says', async () => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'swordfish');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    expect(
      await frontend.refusal('createMember', { institutionCode: 'mxbank', access: { credentials } }),
    ).toMatchObject({
      code: 'MEMBER_EXISTS',
      existingMemberGuid: guid,
    });
  });
});
