import { describe, expect, it } from 'vitest';

import { parseAccount } from '../../../src/mx/parse-account.js';

const USER = 'USR-1';
const parse = (fields: object) => parseAccount({ guid: 'ACT-1', ...fields }, USER);

describe('the last four digits', () => {
  it.each([
    ['a whole number', '4017998812345678', '5678'],
    ['a masked number', 'XXXXXX1234', '1234'],
    ['a number masked by other characters', '••••1234', '1234'],
    ['a number in groups', '12-34-56 7890', '7890'],
    ['digits that groups divide', '1234 56 78', '5678'],
    ['four digits', '0012', '0012'],
  ])('are read from %s', (_, account_number, last_four) => {
    expect(parse({ account_number })).toMatchObject({ last_four });
  });

  it.each([
    ['three digits', '123'],
    ['three digits that are not masked', 'XXXX123'],
    ['no digits', 'XXXXXXXX'],
    ['a letter at the end', '12345678A'],
    ['masked digits at the end', '1234XXXX'],
    ['digits of another script', '١٢٣٤٥٦٧٨'],
    ['an empty string', ''],
    ['a number', 12_345_678],
    ['null', null],
    ['an object', { number: '12345678' }],
  ])('are null for %s', (_, account_number) => {
    expect(parse({ account_number })).toMatchObject({ last_four: null });
  });
});

describe('a parsed account', () => {
  it.each(['4017998812345678', '12345', '12-34-56 7890', '12345678A'])(
    'contains the number %s nowhere',
    (number) => {
      const account = parse({
        account_number: number,
        name: `Gold ${number} (${number})`,
        routing_number: number,
        metadata: number,
        feed_account_number: number,
      });
      expect(JSON.stringify(account)).not.toContain(number);
    },
  );

  it.each([
    ['with other groups', '12-3456-7890', 'Gold 1234567890', 'Gold …7890'],
    ['without groups', '1234567890', 'Gold 12 3456.7890', 'Gold …7890'],
    ['without leading zeros', '0001234567', 'Gold 1234567', 'Gold …4567'],
    ['in lower case', 'DE89 3704 0044 0532', 'Giro de89370400440532', 'Giro …0532'],
    ['as a number', 1_234_567, 'Gold 1234567', 'Gold …'],
    ['masked only as a field', 'XXXXXX7890', 'Gold 1234567890', 'Gold …7890'],
    ['of a card that is masked only as a field', 'XXXX1234', 'Gold 4111 1111 1111 1234', 'Gold …1234'],
    ['only in the name', null, 'Gold 1234567890', 'Gold …7890'],
  ])('has a name without the number %s', (...[, account_number, name, shown]) => {
    expect(parse({ account_number, name })).toMatchObject({ name: shown });
    expect(parse({ account_number, nickname: name })).toMatchObject({ name: shown });
  });

  it('keeps a name with few digits, and what an end user has called an account', () => {
    for (const name of ['Loan 2024-01-31', 'Savings 401 2024', 'Room 1234567'])
      expect(parse({ account_number: '••••1234', name })).toMatchObject({ name });
    expect(parse({ is_manual: true, name: 'Lot 123456789' })).toMatchObject({ name: 'Lot 123456789' });
  });

  it('is read as fast from a number without end', () => {
    const account_number = '1'.repeat(1_000_000);
    expect(parse({ account_number, name: `Gold ${account_number}` })).toMatchObject({ name: 'Gold …1111' });
  });

  it('keeps a name that contains the four digits only', () => {
    expect(parse({ account_number: '1234', name: 'Savings 1234' })).toMatchObject({ name: 'Savings 1234' });
  });

  it('has the nickname where there is no name', () => {
    expect(parse({ nickname: 'Mine' })).toMatchObject({ name: 'Mine' });
    expect(parse({ name: 'Ours', nickname: 'Mine' })).toMatchObject({ name: 'Ours' });
  });

  it('keeps the marks of this service among the metadata, and nothing else', () => {
    const mark = `attempt-${'a'.repeat(40)}`;
    expect(parse({ metadata: mark })).toMatchObject({ attempt_id: mark });
    expect(parse({ metadata: 'born in Springfield' })).toMatchObject({ attempt_id: null });
  });

  it.each([
    ['negative', -12.34, -12.34],
    ['zero', 0, 0],
    ['a string', '12.34', null],
    ['not a number', NaN, null],
    ['infinite', Infinity, null],
    ['missing', undefined, null],
  ])('has a balance that is a number, or none: %s', (_, balance, parsed) => {
    expect(parse({ balance })).toMatchObject({ balance: parsed });
  });

  it.each([null, undefined, 'ACT-1', 1, [], {}, { guid: null }, { guid: '' }, { guid: 1 }])(
    'is null without a guid: %j',
    (row) => {
      expect(parseAccount(row, USER)).toBeNull();
    },
  );
});
