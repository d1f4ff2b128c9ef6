import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf } from '../../support/graphql-client.js';
import { waitFor } from '../../support/wait-for.js';

const RESUME = 'PUT /users/:user/members/:member/resume';
const AGGREGATE = 'POST /users/:user/members/:member/aggregate';
const HELD_UP_MS = 400;

/** Sends what MX is slow to take up, and does something else meanwhile. */
async function meanwhile<T>(
  frontend: Frontend,
  { endpoint, send, act }: { endpoint: string; send: () => Promise<T>; act: () => Promise<void> },
): Promise<T> {
  await frontend.sandbox.faults({ kind: 'latency', ms: HELD_UP_MS, endpoint, times: 1 });
  await frontend.sandbox.forgetCalls();
  const sent = send();
  await waitFor(async () => endpoint in (await frontend.sandbox.calls()), { what: endpoint });
  await act();
  return sent;
}

async function challenged(frontend: Frontend): Promise<{ guid: string; answers: unknown }> {
  const guid = await frontend.connect();
  await frontend.sandbox.force(guid, { challenges: 'TEXT' });
  const { challenges } = await frontend.reaches(guid, 'CHALLENGED');
  return { guid, answers: challenges?.map((one) => ({ guid: one.guid, value: 'correct' })) };
}

describe('an answer that is on its way', () => {
  it.each([
    [
      'while the question lapses',
      'EXPIRED',
      (frontend: Frontend, guid: string) => frontend.sandbox.expireChallenge(guid),
    ],
    [
      'while another question takes its place',
      'CHALLENGED',
      (frontend: Frontend, guid: string) => frontend.sandbox.force(guid, { challenges: 'TEXT' }),
    ],
  ] as const)('%s is CHALLENGE_NOT_PENDING', async (_, status, change) => {
    const frontend = await useFrontend();
    const { guid, answers } = await challenged(frontend);
    const { member, userErrors } = await meanwhile(frontend, {
      endpoint: RESUME,
      send: () => frontend.perform('answerChallenges', { member: { guid }, answers }),
      act: () => change(frontend, guid),
    });
    expect(userErrors.map(({ code }) => code)).toEqual(['CHALLENGE_NOT_PENDING']);
    expect(member).toMatchObject({ guid, connectionStatus: status });
    expect(await frontend.sandbox.writes()).toEqual({ [RESUME]: 1 });
  });

  it('that MX refuses though the question still stands is an error, not a stale question', async () => {
    const frontend = await useFrontend();
    const { guid, answers } = await challenged(frontend);
    await frontend.sandbox.faults({ kind: 'status', status: 400, endpoint: RESUME });
    const answer = await frontend.send('answerChallenges', { member: { guid }, answers });
    expect(codesOf(answer)).toEqual(['UPSTREAM_REJECTED']);
  });
});

describe('a request for a job that is on its way', () => {
  it('while the job that ran ends starts a new one, and says that it did', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.set({ jobMs: 60_000 });
    await frontend.succeed('aggregateMember', { member: { guid } });
    const { member, userErrors, wasAlreadyRunning } = await meanwhile(frontend, {
      endpoint: AGGREGATE,
      send: () => frontend.perform('aggregateMember', { member: { guid } }),
      act: () => frontend.sandbox.finishJob(guid),
    });
    expect([wasAlreadyRunning, userErrors]).toEqual([false, []]);
    expect(member).toMatchObject({ isBeingAggregated: true });
  });

  it('sent five times at once starts one job', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    await frontend.sandbox.set({ jobMs: 60_000 });
    const payloads = await Promise.all(
      Array.from({ length: 5 }, () => frontend.perform('aggregateMember', { member: { guid } })),
    );
    expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([]);
    expect(new Set(payloads.map(({ member }) => member?.aggregatedAt)).size).toBe(1);
  });

  it('while the member is deleted is NOT_FOUND', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect();
    const answer = await meanwhile(frontend, {
      endpoint: AGGREGATE,
      send: () => frontend.send('aggregateMember', { member: { guid } }),
      act: async () => {
        await frontend.perform('deleteMember', { member: { guid } });
      },
    });
    expect(codesOf(answer)).toEqual(['NOT_FOUND']);
    expect(await frontend.sandbox.members(frontend.userGuid)).toEqual([]);
  });
});

describe('an address with options that MX refuses', () => {
  it('is an error of the request, not of the institution', async () => {
    const frontend = await useFrontend();
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mx_bank_oauth',
      access: { oauth: {} },
    });
    const oauth = { referralSource: 'APP', uiMessageWebviewUrlScheme: 'no scheme' };
    const answer = await frontend.send('createOauthWindowUrl', { member: { guid }, oauth });
    expect(codesOf(answer)).toEqual(['UPSTREAM_REJECTED']);
  });
});

describe('a variable that does not fit', () => {
  it('is named, with the place in it', async () => {
    const frontend = await useFrontend();
    const input = { institutionCode: 'mxbank', access: { credentials: [{ guid: 'CRD-1', value: 7 }] } };
    const { body } = await frontend.send('createMember', input);
    expect(body.errors?.map(({ message }) => message)).toEqual([
      'Variable "$input" got an invalid value at "input.access.credentials[0].value": the value has the wrong type.',
    ]);
  });
});
