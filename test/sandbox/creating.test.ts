import { describe, expect, test } from 'vitest';
import { Mx, startSandbox } from './support.js';
import type { Answer, Json } from './support.js';

async function create(
  mx: Mx,
  code: string,
  { member, ...more }: { member?: Json; data_request?: Json } = {},
): Promise<Answer> {
  const credentials = await mx.login('right', code);
  return mx.send('POST', `/users/${mx.user}/members`, {
    member: { institution_code: code, credentials, ...member },
    ...more,
  });
}

const memberOf = ({ body }: Answer): Json => body['member'] as Json;

describe('a create', () => {
  test('with products that can be had responds with 202 and a running job', async () => {
    const mx = await new Mx(await startSandbox()).createUser();
    const answer = await create(mx, 'mxbank', { data_request: { products: ['transactions'] } });
    expect(answer.status).toBe(202);
    expect(memberOf(answer)).toMatchObject({ is_being_aggregated: true, error: null });
  });

  test('with a product that fails responds with 201, an error and no job', async () => {
    const sandbox = await startSandbox();
    sandbox.control.setSettings({ failingProducts: ['statements'] });
    const mx = await new Mx(sandbox).createUser();
    const data_request = { products: ['transactions', 'statements'] };
    const answer = await create(mx, 'mxbank', { data_request });
    expect(answer.status).toBe(201);
    expect(memberOf(answer)).toMatchObject({
      connection_status: 'CREATED',
      is_being_aggregated: false,
      aggregated_at: null,
      error: { error_code: 3002, error_message: 'Could not start statements.' },
    });
    expect((await create(mx, 'harbor_lane')).status).toBe(202);
  });

  test('with a product that the institution does not support responds with 201', async () => {
    const mx = await new Mx(await startSandbox()).createUser();
    expect((await create(mx, 'plain_pantry', { data_request: { products: ['rewards'] } })).status).toBe(201);
  });

  test('of the older version has no products', async () => {
    const mx = await new Mx(await startSandbox(), 'v20111101').createUser();
    expect((await create(mx, 'plain_pantry', { data_request: { products: ['rewards'] } })).status).toBe(202);
  });

  test('with a product that MX does not know is rejected', async () => {
    const mx = await new Mx(await startSandbox()).createUser();
    expect((await create(mx, 'mxbank', { data_request: { products: ['crypto'] } })).status).toBe(422);
  });

  test('keeps the use cases and whether background aggregation is disabled', async () => {
    const mx = await new Mx(await startSandbox()).createUser();
    const fields = { background_aggregation_is_disabled: true, use_cases: ['MONEY_MOVEMENT'] };
    expect(memberOf(await create(mx, 'mxbank', { member: fields }))).toMatchObject(fields);
  });
});

describe('an institution', () => {
  test.each([
    ['MAINTENANCE', 'MAINTENANCE', false, 'institution_maintenance_error'],
    ['UNAVAILABLE', 'UNAVAILABLE', false, 'institution_unavailable_error'],
    ['DISABLED', 'OPERATIONAL', true, 'institution_prevented_error'],
  ] as const)('that is set to %s says so and rejects members', async (...row) => {
    const [condition, status, isDisabled, type] = row;
    const sandbox = await startSandbox();
    sandbox.control.setSettings({ institutions: { mxbank: condition } });
    const mx = await new Mx(sandbox).createUser();
    const { body } = await mx.send('GET', '/institutions/mxbank');
    expect(body['institution']).toMatchObject({ status, is_disabled_by_client: isDisabled });
    expect(await create(mx, 'mxbank')).toMatchObject({ status: 400, body: { error: { type } } });
    sandbox.control.reset();
    const after = await mx.send('GET', '/institutions/mxbank');
    expect(after.body['institution']).toMatchObject({
      status: 'OPERATIONAL',
      is_disabled_by_client: false,
    });
  });

  test('that is degraded, or set to work again, accepts members', async () => {
    const sandbox = await startSandbox();
    sandbox.control.setSettings({ institutions: { mxbank: 'DEGRADED', closed_for_repairs: 'OPERATIONAL' } });
    const mx = await new Mx(sandbox).createUser();
    expect((await create(mx, 'mxbank')).status).toBe(202);
    expect((await create(mx, 'closed_for_repairs')).status).toBe(202);
  });

  test('that the client has disabled, or that is under maintenance, is in the list', async () => {
    const { body } = await new Mx(await startSandbox()).send('GET', '/institutions?records_per_page=100');
    const rows = body['institutions'] as Json[];
    const find = (wanted: string) => rows.find(({ code }) => code === wanted);
    expect(find('switched_off')).toMatchObject({ is_disabled_by_client: true, status: 'OPERATIONAL' });
    expect(find('closed_for_repairs')).toMatchObject({ status: 'MAINTENANCE' });
    expect(find('not_on_offer')).toMatchObject({ is_hidden: true });
  });
});
