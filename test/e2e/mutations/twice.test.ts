import { setTimeout as pause } from 'node:timers/promises';

import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import type { Frontend } from '../../support/frontend.js';
import { codesOf, dataOf } from '../../support/graphql-client.js';
import type { ChallengeRow, Input, MutationName } from '../../support/mutations.js';
import { waitFor } from '../../support/wait-for.js';

const RESUME = 'PUT /users/:user/members/:member/resume';
const UPDATE = 'PUT /users/:user/members/:member';
/** The mutations that a double click must not send twice, with the request that each sends to MX. */
const MUTATIONS = [
  ['answerChallenges', RESUME],
  ['updateMemberCredentials', UPDATE],
] as const;

interface Prepared {
  readonly frontend: Frontend;
  readonly memberGuid: string;
  /** The input with these values. */
  readonly inputWith: (value: string) => Promise<Input>;
}

async function challenge(frontend: Frontend, memberGuid: string): Promise<readonly ChallengeRow[]> {
  await frontend.sandbox.force(memberGuid, { challenges: 'TEXT' });
  return (await frontend.reaches(memberGuid, 'CHALLENGED')).challenges ?? [];
}

/** A member that the mutation applies to, while MX takes 100 ms for each write. */
async function prepare(name: MutationName, endpoint: string): Promise<Prepared> {
  const frontend = await useFrontend();
  const memberGuid = await frontend.connect();
  const challenges = name === 'answerChallenges' ? await challenge(frontend, memberGuid) : [];
  const inputWith = async (value: string): Promise<Input> =>
    name === 'answerChallenges'
      ? { member: { guid: memberGuid }, answers: challenges.map(({ guid }) => ({ guid, value })) }
      : { member: { guid: memberGuid }, credentials: await frontend.login('mxbank', value) };
  await frontend.sandbox.set({ jobMs: 60_000 });
  await frontend.sandbox.faults({ kind: 'latency', ms: 100, endpoint });
  await frontend.sandbox.forgetCalls();
  return { frontend, memberGuid, inputWith };
}

describe.each(MUTATIONS)('%s sent twice', (name, endpoint) => {
  it.each([0, 30, 150, 300])('%i ms apart is sent to MX once, and both get the same result', async (ms) => {
    const { frontend, inputWith } = await prepare(name, endpoint);
    const input = await inputWith('correct');
    const first = frontend.perform(name, input);
    await pause(ms);
    const second = await frontend.perform(name, input);
    expect((await first).userErrors).toEqual([]);
    expect(second).toEqual(await first);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 1 });
  });

  it('with its values in another order is the same', async () => {
    const { frontend, inputWith } = await prepare(name, endpoint);
    const input = await inputWith('correct');
    const reversed = Object.fromEntries(
      Object.entries(input).map(([key, value]) => [key, Array.isArray(value) ? value.toReversed() : value]),
    );
    const results = await Promise.all([frontend.perform(name, input), frontend.perform(name, reversed)]);
    expect(results[1]).toEqual(results[0]);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 1 });
  });

  it('goes to MX again if the first has failed', async () => {
    const { frontend, inputWith } = await prepare(name, endpoint);
    const input = await inputWith('correct');
    await frontend.sandbox.faults({ kind: 'status', status: 503, endpoint, times: 1 });
    expect(codesOf(await frontend.send(name, input))).toEqual(['UPSTREAM_UNAVAILABLE']);
    await frontend.succeed(name, input);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 2 });
  });

  it('fails twice if the first is still under way when it fails, and goes to MX after that', async () => {
    const { frontend, inputWith } = await prepare(name, endpoint);
    const input = await inputWith('correct');
    await frontend.sandbox.faults(
      { kind: 'latency', ms: 200, endpoint, times: 1 },
      { kind: 'status', status: 503, endpoint, times: 1 },
    );
    const first = frontend.send(name, input);
    await waitFor(async () => endpoint in (await frontend.sandbox.calls()), { what: endpoint });
    const answers = await Promise.all([first, frontend.send(name, input)]);
    expect(answers.map(codesOf)).toEqual([['UPSTREAM_UNAVAILABLE'], ['UPSTREAM_UNAVAILABLE']]);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 1 });
    await frontend.succeed(name, input);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 2 });
  });

  it('with invalid values is refused twice, and then sent once they are valid', async () => {
    const { frontend, inputWith } = await prepare(name, endpoint);
    const invalid = await inputWith('');
    const refused = await Promise.all([frontend.perform(name, invalid), frontend.perform(name, invalid)]);
    for (const { userErrors } of refused) expect(userErrors).not.toEqual([]);
    expect(await frontend.sandbox.writes()).toEqual({});
    await frontend.succeed(name, await inputWith('correct'));
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 1 });
  });

  it('for two members is sent for each', async () => {
    const { frontend, memberGuid, inputWith } = await prepare(name, endpoint);
    const first = await inputWith('correct');
    await frontend.sandbox.set({ jobMs: 60 });
    const other = await frontend.connect('mxbank', 'another');
    await frontend.sandbox.set({ jobMs: 60_000 });
    const challenges = name === 'answerChallenges' ? await challenge(frontend, other) : null;
    const answers = challenges?.map(({ guid }) => ({ guid, value: 'correct' }));
    const second = answers ? { answers } : { credentials: await frontend.login('mxbank', 'yet another') };
    await frontend.sandbox.forgetCalls();
    const results = await Promise.all([
      frontend.succeed(name, first),
      frontend.succeed(name, { member: { guid: other }, ...second }),
    ]);
    expect(results.map(({ guid }) => guid)).toEqual([memberGuid, other]);
    expect(await frontend.sandbox.writes()).toEqual({ [endpoint]: 2 });
  });
});

describe('other values, sent while the first are under way', () => {
  it('wait, and are not taken for the same credentials', async () => {
    const { frontend, inputWith } = await prepare('updateMemberCredentials', UPDATE);
    await frontend.sandbox.set({ jobMs: 1 });
    const values = ['correct', 'other', 'correct'];
    const inputs = await Promise.all(values.map(inputWith));
    const results = await Promise.all(inputs.map((input) => frontend.send('updateMemberCredentials', input)));
    for (const result of results) expect(dataOf(result).payload?.userErrors).toEqual([]);
    expect(await frontend.sandbox.writes()).toEqual({ [UPDATE]: 3 });
  });

  it('are refused if they answer a question that the first have answered', async () => {
    const { frontend, inputWith } = await prepare('answerChallenges', RESUME);
    const [first, second] = await Promise.all(
      ['correct', 'other'].map(async (value) => frontend.perform('answerChallenges', await inputWith(value))),
    );
    const codes = [first, second].flatMap((result) => result?.userErrors.map(({ code }) => code));
    expect(codes).toEqual(['CHALLENGE_NOT_PENDING']);
    expect(await frontend.sandbox.writes()).toEqual({ [RESUME]: 1 });
  });
});
