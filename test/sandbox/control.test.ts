import { expect, test } from 'vitest';
import { CHALLENGE_KINDS } from '../../src/sandbox/model/challenges.js';
import { STATUSES } from '../../src/sandbox/model/statuses.js';
import { control, Mx, startSandbox } from './support.js';
import type { Answer, Json } from './support.js';

async function setUp(
  settings = {},
): Promise<{ mx: Mx; guid: string; put: (patch: Json) => Promise<Answer> }> {
  const sandbox = await startSandbox({ settings });
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('right');
  await mx.settled(guid, 'CONNECTED');
  return { mx, guid, put: (patch) => control(sandbox)('PUT', `/members/${guid}`, patch) };
}

test.each([...STATUSES.keys(), null, 'WORD_OF_TOMORROW'])(
  'a member can be forced to be %s',
  async (status) => {
    const { mx, guid, put } = await setUp();
    const answer = await put({ connection_status: status });
    expect(answer.status).toBe(200);
    const member = await mx.read(guid);
    expect(member).toEqual(answer.body['member']);
    expect(member).toMatchObject({ connection_status: status, is_being_aggregated: status === 'CHALLENGED' });
    expect(member['connection_status_message'] === null).toBe(status === null);
    expect((await mx.send('GET', mx.path(guid, 'challenges'))).status).toBe(
      status === 'CHALLENGED' ? 200 : 204,
    );
    expect(member.oauth_window_uri === null).toBe(status !== 'PENDING');
  },
);

test.each(CHALLENGE_KINDS)(
  'a member can be challenged with %s, with types as strings and as numbers',
  async (kind) => {
    const { mx, guid, put } = await setUp();
    await put({ connection_status: 'CHALLENGED', challenges: kind });
    const types = (await mx.challenges(guid)).map(({ type }) => type);
    expect(types).toEqual(kind === 'SEVERAL' ? ['TEXT', 'OPTIONS'] : [kind]);
    await put({ challenges: kind, integerTypes: true });
    expect((await mx.challenges(guid)).every(({ type }) => typeof type === 'number')).toBe(true);
    await mx.answer(guid, 'challenge');
    await mx.status(guid, 'CHALLENGED');
    expect((await mx.challenges(guid)).length).toBe(types.length);
    expect((await mx.challenges(guid)).every(({ type }) => typeof type === 'number')).toBe(true);
    await mx.answer(guid, 'correct');
    await mx.settled(guid, 'CONNECTED');
  },
);

test('every other field can be forced, and overrides what the status implies', async () => {
  const { put } = await setUp();
  const patch = {
    connection_status: 'DENIED',
    is_being_aggregated: true,
    connection_status_message: 'Mine',
    aggregated_at: '2024-01-01T00:00:00.000Z',
    successfully_aggregated_at: null,
    needs_updated_credentials: false,
    is_oauth: true,
    is_manual: true,
    name: 'Renamed',
    institution_code: 'harbor_lane',
    error: { error_code: 9999 },
  };
  expect((await put(patch)).body['member']).toMatchObject(patch);
  expect((await put({ is_being_aggregated: false })).body['member']).toMatchObject({
    connection_status: 'DENIED',
  });
});

test('the error is an object, a string or absent, depending on the settings', async () => {
  const { mx, guid, put } = await setUp();
  await put({ connection_status: 'DENIED' });
  expect(await mx.read(guid)).toMatchObject({ error: { error_code: 2005 } });
  mx.sandbox.control.setSettings({ errorFormat: 'string' });
  expect((await mx.read(guid))['error']).toContain('"error_code":2005');
  mx.sandbox.control.setSettings({ errorFormat: 'omit' });
  expect(await mx.read(guid)).not.toHaveProperty('error');
});

test('a challenge and a PENDING member can be made to expire at once', async () => {
  const { mx, guid, put } = await setUp();
  const post = (action: string): Promise<Answer> => control(mx.sandbox)('POST', `/members/${guid}/${action}`);
  expect((await post('expire_challenge')).status).toBe(409);
  await put({ connection_status: 'CHALLENGED' });
  expect((await post('expire_challenge')).body['member']).toMatchObject({
    connection_status: 'EXPIRED',
    is_being_aggregated: false,
  });
  expect((await post('expire_pending')).status).toBe(409);
  await put({ connection_status: 'PENDING' });
  expect((await post('expire_pending')).status).toBe(204);
  expect((await mx.send('GET', mx.path(guid))).status).toBe(404);
  expect((await post('finish_job')).status).toBe(404);
});

test('the data of a CONNECTED member can be updated in the background', async () => {
  const { mx, guid, put } = await setUp();
  const post = (body: object): Promise<Answer> =>
    control(mx.sandbox)('POST', `/members/${guid}/aggregate_in_background`, body);
  await put({ connection_status: 'CONNECTED', successfully_aggregated_at: '2026-01-02T03:04:05Z' });
  expect((await post({ created: -1 })).status).toBe(400);
  const before = Date.now();
  const { body } = await post({ created: 3 });
  expect(body['member']).toMatchObject({ connection_status: 'CONNECTED', is_being_aggregated: false });
  const { successfully_aggregated_at: at } = await mx.read(guid);
  expect(Date.parse(String(at))).toBeGreaterThanOrEqual(before - 1_000);
  await put({ is_being_aggregated: true });
  expect((await post({})).status).toBe(409);
  await put({ connection_status: 'DENIED' });
  expect((await post({})).status).toBe(409);
});

test('a running job can be finished at once, whatever its result', async () => {
  const { mx, guid } = await setUp();
  mx.sandbox.control.setSettings({ jobMs: 600_000 });
  const finish = (): Promise<Answer> => control(mx.sandbox)('POST', `/members/${guid}/finish_job`);
  expect((await finish()).status).toBe(409);
  await mx.updatePassword(guid, 'INVALID');
  expect((await finish()).body['member']).toMatchObject({
    connection_status: 'DENIED',
    is_being_aggregated: false,
  });
  await mx.updatePassword(guid, 'challenge');
  expect((await finish()).body['member']).toMatchObject({ connection_status: 'CHALLENGED' });
  expect((await finish()).status).toBe(409);
  await mx.answer(guid, 'correct');
  expect((await finish()).body['member']).toMatchObject({
    connection_status: 'CONNECTED',
    is_being_aggregated: false,
  });
});

test.each([
  [{ connection_status: 7 }],
  [{ is_being_aggregated: 'yes' }],
  [{ aggregated_at: 'yesterday' }],
  [{ challenges: 'RIDDLE' }],
  [{ challenges: 'TEXT', connection_status: 'DENIED' }],
  [{ institution_code: 'nowhere' }],
  [{ conection_status: 'DENIED' }],
  [null],
])('the patch %j is rejected with a reason and without effect', async (patch) => {
  const { mx, guid } = await setUp();
  const before = await mx.read(guid);
  const answer = await control(mx.sandbox)('PUT', `/members/${guid}`, patch);
  expect(answer).toMatchObject({
    status: 400,
    body: { error: { message: expect.stringContaining('member') as string } },
  });
  expect(await mx.read(guid)).toEqual(before);
});

test('settings can be read and changed in part, and are validated', async () => {
  const sandbox = await startSandbox();
  const changed = await control(sandbox)('PUT', '/settings', { jobMs: 7 });
  expect(changed.body).toMatchObject({ jobMs: 7, throttleMs: 10_800_000 });
  expect((await control(sandbox)('GET', '/settings')).body).toEqual(changed.body);
  for (const wrong of [{ jobMs: -1 }, { jobMs: '7' }, { speed: 1 }, []]) {
    expect((await control(sandbox)('PUT', '/settings', wrong)).status).toBe(400);
  }
  expect(() => sandbox.control.setSettings({ jobMs: -1 })).toThrow('settings.jobMs');
});

test('users and members can be created in bulk, without running jobs', async () => {
  const sandbox = await startSandbox();
  const answer = await control(sandbox)('POST', '/users', { count: 3, membersPerUser: 25 });
  const users = answer.body['users'] as { guid: string; members: string[] }[];
  expect(users.map(({ members }) => members.length)).toEqual([25, 25, 25]);
  const members = await new Mx(sandbox, 'v20250224', users[2]?.guid ?? '').list();
  expect(new Set(members.map((one) => `${one.connection_status} ${one.is_being_aggregated}`))).toEqual(
    new Set(['CONNECTED false']),
  );
  expect((await control(sandbox)('POST', '/users', { count: 0 })).status).toBe(400);
  expect((await control(sandbox)('POST', '/users', { count: 1, membersPerUser: 26 })).status).toBe(400);
  const overview = (await control(sandbox)('GET', '')).body;
  expect(overview).toMatchObject({ total_users: 5 });
});

test('a reset restores everything and ends running jobs', async () => {
  const { mx, guid, put } = await setUp({ jobMs: 30 });
  const { sandbox } = mx;
  const demo = new Mx(sandbox);
  const before = (await demo.list()).map((one) => [one.guid, one.connection_status]);
  sandbox.control.setSettings({ jobMs: 5 });
  await put({ connection_status: 'CHALLENGED' });
  sandbox.control.forceMember(String(before[0]?.[0]), { connection_status: 'LOCKED' });
  await demo.send('DELETE', demo.path(String(before[1]?.[0])));
  sandbox.control.setFaults([{ kind: 'status', status: 500 }]);
  sandbox.control.setWebhooks({ url: 'http://127.0.0.1:1' });
  expect((await control(sandbox)('POST', '/reset')).status).toBe(200);
  expect((await demo.list()).map((one) => [one.guid, one.connection_status])).toEqual(before);
  expect((await mx.send('GET', mx.path(guid))).status).toBe(404);
  expect(sandbox.control.settings().jobMs).toBe(30);
  expect(sandbox.control.faults()).toEqual([]);
  expect(sandbox.control.webhooks().receiver).toBeNull();
});
