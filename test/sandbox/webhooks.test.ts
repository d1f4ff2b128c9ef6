import { expect, test } from 'vitest';
import { STATUSES } from '../../src/sandbox/model/statuses.js';
import { control, Mx, startReceiver, startSandbox, until } from './support.js';
import type { Json, Received } from './support.js';

const FIRING = ['CHALLENGED', 'DENIED', 'EXPIRED', 'IMPAIRED', 'IMPEDED', 'LOCKED', 'PREVENTED', 'REJECTED'];

async function setUp(
  receiver: Json = {},
  answer?: (nth: number) => number,
): Promise<{ mx: Mx; received: Received[]; guid: string }> {
  const sandbox = await startSandbox();
  const { url, received } = await startReceiver(answer);
  const set = await control(sandbox)('PUT', '/webhooks', { url, ...receiver });
  expect(set.status).toBe(200);
  const mx = new Mx(sandbox);
  const member = (await mx.list()).find((one) => one.connection_status === 'CONNECTED');
  return { mx, received, guid: member?.guid ?? '' };
}

const types = (received: Received[]): unknown[] => received.map(({ body }) => body['type'] ?? 'JOB');
const arrived = (received: Received[], count: number): Promise<Received[]> =>
  until(
    () => received,
    ({ length }) => length >= count,
  );

test('the Connection Status webhook is sent only for the eight statuses that a user must act on', async () => {
  const { mx, received, guid } = await setUp({ types: ['CONNECTION_STATUS'] });
  for (const status of [...STATUSES.keys(), 'SOMETHING_NEW']) {
    mx.sandbox.control.forceMember(guid, { connection_status: status });
  }
  await arrived(received, 8);
  mx.sandbox.control.forceMember(guid, { connection_status: null });
  expect(received.map(({ body }) => body['connection_status']).sort()).toEqual(FIRING);
  const denied = received.find(({ body }) => body['connection_status'] === 'DENIED');
  expect(denied?.body).toEqual({
    action: 'CHANGED',
    type: 'CONNECTION_STATUS',
    connection_status: 'DENIED',
    connection_status_id: 2,
    connection_status_message: expect.stringContaining('did not accept') as string,
    member_guid: guid,
    user_guid: mx.user,
  });
  expect(mx.sandbox.control.webhooks().deliveries).toHaveLength(8);
});

test('an unchanged status sends no webhook, and a forced message is sent with the change', async () => {
  const { mx, received, guid } = await setUp({ types: ['CONNECTION_STATUS'] });
  const force = (): unknown =>
    mx.sandbox.control.forceMember(guid, { connection_status: 'LOCKED', connection_status_message: 'Mine' });
  force();
  force();
  mx.sandbox.control.forceMember(guid, { connection_status: 'IMPEDED' });
  await arrived(received, 2);
  expect(received.map(({ body }) => body['connection_status_message'])).toContain('Mine');
  expect(received).toHaveLength(2);
});

test('a new member sends all kinds of webhooks, with Unix times and increasing revisions', async () => {
  const { mx, received } = await setUp();
  const { guid } = await (await mx.createUser()).create('right');
  await until(
    () => types(received),
    (seen) => seen.includes('AGGREGATION') && seen.includes('JOB') && seen.includes('initial_data_ready'),
  );
  const members = received.map(({ body }) => body).filter(({ type }) => type === 'MEMBER');
  const created = members.find(({ action }) => action === 'created');
  expect(created).toMatchObject({ guid, connection_status: 'CREATED', connection_status_id: 0 });
  expect(Number.isInteger(created?.['created_at'])).toBe(true);
  const revisions = new Set(members.map(({ revision }) => revision));
  expect(revisions.size).toBe(members.length);
  const done = received.find(({ body }) => body['type'] === 'AGGREGATION')?.body;
  expect(done).toMatchObject({ action: 'member_data_updated', member_guid: guid, is_background: false });
  const job = received.find(({ body }) => 'job' in body)?.body['job'];
  expect(job).toMatchObject({ member_guid: guid, status_name: 'COMPLETED', is_authenticated: true });
});

test('a deletion sends a webhook', async () => {
  const { mx, received, guid } = await setUp();
  await mx.send('DELETE', mx.path(guid));
  await arrived(received, 1);
  expect(received[0]?.body).toMatchObject({ action: 'deleted', guid });
});

test('the Job webhook reports a job that is challenged, denied or prevented', async () => {
  const { mx, received } = await setUp({ types: ['JOB'] });
  const user = await mx.createUser();
  const { guid } = await user.create('challenge');
  await user.status(guid, 'CHALLENGED');
  for (const status of ['DENIED', 'DENIED', 'PREVENTED']) {
    await user.updatePassword(guid, 'INVALID');
    await user.settled(guid, status);
  }
  await arrived(received, 4);
  const names = received.map(({ body }) => (body['job'] as Json)['status_name']).sort();
  expect(names).toEqual(['CHALLENGED', 'DENIED', 'DENIED', 'PREVENTED']);
});

test.each([
  [{ username: 'mx', password: 'pass:word' }, `Basic ${Buffer.from('mx:pass:word').toString('base64')}`],
  [{ bearer: 'token' }, 'Bearer token'],
  [{}, undefined],
])('a webhook has the Authorization header for %j', async (given, expected) => {
  const { mx, received, guid } = await setUp({ ...given, types: ['CONNECTION_STATUS'] });
  mx.sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
  await arrived(received, 1);
  expect(received[0]?.headers.authorization).toBe(expected);
});

test('a webhook repeats the callback payload of its request', async () => {
  const { mx, received, guid } = await setUp();
  const payload = Buffer.from('mine').toString('base64');
  await mx.with({ 'x-callback-payload': payload }).send('PUT', mx.path(guid), { member: { metadata: 'x' } });
  await arrived(received, 1);
  expect(received[0]?.headers['x-callback-payload']).toBe(payload);
});

test('a rejected webhook is sent again unchanged until it is accepted', async () => {
  const { mx, received, guid } = await setUp(
    { types: ['CONNECTION_STATUS'] },
    (nth) => [500, 429, 302, 204][nth - 1] ?? 204,
  );
  mx.sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
  const [delivery] = await until(
    () => mx.sandbox.control.webhooks().deliveries,
    ([one]) => one?.state === 'delivered',
  );
  expect(delivery?.attempts).toEqual([500, 429, 302, 204]);
  expect(new Set(received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('a webhook fails after twelve retries, and an unreachable receiver has no other effect', async () => {
  const sandbox = await startSandbox({ settings: { webhookRetryMs: 0 } });
  sandbox.control.setWebhooks({ url: 'http://127.0.0.1:1/nobody', types: ['CONNECTION_STATUS'] });
  const mx = new Mx(sandbox);
  const [member] = await mx.list();
  sandbox.control.forceMember(member?.guid ?? '', { connection_status: 'DENIED' });
  const [delivery] = await until(
    () => sandbox.control.webhooks().deliveries,
    ([one]) => one?.state === 'failed',
  );
  expect(delivery?.attempts).toHaveLength(13);
  expect(delivery?.attempts[0]).toContain('ECONNREFUSED');
  expect((await mx.send('GET', `/users/${mx.user}`)).status).toBe(200);
});

test('the duplicate setting repeats each event', async () => {
  const { mx, received, guid } = await setUp({ types: ['CONNECTION_STATUS'], duplicate: 2 });
  mx.sandbox.control.forceMember(guid, { connection_status: 'DENIED' });
  await arrived(received, 3);
  expect(new Set(received.map(({ body }) => JSON.stringify(body))).size).toBe(1);
});

test('the reorder setting swaps events without losing the last one', async () => {
  const { mx, guid } = await setUp({ types: ['CONNECTION_STATUS'], reorder: true });
  for (const status of ['DENIED', 'LOCKED', 'IMPEDED']) {
    mx.sandbox.control.forceMember(guid, { connection_status: status });
  }
  const deliveries = await until(
    () => mx.sandbox.control.webhooks().deliveries,
    ({ length }) => length === 3,
  );
  expect(deliveries.map(({ body }) => body['connection_status'])).toEqual(['LOCKED', 'DENIED', 'IMPEDED']);
});

test('the dropFirst setting drops the first events', async () => {
  const { mx, received, guid } = await setUp({ types: ['CONNECTION_STATUS'], dropFirst: 2 });
  for (const status of ['DENIED', 'LOCKED', 'IMPEDED']) {
    mx.sandbox.control.forceMember(guid, { connection_status: status });
  }
  await arrived(received, 1);
  expect(received.map(({ body }) => body['connection_status'])).toEqual(['IMPEDED']);
  const states = mx.sandbox.control.webhooks().deliveries.map(({ state }) => state);
  expect(states.slice(0, 2)).toEqual(['dropped', 'dropped']);
});

test('a request can skip the webhooks for its changes', async () => {
  const { mx, received, guid } = await setUp({ types: ['MEMBER'] });
  const update = (headers: Record<string, string>, query = ''): unknown =>
    mx.with(headers).send('PUT', `${mx.path(guid)}${query}`, { member: { metadata: 'quiet' } });
  await update({ 'mx-skip-webhook': 'true' });
  await update({}, '?skip_webhook=true');
  await mx.send('PUT', mx.path(guid), { member: { metadata: 'loud' } });
  await arrived(received, 1);
  expect(received.map(({ body }) => body['metadata'])).toEqual(['loud']);
});

test('an event can be sent manually, with overridden fields', async () => {
  const { mx, received, guid } = await setUp();
  const send = (body: Json): Promise<{ status: number }> =>
    control(mx.sandbox)('POST', '/webhooks/send', body);
  const overrides = { connection_status: 'LOCKED' };
  expect((await send({ memberGuid: guid, type: 'CONNECTION_STATUS', overrides })).status).toBe(202);
  await arrived(received, 1);
  expect(received[0]?.body).toMatchObject({ member_guid: guid, connection_status: 'LOCKED' });
  for (const type of ['MEMBER', 'AGGREGATION', 'JOB', 'INITIAL_DATA_READY'])
    await send({ memberGuid: guid, type });
  await arrived(received, 5);
  expect((await send({ memberGuid: 'MBR-nobody', type: 'MEMBER' })).status).toBe(404);
  expect((await send({ memberGuid: guid, type: 'GOSSIP' })).status).toBe(400);
  expect((await control(mx.sandbox)('DELETE', '/webhooks')).status).toBe(204);
  expect((await send({ memberGuid: guid, type: 'MEMBER' })).status).toBe(409);
  expect(mx.sandbox.control.webhooks()).toEqual({ receiver: null, deliveries: [] });
});

test.each([
  [{}],
  [{ url: 'nowhere' }],
  [{ url: 'ftp://a.example' }],
  [{ url: 'http://a.example', types: ['X'] }],
])('the receiver %j is rejected', async (receiver) => {
  const sandbox = await startSandbox();
  expect((await control(sandbox)('PUT', '/webhooks', receiver)).status).toBe(400);
});
