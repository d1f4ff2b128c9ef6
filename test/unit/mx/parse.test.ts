import { describe, expect, it } from 'vitest';

import {
  parseChallenges,
  parseCredentials,
  parseMember,
  parseMemberError,
  parseMembers,
} from '../../../src/mx/parse.js';
import { parseInstitution } from '../../../src/mx/parse-institution.js';
import { interpretMember } from '../../../src/status/status.js';

type NamedValues = readonly (readonly [name: string, value: unknown])[];
const NOT_ARRAYS: NamedValues = [
  ['undefined', undefined],
  ['null', null],
  ['an empty object', {}],
  ['a string', 'text'],
  ['a number', 5],
  ['true', true],
  ['an array-like object', { 0: { guid: 'MBR-1' } }],
];
const NOT_STRINGS: NamedValues = [
  ['undefined', undefined],
  ['null', null],
  ['a number', 5],
  ['true', true],
  ['an array', []],
  ['an object', {}],
  ['an empty string', ''],
];

const BARE_MEMBER = {
  guid: 'MBR-1',
  id: null,
  user_guid: null,
  institution_code: null,
  name: null,
  connection_status: null,
  connection_status_message: null,
  is_being_aggregated: false,
  is_manual: false,
  is_managed_by_user: true,
  is_oauth: false,
  needs_updated_credentials: false,
  background_aggregation_is_disabled: false,
  aggregated_at: null,
  successfully_aggregated_at: null,
  most_recent_job_guid: null,
  oauth_window_uri: null,
  error: null,
};

describe('parseMember', () => {
  it('fills every other field with its default when only a guid is given', () => {
    expect(parseMember({ guid: 'MBR-1' })).toEqual(BARE_MEMBER);
  });

  it('keeps known fields and ignores unknown ones', () => {
    const sent = {
      guid: 'MBR-1',
      id: 'own-1',
      user_guid: 'USR-1',
      institution_code: 'mxbank',
      name: 'MX Bank',
      connection_status: 'DENIED',
      connection_status_message: 'No.',
      is_being_aggregated: true,
      is_manual: true,
      is_managed_by_user: false,
      is_oauth: true,
      needs_updated_credentials: true,
      background_aggregation_is_disabled: true,
      aggregated_at: '2026-01-01T00:00:00Z',
      successfully_aggregated_at: '2026-01-01T00:00:01Z',
      most_recent_job_guid: 'JOB-1',
      oauth_window_uri: 'https://mx.example/oauth',
    };
    expect(parseMember({ ...sent, brand_new_field: { deep: [1] } })).toEqual({ ...sent, error: null });
  });

  it.each(NOT_STRINGS)('skips a member whose guid is %s', (_, guid) => {
    expect(parseMember({ guid, name: 'x' })).toBeNull();
    expect(parseMembers([{ guid }, { guid: 'MBR-1' }])).toEqual([BARE_MEMBER]);
  });

  it.each(NOT_STRINGS)('reads %s in a string field as null', (_, value) => {
    const texts = {
      id: value,
      user_guid: value,
      institution_code: value,
      name: value,
      connection_status_message: value,
      aggregated_at: value,
      successfully_aggregated_at: value,
      most_recent_job_guid: value,
      oauth_window_uri: value,
    };
    expect(parseMember({ guid: 'MBR-1', ...texts })).toEqual(BARE_MEMBER);
  });

  it.each<[string, unknown]>([
    ['undefined', undefined],
    ['null', null],
    ['the string true', 'true'],
    ['a number', 1],
    ['an object', {}],
    ['an array', []],
  ])('reads %s in a boolean field as its default', (_, value) => {
    const flags = {
      is_being_aggregated: value,
      is_manual: value,
      is_managed_by_user: value,
      is_oauth: value,
      needs_updated_credentials: value,
      background_aggregation_is_disabled: value,
    };
    expect(parseMember({ guid: 'MBR-1', ...flags })).toEqual(BARE_MEMBER);
  });

  it.each([
    [null, null],
    [undefined, null],
    ['CONNECTED', 'CONNECTED'],
    ['', ''],
    [6, '6'],
    [true, 'true'],
    [{ name: 'CONNECTED' }, '{"name":"CONNECTED"}'],
    [['CONNECTED'], '["CONNECTED"]'],
  ])('reads the status %j as %j', (connection_status, status) => {
    expect(parseMember({ guid: 'MBR-1', connection_status })?.connection_status).toBe(status);
  });

  it.each<[string, unknown]>([
    ['a number', 6],
    ['true', true],
    ['an empty string', ''],
    ['an object', {}],
    ['an array', []],
  ])('returns a member that is UNKNOWN, not without a status, when its status is %s', (_, status) => {
    const member = parseMember({ guid: 'MBR-1', connection_status: status });
    expect(member && interpretMember(member).row.status).toBe('UNKNOWN');
  });
});

describe('parseMembers', () => {
  it.each(NOT_ARRAYS)('returns an empty list for %s', (_, value) => {
    expect(parseMembers(value)).toEqual([]);
  });

  it('skips rows that are not members', () => {
    expect(parseMembers([null, 5, 'x', [], [{ guid: 'MBR-2' }], { guid: 'MBR-1' }])).toEqual([BARE_MEMBER]);
  });
});

describe('parseMemberError', () => {
  const WHOLE = {
    error_code: '2005',
    error_type: 'MEMBER',
    error_message: 'INVALID_CREDENTIALS',
    user_message: 'No.',
    locale: 'en',
  };

  it.each([
    ['an object', { ...WHOLE }],
    ['an object with a numeric code', { ...WHOLE, error_code: 2005 }],
    ['a JSON string', JSON.stringify(WHOLE)],
    ['an object with an unknown field', { ...WHOLE, severity: 'high' }],
  ])('reads the error from %s', (_, value) => {
    expect(parseMemberError(value)).toEqual(WHOLE);
  });

  it('accepts an error that only has a code', () => {
    const bare = { error_type: null, error_message: null, user_message: null, locale: null };
    expect(parseMemberError({ error_code: 0, error_type: 5 })).toEqual({ error_code: '0', ...bare });
  });

  it.each<[string, unknown]>([
    ['null', null],
    ['undefined', undefined],
    ['an empty object', {}],
    ['an empty JSON object', '{}'],
    ['an empty string', ''],
    ['a string that is not JSON', 'no JSON'],
    ['a JSON array', '[]'],
    ['a JSON string', '"text"'],
    ['a JSON null', 'null'],
    ['a number', 5],
    ['an empty array', []],
    ['an object whose code is null', { error_code: null }],
    ['an object whose code is an object', { error_code: {} }],
    ['an object whose code is empty', { error_code: '' }],
  ])('returns null for %s', (_, value) => {
    expect(parseMemberError(value)).toBeNull();
    expect(parseMember({ guid: 'MBR-1', error: value })).toEqual(BARE_MEMBER);
  });
});

describe('parseInstitution', () => {
  const BARE = {
    code: 'mxbank',
    name: null,
    url: null,
    small_logo_url: null,
    medium_logo_url: null,
    supports_oauth: false,
    forgot_password_url: null,
    forgot_username_url: null,
    trouble_signing_in_url: null,
    supported_products: null,
    iso_country_code: null,
    instructional_text: null,
    instructional_text_steps: null,
    status: null,
    is_disabled_by_client: false,
    is_hidden: false,
  };

  it('fills every other field with its default when only a code is valid', () => {
    expect(parseInstitution({ code: 'mxbank' })).toEqual(BARE);
    expect(parseInstitution({ code: 'mxbank', name: 5, url: [], supports_oauth: 'yes' })).toEqual(BARE);
  });

  it.each(NOT_STRINGS)('skips an institution whose code is %s', (_, code) => {
    expect(parseInstitution({ code })).toBeNull();
  });
});

describe('parseCredentials', () => {
  it('sorts fields by their display order, those without one last', () => {
    const sent = [
      { guid: 'c' },
      { guid: 'b', display_order: 2 },
      { guid: 'a', display_order: 1 },
      { guid: 'd', display_order: '1' },
      { label: 'nameless' },
    ];
    expect(parseCredentials(sent).map(({ guid, display_order }) => [guid, display_order])).toEqual([
      ['a', 1],
      ['b', 2],
      ['c', null],
      ['d', null],
    ]);
  });

  it.each<[{ field_type?: unknown; type?: string; field_name?: string }, string]>([
    [{ field_type: 'PASSWORD' }, 'PASSWORD'],
    [{ type: 'PASSWORD' }, 'PASSWORD'],
    [{ field_name: 'PASSWORD' }, 'PASSWORD'],
    [{ field_type: 'TEXT', field_name: 'LOGIN' }, 'TEXT'],
    [{}, 'TEXT'],
    [{ field_type: 1 }, 'TEXT'],
  ])('reads a field with %j as %s', (row, type) => {
    expect(parseCredentials([{ guid: 'CRD-1', ...row }])).toEqual([
      { guid: 'CRD-1', label: null, field_name: row.field_name ?? null, type, display_order: null },
    ]);
  });

  it.each(NOT_ARRAYS)('returns an empty list for %s', (_, value) => {
    expect(parseCredentials(value)).toEqual([]);
  });
});

describe('parseChallenges', () => {
  it.each([
    ['TEXT', 'TEXT'],
    ['OPTIONS', 'OPTIONS'],
    ['TOKEN', 'TOKEN'],
    ['IMAGE', 'IMAGE_DATA'],
    ['IMAGE_DATA', 'IMAGE_DATA'],
    ['IMAGE_OPTIONS', 'IMAGE_OPTIONS'],
    [0, 'TEXT'],
    [2, 'OPTIONS'],
    [12, 'TOKEN'],
    [13, 'IMAGE_DATA'],
    [14, 'IMAGE_OPTIONS'],
    ['HOLOGRAM', 'TEXT'],
    [99, 'TEXT'],
    [null, 'TEXT'],
    ['0', 'TEXT'],
    ['__proto__', 'TEXT'],
  ])('reads the type %j as %s', (type, expected) => {
    expect(parseChallenges([{ guid: 'CRD-1', type, label: 'Which?' }])).toEqual([
      { guid: 'CRD-1', type: expected, label: 'Which?', image_data: null, options: [] },
    ]);
  });

  it('skips a challenge without a guid, which could not be answered', () => {
    expect(parseChallenges([{ label: 'Which?' }, { guid: '' }, null])).toEqual([]);
  });

  it('reads options from either field', () => {
    const option = { guid: 'CRD-2', label: 'A', value: 'a', data_uri: 'data:image/png;base64,AA==' };
    for (const fields of [
      { options: [option] },
      { image_options: [option] },
      { options: [], image_options: [option] },
    ]) {
      expect(parseChallenges([{ guid: 'CRD-1', ...fields }])[0]?.options).toEqual([option]);
    }
  });

  it('uses the value of an option, or else its label or guid', () => {
    const options = [
      { value: 'v', label: 'l', guid: 'g' },
      { label: 'l', guid: 'g' },
      { guid: 'g' },
      {},
      null,
    ];
    const parsed = parseChallenges([{ guid: 'CRD-1', options }])[0]?.options;
    expect(parsed?.map(({ value }) => value)).toEqual(['v', 'l', 'g']);
  });

  it.each(NOT_ARRAYS)('returns an empty list for %s', (_, value) => {
    expect(parseChallenges(value)).toEqual([]);
  });
});
