import { describe, expect, it } from 'vitest';

import { readSettings } from '../../../src/config/config.js';
import { AUTH, errorsOf, MX, namesOf } from './settings.js';

/** Every incomplete selection of the settings, named by what it contains: not the empty one, not all of them. */
function incomplete(group: Record<string, string>): [names: string, part: Record<string, string>][] {
  const entries = Object.entries(group);
  return Array.from({ length: 2 ** entries.length - 2 }, (_, at) => {
    const chosen = entries.filter((__, index) => ((at + 1) >> index) & 1);
    return [chosen.map(([name]) => name).join(', '), Object.fromEntries(chosen)];
  });
}

describe('readSettings', () => {
  it('returns the defaults for an empty environment', () => {
    expect(readSettings({})).toEqual({
      host: '127.0.0.1',
      port: 4000,
      logLevel: 'info',
      mx: null,
      products: [],
      auth: null,
      redisUrl: null,
      webhook: null,
      watchReadsPerSecond: 100,
      freshnessMs: 3_000,
      freshHours: 36,
      staleHours: 72,
      corsOrigins: [],
      introspection: true,
      operationsPerMinute: 0,
      trustedDocuments: null,
      messagesDir: null,
      page: { scriptUrl: null, supportUrl: null },
      federation: false,
      metricsPort: null,
      logSalt: null,
      sandboxPort: 0,
    });
  });

  it('reads every setting from the environment and ignores other variables', () => {
    const given = {
      ...MX,
      ...AUTH,
      PORT: '8080',
      HOST: '0.0.0.0',
      LOG_LEVEL: 'warn',
      MX_API_VERSION: 'v20250224',
      MX_PRODUCTS: 'transactions, IDENTITY_VERIFICATION,transactions',
      AUTH_SUPPORT_SCOPE: 'support',
      CORS_ORIGINS: 'https://a.example, http://localhost:3000',
      INTROSPECTION: 'true',
      OPERATIONS_PER_MINUTE: '30',
      FEDERATION: 'true',
      MESSAGES_DIR: '/etc/messages',
      PAGE_SCRIPT_URL: 'https://login.example/page.js',
      SUPPORT_URL: 'mailto:help@example.com',
      REDIS_URL: 'rediss://:secret@redis.example:6380/1',
      WEBHOOK_USERNAME: 'mx',
      WEBHOOK_PASSWORD: 'new',
      WEBHOOK_PASSWORD_PREVIOUS: 'old',
      WEBHOOK_BEARER: 'token',
      WATCH_READS_PER_SECOND: '7',
      FRESHNESS_MS: '0',
      FRESH_HOURS: '12',
      STALE_HOURS: '13',
      METRICS_PORT: '9100',
      LOG_SALT: 'sixteen-or-more!',
      SANDBOX_PORT: '4001',
      PATH: '/bin',
    };
    expect(readSettings(given)).toEqual({
      host: '0.0.0.0',
      port: 8080,
      logLevel: 'warn',
      mx: {
        baseUrl: MX.MX_BASE_URL,
        clientId: MX.MX_CLIENT_ID,
        apiKey: MX.MX_API_KEY,
        apiVersion: 'v20250224',
      },
      products: ['transactions', 'identity_verification'],
      auth: {
        kind: 'jwt',
        jwksUrl: AUTH.AUTH_JWKS_URL,
        issuer: AUTH.AUTH_ISSUER,
        audience: AUTH.AUTH_AUDIENCE,
        userClaim: AUTH.AUTH_USER_CLAIM,
        supportScope: 'support',
      },
      redisUrl: 'rediss://:secret@redis.example:6380/1',
      webhook: { username: 'mx', passwords: ['new', 'old'], bearers: ['token'] },
      watchReadsPerSecond: 7,
      freshnessMs: 0,
      freshHours: 12,
      staleHours: 13,
      corsOrigins: ['https://a.example', 'http://localhost:3000'],
      introspection: true,
      operationsPerMinute: 30,
      trustedDocuments: null,
      messagesDir: '/etc/messages',
      page: { scriptUrl: 'https://login.example/page.js', supportUrl: 'mailto:help@example.com' },
      federation: true,
      metricsPort: 9100,
      logSalt: 'sixteen-or-more!',
      sandboxPort: 4001,
    });
  });

  it('treats an empty string as not set', () => {
    const names = [...Object.keys(MX), ...Object.keys(AUTH), 'PORT', 'HOST', 'LOG_LEVEL', 'MX_API_VERSION'];
    const more = ['CORS_ORIGINS', 'FRESHNESS_MS', 'SANDBOX_PORT', 'AUTH_SUPPORT_SCOPE'];
    const empty = Object.fromEntries([...names, ...more].map((name) => [name, '']));
    expect(readSettings(empty)).toEqual(readSettings({}));
    expect(namesOf({ ...MX, ...AUTH, MX_API_KEY: '' })).toEqual(['MX_API_KEY']);
  });

  it('enables introspection over the sandbox, and the rate limit once tokens are checked, by default', () => {
    const of = (env: Record<string, string>) => {
      const { introspection, operationsPerMinute } = readSettings(env);
      return [introspection, operationsPerMinute];
    };
    expect(of({})).toEqual([true, 0]);
    expect(of(AUTH)).toEqual([true, 600]);
    expect(of({ ...MX, ...AUTH })).toEqual([false, 600]);
    expect(of({ ...MX, ...AUTH, INTROSPECTION: 'true', OPERATIONS_PER_MINUTE: '0' })).toEqual([true, 0]);
    expect(of({ INTROSPECTION: 'false', OPERATIONS_PER_MINUTE: '60' })).toEqual([false, 60]);
  });

  it('accepts TRUSTED_DOCUMENTS, but not together with FEDERATION', () => {
    expect(readSettings({ TRUSTED_DOCUMENTS: 'a.json' }).trustedDocuments).toBe('a.json');
    expect(namesOf({ TRUSTED_DOCUMENTS: 'a.json', FEDERATION: 'true' })).toEqual(['TRUSTED_DOCUMENTS']);
  });

  it('accepts token settings without a real MX', () => {
    expect(readSettings(AUTH)).toMatchObject({ mx: null, auth: { kind: 'jwt', supportScope: 'mx:support' } });
  });

  it.each([
    ['PORT', ['0', '1', '65535']],
    ['SANDBOX_PORT', ['0', '65535']],
    ['METRICS_PORT', ['1', '65535']],
    ['LOG_SALT', ['0123456789abcdef', 'a'.repeat(100)]],
    ['FRESHNESS_MS', ['0', '3600000']],
    ['FRESH_HOURS', ['1', '71']],
    ['STALE_HOURS', ['37', '8760']],
    ['LOG_LEVEL', ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']],
    ['MX_API_VERSION', ['v20250224', 'v20111101']],
    ['MX_PRODUCTS', ['rewards', 'account_verification , TRANSACTIONS', 'rewards,rewards']],
    ['CORS_ORIGINS', ['https://a.example', 'http://a.example:8080,https://b.example']],
  ])('accepts valid values of %s', (name, values) => {
    for (const value of values) expect(() => readSettings({ [name]: value }), value).not.toThrow();
  });

  it.each([
    ['PORT', ['65536', '-1', '1.5', '0x10', '1e3', ' 80', '80 ', 'http', '1'.repeat(400)]],
    ['SANDBOX_PORT', ['70000', 'x']],
    ['METRICS_PORT', ['0', '65536', 'x']],
    ['LOG_SALT', ['hunter2', '0123456789abcde']],
    ['FRESHNESS_MS', ['-1', '3600001', '3s', 'Infinity', 'NaN']],
    ['FRESH_HOURS', ['0', '8761', '1.5', '1d']],
    ['STALE_HOURS', ['36', '1', '8761', 'x']],
    ['LOG_LEVEL', ['loud', 'INFO', 'info ']],
    ['INTROSPECTION', ['1', 'on', 'TRUE']],
    ['OPERATIONS_PER_MINUTE', ['-1', '1000001', 'x']],
    ['FEDERATION', ['1', 'yes', 'TRUE', ' true']],
    ['MX_PRODUCTS', ['history', 'crypto', 'rewards,', ',', 'rewards transactions', 'rewards;statements']],
    ['MX_API_VERSION', ['20250224', 'v1', 'v20250224\n', 'latest']],
    ['CORS_ORIGINS', ['*', 'a.example', 'https://a.example,,https://b.example', 'javascript:alert(1)']],
    ['MX_BASE_URL', ['mx.example', 'ftp://mx.example', 'https://']],
    ['AUTH_JWKS_URL', ['issuer', 'file:///etc/passwd']],
  ])('rejects invalid values of %s', (name, values) => {
    for (const value of values) {
      expect(namesOf({ ...MX, ...AUTH, [name]: value }), value).toContain(name);
    }
  });
});

describe('MX_PRODUCTS', () => {
  it('is refused with a version of MX’s API that would ignore it', () => {
    const given = { ...MX, ...AUTH, MX_PRODUCTS: 'transactions' };
    expect(namesOf({ ...given, MX_API_VERSION: 'v20111101' })).toEqual(['MX_PRODUCTS']);
    expect(readSettings({ ...given, MX_API_VERSION: 'v20260430' }).products).toEqual(['transactions']);
  });
});

describe('SettingsError', () => {
  it('lists every invalid setting at once', () => {
    const wrong = { PORT: 'x', LOG_LEVEL: 'x', MX_BASE_URL: 'x', MX_API_VERSION: 'x', FRESHNESS_MS: 'x' };
    expect(namesOf({ ...wrong, CORS_ORIGINS: 'x', AUTH_JWKS_URL: 'x', SANDBOX_PORT: 'x' }).sort()).toEqual(
      expect.arrayContaining([
        'AUTH_JWKS_URL',
        'CORS_ORIGINS',
        'FRESHNESS_MS',
        'LOG_LEVEL',
        'MX_API_VERSION',
        'MX_BASE_URL',
        'PORT',
        'SANDBOX_PORT',
      ]),
    );
  });

  it('lists missing settings together with invalid ones', () => {
    expect(namesOf({ PORT: 'x', MX_API_KEY: 'key-hunter2' })).toEqual(
      expect.arrayContaining(['PORT', 'MX_BASE_URL', 'MX_CLIENT_ID']),
    );
  });

  it.each(['hunter2', 'https://hunter2', 'hunter2 '])('never repeats the value %j', (secret) => {
    const names = ['PORT', 'LOG_LEVEL', 'MX_API_VERSION', 'FRESHNESS_MS', 'SANDBOX_PORT', 'MX_API_KEY'];
    expect(namesOf(Object.fromEntries(names.map((name) => [name, secret])))).toContain('PORT');
  });

  it.each(incomplete(MX))('names the missing MX settings when only %s are set', (_, part) => {
    const missing = Object.keys(MX).filter((name) => !(name in part));
    expect(namesOf({ ...AUTH, ...part })).toEqual(missing);
  });

  it.each(incomplete(AUTH))('names the missing AUTH settings when only %s are set', (_, part) => {
    const missing = Object.keys(AUTH).filter((name) => !(name in part));
    expect(namesOf({ ...part })).toEqual(missing);
    expect(namesOf({ ...MX, ...part })).toEqual(missing);
  });

  it('explains that a real MX requires authentication', () => {
    const errors = errorsOf(MX);
    expect(errors).toHaveLength(1);
    for (const name of Object.keys(AUTH)) expect(errors[0]).toContain(name);
    expect(errors[0]).toContain('any client');
  });
});
