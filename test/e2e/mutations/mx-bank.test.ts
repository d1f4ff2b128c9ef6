import { describe, expect, it } from 'vitest';

import { useFrontend } from '../../support/frontend.js';
import { columnsOf } from '../../support/status-fixtures.js';

const CREATE = 'POST /users/:user/members';
const UPDATE = 'PUT /users/:user/members/:member';
const RESUME = 'PUT /users/:user/members/:member/resume';

/** Every password of MX Bank, and where it leads. */
const PASSWORDS = [
  ['swordfish', 'CONNECTED'],
  ['Challenge', 'CONNECTED'],
  ['BAD_REQUEST', 'FAILED'],
  ['UNAUTHORIZED', 'DENIED'],
  ['INVALID', 'DENIED'],
  ['LOCKED', 'LOCKED'],
  ['DISABLED', 'DENIED'],
  ['SERVER_ERROR', 'FAILED'],
  ['UNAVAILABLE', 'FAILED'],
] as const;

const QUESTIONS = [
  ['challenge', 'TextChallenge'],
  ['options', 'OptionsChallenge'],
  ['image', 'ImageChallenge'],
] as const;

/** Every answer of MX Bank that ends the questioning. */
const ANSWERS = [
  ['correct', 'CONNECTED'],
  ['DISABLED', 'DENIED'],
  ['SERVER_ERROR', 'FAILED'],
  ['UNAVAILABLE', 'FAILED'],
  ['Correct', 'REJECTED'],
  ['Timbuktu', 'REJECTED'],
] as const;

describe('a member made with MX Bank’s password', () => {
  it.each(PASSWORDS)('%s ends as %s', async (password, status) => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', password);
    const made = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    expect(made).toMatchObject({
      connectionStatus: 'CREATED',
      isBeingAggregated: true,
      isTerminal: false,
      requiredAction: 'WAIT',
      waitingOn: 'MX',
    });
    const settled = await frontend.settles(made.guid);
    const row = columnsOf(status);
    expect(settled).toMatchObject({
      connectionStatus: status,
      isBeingAggregated: false,
      requiredAction: row.action,
      actionSteps: row.steps,
    });
    expect(settled.successfullyAggregatedAt !== null).toBe(status === 'CONNECTED');
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1 });
  });

  it.each(QUESTIONS)('%s asks a %s, whose right answer connects it', async (password, kind) => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', password);
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const asked = await frontend.reaches(guid, 'CHALLENGED');
    expect(asked).toMatchObject({
      requiredAction: 'ANSWER_CHALLENGE',
      isTerminal: false,
      waitingOn: 'END_USER',
      credentialFields: null,
    });
    expect(asked.challenges).toMatchObject([{ __typename: kind }]);
    const [challenge] = asked.challenges ?? [];
    const answers = [{ guid: challenge?.guid, value: 'correct' }];
    const answered = await frontend.succeed('answerChallenges', { member: { guid }, answers });
    expect(answered).toMatchObject({
      connectionStatus: 'RESUMED',
      requiredAction: 'WAIT',
      isTerminal: false,
    });
    const settled = await frontend.settles(guid);
    expect(settled).toMatchObject({
      connectionStatus: 'CONNECTED',
      requiredAction: 'NONE',
      challenges: null,
    });
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1, [RESUME]: 1 });
  });
});

describe('MX Bank’s answer', () => {
  it.each(ANSWERS)('%s ends as %s', async (value, status) => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'challenge');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const [challenge] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    await frontend.succeed('answerChallenges', {
      member: { guid },
      answers: [{ guid: challenge?.guid, value }],
    });
    expect(await frontend.settles(guid)).toMatchObject({
      connectionStatus: status,
      requiredAction: columnsOf(status).action,
    });
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1, [RESUME]: 1 });
  });

  it('challenge is followed by a second question under a new guid', async () => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'challenge');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const [first] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    const answer = (challengeGuid: string | undefined, value: string) =>
      frontend.perform('answerChallenges', {
        member: { guid },
        answers: [{ guid: challengeGuid, value }],
      });
    expect((await answer(first?.guid, 'challenge')).userErrors).toEqual([]);
    const [second] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    expect(second?.guid).toMatch(/^CRD-/);
    expect(second?.guid).not.toBe(first?.guid);

    expect((await answer(first?.guid, 'correct')).userErrors.map(({ code }) => code)).toEqual([
      'CHALLENGE_UNKNOWN',
      'ANSWERS_MISSING',
    ]);
    expect((await answer(second?.guid, 'correct')).userErrors).toEqual([]);
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
    expect(await frontend.sandbox.writes()).toEqual({ [CREATE]: 1, [RESUME]: 2 });
  });
});

describe('a wrong answer', () => {
  it('is followed by a new question once the application asks for a job, and the right answer connects', async () => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'challenge');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const [first] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    await frontend.succeed('answerChallenges', {
      member: { guid },
      answers: [{ guid: first?.guid, value: 'Atlantis' }],
    });
    expect(await frontend.settles(guid)).toMatchObject({
      connectionStatus: 'REJECTED',
      requiredAction: 'AGGREGATE',
      challenges: null,
      error: { code: 'INCORRECT_MFA', errorCode: 2002 },
    });

    const started = await frontend.succeed('aggregateMember', { member: { guid } });
    expect(started).toMatchObject({ connectionStatus: 'REJECTED', requiredAction: 'WAIT', error: null });
    const [second] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    expect(second?.guid).not.toBe(first?.guid);
    await frontend.succeed('answerChallenges', {
      member: { guid },
      answers: [{ guid: second?.guid, value: 'correct' }],
    });
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
  });
});

describe('a question that nobody answers', () => {
  it('lapses to EXPIRED, and is asked again once the application asks for a job', async () => {
    const frontend = await useFrontend();
    const credentials = await frontend.login('mxbank', 'options');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    const [first] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    await frontend.sandbox.expireChallenge(guid);
    expect(await frontend.reaches(guid, 'EXPIRED')).toMatchObject({
      isTerminal: true,
      requiredAction: 'AGGREGATE',
      challenges: null,
      error: { code: 'MFA_TIMEOUT' },
    });
    expect(
      await frontend.refusal('answerChallenges', {
        member: { guid },
        answers: [{ guid: first?.guid, value: 'correct' }],
      }),
    ).toMatchObject({ code: 'CHALLENGE_NOT_PENDING', path: ['input', 'member'] });

    await frontend.succeed('aggregateMember', { member: { guid } });
    const [second] = (await frontend.reaches(guid, 'CHALLENGED')).challenges ?? [];
    const choice = second?.choices?.find(({ label }) => label === 'correct');
    await frontend.succeed('answerChallenges', {
      member: { guid },
      answers: [{ guid: second?.guid, value: choice?.value }],
    });
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
  });

  it('lapses by itself when its time is over', async () => {
    const frontend = await useFrontend({ settings: { challengeTtlMs: 300 } });
    const credentials = await frontend.login('mxbank', 'challenge');
    const { guid } = await frontend.succeed('createMember', {
      institutionCode: 'mxbank',
      access: { credentials },
    });
    await frontend.reaches(guid, 'CHALLENGED');
    expect((await frontend.settles(guid)).connectionStatus).toBe('EXPIRED');
  });
});

describe('three wrong passwords', () => {
  it('end as PREVENTED, after which only another password helps', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('mxbank', 'INVALID');
    expect(await frontend.read(guid)).toMatchObject({
      connectionStatus: 'DENIED',
      requiredAction: 'UPDATE_CREDENTIALS',
      error: { code: 'INVALID_CREDENTIALS' },
    });
    for (const status of ['DENIED', 'PREVENTED']) {
      const credentials = await frontend.login('mxbank', 'UNAUTHORIZED');
      const updated = await frontend.succeed('updateMemberCredentials', { member: { guid }, credentials });
      expect(updated).toMatchObject({ connectionStatus: 'UPDATED', requiredAction: 'WAIT' });
      expect((await frontend.settles(guid)).connectionStatus).toBe(status);
    }

    await frontend.succeed('aggregateMember', { member: { guid } });
    expect(await frontend.settles(guid)).toMatchObject({
      connectionStatus: 'PREVENTED',
      requiredAction: 'UPDATE_CREDENTIALS',
    });
    const credentials = await frontend.login('mxbank', 'swordfish');
    await frontend.succeed('updateMemberCredentials', { member: { guid }, credentials });
    expect(await frontend.settles(guid)).toMatchObject({ connectionStatus: 'CONNECTED', error: null });
    expect(await frontend.sandbox.writes()).toMatchObject({ [CREATE]: 1, [UPDATE]: 3 });
  });
});

describe('a wrong password', () => {
  it('can be put right with the fields that the member itself tells', async () => {
    const frontend = await useFrontend();
    const guid = await frontend.connect('mxbank', 'UNAUTHORIZED');
    const { credentialFields, requiredAction } = await frontend.read(guid);
    expect(requiredAction).toBe('UPDATE_CREDENTIALS');
    expect(credentialFields).toMatchObject([
      { label: 'Username', fieldName: 'LOGIN', type: 'TEXT', displayOrder: 1 },
      { label: 'Password', fieldName: 'PASSWORD', type: 'PASSWORD', displayOrder: 2 },
    ]);
    const credentials = (credentialFields ?? []).map(({ guid: field, type }) => ({
      guid: field,
      value: type === 'PASSWORD' ? 'swordfish' : 'mxuser',
    }));
    await frontend.succeed('updateMemberCredentials', { member: { guid }, credentials });
    expect((await frontend.settles(guid)).connectionStatus).toBe('CONNECTED');
  });
});
