import { describe, expect, it } from 'vitest';

import { readWarnings } from '../../../src/config/config.js';
import { AUTH, MX } from './settings.js';

describe('readWarnings', () => {
  it.each([
    ['CORS_ORIGIN', 'CORS_ORIGINS'],
    ['CORS_ORGINS', 'CORS_ORIGINS'],
    ['cors_origins', 'CORS_ORIGINS'],
    ['CORS-ORIGINS', 'CORS_ORIGINS'],
    ['MX_CLIENTID', 'MX_CLIENT_ID'],
    ['MX_CLEINT_ID', 'MX_CLIENT_ID'],
    ['MX_BASEURL', 'MX_BASE_URL'],
    ['MX_APIKEY', 'MX_API_KEY'],
    ['REDIS_URI', 'REDIS_URL'],
    ['LOGLEVEL', 'LOG_LEVEL'],
    ['TRUSTED_DOCUMENT', 'TRUSTED_DOCUMENTS'],
    ['WEBHOOK_PASSWORD_PREVIOS', 'WEBHOOK_PASSWORD_PREVIOUS'],
    ['AUTH_JWK_URL', 'AUTH_JWKS_URL'],
    ['MESSAGE_DIR', 'MESSAGES_DIR'],
  ])('suggests a setting for %s', (name, suggestion) => {
    expect(readWarnings({ [name]: 'hunter2' })).toEqual([
      { name, message: `is not a setting; did you mean ${suggestion}?` },
    ]);
  });

  it('names settings that have no effect', () => {
    const given = { SANDBOX_PORT: '1', MX_API_VERSION: 'v20250224', AUTH_SUPPORT_SCOPE: 'x' };
    expect(readWarnings({ ...given, ...MX, ...AUTH }).map(({ name }) => name)).toEqual(['SANDBOX_PORT']);
    expect(readWarnings(given).map(({ name }) => name)).toEqual(['MX_API_VERSION', 'AUTH_SUPPORT_SCOPE']);
  });

  it('ignores settings, empty variables and the variables of others', () => {
    const others = [
      'HOME',
      'PATH',
      'HOSTNAME',
      'SHELL',
      'LANG',
      'PWD',
      'NODE_ENV',
      'REDIS_HOST',
      'HTTP_PROXY',
    ];
    const env = Object.fromEntries(
      [...others, 'OTEL_SERVICE_NAME', 'npm_config_cache'].map((name) => [name, 'x']),
    );
    expect(readWarnings({ ...env, ...MX, ...AUTH, PORT: '1', CORS_ORIGIN: '' })).toEqual([]);
  });
});
