import { expect, test } from 'vitest';
import { authorization, call, Mx, startSandbox } from './support.js';
import type { Json } from './support.js';

test('a request without the right client id and API key is rejected', async () => {
  const sandbox = await startSandbox({ clientId: 'me', apiKey: 'secret' });
  const path = `${sandbox.url}/users`;
  const wrong = `Basic ${Buffer.from('me:guess').toString('base64')}`;
  for (const headers of [{}, { authorization: wrong }, { authorization: 'Bearer me' }]) {
    const answer = await call(path, { headers: { 'accept-version': 'v20250224', ...headers } });
    expect(answer).toMatchObject({ status: 401, body: { error: { status: 'unauthorized' } } });
  }
  expect((await new Mx(sandbox).send('GET', '/users')).status).toBe(200);
});

test('a request must name an existing version, in either header', async () => {
  const sandbox = await startSandbox();
  const status = async (headers: Record<string, string>): Promise<number> =>
    (await call(`${sandbox.url}/users`, { headers: { authorization: authorization(sandbox), ...headers } }))
      .status;
  expect(await status({})).toBe(406);
  expect(await status({ accept: 'application/json' })).toBe(406);
  expect(await status({ 'accept-version': 'v20990101' })).toBe(406);
  expect(await status({ 'accept-version': '', accept: 'application/vnd.mx.api.v1+json' })).toBe(406);
  expect(await status({ 'accept-version': 'v20111101' })).toBe(200);
  expect(await status({ 'accept-version': 'v20250224' })).toBe(200);
  expect(await status({ accept: 'application/vnd.mx.api.v1+json' })).toBe(200);
});

test('the two versions return different fields of an institution', async () => {
  const sandbox = await startSandbox();
  const read = async (version: 'v20250224' | 'v20111101'): Promise<Json> =>
    (await new Mx(sandbox, version).send('GET', '/institutions/mxbank')).body['institution'] as Json;
  const [newer, older] = [await read('v20250224'), await read('v20111101')];
  expect(newer).toHaveProperty('guid', 'INS-1572a04c-912b-59bf-5841-332c7dfafaef');
  expect(newer).not.toHaveProperty('supports_account_verification');
  expect(older).toHaveProperty('supports_account_verification', true);
  expect(older).not.toHaveProperty('guid');
  expect(older).not.toHaveProperty('supported_products');
});

test('custom ids identify users and members in the newer version only', async () => {
  const sandbox = await startSandbox();
  const mx = await new Mx(sandbox).createUser({ id: 'user 7/ä' });
  const { guid } = await mx.create('right', 'mxbank', { id: 'main' });
  const path = `/users/${encodeURIComponent('user 7/ä')}/members/main`;
  expect((await mx.send('GET', path)).body).toMatchObject({
    member: { guid, id: 'main', user_id: 'user 7/ä' },
  });
  expect((await new Mx(sandbox, 'v20111101').send('GET', path)).status).toBe(404);
});

test('an object that does not exist or belongs to another user is not found', async () => {
  const sandbox = await startSandbox();
  const mx = new Mx(sandbox);
  const [foreign] = await new Mx(sandbox, 'v20250224', sandbox.otherUserGuid).list();
  for (const path of [
    '/users/USR-nobody',
    '/users/USR-nobody/members',
    mx.path('MBR-nobody'),
    mx.path(foreign?.guid ?? ''),
    mx.path(foreign?.guid ?? '', 'status'),
    mx.path(foreign?.guid ?? '', 'challenges'),
    `/users/${mx.user}/managed_members/${(await mx.list())[0]?.guid}`,
    '/institutions/nowhere',
    '/institutions/nowhere/credentials',
    '/no/such/route',
  ]) {
    expect(await mx.send('GET', path), path).toMatchObject({
      status: 404,
      body: { error: { status: 'not_found' } },
    });
  }
});

test('a body that is invalid JSON, empty or of the wrong type is rejected in the error format of MX', async () => {
  const mx = new Mx(await startSandbox());
  const status = async (body: unknown): Promise<number> => {
    const answer = await mx.send('POST', '/users', body);
    expect(answer.body).toMatchObject({
      error: { message: expect.any(String) as string, type: expect.any(String) as string },
    });
    return answer.status;
  };
  expect(await status('{"user":')).toBe(400);
  expect(await status({})).toBe(400);
  expect(await status({ user: {} })).toBe(400);
  expect(await status({ user: { metadata: 7 } })).toBe(422);
  expect(await status({ user: { id: 'USR-mine' } })).toBe(422);
});

test('users can be filtered, updated and deleted with their members, and have unique ids', async () => {
  const sandbox = await startSandbox();
  const mx = await new Mx(sandbox).createUser({ id: 'one', email: 'one@example.com' });
  await mx.create('right');
  const found = async (query: string): Promise<unknown[]> =>
    (await mx.send('GET', `/users?${query}`)).body['users'] as unknown[];
  expect(await found('id=one')).toHaveLength(1);
  expect(await found('email=one@example.com')).toHaveLength(1);
  expect(await found('is_disabled=true')).toHaveLength(0);
  expect((await mx.send('POST', '/users', { user: { id: 'one' } })).status).toBe(409);
  expect((await mx.send('PUT', `/users/${mx.user}`, { user: { id: 'demo-user' } })).status).toBe(409);
  expect((await mx.send('PUT', `/users/${mx.user}`, {})).status).toBe(400);
  const updated = await mx.send('PUT', `/users/${mx.user}`, { user: { is_disabled: true } });
  expect(updated.body['user']).toMatchObject({ id: 'one', is_disabled: true });
  expect((await mx.send('DELETE', `/users/${mx.user}`)).status).toBe(204);
  expect((await mx.send('GET', `/users/${mx.user}/members`)).status).toBe(404);
});

test.each([
  { query: '', perPage: 25, page: 1, rows: 25 },
  { query: 'records_per_page=10', perPage: 10, page: 1, rows: 10 },
  { query: 'records_per_page=9', perPage: 25, page: 1, rows: 25 },
  { query: 'records_per_page=100', perPage: 100, page: 1, rows: 100 },
  { query: 'records_per_page=101', perPage: 25, page: 1, rows: 25 },
  { query: 'records_per_page=ten', perPage: 25, page: 1, rows: 25 },
  { query: 'records_per_page=100&page=2', perPage: 100, page: 2, rows: 37 },
  { query: 'page=999', perPage: 25, page: 999, rows: 0 },
  { query: 'page=0', perPage: 25, page: 1, rows: 25 },
])(
  'institutions?$query returns page $page with $rows rows, at $perPage per page',
  async ({ query, perPage, page, rows }) => {
    const { body } = await new Mx(await startSandbox()).send('GET', `/institutions?${query}`);
    const pagination = body['pagination'] as { total_entries: number };
    expect(pagination).toMatchObject({ current_page: page, per_page: perPage, total_entries: 137 });
    expect(pagination).toHaveProperty('total_pages', Math.ceil(137 / perPage));
    expect(body['institutions']).toHaveLength(rows);
  },
);

test('other lists allow a thousand rows per page', async () => {
  const sandbox = await startSandbox();
  sandbox.control.createUsers({ count: 60, membersPerUser: 0 });
  const mx = new Mx(sandbox);
  const rows = async (query: string): Promise<number> =>
    ((await mx.send('GET', `/users?${query}`)).body['users'] as unknown[]).length;
  expect(await rows('records_per_page=1000')).toBe(62);
  expect(await rows('records_per_page=1001')).toBe(25);
  expect(await mx.list('?records_per_page=10&page=3')).toHaveLength(3);
});

test('institutions can be found by part of the name, by country and by product', async () => {
  const sandbox = await startSandbox();
  const codes = async (query: string, version: 'v20250224' | 'v20111101' = 'v20250224'): Promise<unknown[]> =>
    (
      (await new Mx(sandbox, version).send('GET', `/institutions?${query}`)).body['institutions'] as Json[]
    ).map(({ code }) => code);
  expect(await codes('name=mx%20bank')).toEqual(['mxbank', 'mx_bank_oauth']);
  expect(await codes('iso_country_code=CA')).toEqual(['north_orchard']);
  expect(await codes('name=pantry&supported_products[]=statements')).toEqual([]);
  expect(await codes('name=pantry&supported_products=transactions')).toEqual(['plain_pantry']);
  expect(await codes('name=pantry&supports_account_verification=true', 'v20111101')).toEqual([]);
  const favorites = await new Mx(sandbox).send('GET', '/institutions/favorites');
  expect(favorites.body['institutions']).toHaveLength(5);
});

test('credentials are listed by the code or guid of an institution; OAuth institutions have none', async () => {
  const mx = new Mx(await startSandbox());
  const list = async (id: string): Promise<Json[]> =>
    (await mx.send('GET', `/institutions/${id}/credentials`)).body['credentials'] as Json[];
  const byCode = await list('mxbank');
  expect(byCode.map(({ label, field_name }) => [label, field_name])).toEqual([
    ['Username', 'LOGIN'],
    ['Password', 'PASSWORD'],
  ]);
  expect(await list('INS-1572a04c-912b-59bf-5841-332c7dfafaef')).toEqual(byCode);
  expect(await list('mx_bank_oauth')).toEqual([]);
});
