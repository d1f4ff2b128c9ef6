import { describe, expect, it } from 'vitest';

import {
  parseChallenges,
  parseCredentials,
  parseInstitution,
  parseInstitutions,
  parseMember,
  parseMemberError,
  parseMembers,
} from '../../../src/mx/parse.js';
import { interpretMember } from '../../../src/status/status.js';

const NO_LISTS = [undefined, null, {}, 'text', 5, true, { 0: { guid: 'MBR-1' } }];
const NO_TEXTS = [undefined, null, 5, true, [], {}, ''];

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
  aggregated_at: null,
  successfully_aggregated_at: null,
  most_recent_job_guid: null,
  oauth_window_uri: null,
  error: null,
};

describe('a member', () => {
  it('with nothing but a guid reads as one that nothing is known of', () => {
    expect(parseMember({ guid: 'MBR-1' })).toEqual(BARE_MEMBER);
  });

  it('keeps what it has and passes over what nobody knows', () => {
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
      aggregated_at: '2026-01-01T00:00:00Z',
      successfully_aggregated_at: '2026-01-01T00:00:01Z',
      most_recent_job_guid: 'JOB-1',
      oauth_window_uri: 'https://mx.example/oauth',
    };
    expect(parseMember({ ...sent, brand_new_field: { deep: [1] } })).toEqual({ ...sent, error: null });
  });

  it.each(NO_TEXTS)('is passed over when its guid is %j', (guid) => {
    expect(parseMember({ guid, name: 'x' })).toBeNull();
    expect(parseMembers([{ guid }, { guid: 'MBR-1' }])).toEqual([BARE_MEMBER]);
  });

  it.each(NO_TEXTS)('reads %j in the place of a text as null', (value) => {
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

  it.each([undefined, null, 'true', 1, {}, []])(
    'reads %j in the place of true or false as its usual value',
    (value) => {
      const flags = {
        is_being_aggregated: value,
        is_manual: value,
        is_managed_by_user: value,
        is_oauth: value,
      };
      expect(parseMember({ guid: 'MBR-1', ...flags })).toEqual(BARE_MEMBER);
    },
  );

  it.each([
    [null, null],
    [undefined, null],
    ['CONNECTED', 'CONNECTED'],
    ['', ''],
    [6, '6'],
    [true, 'true'],
    [{ name: 'CONNECTED' }, '{"name":"CONNECTED"}'],
    [['CONNECTED'], '["CONNECTED"]'],
  ])('with the status %j has the word %j', (connection_status, word) => {
    expect(parseMember({ guid: 'MBR-1', connection_status })?.connection_status).toBe(word);
  });

  it.each([6, true, '', {}, []])(
    'with the status %j, which is no word of MX, is UNKNOWN and not without a status',
    (status) => {
      const member = parseMember({ guid: 'MBR-1', connection_status: status });
      expect(member && interpretMember(member).row.status).toBe('UNKNOWN');
    },
  );

  it.each(NO_LISTS)('list that comes as %j is an empty one', (value) => {
    expect(parseMembers(value)).toEqual([]);
  });

  it('list passes over rows that are none', () => {
    expect(parseMembers([null, 5, 'x', [], [{ guid: 'MBR-2' }], { guid: 'MBR-1' }])).toEqual([BARE_MEMBER]);
  });
});

describe('the error of a member', () => {
  const WHOLE = {
    error_code: '2005',
    error_type: 'MEMBER',
    error_message: 'INVALID_CREDENTIALS',
    user_message: 'No.',
    locale: 'en',
  };

  it.each([
    ['an object', { ...WHOLE }],
    ['an object with a number for its code', { ...WHOLE, error_code: 2005 }],
    ['JSON text', JSON.stringify(WHOLE)],
    ['an object with more in it', { ...WHOLE, severity: 'high' }],
  ])('is read from %s', (_, value) => {
    expect(parseMemberError(value)).toEqual(WHOLE);
  });

  it('may have a code alone', () => {
    const bare = { error_type: null, error_message: null, user_message: null, locale: null };
    expect(parseMemberError({ error_code: 0, error_type: 5 })).toEqual({ error_code: '0', ...bare });
  });

  it.each([
    null,
    undefined,
    {},
    '{}',
    '',
    'no JSON',
    '[]',
    '"text"',
    'null',
    5,
    [],
    { error_code: null },
    { error_code: {} },
  ])('is none when it comes as %j', (value) => {
    expect(parseMemberError(value)).toBeNull();
    expect(parseMember({ guid: 'MBR-1', error: value })).toEqual(BARE_MEMBER);
  });
});

describe('an institution', () => {
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
  };

  it('with nothing but a code reads as one that nothing is known of', () => {
    expect(parseInstitution({ code: 'mxbank' })).toEqual(BARE);
    expect(parseInstitution({ code: 'mxbank', name: 5, url: [], supports_oauth: 'yes' })).toEqual(BARE);
  });

  it.each(NO_TEXTS)('is passed over when its code is %j', (code) => {
    expect(parseInstitution({ code })).toBeNull();
    expect(parseInstitutions([{ code }, { code: 'mxbank' }])).toEqual([BARE]);
  });
});

describe('the fields an institution asks for', () => {
  it('come in the order to show them, those without a place last', () => {
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
  ])('with %j is a %s', (row, type) => {
    expect(parseCredentials([{ guid: 'CRD-1', ...row }])).toEqual([
      { guid: 'CRD-1', label: null, field_name: row.field_name ?? null, type, display_order: null },
    ]);
  });

  it.each(NO_LISTS)('that come as %j are none', (value) => {
    expect(parseCredentials(value)).toEqual([]);
  });
});

describe('a challenge', () => {
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
  ])('of the type %j is asked as %s', (type, asked) => {
    expect(parseChallenges([{ guid: 'CRD-1', type, label: 'Which?' }])).toEqual([
      { guid: 'CRD-1', type: asked, label: 'Which?', image_data: null, options: [] },
    ]);
  });

  it('without a guid, which could not be answered, is passed over', () => {
    expect(parseChallenges([{ label: 'Which?' }, { guid: '' }, null])).toEqual([]);
  });

  it('takes its options from either field', () => {
    const option = { guid: 'CRD-2', label: 'A', value: 'a', data_uri: 'data:image/png;base64,AA==' };
    for (const fields of [
      { options: [option] },
      { image_options: [option] },
      { options: [], image_options: [option] },
    ]) {
      expect(parseChallenges([{ guid: 'CRD-1', ...fields }])[0]?.options).toEqual([option]);
    }
  });

  it('answers with the value of an option, or what stands for it', () => {
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

  it.each(NO_LISTS)('list that comes as %j is an empty one', (value) => {
    expect(parseChallenges(value)).toEqual([]);
  });
});
