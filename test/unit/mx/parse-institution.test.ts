import { describe, expect, it } from 'vitest';

import { parseInstitution } from '../../../src/mx/parse-institution.js';

const parse = (fields: object) => parseInstitution({ code: 'mxbank', ...fields });

describe('parseInstitution', () => {
  it('reads the products that are known, each once, by either name of MX', () => {
    const supported_products = ['transactions', 'history', 'TRANSACTIONS', 'crypto', null, 7];
    expect(parse({ supported_products })?.supported_products).toEqual([
      'transactions',
      'transaction_history',
    ]);
    expect(parse({ supported_products: [] })?.supported_products).toEqual([]);
  });

  it.each([undefined, null, 'transactions', {}, 5])('does not know the products if they are %j', (value) => {
    expect(parse({ supported_products: value })?.supported_products).toBeNull();
  });

  it.each([
    ['MAINTENANCE', 'MAINTENANCE'],
    ['operational', 'OPERATIONAL'],
    [2, 'DEGRADED'],
    [3, 'UNAVAILABLE'],
    [4, null],
    [-1, null],
    [0.5, null],
    ['SLEEPING', null],
    [{}, null],
    [null, null],
    [undefined, null],
  ])('reads the status %j as %j', (status, read) => {
    expect(parse({ status })?.status).toBe(read);
  });

  it.each([
    ['us', 'US'],
    ['CA', 'CA'],
    ['USA', null],
    [['US'], null],
    [5, null],
  ])('reads the country %j as %j', (iso_country_code, read) => {
    expect(parse({ iso_country_code })?.iso_country_code).toBe(read);
  });

  it.each(['javascript:alert(1)', 'data:text/html,x', 'bank.example', 7, null])(
    'has no address but those of the web: %j',
    (url) => {
      const names = ['url', 'small_logo_url', 'medium_logo_url', 'trouble_signing_in_url'] as const;
      const institution = parse(Object.fromEntries(names.map((name) => [name, url])));
      expect(names.map((name) => institution?.[name])).toEqual([null, null, null, null]);
      expect(parse({ url: 'https://bank.example/' })).toMatchObject({ url: 'https://bank.example/' });
    },
  );

  it('reads the texts for end users as plain text, and texts without words as none', () => {
    const steps = ['<b>Step 1</b>', '', null, 'Step&nbsp;2', {}];
    const institution = parse({ instructional_text: '<i>Hi</i>', instructional_text_steps: steps });
    expect(institution).toMatchObject({
      instructional_text: 'Hi',
      instructional_text_steps: ['Step 1', 'Step 2'],
    });
    const empty = parse({ instructional_text: '<br>', instructional_text_steps: ['<br>'] });
    expect(empty).toMatchObject({ instructional_text: null, instructional_text_steps: null });
  });

  it.each(['true', 1, null, {}])('takes only true for true, not %j', (value) => {
    expect(parse({ is_disabled_by_client: value, is_hidden: value })).toMatchObject({
      is_disabled_by_client: false,
      is_hidden: false,
    });
  });
});
