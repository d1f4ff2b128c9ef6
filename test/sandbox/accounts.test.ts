import { expect, test } from 'vitest';
import { Mx, startSandbox, until } from './support.js';
import type { Answer, Json } from './support.js';

async function accounts(mx: Mx, query = ''): Promise<Json[]> {
  return (await mx.send('GET', `/users/${mx.user}/accounts${query}`)).body['accounts'] as Json[];
}

const create = (mx: Mx, account: unknown): Promise<Answer> =>
  mx.send('POST', `/users/${mx.user}/accounts`, { account });

test('a member has accounts once its job has received them, and the same ones after the next job', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const asked = await mx.create('challenge');
  await mx.status(asked.guid, 'CHALLENGED');
  expect(await accounts(mx)).toEqual([]);
  const { guid } = await mx.create('right');
  const first = await until(
    () => accounts(mx),
    (rows) => rows.length > 0,
  );
  expect(first.map(({ type, member_guid, user_guid }) => [type, member_guid, user_guid])).toEqual(
    ['CHECKING', 'SAVINGS', 'CREDIT_CARD'].map((type) => [type, guid, mx.user]),
  );
  await mx.settled(guid, 'CONNECTED');
  await mx.send('POST', mx.path(guid, 'aggregate'));
  const second = await until(
    () => accounts(mx),
    ([row]) => row?.['updated_at'] !== first[0]?.['updated_at'],
  );
  expect(second.map(({ guid: one, balance }) => [one, balance])).toEqual(
    first.map(({ guid: one, balance }) => [one, balance]),
  );
});

test('the accounts of a user are one list of pages, and those of a member a part of it', async () => {
  const mx = new Mx(await startSandbox());
  const all = await accounts(mx, '?records_per_page=1000');
  const { body } = await mx.send('GET', `/users/${mx.user}/accounts?page=2`);
  expect(body['accounts']).toEqual(all.slice(25, 50));
  expect(body['pagination']).toMatchObject({ per_page: 25, total_entries: all.length });
  const owner = all[0]?.['member_guid'] as string;
  const ofMember = (await mx.send('GET', mx.path(owner, 'accounts'))).body['accounts'];
  expect(ofMember).toEqual(all.filter(({ member_guid }) => member_guid === owner));
  expect(new Set(all.map(({ guid }) => guid)).size).toBe(all.length);
  expect(await accounts(mx, '?is_manual=true')).toMatchObject([{ type: 'CASH', is_manual: true }]);
});

test('manual accounts are created under one manual member', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const first = await create(mx, { name: 'Jar', account_type: 'CASH', balance: 12.5, metadata: 'mine' });
  const second = await create(mx, { name: 'Boat', account_type: 'PROPERTY', currency_code: 'CAD' });
  expect([first.status, second.status]).toEqual([200, 200]);
  const [member, ...others] = await mx.list();
  expect(others).toEqual([]);
  expect(member).toMatchObject({
    institution_code: 'manual_institution',
    connection_status: null,
    is_manual: true,
  });
  expect(await accounts(mx)).toMatchObject([
    { name: 'Jar', balance: 12.5, currency_code: 'USD', metadata: 'mine', member_guid: member?.guid },
    { name: 'Boat', balance: 0, currency_code: 'CAD', metadata: null, member_guid: member?.guid },
  ]);
});

test('an invalid manual account is rejected, and creates no member', async () => {
  const mx = await new Mx(await startSandbox()).createUser();
  const status = async (account: unknown): Promise<number> => (await create(mx, account)).status;
  expect(await status({})).toBe(400);
  expect(await status({ name: 'Jar' })).toBe(400);
  expect(await status({ account_type: 'CASH' })).toBe(400);
  expect(await status({ name: 'Jar', account_type: 'PIGGY_BANK' })).toBe(422);
  expect(await status({ name: 'Jar', account_type: 'CASH', balance: 'much' })).toBe(422);
  expect(await mx.list()).toEqual([]);
  const full = new Mx(
    mx.sandbox,
    'v20250224',
    mx.sandbox.control.createUsers({ count: 1, membersPerUser: 25 })[0]?.guid,
  );
  expect((await create(full, { name: 'Jar', account_type: 'CASH' })).status).toBe(405);
});
