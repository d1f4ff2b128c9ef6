import { describe, expect, it } from 'vitest';

import { readSettings } from '../../../src/config/config.js';
import { AUTH, errorsOf, MX, namesOf } from './settings.js';

const REAL = { ...MX, ...AUTH };
const INTEGERS = [
  'PORT',
  'METRICS_PORT',
  'SANDBOX_PORT',
  'FRESHNESS_MS',
  'OPERATIONS_PER_MINUTE',
  'WATCH_READS_PER_SECOND',
];
/** Settings that are taken as they are. */
const STRINGS = {
  MX_CLIENT_ID: MX,
  MX_API_KEY: MX,
  AUTH_ISSUER: AUTH,
  AUTH_AUDIENCE: AUTH,
  AUTH_USER_CLAIM: AUTH,
  AUTH_SUPPORT_SCOPE: AUTH,
  WEBHOOK_USERNAME: { WEBHOOK_PASSWORD: 'p' },
  WEBHOOK_PASSWORD: { WEBHOOK_USERNAME: 'u' },
  WEBHOOK_PASSWORD_PREVIOUS: { WEBHOOK_USERNAME: 'u', WEBHOOK_PASSWORD: 'p' },
  WEBHOOK_BEARER: {},
  WEBHOOK_BEARER_PREVIOUS: { WEBHOOK_BEARER: 'b' },
  LOG_SALT: {},
  TRUSTED_DOCUMENTS: {},
  MESSAGES_DIR: {},
} as const;
const WITHOUT_EFFECT_ON_MX = { ...AUTH, ...MX };

describe('numbers', () => {
  it.each(INTEGERS)('of %s are decimal integers', (name) => {
    const wrong = [
      '1e1',
      '0x10',
      '5s',
      '5_0',
      '-1',
      '+5',
      'NaN',
      'Infinity',
      ' 5',
      '5 ',
      '5\n',
      '5,0',
      '5.0',
    ];
    for (const value of [...wrong, '"5"', '٥', '9'.repeat(400)]) {
      expect(namesOf({ [name]: value }), value).toEqual([name]);
    }
  });

  it('may have leading zeros', () => {
    expect(readSettings({ FRESHNESS_MS: '08' }).freshnessMs).toBe(8);
  });
});

describe('flags', () => {
  it.each(['INTROSPECTION', 'FEDERATION'])('of %s are true or false', (name) => {
    for (const value of ['TRUE', 'yes', '1', ' 1 ', 'true ', 'on', '"true"', 'false\n']) {
      expect(errorsOf({ [name]: value }), value).toEqual([`${name}: must be true or false`]);
    }
  });
});

describe('strings', () => {
  it.each(Object.entries(STRINGS))(
    'of %s are refused with what a file or a shell has added',
    (name, others) => {
      const env = { ...(name.startsWith('MX_') ? WITHOUT_EFFECT_ON_MX : {}), ...others };
      const value = 'hunter2-0123456789';
      expect(() => readSettings({ ...env, [name]: value })).not.toThrow();
      const wrong = [
        `${value}\n`,
        `${value}\r\n`,
        ` ${value}`,
        `${value} `,
        `\t${value}`,
        `"${value}"`,
        `'${value}'`,
      ];
      for (const one of [
        ...wrong,
        `\uFEFF${value}`,
        `${value}\u00A0`,
        `${value}\u200B`,
        'hunter2-01\n23456789',
        ' ',
        '\n',
      ]) {
        expect(namesOf({ ...env, [name]: one }), JSON.stringify(one)).toEqual([name]);
      }
    },
  );

  it('that can never match are refused', () => {
    expect(namesOf({ ...REAL, MX_CLIENT_ID: 'hunter2:x' })).toEqual(['MX_CLIENT_ID']);
    expect(namesOf({ WEBHOOK_USERNAME: 'hunter2:x', WEBHOOK_PASSWORD: 'p' })).toEqual(['WEBHOOK_USERNAME']);
    expect(namesOf({ ...AUTH, AUTH_SUPPORT_SCOPE: 'mx:support mx:other' })).toEqual(['AUTH_SUPPORT_SCOPE']);
    expect(namesOf({ WEBHOOK_BEARER: 'hunter2 hunter2' })).toEqual(['WEBHOOK_BEARER']);
    expect(namesOf({ WEBHOOK_BEARER: 'hünter2' })).toEqual(['WEBHOOK_BEARER']);
  });

  it('that name an old secret are refused without the new one', () => {
    expect(namesOf({ WEBHOOK_PASSWORD_PREVIOUS: 'hunter2' })).toEqual(['WEBHOOK_PASSWORD']);
    expect(namesOf({ WEBHOOK_BEARER_PREVIOUS: 'hunter2' })).toEqual(['WEBHOOK_BEARER']);
  });

  it('of tokens are compared as they are: an issuer may end with a slash', () => {
    const issuer = 'https://tenant.auth.example/';
    expect(readSettings({ ...AUTH, AUTH_ISSUER: issuer }).auth).toMatchObject({ issuer });
  });
});

describe('URLs', () => {
  it.each([
    ['HTTPS://INT-API.MX.Example/', 'https://int-api.mx.example'],
    ['https://int-api.mx.example:443', 'https://int-api.mx.example'],
    ['https://proxy.example/mx/', 'https://proxy.example/mx'],
    ['https://proxy.example/mx//', 'https://proxy.example/mx'],
    ['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
    ['http://mx.svc.cluster.local.:8080', 'http://mx.svc.cluster.local.:8080'],
  ])('of MX such as %s are taken in their normal form', (given, baseUrl) => {
    expect(readSettings({ ...REAL, MX_BASE_URL: given }).mx).toMatchObject({ baseUrl });
  });

  const MALFORMED = [
    'mx.example',
    'https:mx.example',
    'https:/mx.example',
    'https:///mx.example',
    'https:\\\\mx.example',
    'ftp://mx.example',
    'https://user:hunter2@mx.example',
    'https://hunter2@mx.example',
    ' https://mx.example',
    'https://mx.example\n',
    'https://mx .example',
    '"https://mx.example"',
    'https://mx.example:99999',
    'https://a;script-src *.example',
    'https://a;b.example/x.js',
    'https://a,b.example/x.js',
    'https://*.example/x.js',
  ];
  it.each([
    ['MX_BASE_URL', REAL, ['https://mx.example?a=1', 'https://mx.example/?', 'https://mx.example#a']],
    ['AUTH_JWKS_URL', AUTH, ['https://mx.example/keys#a']],
    ['PAGE_SCRIPT_URL', {}, ['https://mx.example/a.js#a']],
    [
      'SUPPORT_URL',
      {},
      ['javascript:alert(1)', 'mailto:', 'mailto:nobody', 'tel:', 'tel:+1 555', 'mailto:a@b.example\n'],
    ],
  ])('of %s are refused by name if they cannot be used', (name, others, more) => {
    for (const value of [...MALFORMED, ...more]) {
      expect(namesOf({ ...others, [name]: value }), value).toEqual([name]);
    }
  });

  it.each([
    ['https://help.example', 'https://help.example/'],
    ['HTTPS://Help.Example/Path?a=1#Top', 'https://help.example/Path?a=1#Top'],
    ['MAILTO:Help@example.com', 'mailto:Help@example.com'],
    ['tel:+1-555-0100', 'tel:+1-555-0100'],
  ])('of support such as %s are taken', (given, supportUrl) => {
    expect(readSettings({ SUPPORT_URL: given }).page).toMatchObject({ supportUrl });
  });

  it('of keys may have a query', () => {
    const url = 'https://issuer.example/keys?p=policy';
    expect(readSettings({ ...AUTH, AUTH_JWKS_URL: url }).auth).toMatchObject({ jwksUrl: url });
  });
});

describe('REDIS_URL', () => {
  it.each([
    'redis://cache',
    'redis://user:hunter2@cache:6379/0',
    'rediss://:hunter2@[::1]:7000?db=4',
    'redis+sentinel://user:hunter2@s1:26379,s2:26379,s3:26379/mymaster?db=2&sentinelPassword=x',
    'rediss+cluster://user:hunter2@n1:6379,n2:6379,n3:6379',
  ])('takes the documented form %s', (url) => {
    expect(readSettings({ REDIS_URL: url }).redisUrl).toBe(url);
  });

  it.each([
    'cache:6379',
    'http://cache',
    'redis://',
    'redis:cache',
    'redis://:hunter2@cache:port',
    'redis://:hunter2@cache:70000',
    'redis://:hunter2%@cache',
    'redis://:hunter2@cache/first',
    'redis://:hunter2@one,two',
    'redis://:hunter2@cache ',
    ' redis://:hunter2@cache',
    'redis://:hunter2@cache\n',
    '"redis://:hunter2@cache"',
    'redis://:hunter2@cache#0',
    'redis://cache?password=hunter2',
    'redis://cache?tls=true',
    'redis://cache/1?db=2',
    'redis+cluster://one,two/3',
    'redis+sentinel://:hunter2@one',
    'redis+cluster://:hunter2@one?db=1',
  ])('refuses %j by name', (url) => {
    expect(namesOf({ REDIS_URL: url })).toEqual(['REDIS_URL']);
  });
});

describe('HOST', () => {
  it.each([
    ['0.0.0.0', '0.0.0.0'],
    ['::', '::'],
    ['[::1]', '::1'],
    ['LocalHost', 'localhost'],
    ['my-host.example', 'my-host.example'],
  ])('takes %s', (given, host) => {
    expect(readSettings({ HOST: given }).host).toBe(host);
  });

  it.each([
    '*',
    'http://0.0.0.0',
    '0.0.0.0:4000',
    '256.0.0.1',
    '0',
    'a b',
    ' ::1',
    '[::1]:80',
    'host\n',
    '-',
    'a..b',
  ])('refuses %j by name', (host) => {
    expect(namesOf({ HOST: host })).toEqual(['HOST']);
  });
});

describe('ports', () => {
  it('must differ from each other, unless they are free ones', () => {
    expect(namesOf({ PORT: '5000', METRICS_PORT: '5000' })).toEqual(['METRICS_PORT']);
    expect(namesOf({ METRICS_PORT: '4000' })).toEqual(['METRICS_PORT']);
    expect(namesOf({ PORT: '5000', SANDBOX_PORT: '5000' })).toEqual(['SANDBOX_PORT']);
    expect(namesOf({ SANDBOX_PORT: '5000', METRICS_PORT: '5000' })).toEqual(['METRICS_PORT']);
    expect(readSettings({ PORT: '0', SANDBOX_PORT: '0' })).toMatchObject({ port: 0, sandboxPort: 0 });
  });
});

describe('an empty string', () => {
  it('is the same as no setting, for every setting', () => {
    const names = [...INTEGERS, ...Object.keys({ ...REAL, ...STRINGS }), 'HOST', 'LOG_LEVEL', 'CORS_ORIGINS'];
    const more = [
      'INTROSPECTION',
      'FEDERATION',
      'REDIS_URL',
      'PAGE_SCRIPT_URL',
      'SUPPORT_URL',
      'MX_API_VERSION',
    ];
    const empty = Object.fromEntries([...names, ...more].map((name) => [name, '']));
    expect(readSettings(empty)).toEqual(readSettings({}));
  });
});
