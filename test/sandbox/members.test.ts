import { expect, test } from 'vitest';
import { Mx, startSandbox } from './support.js';
import type { Answer } from './support.js';

function post(mx: Mx, member: unknown, more: object = {}): Promise<Answer> {
  return mx.send('POST', `/users/${mx.user}/members`, { member, ...more });
}

test('a created member has the given fields', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const member = await mx.create('right', 'mxbank', {
    id: 'own',
    metadata: 'm',
    use_cases: ['MONEY_MOVEMENT'],
  });
  expect(member).toMatchObject({ id: 'own', metadata: 'm', use_cases: ['MONEY_MOVEMENT'], name: 'MX Bank' });
  expect(member).toMatchObject({
    user_guid: mx.user,
    institution_code: 'mxbank',
    is_oauth: false,
    is_manual: false,
  });
  expect(await mx.list('?use_case=MONEY_MOVEMENT')).toHaveLength(1);
  expect(await mx.list('?use_case=PFM')).toHaveLength(0);
});

test('missing, unknown, empty and invalid credentials are rejected', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const [username, password] = await mx.login('right');
  const status = async (credentials: unknown, code = 'mxbank'): Promise<number> =>
    (await post(mx, { institution_code: code, credentials })).status;
  expect(await status(undefined)).toBe(400);
  expect(await status([])).toBe(400);
  expect(await status([username])).toBe(400);
  expect(await status([username, password, { guid: 'CRD-other', value: 'x' }])).toBe(400);
  expect(await status([username, { guid: password?.guid, value: '' }])).toBe(400);
  expect(await status([username, { guid: password?.guid, value: 7 }])).toBe(422);
  expect(await status('mxuser')).toBe(422);
  expect(await status([username, password], 'mx_bank_oauth')).toBe(400);
  expect(await status([username, password], 'nowhere')).toBe(404);
  expect((await post(mx, { credentials: [username, password] })).status).toBe(400);
  expect(await mx.list()).toEqual([]);
});

test('the same credentials at the same institution are rejected with 409 and the existing guid', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('right');
  const credentials = await mx.login('right');
  const duplicate = await post(mx, { institution_code: 'mxbank', credentials });
  expect(duplicate).toMatchObject({ status: 409, body: { error: { status: 'conflict' }, guid } });
  const other = await mx.create('another password');
  const updated = await mx.updatePassword(other.guid, 'right');
  expect(updated).toMatchObject({ status: 409, body: { guid } });
  await mx.create('right', 'harbor_lane');
  expect(await mx.list()).toHaveLength(3);
});

test('custom ids are unique among the members of a user', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  await mx.create('one', 'mxbank', { id: 'same' });
  const credentials = await mx.login('two');
  expect((await post(mx, { institution_code: 'mxbank', credentials, id: 'same' })).status).toBe(409);
  const second = await mx.create('two');
  const renamed = await mx.send('PUT', mx.path(second.guid), { member: { id: 'same' } });
  expect(renamed.status).toBe(409);
  expect(renamed.body).not.toHaveProperty('guid');
});

test('a user has at most 25 members', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  for (let nth = 0; nth < 25; nth += 1) await mx.create(`password ${nth}`);
  const credentials = await mx.login('one too many');
  const answer = await post(mx, { institution_code: 'mxbank', credentials });
  expect(answer).toMatchObject({ status: 405, body: { error: { status: 'method_not_allowed' } } });
});

test.each([
  ['closed_for_repairs', 'institution_maintenance_error'],
  ['out_of_reach', 'institution_unavailable_error'],
  ['not_on_offer', 'institution_prevented_error'],
  ['no_newcomers', 'institution_prevent_new_error'],
])('a member at the institution %s is rejected with %s', async (code, type) => {
  const mx = await new Mx(await startSandbox()).createUser();
  const answer = await post(mx, { institution_code: code, credentials: await mx.login('right', code) });
  expect(answer).toMatchObject({ status: 400, body: { error: { status: 'bad_request', type } } });
});

test('an institution without verification rejects only requests for verification', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const member = { institution_code: 'no_verifying', credentials: await mx.login('right', 'no_verifying') };
  const refused = await post(mx, member, { data_request: { products: ['account_verification'] } });
  const type = 'institution_prevent_verification_error';
  expect(refused).toMatchObject({ status: 400, body: { error: { type } } });
  const { guid } = await mx.create('right', 'no_verifying');
  await mx.settled(guid, 'CONNECTED');
  expect(await mx.send('POST', mx.path(guid, 'verify'))).toMatchObject({
    status: 400,
    body: { error: { type } },
  });
});

test('the older version can skip the first aggregation, the newer one cannot', async () => {
  const sandbox = await startSandbox();
  const older = await new Mx(sandbox, 'v20111101').createUser();
  const resting = await older.create('right', 'mxbank', { skip_aggregation: true });
  expect(resting).toMatchObject({ connection_status: 'CREATED', is_being_aggregated: false });
  const newer = await new Mx(sandbox).createUser();
  const busy = await newer.create('right', 'mxbank', { skip_aggregation: true });
  expect(busy).toMatchObject({ is_being_aggregated: true });
});

test('a data request for an unknown product is rejected', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const member = { institution_code: 'mxbank', credentials: await mx.login('right') };
  expect((await post(mx, member, { data_request: { products: ['crypto'] } })).status).toBe(422);
});

test('an empty update is rejected, and one without credentials starts no job', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('right');
  const before = await mx.settled(guid, 'CONNECTED');
  const put = (member?: unknown): Promise<Answer> => mx.send('PUT', mx.path(guid), member && { member });
  expect((await put()).status).toBe(400);
  expect((await put({})).status).toBe(400);
  const { status, body } = await put({ metadata: 'new', background_aggregation_is_disabled: true });
  expect(status).toBe(200);
  expect(body['member']).toEqual({ ...before, metadata: 'new', background_aggregation_is_disabled: true });
});

test('an update may contain one of several credentials, and a rejected one changes nothing', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('INVALID');
  const denied = await mx.settled(guid, 'DENIED');
  const password = (await mx.login('right'))[1];
  const put = (credentials: unknown, more: object = {}): Promise<Answer> =>
    mx.send('PUT', mx.path(guid), { member: { credentials, ...more } });
  expect((await put([{ guid: 'CRD-other', value: 'x' }], { metadata: 'lost' })).status).toBe(400);
  expect(await mx.read(guid)).toEqual(denied);
  expect((await put([password])).status).toBe(200);
  await mx.settled(guid, 'CONNECTED');
});

test('a deleted member is not found and has no job', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const { guid } = await mx.create('challenge');
  expect((await mx.send('DELETE', mx.path(guid))).status).toBe(204);
  expect((await mx.send('GET', mx.path(guid))).status).toBe(404);
  expect((await mx.send('DELETE', mx.path(guid))).status).toBe(404);
  expect(await mx.list()).toEqual([]);
});

test('a created member is not found until readAfterWriteMs has passed', async () => {
  let clock = 1_750_000_000_000;
  const sandbox = await startSandbox({ settings: { readAfterWriteMs: 400 }, now: () => clock });
  const mx = await new Mx(sandbox).createUser();
  const { guid } = await mx.create('right');
  expect((await mx.send('GET', mx.path(guid))).status).toBe(404);
  expect((await mx.send('GET', mx.path(guid, 'status'))).status).toBe(404);
  clock += 400;
  expect((await mx.send('GET', mx.path(guid))).status).toBe(200);
});

test('a managed member never has a status', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const managed = `/users/${mx.user}/managed_members`;
  const created = await mx.send('POST', managed, {
    member: { institution_code: 'shoebox_ledger', id: 'box' },
  });
  expect(created.status).toBe(202);
  const { guid } = created.body['member'] as { guid: string };
  expect(created.body['member']).toMatchObject({ connection_status: null, is_managed_by_user: false });
  expect(await mx.list()).toHaveLength(1);
  expect((await mx.send('POST', mx.path(guid, 'aggregate'))).status).toBe(405);
  expect((await mx.send('GET', `${managed}/box`)).status).toBe(404);
  expect((await mx.send('PUT', `${managed}/${guid}`, {})).status).toBe(400);
  expect((await mx.send('POST', managed, { member: { name: 'x' } })).status).toBe(400);
  const institutions = (await mx.send('GET', '/managed_institutions')).body['institutions'];
  expect(institutions).toMatchObject([{ code: 'manual_institution' }, { code: 'shoebox_ledger' }]);
});
