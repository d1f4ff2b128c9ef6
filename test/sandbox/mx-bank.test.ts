import { describe, expect, test } from 'vitest';
import { ANSWER_OUTCOMES, PASSWORD_OUTCOMES } from '../../src/sandbox/bank/test-credentials.js';
import { Mx, startSandbox, until } from './support.js';

/** MX's own table of passwords, said again here so that the sandbox's is checked against something. */
const PASSWORDS: [password: string, word: string, challenge?: string][] = [
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

const ANSWERS: [answer: string, word: string][] = [
  ['correct', 'CONNECTED'],
  ['challenge', 'CHALLENGED'],
  ['DISABLED', 'DENIED'],
  ['SERVER_ERROR', 'FAILED'],
  ['UNAVAILABLE', 'FAILED'],
  ['anything else', 'REJECTED'],
  ['Correct', 'REJECTED'],
];

describe.each(['mxbank', 'mxcu_credential'])('the bank %s', (bank) => {
  test.each(PASSWORDS)('makes of the password %s a member %s', async (password, word, challenge) => {
    const mx = await new Mx(await startSandbox()).createUser();
    const { guid } = await mx.create(password, bank);
    const member = await until(
      () => mx.read(guid),
      (one) => one.connection_status === word && one.is_being_aggregated === (word === 'CHALLENGED'),
    );
    expect((await mx.challenges(guid)).map(({ type }) => type)).toEqual(challenge ? [challenge] : []);
    expect(member.successfully_aggregated_at === null).toBe(word !== 'CONNECTED');
  });

  test.each(ANSWERS)('makes of the answer %s a member %s', async (answer, word) => {
    const mx = await new Mx(await startSandbox()).createUser();
    const { guid } = await mx.create('challenge', bank);
    await mx.status(guid, 'CHALLENGED');
    const first = await mx.challenges(guid);
    const resumed = await mx.answer(guid, answer);
    expect(resumed.status).toBe(202);
    expect(resumed.body['member']).toMatchObject({ connection_status: 'RESUMED', is_being_aggregated: true });
    const member = await mx.status(guid, word);
    if (word !== 'CHALLENGED') return void (await mx.settled(guid, word));
    expect(member.is_being_aggregated).toBe(true);
    expect((await mx.challenges(guid)).map((one) => one.guid)).not.toEqual(first.map((one) => one.guid));
    await mx.answer(guid, 'correct');
    await mx.settled(guid, 'CONNECTED');
  });
});

test("the sandbox's tables hold nothing that is not tested here", () => {
  const tested = PASSWORDS.filter(([password]) => PASSWORD_OUTCOMES.has(password));
  expect(tested).toHaveLength(PASSWORD_OUTCOMES.size);
  expect(ANSWERS.filter(([answer]) => ANSWER_OUTCOMES.has(answer))).toHaveLength(ANSWER_OUTCOMES.size);
});

test('a challenge with options is answered by the option’s value, label or guid', async () => {
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

test('the status carries the challenges while they can be answered, and only then', async () => {
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

test('images are real pictures', async () => {
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

test('an unanswered challenge lapses: the member is EXPIRED and its job over', async () => {
  const mx = await new Mx(await startSandbox({ settings: { challengeTtlMs: 60 } })).createUser();
  const { guid } = await mx.create('challenge');
  await mx.settled(guid, 'EXPIRED');
  expect((await mx.send('GET', mx.path(guid, 'challenges'))).status).toBe(204);
  expect((await mx.send('PUT', mx.path(guid, 'resume'), { member: { challenges: [] } })).status).toBe(405);
});

test('an answer in time keeps the challenge from lapsing', async () => {
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

test('three wrong passwords in a row prevent the member, and the right one repairs it', async () => {
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

test('a member that needs other credentials fails again however often it is aggregated, without being prevented', async () => {
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
