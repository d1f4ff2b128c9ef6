import { describe, expect, test } from 'vitest';
import { ANSWER_OUTCOMES, PASSWORD_OUTCOMES } from '../../src/sandbox/bank/test-credentials.js';
import { Mx, startSandbox, until } from './support.js';

/** MX's own table of passwords, repeated here to check the sandbox against. */
const PASSWORDS: [password: string, status: string, challenge?: string][] = [
  ['anything', 'CONNECTED'],
  ['Challenge', 'CONNECTED'],
  ['challenge', 'CHALLENGED', 'TEXT'],
  ['options', 'CHALLENGED', 'OPTIONS'],
  ['image', 'CHALLENGED', 'IMAGE_DATA'],
  ['BAD_REQUEST', 'FAILED'],
  ['UNAUTHORIZED', 'DENIED'],
  ['INVALID', 'DENIED'],
  ['invalid', 'CONNECTED'],
  ['LOCKED', 'LOCKED'],
  ['DISABLED', 'DENIED'],
  ['SERVER_ERROR', 'FAILED'],
  ['UNAVAILABLE', 'FAILED'],
];

const ANSWERS: [answer: string, status: string][] = [
  ['correct', 'CONNECTED'],
  ['challenge', 'CHALLENGED'],
  ['DISABLED', 'DENIED'],
  ['SERVER_ERROR', 'FAILED'],
  ['UNAVAILABLE', 'FAILED'],
  ['anything else', 'REJECTED'],
  ['Correct', 'REJECTED'],
];

describe.each(['mxbank', 'mxcu_credential'])('the bank %s', (bank) => {
  test.each(PASSWORDS)('answers the password %j with the status %s', async (password, status, challenge) => {
    const mx = await new Mx(await startSandbox()).createUser();
    const { guid } = await mx.create(password, bank);
    const member = await until(
      () => mx.read(guid),
      (one) => one.connection_status === status && one.is_being_aggregated === (status === 'CHALLENGED'),
    );
    expect((await mx.challenges(guid)).map(({ type }) => type)).toEqual(challenge ? [challenge] : []);
    expect(member.successfully_aggregated_at === null).toBe(status !== 'CONNECTED');
  });

  test.each(ANSWERS)('answers the challenge answer %j with the status %s', async (answer, status) => {
    const mx = await new Mx(await startSandbox()).createUser();
    const { guid } = await mx.create('challenge', bank);
    await mx.status(guid, 'CHALLENGED');
    const first = await mx.challenges(guid);
    const resumed = await mx.answer(guid, answer);
    expect(resumed.status).toBe(202);
    expect(resumed.body['member']).toMatchObject({ connection_status: 'RESUMED', is_being_aggregated: true });
    const member = await mx.status(guid, status);
    if (status !== 'CHALLENGED') return void (await mx.settled(guid, status));
    expect(member.is_being_aggregated).toBe(true);
    expect((await mx.challenges(guid)).map((one) => one.guid)).not.toEqual(first.map((one) => one.guid));
    await mx.answer(guid, 'correct');
    await mx.settled(guid, 'CONNECTED');
  });
});

test('every password and answer in the tables of the sandbox is tested here', () => {
  const tested = PASSWORDS.filter(([password]) => PASSWORD_OUTCOMES.has(password));
  expect(tested).toHaveLength(PASSWORD_OUTCOMES.size);
  expect(ANSWERS.filter(([answer]) => ANSWER_OUTCOMES.has(answer))).toHaveLength(ANSWER_OUTCOMES.size);
});

test('a challenge with options accepts the value, label or guid of an option', async () => {
  const sandbox = await startSandbox();
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('options');
  for (const key of ['value', 'label', 'guid'] as const) {
    sandbox.control.forceMember(guid, { challenges: 'OPTIONS' });
    const [challenge] = await mx.challenges(guid);
    await mx.answer(guid, challenge?.options?.find(({ value }) => value === 'correct')?.[key] ?? '');
    await mx.settled(guid, 'CONNECTED');
  }
});

test('the status contains the challenges only while they can be answered', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('challenge');
  await mx.status(guid, 'CHALLENGED');
  const status = async (): Promise<unknown> => (await mx.send('GET', mx.path(guid, 'status'))).body['member'];
  expect(await status()).toMatchObject({
    challenges: [{ type: 'TEXT', label: 'What city were you born in?' }],
  });
  await mx.answer(guid, 'correct');
  expect(await status()).not.toHaveProperty('challenges');
});

test('image challenges contain PNG images', async () => {
  const sandbox = await startSandbox();
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('image');
  await mx.status(guid, 'CHALLENGED');
  const [shown] = await mx.challenges(guid);
  expect(
    Buffer.from(shown?.image_data ?? '', 'base64')
      .subarray(1, 4)
      .toString(),
  ).toBe('PNG');
  sandbox.control.forceMember(guid, { challenges: 'IMAGE_OPTIONS' });
  const [choice] = await mx.challenges(guid);
  expect(choice?.image_options?.map(({ data_uri }) => data_uri.slice(0, 22))).toEqual([
    'data:image/png;base64,',
    'data:image/png;base64,',
  ]);
});

test('an unanswered challenge expires, which makes the member EXPIRED and ends its job', async () => {
  const mx = await new Mx(await startSandbox({ settings: { challengeTtlMs: 60 } })).createUser();
  const { guid } = await mx.create('challenge');
  await mx.settled(guid, 'EXPIRED');
  expect((await mx.send('GET', mx.path(guid, 'challenges'))).status).toBe(204);
  expect((await mx.send('PUT', mx.path(guid, 'resume'), { member: { challenges: [] } })).status).toBe(405);
});

test('an answer in time prevents the challenge from expiring', async () => {
  const sandbox = await startSandbox({ settings: { challengeTtlMs: 400 } });
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('challenge');
  await mx.status(guid, 'CHALLENGED');
  sandbox.control.setSettings({ jobMs: 1500 });
  await mx.answer(guid, 'correct');
  const seen: (string | null)[] = [];
  await until(
    async () => {
      const member = await mx.read(guid);
      seen.push(member.connection_status);
      return member;
    },
    (member) => !member.is_being_aggregated,
  );
  expect(new Set(seen)).toEqual(new Set(['RESUMED', 'CONNECTED']));
});

test('three wrong passwords in a row make a member PREVENTED, and the right one repairs it', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('INVALID');
  await mx.settled(guid, 'DENIED');
  await mx.updatePassword(guid, 'UNAUTHORIZED');
  expect(await mx.settled(guid, 'DENIED')).toMatchObject({ needs_updated_credentials: true });
  await mx.updatePassword(guid, 'DISABLED');
  await mx.settled(guid, 'PREVENTED');
  await mx.updatePassword(guid, 'INVALID');
  await mx.settled(guid, 'PREVENTED');
  await mx.updatePassword(guid, 'right');
  expect(await mx.settled(guid, 'CONNECTED')).toMatchObject({ needs_updated_credentials: false });
  await mx.updatePassword(guid, 'INVALID');
  await mx.settled(guid, 'DENIED');
});

test('a DENIED member stays DENIED however often it is aggregated, and is never PREVENTED', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('INVALID');
  await mx.settled(guid, 'DENIED');
  for (let round = 0; round < 3; round += 1) {
    const answer = await mx.send('POST', mx.path(guid, 'aggregate'));
    expect(answer.status).toBe(202);
    expect(answer.body['member']).toMatchObject({ connection_status: 'DENIED', is_being_aggregated: true });
    await mx.settled(guid, 'DENIED');
  }
});
