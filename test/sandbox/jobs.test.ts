import { expect, test } from 'vitest';
import { Mx, startSandbox, until } from './support.js';
import type { Member } from './support.js';

async function connected(mx: Mx, institution = 'mxbank'): Promise<Member> {
  const { guid } = await mx.create('right', institution);
  return mx.settled(guid, 'CONNECTED');
}

/** Every distinct pair of status and job state until the job has finished. */
async function history(mx: Mx, guid: string): Promise<string[]> {
  const seen = new Set<string>();
  await until(
    async () => {
      const member = await mx.read(guid);
      seen.add(`${member.connection_status} ${member.is_being_aggregated ? 'busy' : 'idle'}`);
      return member;
    },
    (member) => !member.is_being_aggregated,
  );
  return [...seen];
}

test('a new member is CREATED, then CONNECTED while data is fetched, then CONNECTED without a job', async () => {
  const mx = await new Mx(await startSandbox({ settings: { jobMs: 500 } })).createUser();
  const member = await mx.create('right');
  expect(member).toMatchObject({ connection_status: 'CREATED', is_being_aggregated: true });
  expect(await history(mx, member.guid)).toEqual(['CREATED busy', 'CONNECTED busy', 'CONNECTED idle']);
});

test('a failure shows in the status before its job has finished', async () => {
  const mx = await new Mx(await startSandbox({ settings: { jobMs: 1200 } })).createUser();
  const { guid } = await mx.create('INVALID');
  expect(await history(mx, guid)).toEqual(['CREATED busy', 'DENIED busy', 'DENIED idle']);
});

test('a start updates aggregated_at, a success updates successfully_aggregated_at', async () => {
  let clock = Date.parse('2025-06-01T00:00:00Z');
  const mx = await new Mx(await startSandbox({ now: () => clock })).createUser();
  const before = await connected(mx);
  clock += 60_000;
  mx.sandbox.control.setSettings({ jobMs: 60_000 });
  await mx.send('POST', mx.path(before.guid, 'aggregate'));
  const during = await mx.read(before.guid);
  expect(during).toMatchObject({ connection_status: 'CONNECTED', is_being_aggregated: true });
  expect(during.aggregated_at).toBe('2025-06-01T00:01:00.000Z');
  expect(during.successfully_aggregated_at).toBe('2025-06-01T00:00:00.000Z');
  mx.sandbox.control.finishJob(before.guid);
  expect((await mx.read(before.guid)).successfully_aggregated_at).toBe('2025-06-01T00:01:00.000Z');
});

test('the status reports what was processed, and is reset by each job', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await connected(mx);
  const status = async (): Promise<unknown> => (await mx.send('GET', mx.path(guid, 'status'))).body['member'];
  expect(await status()).toMatchObject({ is_authenticated: true, has_processed_transactions: true });
  mx.sandbox.control.setSettings({ jobMs: 60_000 });
  await mx.send('POST', mx.path(guid, 'aggregate'));
  expect(await status()).toMatchObject({ is_authenticated: false, has_processed_transactions: false });
});

test('a second request for a running job is accepted and changes nothing', async () => {
  const sandbox = await startSandbox({ settings: { jobMs: 60_000 } });
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('right');
  const before = await mx.read(guid);
  expect((await mx.send('POST', mx.path(guid, 'aggregate'))).status).toBe(202);
  expect(await mx.read(guid)).toEqual(before);
});

test('a job of another type is rejected while one runs', async () => {
  const mx = await new Mx(await startSandbox({ settings: { jobMs: 60_000 } })).createUser();
  const { guid } = await mx.create('right');
  for (const job of ['verify', 'identify', 'check_balance']) {
    const answer = await mx.send('POST', mx.path(guid, job));
    expect(answer).toMatchObject({ status: 409, body: { error: { status: 'conflict' } } });
  }
});

test('a verification returns 200 when it starts and 202 when it is already running', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await connected(mx);
  mx.sandbox.control.setSettings({ jobMs: 60_000 });
  expect((await mx.send('POST', mx.path(guid, 'verify'))).status).toBe(200);
  expect((await mx.send('POST', mx.path(guid, 'verify'))).status).toBe(202);
  expect((await mx.send('POST', mx.path(guid, 'aggregate'))).status).toBe(409);
});

test('a premium job is rejected if the institution does not offer it', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await connected(mx, 'plain_pantry');
  expect((await mx.send('POST', mx.path(guid, 'verify'))).status).toBe(400);
});

test('an aggregation within three hours of a success is accepted but not started', async () => {
  let clock = Date.parse('2025-06-01T00:00:00Z');
  const mx = await new Mx(await startSandbox({ now: () => clock })).createUser();
  const member = await connected(mx, 'harbor_lane');
  clock += 3 * 3_600_000 - 1;
  const throttled = await mx.send('POST', mx.path(member.guid, 'aggregate'));
  expect(throttled.status).toBe(202);
  expect(throttled.body['member']).toEqual(member);
  expect((await mx.send('POST', mx.path(member.guid, 'verify'))).status).toBe(200);
  await mx.settled(member.guid, 'CONNECTED');
  clock += 1;
  const started = await mx.send('POST', mx.path(member.guid, 'aggregate'));
  expect(started.body['member']).toMatchObject({ is_being_aggregated: true });
});

test('a member of MX Bank can be aggregated without a limit', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await connected(mx);
  const again = await mx.send('POST', mx.path(guid, 'aggregate'));
  expect(again.body['member']).toMatchObject({ is_being_aggregated: true });
});

test('new credentials replace the running job and are never throttled', async () => {
  const mx = await new Mx(await startSandbox({ settings: { jobMs: 60_000 } })).createUser();
  const { guid } = await mx.create('right', 'harbor_lane');
  const { body } = await mx.updatePassword(guid, 'other', 'harbor_lane');
  expect(body['member']).toMatchObject({ connection_status: 'UPDATED', is_being_aggregated: true });
});

test.each(['DISCONTINUED', 'CLOSED', 'DISABLED', 'PENDING'])(
  'a %s member is not aggregated',
  async (status) => {
    const sandbox = await startSandbox();
    const mx = new Mx(sandbox);
    const member = (await mx.list()).find((one) => one.connection_status === status);
    const answer = await mx.send('POST', mx.path(member?.guid ?? '', 'aggregate'));
    expect(answer.status).toBe(202);
    expect(answer.body['member']).toEqual(member);
  },
);

test('a member without a connection cannot be aggregated', async () => {
  const mx = new Mx(await startSandbox());
  const manual = (await mx.list()).find((one) => one.connection_status === null);
  expect(manual).toMatchObject({ is_manual: true, connection_status_message: null });
  expect((await mx.send('POST', mx.path(manual?.guid ?? '', 'aggregate'))).status).toBe(405);
  expect((await mx.send('GET', mx.path(manual?.guid ?? '', 'credentials'))).body).toMatchObject({
    credentials: [],
  });
});

test('answers are rejected if the member is not challenged or a challenge is unknown or unanswered', async () => {
  // A job that ends only when it is told to.
  const sandbox = await startSandbox({ settings: { jobMs: 60_000 } });
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('challenge');
  const resume = async (challenges: unknown): Promise<number> =>
    (await mx.send('PUT', mx.path(guid, 'resume'), { member: { challenges } })).status;
  expect(await resume([])).toBe(405);
  sandbox.control.finishJob(guid);
  expect(await mx.read(guid)).toMatchObject({ connection_status: 'CHALLENGED' });
  sandbox.control.forceMember(guid, { challenges: 'SEVERAL' });
  const [first, second] = await mx.challenges(guid);
  const right = [first, second].map((one) => ({ guid: one?.guid, value: 'correct' }));
  expect(await resume([])).toBe(400);
  expect(await resume(right.slice(1))).toBe(400);
  expect(await resume([...right, { guid: 'CRD-unknown', value: 'correct' }])).toBe(400);
  expect(await resume([{ guid: first?.guid, value: 7 }])).toBe(422);
  expect((await mx.send('PUT', mx.path(guid, 'resume'), {})).status).toBe(400);
  expect(await mx.read(guid)).toMatchObject({ connection_status: 'CHALLENGED' });
  expect(await resume(right)).toBe(202);
  expect(await resume(right)).toBe(405);
  sandbox.control.finishJob(guid);
  await mx.settled(guid, 'CONNECTED');
});

test('one wrong answer of several rejects the member', async () => {
  const sandbox = await startSandbox();
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('challenge');
  await mx.status(guid, 'CHALLENGED');
  sandbox.control.forceMember(guid, { challenges: 'SEVERAL' });
  const [first, second] = await mx.challenges(guid);
  const challenges = [
    { guid: first?.guid, value: 'correct' },
    { guid: second?.guid, value: 'incorrect' },
  ];
  await mx.send('PUT', mx.path(guid, 'resume'), { member: { challenges } });
  await mx.settled(guid, 'REJECTED');
});
