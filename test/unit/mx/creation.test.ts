import { describe, expect, it } from 'vitest';

import { toCreation } from '../../../src/mx/creation.js';
import { parseMember } from '../../../src/mx/parse.js';
import type { MxProduct } from '../../../src/mx/products.js';

const ENDPOINT = 'POST /users/:user/members';

function answered(status: number, body: Record<string, unknown>, requested: readonly MxProduct[] = []) {
  const row = { guid: 'MBR-1', ...(body['member'] as object) };
  const member = parseMember(row);
  if (!member) throw new Error('The member cannot be read.');
  const response = { status, body: { ...body, member: row }, bytes: Buffer.alloc(0) };
  return toCreation(member, response, { endpoint: ENDPOINT, requested });
}

const failuresOf = (...sent: Parameters<typeof answered>) => answered(...sent).failedProducts;

describe('toCreation', () => {
  it.each([
    [202, false, true],
    [200, false, false],
    [201, false, false],
    [200, true, true],
  ])('after %i, with is_being_aggregated %j, tells %j of the job', (status, is_being_aggregated, started) => {
    expect(answered(status, { member: { is_being_aggregated } }).isJobStarted).toBe(started);
  });

  it('knows no failed product after 200 and 202, whatever the error of the member', () => {
    const member = { error: { error_code: 3002, product: 'transactions' } };
    expect(failuresOf(200, { member }, ['transactions'])).toEqual([]);
    expect(failuresOf(202, { member }, ['transactions'])).toEqual([]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['in the member', { member: { error: { error_code: 3002, user_message: 'Later.' } } }],
    ['in the member as a string', { member: { error: '{"error_code":3002,"user_message":"Later."}' } }],
    ['beside the member', { error: { error_code: '3002', user_message: 'Later.' } }],
    ['in a list', { errors: [{ error_code: 3002, user_message: 'Later.' }, null, 5, {}] }],
  ])('reads an error %s as that of the one product that was requested', (_, body) => {
    expect(failuresOf(201, body, ['statements'])).toEqual([
      { product: 'statements', error_code: '3002', user_message: 'Later.' },
    ]);
  });

  it('knows no failed product after a 201 if none was requested and MX tells no error', () => {
    expect(failuresOf(201, { error: {} })).toEqual([]);
    expect(failuresOf(201, { error: { error_code: 3002 } })).toHaveLength(1);
  });

  it('reads the products that the errors name', () => {
    const errors = [{ product: 'rewards', type: 'not_supported' }, { products: ['statements', 'x'] }];
    expect(failuresOf(201, { errors }, ['rewards', 'statements', 'transactions'])).toEqual([
      { product: 'rewards', error_code: 'not_supported', user_message: null },
      { product: 'statements', error_code: null, user_message: null },
    ]);
  });

  it.each<[string, Record<string, unknown>]>([
    ['no error', {}],
    ['an empty error', { error: {}, member: { error: {} } }],
    ['an error that is no object', { error: 'statements', errors: 7 }],
    ['an error without a product', { error: { message: 'secret' } }],
    ['an error whose type is no name', { error: { type: 'secret value <b>' } }],
  ])('tells one failure of an unknown product after a 201 with %s', (_, body) => {
    expect(failuresOf(201, body, ['rewards', 'statements'])).toEqual([
      { product: null, error_code: null, user_message: null },
    ]);
  });
});
